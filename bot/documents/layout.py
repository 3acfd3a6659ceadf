"""The layout of official documents (Nghị định 30/2020/NĐ-CP, Phụ lục I) in python-docx.

Lengths in cm, sizes in points. Every paper is made of these pieces, so the rules stand once.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT = WD_ALIGN_PARAGRAPH.LEFT
TOP_BODY = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
FONT = "Times New Roman"
NBSP = "\N{NO-BREAK SPACE}"
TOP_MM, LEFT_MM, RIGHT_MM = 20, 30, 15
TEXT, HEAD = 14, 13  # points
INDENT, AFTER, SPACING = 1.27, 6, 1.15
HEAD_COLUMNS = (6.6, 9.9)
_AFTER_BORDER = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
MOTTO_LENGTH, ISSUER_RULE, SUBJECT_RULE = 6.0, 2.0, 5.5  # the motto is 6.04 cm long


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
    line(left.paragraphs[0], superior, HEAD)
    line(left.add_paragraph(), issuer, HEAD, bold=True)
    rule(left, HEAD_COLUMNS[0], ISSUER_RULE)
    line(left.add_paragraph(), number, HEAD)
    line(right.paragraphs[0], COUNTRY, HEAD, bold=True)
    line(right.add_paragraph(), MOTTO, TEXT, bold=True)
    rule(right, HEAD_COLUMNS[1], MOTTO_LENGTH)
    line(right.add_paragraph(), place_and_day, TEXT, italic=True)


def title(paper: Any, kind: str, subject: str) -> None:
    """BÁO CÁO, and what about, with its rule."""
    first = line(paper.add_paragraph(), kind, TEXT, bold=True)
    first.paragraph_format.space_before = Pt(12)
    line(paper.add_paragraph(), subject, TEXT, bold=True)
    rule(paper, 16.5, SUBJECT_RULE)
    paper.add_paragraph().paragraph_format.line_spacing = Pt(8)


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
    made = paper.add_table(rows=1, cols=2)
    made.autofit = False
    _cell_margins(made, 0)
    for column, width in zip(made.columns, (left, right), strict=True):
        column.width = column.cells[0].width = Cm(width)
    whole_row(made.rows[0])
    return made.rows[0].cells[0], made.rows[0].cells[1]


def table(paper: Any, headings: Sequence[str], widths: Sequence[float], size: int) -> Any:
    """A table with lines: fixed widths, the headings again on every page."""
    made = paper.add_table(rows=1, cols=len(widths))
    made.style, made.autofit = "Table Grid", False
    _cell_margins(made, 0.12)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    fill(made.rows[0], headings, widths, size, bold=True, together=True)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return made


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


def rule(parent: Any, width: float, length: float) -> None:
    """A thin line of its own, so long, in the middle of so wide a column."""
    at = parent.add_paragraph()
    aside = Cm((width - length) / 2)
    at.paragraph_format.left_indent = at.paragraph_format.right_indent = aside
    at.paragraph_format.line_spacing, at.paragraph_format.space_after = Pt(5), Pt(3)
    border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{key}"), value)
    border.append(bottom)
    at.paragraph_format.element.get_or_add_pPr().insert_element_before(border, *_AFTER_BORDER)


def _cell_margins(made: Any, side: float) -> None:
    """Room left and right of the words in each cell."""
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        one = OxmlElement(f"w:{name}")
        one.set(qn("w:w"), str(round(side * 567)))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    made._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")


def written_day(day: date) -> str:
    """ngày 08 tháng 02 năm 2027: days below ten and the first two months are padded."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
