"""What the minutes of a visit hold: what the officer marked for both sides, and nothing else."""

import io
from typing import Any

import pytest
from docx import Document

from bot.core.context import Context
from bot.core.work import Work
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.facts.report_fields import AGREED, FIELDS, NOTE, TEXT
from bot.visits.services import minutes, reports
from storage.models import VisitReport
from storage.store import Store
from tests import cast
from tests.cases.help import acting
from tests.cast import AN, SEN_VANG, VAULT
from tests.cast import WEDNESDAY_1500 as NOW

FOR_BOTH_SIDES = {"met_union", "met_management", "agreements"}
WORDS = [field for field in FIELDS if field.stored in (TEXT, NOTE, AGREED)]


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


def paragraphs(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


async def test_of_everything_that_can_be_written_only_what_is_for_both_sides_is_printed(
    work: Work,
) -> None:
    """Field by field of the report's table, so that a new one has to be thought about."""
    an = await acting(work, AN)
    said = {field.key: f"Lời dấu {field.key}" for field in WORDS}
    columns = {key: [words] if key == "agreements" else words for key, words in said.items()} | {
        "visited_on": NOW.date(),
        "kind": "dialogue",
        "workers_met": 7,
    }
    answers = ReportAnswers(
        columns,
        topics={"wages": (True, "Lời dấu nội dung lương")},
        proposals=("Lời dấu kiến nghị",),
    )
    sent = await reports.submit_unplanned(Context(work, an, NOW), SEN_VANG.id, answers)
    for version in (1, 2):
        if version == 2:
            sent = await reports.submit(Context(work, an, NOW), sent.visit.id or 0, answers)
        paper = paragraphs((await minutes.minutes_file(work, an, sent.report.id or 0)).data)
        printed = {key for key, words in said.items() if words.casefold() in paper.casefold()}
        assert printed == FOR_BOTH_SIDES
        assert "nội dung lương" not in paper
        assert "Lời dấu kiến nghị" not in paper


async def test_a_report_in_one_message_prints_none_of_it(work: Work) -> None:
    an = await acting(work, AN)
    plan = "Công nhân bàn sáng mai ngừng việc"
    columns = {"visited_on": NOW.date(), "situation": plan}
    sent = await reports.submit_unplanned(
        Context(work, an, NOW), SEN_VANG.id, ReportAnswers(columns)
    )
    paper = paragraphs((await minutes.minutes_file(work, an, sent.report.id or 0)).data)
    assert "ngừng việc" not in paper
    async with work.read() as session:
        assert plan in (await session.get_one(VisitReport, sent.report.id)).situation
