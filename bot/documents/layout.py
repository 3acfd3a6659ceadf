"""The layout of official documents (Nghị định 30/2020/NĐ-CP, Phụ lục I) in python-docx.

Lengths in cm, sizes in points. Every paper is made of these pieces, so the rules stand once.
"""

import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

from bot.documents.signs import NBSP, NOT_KNOWN

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT = WD_ALIGN_PARAGRAPH.LEFT
TOP_BODY = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
FONT = "Times New Roman"
TOP_MM, LEFT_MM, RIGHT_MM = 20, 30, 15
TEXT, HEAD, CAPITALS = 14, 13, 12  # points
INDENT, AFTER, SPACING = 1.27, 6, 1.15
HEAD_COLUMNS = (7.3, 9.2)
WIDTH = 16.5  # of the text
_AFTER_BORDER = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
MOTTO_LENGTH = 5.61
SHARE = 0.42  # of the line above: between a third and a half
RULE_STYLE = "Ke duoi dong chu"
# Thousandths of the type size: Times New Roman Bold, accents do not widen a letter.
_WIDTHS = {
    **dict(
        zip(
            "ABCDEFGHIJKLM",
            (722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944),
            strict=True,
        )
    ),
    **dict(
        zip(
            "NOPQRSTUVWXYZ",
            (722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667),
            strict=True,
        )
    ),
    **dict(
        zip(
            "abcdefghijklm",
            (500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833),
            strict=True,
        )
    ),
    **dict(
        zip(
            "nopqrstuvwxyz",
            (556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444),
            strict=True,
        )
    ),
    **dict.fromkeys(f" .,{NBSP}", 250),
}


def page(paper: Any) -> None:
    """A4 portrait with the margins and type of the rules; the number from page 2 on."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _margins(section)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    for key in ("val", "eastAsia"):
        language.set(qn(f"w:{key}"), "vi-VN")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(0)
    page_number(section)


def page_number(section: Any) -> None:
    """Top centre, not on the first page."""
    section.different_first_page_header_footer = True
    section.header_distance = Mm(10)
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    field = run(number, "", HEAD)
    for kind in ("begin", None, "end"):
        part = OxmlElement("w:instrText" if kind is None else "w:fldChar")
        if kind is None:
            part.text = "PAGE"
        else:
            part.set(qn("w:fldCharType"), kind)
        field._r.append(part)


def turned(paper: Any) -> None:
    """From here on the pages lie on their side, for wide tables."""
    section = paper.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = False
    _margins(section)


def _margins(section: Any) -> None:
    section.top_margin = section.bottom_margin = Mm(TOP_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)


def head(paper: Any, superior: str, issuer: str, number: str, place_and_day: str) -> None:
    """Who writes on the left, the country on the right, in a table without lines."""
    left, right = two_columns(paper, *HEAD_COLUMNS)
    line(left.paragraphs[0], superior, CAPITALS)
    line(left.add_paragraph(), issuer, CAPITALS, bold=True)
    rule_under(left, issuer, CAPITALS, HEAD_COLUMNS[0])
    line(left.add_paragraph(), number, HEAD)
    line(right.paragraphs[0], COUNTRY, CAPITALS, bold=True)
    line(right.add_paragraph(), MOTTO, HEAD, bold=True)
    rule(right, HEAD_COLUMNS[1], MOTTO_LENGTH)
    line(right.add_paragraph(), place_and_day, HEAD, italic=True)


def title(paper: Any, kind: str, subject: str) -> None:
    """BÁO CÁO, and what about, with its rule."""
    first = line(paper.add_paragraph(), kind, TEXT, bold=True)
    first.paragraph_format.space_before = Pt(12)
    line(paper.add_paragraph(), subject, TEXT, bold=True)
    rule_under(paper, subject, TEXT, WIDTH)
    paper.add_paragraph().paragraph_format.line_spacing = Pt(8)


def foot(
    paper: Any, recipients: Sequence[str], archive: str, signing: tuple[str, str, str]
) -> None:
    """Nơi nhận on the left; `signing`: the authority, the position and the name on the right."""
    left, right = two_columns(paper, 8.5, 8)
    run(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    for recipient in recipients:
        run(left.add_paragraph(), f"- {recipient};", 11)
    run(left.add_paragraph(), f"- {archive}.", 11)
    authority, position, name = signing
    line(right.paragraphs[0], authority, TEXT, bold=True)
    line(right.add_paragraph(), position, TEXT, bold=True)
    for _ in range(4):  # signature and seal
        right.add_paragraph()
    line(right.add_paragraph(), name, TEXT, bold=True)
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(12)


def paragraph(paper: Any, text: str = "", *, bold: bool = False) -> Paragraph:
    """Body text, or a heading where it is bold."""
    new: Paragraph = paper.add_paragraph()
    new.alignment, form = JUSTIFY, new.paragraph_format
    form.first_line_indent, form.line_spacing = Cm(INDENT), SPACING
    form.space_after, form.keep_with_next = Pt(AFTER), bold
    if text:
        run(new, text, TEXT, bold=bold)
    return new


def two_columns(paper: Any, left: float, right: float) -> tuple[Any, Any]:
    """Side by side and not torn apart; for the head and for the foot."""
    word_table = paper.add_table(rows=1, cols=2)
    word_table.autofit = False
    _cell_margins(word_table, 0)
    for column, width in zip(word_table.columns, (left, right), strict=True):
        column.width = column.cells[0].width = Cm(width)
    whole_row(word_table.rows[0])
    return word_table.rows[0].cells[0], word_table.rows[0].cells[1]


def table(paper: Any, headings: Sequence[str], widths: Sequence[float], size: int) -> Any:
    """A table with lines: fixed widths, the headings again on every page."""
    word_table = paper.add_table(rows=1, cols=len(widths))
    word_table.style, word_table.autofit = "Table Grid", False
    word_table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _cell_margins(word_table, 0.12)
    for column, width in zip(word_table.columns, widths, strict=True):
        column.width = Cm(width)
    fill(word_table.rows[0], headings, widths, size, bold=True, together=True)
    word_table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return word_table


def fill(
    row: Any,
    words: Sequence[str],
    widths: Sequence[float],
    size: int,
    *,
    bold: bool = False,
    left: Collection[int] = (),
    together: bool = False,
) -> None:
    """The cells of a row: centred, but for the columns `left`; `together` with the next row."""
    whole_row(row)
    for place, (cell, text, width) in enumerate(zip(row.cells, words, widths, strict=True)):
        cell.width, cell.vertical_alignment = Cm(width), WD_ALIGN_VERTICAL.CENTER
        at, form = cell.paragraphs[0], cell.paragraphs[0].paragraph_format
        at.alignment = LEFT if place in left else CENTRE
        form.space_before = form.space_after = Pt(2)
        form.keep_with_next = together
        run(at, text, size, bold=bold)


def whole_row(row: Any) -> None:
    """A row is not torn over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def line(at: Paragraph, text: str, size: int, **how: bool) -> Paragraph:
    """A centred line."""
    at.alignment = CENTRE
    run(at, text, size, **how)
    return at


def run(at: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False) -> Any:
    new = at.add_run(text)
    new.font.size, new.bold, new.italic = Pt(size), bold, italic
    return new


def rule(parent: Any, width: float, length: float) -> Paragraph:
    """A thin line of its own, so long, in the middle of so wide a column."""
    at: Paragraph = parent.add_paragraph()
    _inset(at, width, length)
    at.paragraph_format.line_spacing, at.paragraph_format.space_after = Pt(5), Pt(3)
    border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{key}"), value)
    border.append(bottom)
    at.paragraph_format.element.get_or_add_pPr().insert_element_before(border, *_AFTER_BORDER)
    return at


def rule_under(parent: Any, text: str, size: float, width: float) -> None:
    """A rule that follows the length of the line above it, also once a template is filled in."""
    at: Any = rule(parent, width, SHARE * min(length_of(text, size), width))
    styles = at.part.document.styles
    if RULE_STYLE not in styles:
        styles.add_style(RULE_STYLE, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    at.style = styles[RULE_STYLE]


def fit_rules(paper: Any) -> None:
    """Give each such rule of a filled in template the length that its line now asks for."""
    if RULE_STYLE not in paper.styles:
        return
    wanted = paper.styles[RULE_STYLE].style_id
    for style in paper.element.body.iter(qn("w:pStyle")):
        at, above = style.getparent().getparent(), style.getparent().getparent().getprevious()
        if style.get(qn("w:val")) != wanted or above is None or above.tag != qn("w:p"):
            continue
        line_above, cell = Paragraph(above, paper), at.getparent()
        width = cell.width.cm if cell.tag == qn("w:tc") and cell.width else WIDTH
        sizes = [run.font.size.pt for run in line_above.runs if run.font.size is not None]
        length = length_of(line_above.text, max(sizes, default=TEXT))
        _inset(Paragraph(at, paper), width, SHARE * min(length, width))


def drop_unknown_columns(paper: Any) -> None:
    """Take out each column that holds nothing but dashes; the widest other one gets its room."""
    for word_table in paper.tables:
        rows = [row._tr.tc_lst for row in word_table.rows]
        grid = word_table._tbl.tblGrid.gridCol_lst
        if len(rows) < len(("heading", "row")) or {len(row) for row in rows} != {len(grid)}:
            continue
        empty = [place for place in range(len(grid)) if _all_unknown([row[place] for row in rows])]
        for place in reversed(empty):
            _drop_column(rows, grid, place)


LONG_TABLE = 18
"""Rows, about half a page: what is longer goes over pages and leaves none empty before it."""


def let_long_tables_break(paper: Any) -> None:
    """A short table stays whole; of a long one the headings stay with the first rows, the last row
    with the one before."""
    for word_table in paper.tables:
        rows = word_table._tbl.tr_lst
        if len(rows) <= LONG_TABLE:
            continue
        for row in rows[2:-2]:
            for keep in list(row.iter(qn("w:keepNext"))):
                keep.getparent().remove(keep)


def _all_unknown(cells: Sequence[Any]) -> bool:
    words = {"".join(t.text or "" for t in cell.iter(qn("w:t"))).strip() for cell in cells[1:]}
    return NOT_KNOWN in words and words <= {NOT_KNOWN, ""}


def _drop_column(rows: Sequence[list[Any]], grid: list[Any], place: int) -> None:
    dropped = grid.pop(place)
    dropped.getparent().remove(dropped)
    widest = max(range(len(grid)), key=lambda at: grid[at].w)
    grid[widest].w = grid[widest].w + dropped.w
    for row in rows:
        cell = row.pop(place)
        cell.getparent().remove(cell)
        row[widest].width = grid[widest].w


def length_of(text: str, size: float) -> float:
    """How long a bold line is, in cm."""
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    plain = (letter for letter in letters if not unicodedata.combining(letter))
    return sum(_WIDTHS.get(letter, 500) for letter in plain) / 1000 * size / 72 * 2.54


def _inset(at: Paragraph, width: float, length: float) -> None:
    aside = Cm((width - length) / 2)
    at.paragraph_format.left_indent = at.paragraph_format.right_indent = aside


def _cell_margins(word_table: Any, side: float) -> None:
    """Room left and right of the words in each cell."""
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        margin = OxmlElement(f"w:{name}")
        margin.set(qn("w:w"), str(round(side * 567)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    word_table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")
