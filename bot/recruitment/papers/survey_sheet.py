"""The survey sheet of an enterprise (phiếu khảo sát doanh nghiệp), to print and fill in by hand.

The enterprise sees and signs the first leaf; what is known stands in it. The second leaf is the
officer's: how many want a union, what workers wish, what the owner thinks. It is printed empty,
whatever is known, so that no printed sheet tells an employer, and never on the back of the first
(it begins on an odd page). Plan `doan-vien`, II.2 and II.3.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt

from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import ABBREVIATIONS, capital, official_name, spelled
from bot.documents import layout
from bot.documents.head import head_facts
from bot.documents.rendering import clean
from bot.recruitment.rules.survey import QUESTIONS, SurveyQuestion, answer_words

TO_WRITE = "\t"  # dots up to the right margin
NUMBER_DOTS = "…………"
LINES_APART = 5
TICKED, BOX = "☒", "☐"
SURVEYOR = "Cán bộ khảo sát"
APART = "PHẦN CÁN BỘ CÔNG ĐOÀN GHI RIÊNG (không để lại doanh nghiệp)"
BACK = "(Trang này để trống)"
"""A page of its own: the empty page that an odd one asks for is lost in a PDF."""
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
    name = _full_name(facts.name)
    known_lines = {
        "Tên doanh nghiệp": name,
        "Địa chỉ": spelled(official_name(clean(facts.address))),
        "Ngành nghề sản xuất, kinh doanh": spelled(clean(facts.sector)),
        "Người liên hệ, điện thoại": spelled(clean(facts.contact)),
        SURVEYOR: "",
    }
    for number, (label, words) in enumerate(known_lines.items(), 1):
        _line(paper, f"{number}. {label}: {capital(words) or TO_WRITE}")
    shared = [question for question in QUESTIONS if not question.apart]
    for number, question in enumerate(shared, len(known_lines) + 1):
        _ask(paper, number, question, facts.answers.get(question.key))
    left, right = layout.two_columns(paper, 8.5, 8)
    _sign(left, "ĐẠI DIỆN DOANH NGHIỆP")
    _sign(right, SURVEYOR)
    _own_leaf(paper, name)
    paper.core_properties.title = f"Phiếu khảo sát: {name}"
    paper.core_properties.author = facts.head.issuer
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _full_name(name: str) -> str:
    """Other abbreviations may be the enterprise's own."""
    return clean(official_name(name)).replace("TNHH", ABBREVIATIONS["TNHH"])


def _own_leaf(paper: Any, name: str) -> None:
    """What the officer alone writes and signs."""
    back = layout.line(paper.add_paragraph(), BACK, layout.HEAD, italic=True)
    back.paragraph_format.page_break_before = True
    paper.add_section(WD_SECTION.ODD_PAGE)
    layout.line(paper.add_paragraph(), APART, layout.TEXT, bold=True)
    paper.paragraphs[-1].paragraph_format.space_after = Pt(layout.AFTER)
    for text in (
        f"Doanh nghiệp: {name}",
        f"Ngày khảo sát: {DAY}",
        f"{SURVEYOR}: {TO_WRITE}",
    ):
        _line(paper, text)
    own = [question for question in QUESTIONS if question.apart]
    for number, question in enumerate(own, 1):
        _ask(paper, number, question, None)
    _, right = layout.two_columns(paper, 8.5, 8)
    _sign(right, SURVEYOR)


def _sign(cell: Any, who: str) -> None:
    first = layout.line(cell.paragraphs[0], who.upper(), layout.HEAD, bold=True)
    first.paragraph_format.space_before = Pt(layout.AFTER)
    layout.line(cell.add_paragraph(), "(Ký, ghi rõ họ tên)", layout.HEAD, italic=True)
    for _ in range(3):  # room to sign
        cell.add_paragraph()


def _ask(paper: Any, number: int, question: SurveyQuestion, answer: object) -> None:
    heading = f"{number}. {spelled(question.label)}: "
    words = answer_words(question, answer)
    if question.kind == "choice":
        _line(paper, heading.rstrip()).paragraph_format.keep_with_next = True
        for key, choice in question.choices:
            box = _line(paper, f"{TICKED if answer == key else BOX} {spelled(choice)}")
            box.paragraph_format.space_after = Pt(2)
    elif question.kind == "number":
        _line(paper, f"{heading}{words or NUMBER_DOTS} người")
    elif words:
        _line(paper, heading + spelled(clean(words)))
    else:
        _line(paper, heading + TO_WRITE)
        for _ in range(LINES_APART if question.apart else 1):
            _line(paper, TO_WRITE).paragraph_format.first_line_indent = Cm(0)


def _line(paper: Any, text: str) -> Any:
    """Not justified: dots to write on would draw the words apart."""
    line = layout.paragraph(paper, text)
    line.alignment, line.paragraph_format.space_after = layout.LEFT, Pt(3)
    if TO_WRITE in text:
        line.paragraph_format.tab_stops.add_tab_stop(
            Cm(layout.WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
    return line
