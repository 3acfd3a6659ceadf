"""Builds the papers' templates (`make templates`).

The office edits copies of them in Word; docxtpl fills them in. {{ … }} is a value, {%p … %} stands
for its whole paragraph and {%tr … %} for its whole row. The names are in the office's language.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from bot.documents import layout
from bot.documents.head import NAME_DOTS
from bot.documents.layout import TEXT, line, paragraph, run, two_columns
from bot.documents.templates import (
    COMMENDATION,
    CONSOLIDATED,
    FOLDER,
    MINUTES,
    REPORT,
    SHORT,
)
from bot.summaries.papers.template_tables import (
    CATEGORIES,
    FIGURES,
    NARROW,
    PROPOSALS,
    RATINGS,
    TARGETS,
    TOPICS,
    UNITS,
    WORDS,
    Columns,
)

_FIXED_DATE = (2020, 3, 5, 0, 0, 0)  # any fixed day: the same template is the same file


def build_all() -> dict[str, bytes]:
    """Every template by its file name."""
    builders: Mapping[str, Callable[[Any], None]] = {
        REPORT: _report,
        SHORT: _short,
        CONSOLIDATED: _consolidated,
        MINUTES: _minutes,
        COMMENDATION: _commendation,
    }
    return {name: _built(body) for name, body in builders.items()}


def _built(body: Callable[[Any], None]) -> bytes:
    paper = Document()
    layout.page(paper)
    body(paper)
    paper.core_properties.author = ""
    paper.core_properties.comments = ""
    plain = io.BytesIO()
    paper.save(plain)
    return _repacked(plain)


def _repacked(plain: io.BytesIO) -> bytes:
    """The same parts without the time of making."""
    out = io.BytesIO()
    with ZipFile(plain) as original, ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name in original.namelist():
            entry = ZipInfo(name, _FIXED_DATE)
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, original.read(name))
    return out.getvalue()


def _report(paper: Any) -> None:
    _beginning(paper, "BÁO CÁO")
    _sections(paper, tables=True)
    _end(paper)
    _annexes(paper)
    _turned_annexes(paper, [("kien_nghi", PROPOSALS, 10)])


def _short(paper: Any) -> None:
    _beginning(paper, "BÁO CÁO")
    _sections(paper, tables=False)
    _end(paper)
    _if(paper, "phu_luc.chi_tieu", lambda: _annex_of_targets(paper))


def _annex_of_targets(paper: Any) -> None:
    """The only annex: it has no number."""
    _annex_title(paper, "chi_tieu", new_page=True, numbered=False)
    _table(paper, "phu_luc.chi_tieu.dong", TARGETS, 12)


def _consolidated(paper: Any) -> None:
    _beginning(paper, "BÁO CÁO")
    _sections(paper, tables=True)
    _end(paper)
    _annexes(paper)
    _if(paper, "phu_luc.noi_dung", lambda: _own_words(paper))
    _turned_annexes(paper, [("don_vi", UNITS, 10), ("kien_nghi", PROPOSALS, 10)])


def _minutes(paper: Any) -> None:
    _beginning(paper, "BIÊN BẢN")
    _sections(paper, tables=False)
    _two_signatures(paper)


def _commendation(paper: Any) -> None:
    """Whom it is laid before stands between the title and the words."""
    _beginning(paper, "TỜ TRÌNH", to="{{ kinh_gui }}")
    _sections(paper, tables=False)
    _end(paper)


def _beginning(paper: Any, kind: str, to: str = "") -> None:
    layout.head(
        paper,
        "{{ co_quan_cap_tren }}",
        "{{ co_quan }}",
        "Số:        /{{ ky_hieu }}",
        "{{ dia_danh }}, {{ ngay_thang }}",
    )
    layout.title(paper, kind, "{{ trich_yeu }}")
    if to:
        addressed = line(paper.add_paragraph(), to, TEXT)
        addressed.paragraph_format.space_after = Pt(6)
    _loop(paper, "doan in mo_dau", lambda: paragraph(paper, "{{ doan }}"))


def _sections(paper: Any, *, tables: bool) -> None:
    """Every part with its items: heading, sentences, perhaps the figures."""

    def figures() -> None:
        _table(paper, "muc.so_lieu", FIGURES, 12, under=notes)

    def notes() -> None:
        _loop(paper, "chu in muc.cac_chu_thich", note)

    def note() -> None:
        at = paper.add_paragraph()
        at.paragraph_format.space_before = Pt(3)
        run(at, "{{ chu }}", 12, italic=True)

    def picture() -> None:
        """Never apart from what it is called."""
        line(paper.add_paragraph(), "{{ hinh.anh }}", 12).paragraph_format.keep_with_next = True
        name = line(paper.add_paragraph(), "{{ hinh.ten }}", 12, italic=True)
        name.paragraph_format.space_after = Pt(6)

    def item() -> None:
        _if(paper, "muc.tieu_de", lambda: paragraph(paper, "{{ muc.tieu_de }}", bold=True))
        _loop(paper, "doan in muc.cac_doan", lambda: paragraph(paper, "{{ doan }}"))
        if tables:
            _if(paper, "muc.so_lieu", figures)
            _loop(paper, "hinh in muc.cac_hinh", picture)

    def part() -> None:
        _if(paper, "phan.tieu_de", lambda: paragraph(paper, "{{ phan.tieu_de }}", bold=True))
        _loop(paper, "muc in phan.cac_muc", item)

    _loop(paper, "phan in cac_phan", part)
    # Never a signature alone on its page.
    paragraph(paper, "{{ ket_thuc }}").paragraph_format.keep_with_next = True


def _end(paper: Any) -> None:
    """Nơi nhận on the left, who signs on the right; number, signature and seal stay blank."""
    left, right = two_columns(paper, 8.5, 8)
    _recipients(left)
    right.paragraphs[0].paragraph_format.space_before = Pt(12)
    line(right.paragraphs[0], "{{ quyen_han }}", TEXT, bold=True)
    line(right.add_paragraph(), "{{ chuc_vu }}", TEXT, bold=True)
    _room_to_sign(right)
    line(right.add_paragraph(), "{{ nguoi_ky }}", TEXT, bold=True)


def _recipients(cell: Any) -> None:
    first = cell.paragraphs[0]
    first.paragraph_format.space_before = Pt(12)
    run(first, "Nơi nhận:", 12, bold=True, italic=True)
    _loop(cell, "noi in noi_nhan", lambda: run(cell.add_paragraph(), "- {{ noi }};", 11))
    run(cell.add_paragraph(), "- {{ noi_luu }}.", 11)


def _two_signatures(paper: Any) -> None:
    """Who wrote and who was in the chair, then both sides of the enterprise; all on one page."""
    left, right = two_columns(paper, 8.25, 8.25)
    _signature(left, "THƯ KÝ", "{{ nguoi_ghi }}")
    _signature(right, "CHỦ TRÌ", "{{ chu_tri }}")
    for cell in (left, right):
        for at in cell.paragraphs:
            at.paragraph_format.keep_with_next = True
    left, right = two_columns(paper, 8.25, 8.25)
    left.paragraphs[0].add_run("{%p if co_cong_doan_co_so %}")
    _signature(left, "ĐẠI DIỆN\nCÔNG ĐOÀN CƠ SỞ", NAME_DOTS, new=True)
    for text in ("{%p else %}", "", "{%p endif %}"):  # a cell is never without a paragraph
        left.add_paragraph(text)
    _signature(right, "ĐẠI DIỆN\nNGƯỜI SỬ DỤNG LAO ĐỘNG", NAME_DOTS)
    left, _ = two_columns(paper, 8.25, 8.25)
    _recipients(left)


def _signature(cell: Any, side: str, name: str, *, new: bool = False) -> None:
    """`new`: below what the cell holds already."""
    first = cell.add_paragraph() if new else cell.paragraphs[0]
    first.paragraph_format.space_before = Pt(12)
    line(first, side, TEXT, bold=True)
    line(cell.add_paragraph(), "(Ký, ghi rõ họ tên)", 13, italic=True)
    _room_to_sign(cell)
    line(cell.add_paragraph(), name, TEXT, bold=True)


def _room_to_sign(cell: Any) -> None:
    for _ in range(4):
        cell.add_paragraph()


def _annexes(paper: Any) -> None:
    """The narrow tables, one after another from a new page on."""
    annexes = (
        ("chuyen_de", TOPICS),
        ("linh_vuc", CATEGORIES),
        ("xep_loai", RATINGS),
        ("chi_tieu", TARGETS),
    )
    _if(paper, "phu_luc.co_bang", lambda: _new_page(paper))
    for key, columns in annexes:

        def annex(key: str = key, columns: Columns = columns) -> None:
            _annex_title(paper, key)
            total = f"phu_luc.{key}.tong" if key == "linh_vuc" else ""
            _table(paper, f"phu_luc.{key}.dong", columns, 12, total)

        _if(paper, f"phu_luc.{key}", annex)


def _own_words(paper: Any) -> None:
    """What each unit wrote, as it wrote it."""

    def part() -> None:
        paragraph(paper, "{{ muc.tieu_de }}").paragraph_format.keep_with_next = True
        _loop(paper, "doan in muc.cac_doan", lambda: paragraph(paper, "{{ doan }}"))

    def unit() -> None:
        paragraph(paper, "{{ d.tieu_de }}", bold=True)
        _loop(paper, "muc in d.cac_muc", part)

    _annex_title(paper, "noi_dung", new_page=True)
    _loop(paper, "d in phu_luc.noi_dung.dong", unit)


def _new_page(paper: Any) -> None:
    at = paper.add_paragraph()
    at.paragraph_format.line_spacing = Pt(2)
    at.add_run().add_break(WD_BREAK.PAGE)


def _turned_annexes(paper: Any, annexes: Sequence[tuple[str, Columns, int]]) -> None:
    for number, (key, columns, size) in enumerate(annexes):
        if not number:
            layout.turned(paper)
        _annex_title(paper, key, new_page=bool(number))
        total = f"phu_luc.{key}.tong" if key == "don_vi" else ""
        _table(paper, f"phu_luc.{key}.dong", columns, size, total)


def _annex_title(paper: Any, key: str, *, new_page: bool = False, numbered: bool = True) -> None:
    number = f" {{{{ phu_luc.{key}.so }}}}" if numbered else ""
    label = line(paper.add_paragraph(), f"Phụ lục{number}", TEXT, bold=True)
    label.paragraph_format.page_break_before = new_page
    label.paragraph_format.space_before = Pt(12)
    name = line(paper.add_paragraph(), f"{{{{ phu_luc.{key}.ten }}}}", TEXT, bold=True)
    with_it = line(paper.add_paragraph(), "{{ kem_theo }}", 13, italic=True)
    with_it.paragraph_format.space_after = Pt(6)
    for text_line in (label, name, with_it):
        text_line.paragraph_format.keep_with_next = True


def _table(
    paper: Any,
    rows: str,
    columns: Columns,
    size: int,
    total: str = "",
    under: Callable[[], None] = lambda: None,
) -> None:
    """`total`: the values that a last row shows in place of a row's; `under`: what stands close
    below.
    """
    headings, values, widths = (list(part) for part in zip(*columns, strict=True))
    left = [place for place, heading in enumerate(headings) if heading in WORDS]
    short = size > NARROW
    table = layout.table(paper, headings, widths, size)
    table.add_row().cells[0].text = f"{{%tr for d in {rows} %}}"
    layout.fill(table.add_row(), values, widths, size, left=left, together=short)
    table.add_row().cells[0].text = "{%tr endfor %}"
    if total:
        summed = [value.replace("d.", f"{total}.") for value in values]
        layout.fill(table.add_row(), summed, widths, size, bold=True, left=left)
    under()
    paper.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _loop(parent: Any, each: str, body: Callable[[], object]) -> None:
    parent.add_paragraph(f"{{%p for {each} %}}")
    body()
    parent.add_paragraph("{%p endfor %}")


def _if(parent: Any, condition: str, body: Callable[[], object]) -> None:
    parent.add_paragraph(f"{{%p if {condition} %}}")
    body()
    parent.add_paragraph("{%p endif %}")


if __name__ == "__main__":
    for file, data in build_all().items():
        (FOLDER / file).write_bytes(data)
