"""The survey sheet of an enterprise (phiếu khảo sát doanh nghiệp), to print and fill in by hand.

The enterprise sees and signs the first page; what is known stands in it. The second is the
officer's: how many want a union, what workers wish, what the owner thinks. It is printed empty,
whatever is known, so that no printed sheet tells an employer. Plan `doan-vien`, II.2 and II.3.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx import Document

from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import official_name
from bot.documents import layout
from bot.documents.head import head_facts
from bot.documents.rendering import clean
from bot.recruitment.rules.survey import QUESTIONS, SurveyQuestion, answer_words

DOTS = "…" * 24
LINE_DOTS = "…" * 58
TICKED, BOX = "☒", "☐"
APART = "PHẦN CÁN BỘ CÔNG ĐOÀN GHI RIÊNG (không để lại doanh nghiệp)"
DAY = "ngày …… tháng …… năm ………"


@dataclass(frozen=True)
class SurveySheet:
    """One enterprise as it is known. `answers`: by the keys of the questions."""

    head: Head
    name: str
    address: str = ""
    sector: str = ""
    contact: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


def sheet(facts: SurveySheet) -> bytes:
    """The docx."""
    paper = Document()
    layout.page(paper)
    lines = head_facts(facts.head)
    where = f"{lines['dia_danh']}, {DAY}"
    layout.head(paper, lines["co_quan_cap_tren"], lines["co_quan"], "", where)
    layout.title(paper, "PHIẾU KHẢO SÁT", "Doanh nghiệp chưa có công đoàn cơ sở")
    name = clean(official_name(facts.name))
    known_lines = {
        "Tên doanh nghiệp": name,
        "Địa chỉ": clean(facts.address),
        "Ngành nghề sản xuất, kinh doanh": clean(facts.sector),
        "Người liên hệ, điện thoại": clean(facts.contact),
        "Ngày khảo sát; cán bộ khảo sát": "",
    }
    for number, (label, words) in enumerate(known_lines.items(), 1):
        layout.paragraph(paper, f"{number}. {label}: {words or DOTS}")
    shared = [question for question in QUESTIONS if not question.apart]
    for number, question in enumerate(shared, len(known_lines) + 1):
        for text in _lines(number, question, facts.answers.get(question.key)):
            layout.paragraph(paper, text)
    left, right = layout.two_columns(paper, 8.5, 8)
    for cell, who in ((left, "ĐẠI DIỆN DOANH NGHIỆP"), (right, "CÁN BỘ KHẢO SÁT")):
        layout.line(cell.paragraphs[0], who, layout.HEAD, bold=True)
        layout.line(cell.add_paragraph(), "(Ký, ghi rõ họ tên)", layout.HEAD, italic=True)
    paper.add_page_break()
    layout.paragraph(paper, APART, bold=True)
    layout.paragraph(paper, f"Doanh nghiệp: {name}")
    own = [question for question in QUESTIONS if question.apart]
    for number, question in enumerate(own, 1):
        for text in _lines(number, question, None):
            layout.paragraph(paper, text)
    paper.core_properties.title = f"Phiếu khảo sát: {name}"
    paper.core_properties.author = facts.head.issuer
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _lines(number: int, question: SurveyQuestion, answer: object) -> list[str]:
    heading = f"{number}. {question.label}: "
    if question.kind == "choice":
        boxes = [f"{TICKED if answer == key else BOX} {words}" for key, words in question.choices]
        return [heading, "    ".join(boxes)]
    if words := answer_words(question, answer):
        unit = " người" if question.kind == "number" else ""
        return [heading + clean(words) + unit]
    if question.kind == "number":
        return [f"{heading}………… người"]
    return [heading + DOTS, LINE_DOTS, LINE_DOTS]
