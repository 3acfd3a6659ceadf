"""The hand-over sheet of a khiếu nại or tố cáo: plain, to print and sign, without the reporter."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from bot.cases.cards import legal
from bot.cases.cards.cases import happened_line
from bot.cases.cards.labels import CATEGORIES, KINDS, STATUSES
from bot.cases.facts.cases import Sheet
from bot.cases.rules.legal_dates import from_stored
from bot.core.rendering import capital, day
from bot.core.rules.calendar import local

FONT, SIZE = "Times New Roman", 13


def make(sheet: Sheet) -> bytes:
    """The sheet as docx."""
    document = Document()
    _page(document)
    kind = KINDS[sheet.case.kind]
    _line(document, f"PHIẾU CHUYỂN {kind.upper()}", bold=True, centred=True)
    _line(document, f"Mã vụ việc: {sheet.case.code}", centred=True)
    _table(document, _facts(sheet))
    _heading(document, "Nội dung")
    _line(document, _clean(sheet.case.text))
    _heading(document, "Thời hạn theo luật")
    for block in legal.blocks(sheet.legal):
        _line(document, f"{block.title}:")
        for line in block.lines:
            _line(document, f"- {capital(line)}")
    _line(document, legal.notes(sheet.legal, from_stored(sheet.case.law)))
    _heading(document, "Quá trình xử lý")
    for event in sheet.happened:
        _line(document, f"- {_clean(happened_line(event))}")
    _signatures(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    case = sheet.case
    return [
        ("Ngày tiếp nhận", day(local(case.created_at).date())),
        ("Nơi phát sinh", sheet.site),
        ("Lĩnh vực", capital(CATEGORIES[case.category][1])),
        ("Người nêu", sheet.raised_by),
        ("Số người liên quan", str(case.affected or "")),
        ("Đơn vị đang giữ", sheet.unit),
        ("Người xử lý", sheet.assignee),
        ("Trạng thái", STATUSES[case.status]),
        ("Cơ quan đã chuyển", case.agency),
        ("Ngày in", day(sheet.printed_on)),
    ]


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.paragraph_format.space_after = Pt(6)
    document.core_properties.author = ""


def _line(document: Any, text: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _heading(document: Any, text: str) -> None:
    _line(document, text, bold=True)


def _table(document: Any, rows: list[tuple[str, str]]) -> None:
    filled = [(label, _clean(words)) for label, words in rows if words]
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, words in filled:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, words
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(5), Cm(11.5)
    document.add_paragraph()


def _signatures(document: Any) -> None:
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    for cell, words in zip(table.rows[0].cells, ("BÊN GIAO", "BÊN NHẬN"), strict=True):
        cell.text = words
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.paragraphs[0].runs[0].bold = True


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")
