"""A short report (báo cáo nhanh) as an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I).

Number, signature and seal are left blank: a leader signs it on paper or in their own system.
"""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

from bot.messages.alert_cards import resumed
from bot.messages.alert_facts import QuickFacts
from bot.messages.render import number
from bot.rules.calendar import local

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
TOP_BODY = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
FONT = "Times New Roman"
NBSP = "\N{NO-BREAK SPACE}"


def document(facts: QuickFacts) -> bytes:
    """The docx file."""
    paper = Document()
    _page(paper)
    _head(paper, facts)
    _title(paper, facts)
    for text in _body(facts):
        _paragraph(paper, text)
    _foot(paper, facts)
    paper.core_properties.author = facts.unit.name
    paper.core_properties.title = f"Báo cáo nhanh: {facts.report.enterprise}"
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)


def _head(paper: Any, facts: QuickFacts) -> None:
    """Who writes on the left, the country on the right, in a table without lines."""
    left, right = _two_columns(paper, 6, 10.5)
    above = facts.above.name if facts.above else TOP_BODY
    _line(left.paragraphs[0], above.upper(), 13)
    _line(left.add_paragraph(), facts.unit.name.upper(), 13, bold=True)
    _rule(left, 1.9, 1.9)
    _line(left.add_paragraph(), "Số:        /BC-…", 13)
    _line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    _line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
    _rule(right, 2.1, 2.1)
    place = f"{facts.town or '……………'}, {_day(facts.report.at)}"
    _line(right.add_paragraph(), place, 14, italic=True)


def _title(paper: Any, facts: QuickFacts) -> None:
    kind = _line(paper.add_paragraph(), "BÁO CÁO NHANH", 14, bold=True)
    kind.paragraph_format.space_before = Pt(12)
    again = f" (cập nhật lần {facts.number - 1})" if facts.number > 1 else ""
    subject = f"Tình hình ngừng việc tại {facts.report.enterprise}{again}"
    _line(paper.add_paragraph(), subject, 14, bold=True)
    _rule(paper, 6, 6)
    paper.add_paragraph()


def _body(facts: QuickFacts) -> list[str]:
    report, to = facts.report, facts.above.name if facts.above else "Ban Thường vụ"
    began = f"Bắt đầu lúc {_time(report.began_at)}. " if report.began_at else ""
    return [
        f"{facts.unit.name} báo cáo nhanh {to} tình hình tại {report.enterprise} "
        f"tính đến {_time(report.at)} như sau:",
        f"1. Diễn biến: {began}{_turnout(facts)}",
        f"2. Yêu cầu, kiến nghị của người lao động: {_sentence(report.demands)}",
        f"3. Phản hồi của người sử dụng lao động: {_sentence(report.employer)}",
        f"4. Cơ quan, đơn vị có mặt giải quyết: {_sentence(report.authorities)}",
        f"5. Hướng xử lý tiếp theo: {_sentence(report.next_step)}",
        f"6. Tình hình hiện nay: {resumed(facts)}.",
        f"Trên đây là báo cáo nhanh, {facts.unit.name} sẽ tiếp tục cập nhật diễn biến./."
        if not report.resumed
        else f"Trên đây là báo cáo của {facts.unit.name}./.",
    ]


def _turnout(facts: QuickFacts) -> str:
    some, all_ = facts.report.taking_part, facts.report.workers
    if some is None:
        return "Chưa rõ số người tham gia."
    of = f" trên tổng số {number(all_)} lao động" if all_ else ""
    return f"Số người tham gia: {number(some)}{of}."


def _foot(paper: Any, facts: QuickFacts) -> None:
    left, right = _two_columns(paper, 8, 8)
    left.paragraphs[0].paragraph_format.space_before = Pt(12)
    _run(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    to = facts.above.name if facts.above else TOP_BODY.capitalize()
    for one in (f"- {to} (để báo cáo);", "- Lưu: VT."):
        _run(left.add_paragraph(), one, 11)
    right.paragraphs[0].paragraph_format.space_before = Pt(12)
    _line(right.paragraphs[0], "TM. BAN THƯỜNG VỤ", 14, bold=True)
    for _ in range(4):  # signature and seal
        right.add_paragraph()
    _line(right.add_paragraph(), "………………………", 14)


def _two_columns(paper: Any, left: float, right: float) -> tuple[Any, Any]:
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (left, right), strict=True):
        column.width = column.cells[0].width = Cm(width)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _paragraph(paper: Any, text: str) -> None:
    """A numbered one begins bold, up to the colon."""
    line = paper.add_paragraph()
    line.alignment = JUSTIFY
    line.paragraph_format.first_line_indent = Cm(1.27)
    line.paragraph_format.space_after = Pt(6)
    head, colon, rest = text.partition(": ") if text[:1].isdigit() else ("", "", text)
    if colon:
        _run(line, f"{head}:", 14, bold=True)
        rest = f" {rest}"
    _run(line, rest, 14)


def _line(line: Paragraph, text: str, size: int, **how: bool) -> Paragraph:
    line.alignment = CENTRE
    _run(line, text, size, **how)
    return line


def _run(
    line: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False
) -> None:
    run = line.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _rule(parent: Any, left: float, right: float) -> None:
    """A thin line of its own, so many cm in from both sides."""
    line = parent.add_paragraph()
    line.paragraph_format.left_indent, line.paragraph_format.right_indent = Cm(left), Cm(right)
    line.paragraph_format.line_spacing, line.paragraph_format.space_after = Pt(5), Pt(3)
    border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{key}"), value)
    border.append(bottom)
    line.paragraph_format.element.get_or_add_pPr().append(border)


def _sentence(text: str) -> str:
    """Ends with a full stop, whatever was typed."""
    words = " ".join(text.split())
    return words if words[-1:] in (".", "!", "?", "…") else f"{words}."


def _day(moment: datetime) -> str:
    """ngày 08 tháng 02 năm 2027: days below ten and the first two months are padded."""
    day = local(moment)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _time(moment: datetime) -> str:
    wall = local(moment)
    return f"{wall.hour} giờ {wall.minute:02d} phút,{NBSP}{_day(moment)}"
