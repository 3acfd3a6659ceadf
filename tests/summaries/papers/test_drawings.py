"""Pictures in the consolidated report: numbered, with a caption and words read aloud."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
from docx.oxml.ns import qn

from bot.core.rules.calendar import Week
from bot.summaries.facts.drawings import ReportDrawings
from bot.summaries.papers import report_docx, samples
from bot.summaries.papers.drawings import MOST_BARS, pictures_of
from bot.visits.facts.overview import View
from bot.visits.facts.pictures import WaitsFacts
from tests.documents.measuring import text_of

VIEW = View(Week.of(date(2026, 12, 14)))
NOTHING = ReportDrawings(WaitsFacts(VIEW, [((2026, 12), [0, 0, 0, 0], 0)]), None)
SETTLED = ReportDrawings(
    WaitsFacts(VIEW, [((2026, 11), [4, 3, 1, 0], 9), ((2026, 12), [6, 1, 0, 1], 5)]), None
)


def made(drawings: ReportDrawings, **changed: Any) -> Any:
    report = replace(samples.CONSOLIDATED, **changed)
    return report_docx.consolidated(report, None, pictures_of(report, drawings))


def test_pictures_stand_in_their_parts_numbered_and_named() -> None:
    data = made(SETTLED)
    text = text_of(data)
    first, second = "Hình 1. Lượt đi cơ sở và số cơ sở", "Hình 2. Thời gian giải quyết phản ánh"
    assert first > "1. “Sát cơ sở”"
    assert text.index("1. “Sát cơ sở”") < text.index(first) < text.index("2. “Gắn công nhân”")
    assert text.index("3. Kiến nghị") < text.index(second) < text.index("4. Phát triển")
    assert "(đến 16/12/2026)" in text
    paper = docx.Document(io.BytesIO(data))
    words = [place.get("descr") for place in paper.element.body.iter(qn("wp:docPr"))]
    assert len(words) == 2
    assert "Công đoàn phường Long Hòa: " in words[0]
    assert "6 tháng" in words[1] or "đã giải quyết" in words[1]
    assert not any("<" in alt for alt in words)


def test_a_picture_is_never_apart_from_its_caption() -> None:
    paper = docx.Document(io.BytesIO(made(SETTLED)))
    holding = [p for p in paper.paragraphs if [*p._p.iter(qn("wp:inline"))]]
    assert holding
    assert all(p.paragraph_format.keep_with_next for p in holding)


def test_where_there_is_nothing_to_draw_there_is_no_picture() -> None:
    assert "Hình 2." not in text_of(made(NOTHING))
    one = samples.CONSOLIDATED.rows[:1]
    assert "Hình" not in text_of(made(NOTHING, rows=one))
    few = tuple(part for part in samples.CONSOLIDATED.figures if part != "III.1")
    assert "Hình 1. Thời gian" in text_of(made(SETTLED, figures=few))


def test_of_many_units_those_are_drawn_that_reached_least() -> None:
    row = samples.CONSOLIDATED.rows[0]

    def unit(number: int) -> Any:
        values = {"sites": 50, "sites_reached": number, "visits": number}
        paper = replace(row.paper, numbers=replace(row.paper.numbers, values=values))
        return replace(row, unit=f"CĐ phường {number}", paper=replace(paper, corrections={}))

    rows = tuple(unit(number) for number in range(30, 0, -1))
    (picture,) = pictures_of(replace(samples.CONSOLIDATED, rows=rows), NOTHING).values()
    assert "Công đoàn phường 1: 1 lượt; 1/50; Công đoàn phường 2: " in picture.alt
    assert f"Công đoàn phường {MOST_BARS + 1}:" not in picture.alt
