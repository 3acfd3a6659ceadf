"""A short report (báo cáo nhanh) as an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I).

Issuer, symbol, recipients and who signs are those of /thethuc. Number, signature and seal are left
blank: a leader signs it on paper or in their own system.
"""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.shared import Pt

from bot.cases.cards.alerts import OWNERSHIPS, resumed
from bot.cases.facts.alerts import QuickFacts
from bot.core.rendering import number
from bot.core.rules.calendar import local
from bot.documents import layout
from bot.documents.head import head_facts
from bot.documents.layout import line, run, two_columns
from bot.documents.signs import NBSP, written_day
from storage.models import QuickReport


def document(facts: QuickFacts) -> bytes:
    """The docx file."""
    paper = Document()
    layout.page(paper)
    _head(paper, facts)
    _title(paper, facts)
    for text in _body(facts):
        _paragraph(paper, text)
    _foot(paper, facts)
    paper.core_properties.author = facts.head.issuer
    paper.core_properties.title = f"Báo cáo nhanh: {facts.report.enterprise}"
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _head(paper: Any, facts: QuickFacts) -> None:
    lines = head_facts(facts.head)
    where = f"{lines['dia_danh']}, {written_day(local(facts.report.at).date())}"
    number_line = f"Số:        /{lines['ky_hieu']}"
    layout.head(paper, lines["co_quan_cap_tren"], lines["co_quan"], number_line, where)


def _title(paper: Any, facts: QuickFacts) -> None:
    again = f" (cập nhật lần {facts.number - 1})" if facts.number > 1 else ""
    what = "Ngừng việc tập thể" if facts.stopped else "Tình hình quan hệ lao động"
    layout.title(paper, "BÁO CÁO NHANH", f"{what} tại {facts.report.enterprise}{again}")


def _body(facts: QuickFacts) -> list[str]:
    report, head = facts.report, facts.head
    subject = "việc ngừng việc tập thể" if facts.stopped else "tình hình quan hệ lao động"
    sections = [
        ("Doanh nghiệp", _enterprise(report)),
        ("Diễn biến", _course(facts)),
        ("Nguyên nhân", report.cause),
        ("Yêu cầu, kiến nghị của người lao động", report.demands),
        ("Phản hồi của người sử dụng lao động", report.employer),
        ("Cơ quan, đơn vị có mặt giải quyết", report.authorities),
        ("Hướng xử lý tiếp theo", report.next_step),
        ("Tình hình hiện nay", resumed(facts) if facts.stopped else ""),  # else it is the course
    ]
    written = [(heading, _sentence(words)) for heading, words in sections if words.strip()]
    return [
        f"{head.speaker} báo cáo nhanh {head.superior} về {subject} tại {report.enterprise}, "
        f"tính đến {_time(report.at)}, như sau:",
        *(f"{place}. {heading}: {words}" for place, (heading, words) in enumerate(written, 1)),
        f"Trên đây là báo cáo nhanh, {head.named} sẽ tiếp tục cập nhật diễn biến./."
        if not report.resumed
        else f"Trên đây là báo cáo của {head.named}./.",
    ]


def _enterprise(report: QuickReport) -> str:
    """Who they are: the kind of enterprise, its workers, whether it has a union."""
    parts = [report.enterprise]
    if report.ownership in OWNERSHIPS:
        parts.append(f"loại hình: {OWNERSHIPS[report.ownership].lower()}")
    if report.workers:
        parts.append(f"tổng số lao động: {number(report.workers)}")
    if report.has_union is not None:
        parts.append("đã có công đoàn cơ sở" if report.has_union else "chưa có công đoàn cơ sở")
    return "; ".join(parts)


def _course(facts: QuickFacts) -> str:
    if not facts.stopped:
        return resumed(facts)
    began = facts.report.began_at
    return (f"Bắt đầu lúc {_time(began)}. " if began else "") + _turnout(facts)


def _turnout(facts: QuickFacts) -> str:
    some, all_ = facts.report.taking_part, facts.report.workers
    if some is None:
        return "Chưa rõ số người tham gia."
    of = f" trên tổng số {number(all_)} lao động" if all_ else ""
    return f"Số người tham gia: {number(some)}{of}."


def _foot(paper: Any, facts: QuickFacts) -> None:
    lines = head_facts(facts.head)
    left, right = two_columns(paper, 8, 8)
    left.paragraphs[0].paragraph_format.space_before = Pt(12)
    run(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    recipients = [f"{recipient};" for recipient in lines["noi_nhan"]]
    for recipient in (*recipients, f"{lines['noi_luu']}."):
        run(left.add_paragraph(), f"- {recipient}", 11)
    right.paragraphs[0].paragraph_format.space_before = Pt(12)
    line(right.paragraphs[0], lines["quyen_han"], 14, bold=True)
    for position in lines["chuc_vu"].split("\n"):
        line(right.add_paragraph(), position, 14, bold=True)
    for _ in range(4):  # signature and seal
        right.add_paragraph()
    line(right.add_paragraph(), lines["nguoi_ky"], 14, bold=True)


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
