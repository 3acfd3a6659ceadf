"""A short report (báo cáo nhanh) as an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I).

Number, signature and seal are left blank: a leader signs it on paper or in their own system.
"""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.shared import Pt

from bot.cases.cards.alerts import resumed
from bot.cases.facts.alerts import QuickFacts
from bot.core.rendering import number
from bot.core.rules.calendar import local
from bot.documents import layout
from bot.documents.layout import NBSP, TOP_BODY, line, run, two_columns, written_day


def document(facts: QuickFacts) -> bytes:
    """The docx file."""
    paper = Document()
    layout.page(paper)
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


def _head(paper: Any, facts: QuickFacts) -> None:
    above = facts.above.name.upper() if facts.above else TOP_BODY
    where = f"{facts.town or '……………'}, {written_day(local(facts.report.at).date())}"
    layout.head(paper, above, facts.unit.name.upper(), "Số:        /BC-…", where)


def _title(paper: Any, facts: QuickFacts) -> None:
    again = f" (cập nhật lần {facts.number - 1})" if facts.number > 1 else ""
    subject = f"Tình hình ngừng việc tại {facts.report.enterprise}{again}"
    layout.title(paper, "BÁO CÁO NHANH", subject)


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
    left, right = two_columns(paper, 8, 8)
    left.paragraphs[0].paragraph_format.space_before = Pt(12)
    run(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    to = facts.above.name if facts.above else TOP_BODY.capitalize()
    for recipient in (f"- {to} (để báo cáo);", "- Lưu: VT."):
        run(left.add_paragraph(), recipient, 11)
    right.paragraphs[0].paragraph_format.space_before = Pt(12)
    line(right.paragraphs[0], "TM. BAN THƯỜNG VỤ", 14, bold=True)
    for _ in range(4):  # signature and seal
        right.add_paragraph()
    line(right.add_paragraph(), "………………………", 14)


def _paragraph(paper: Any, text: str) -> None:
    """A numbered one begins bold, up to the colon."""
    line = layout.paragraph(paper)
    head, colon, rest = text.partition(": ") if text[:1].isdigit() else ("", "", text)
    if colon:
        run(line, f"{head}:", 14, bold=True)
        rest = f" {rest}"
    run(line, rest, 14)


def _sentence(text: str) -> str:
    """Ends with a full stop, whatever was typed."""
    words = " ".join(text.split())
    return words if words[-1:] in (".", "!", "?", "…") else f"{words}."


def _time(moment: datetime) -> str:
    wall = local(moment)
    return f"{wall.hour} giờ {wall.minute:02d} phút,{NBSP}{written_day(wall)}"
