"""The table of a report's fields: whatever is asked is stored, shown, exported and counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any

import pytest

from bot.conversation.form import Moment, Option, UserInput
from bot.conversation.kinds import Checklist, Choice, Items, Location, Note, Number, Words
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rendering import capital, number
from bot.core.rules.permissions import person_owner
from bot.core.work import Work
from bot.visits.cards import overview as overview_cards
from bot.visits.cards import overview_visit as visit_cards
from bot.visits.cards import reports as report_cards
from bot.visits.facts.agreements import AgreedTasks
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.facts.report_fields import (
    ABSENT,
    DIGESTS,
    FIELDS,
    NUMBER,
    Apart,
    Display,
    Field,
    columns_of,
    draft_answers_of,
    is_blank,
    officer_lines,
    supervisor_lines,
)
from bot.visits.facts.report_kinds import VisitDay
from bot.visits.facts.results import Results
from bot.visits.forms.report import REPORT, UNPLANNED
from bot.visits.papers.visits_table import HEADINGS
from bot.visits.services import overview, overview_visit, reports
from bot.visits.services.export import visit_rows
from storage.addresses import TELEGRAM
from storage.models import Draft, StoredFile, Visit, VisitReport
from storage.store import Store
from tests import cast
from tests.cast import AN, DUNG, FRIDAY_1630, SEN_VANG, WEDNESDAY_1500

WEEK = date(2026, 11, 16)
NOT_ANSWERED = {
    *("id", "visit_id", "version", "latest", "author_id", "submitted_at"),
    "flags",  # what the rules say of the answers
    "phone_key",  # made on the phone that it was written on
}
PARTS = {"topics", "proposals", "files"}  # rows of their own, see `_keep_parts` and `_keep_cases`
LEFT_OUT = {
    ("proposals", "officer"),  # a case, which its officer follows among the cases
    ("files", "xlsx"),
    ("place", "officer"),
    ("place", "xlsx"),
}
PLACES = ("officer", "supervisor", "xlsx")


def by_key(key: str) -> Field:
    return next(field for field in FIELDS if field.key == key)


def in_place(field: Field, place: str) -> Display | Apart:
    display: Display | Apart = getattr(field, place)
    return display


DONE = (UserInput(option="done"),)


def answer(nth: int, field: Field) -> Any:
    """What somebody might answer, different for each field, taken as the form takes it."""
    kind, at = field.step.kind, Moment(WEDNESDAY_1500, {}, {})
    message = UserInput(words=f"Lời thứ {nth} về {field.key}", message_id=nth)
    match kind:
        case VisitDay():
            message = UserInput(option=WEEK.isoformat())
        case Choice():
            message = UserInput(option=kind.items[-1][0])
        case Number():
            message = UserInput(words=str(kind.most - nth))
        case Location():
            message = UserInput(place=(10.5, 106.25))
        case Checklist():
            return {"states": {"wages": "trouble", "jobs": "good"}, "done": True}
        case Results():
            said = (UserInput(option="add.care"), UserInput(words=f"{nth} người"))
            rest = (UserInput(option="none"), UserInput(words="2,5 triệu"), *DONE)
            return reduce(lambda value, told: kind.take(told, value, at), (*said, *rest), None)
        case AgreedTasks():
            told = [message, UserInput(option="0"), UserInput(words="30/11"), *DONE]
            return reduce(lambda value, said: kind.take(said, value, at), told, None)
        case Note() | Words() | Items():
            pass
        case _:
            pytest.fail(f"{field.key}: say here how a {type(kind).__name__} is answered")
    value = kind.take(message, None, at)
    if isinstance(kind, Items):
        value = kind.take(UserInput(option="done"), value, at)
    return {**value, "files": [1]} if field.key == "files" else value


ANSWERS = {field.key: answer(nth, field) for nth, field in enumerate(FIELDS)}
TROUBLE_WORDS = "Chậm lương tháng 10"


def texts(field: Field) -> list[str]:
    """The words of its answer as they should be read."""
    if field.key == "topics":
        return ["lương, thu nhập", TROUBLE_WORDS, "sản xuất kinh doanh và việc làm"]
    if field.stored is None:
        return [words for _, words in ANSWERS[field.key]["pieces"]]
    words = field.stored.words(field.stored.column(ANSWERS[field.key]))
    return [words] if isinstance(words, str) else words


# ---- The table itself ----------------------------------------------------------------------


def test_every_step_of_both_forms_is_a_row_of_the_table() -> None:
    for form in (REPORT, UNPLANNED):
        keys = [step.key for step in (*form.steps, *form.extras)]
        of_the_place = ("site", "assigned", "new_name", "new_address")
        rows = [key for key in keys if not key.startswith("t.") and key not in of_the_place]
        assert rows == [f.key for f in FIELDS if f.core] + [f.key for f in FIELDS if not f.core]


def test_every_column_of_a_report_that_somebody_answers_is_in_the_table_once() -> None:
    columns = [name for field in FIELDS for name in field.stored_in]
    assert sorted(columns) == sorted(VisitReport.model_fields.keys() - NOT_ANSWERED)


def test_what_has_no_column_has_rows_of_its_own() -> None:
    assert {field.key for field in FIELDS if not field.stored_in} == PARTS


def test_what_is_left_out_somewhere_is_left_out_on_purpose() -> None:
    absent = {(f.key, place) for f in FIELDS for place in PLACES if in_place(f, place) is ABSENT}
    assert absent == LEFT_OUT


@pytest.mark.parametrize("place", PLACES)
def test_no_two_fields_stand_at_the_same_place_or_under_the_same_label(place: str) -> None:
    displays = [d for f in FIELDS if isinstance(d := in_place(f, place), Display)]
    assert len({d.order for d in displays}) == len(displays) > 10
    assert len({d.label for d in displays}) == len(displays)


def test_the_digest_adds_up_numbers_only() -> None:
    assert "workers_met" in DIGESTS
    assert all(by_key(key).stored is NUMBER for key in DIGESTS)
    assert all(words.count("{}") == 1 for words in DIGESTS.values())


# ---- An answer on its way ------------------------------------------------------------------


@pytest.mark.parametrize("field", [f for f in FIELDS if f.stored], ids=lambda f: f.key)
def test_an_answer_comes_back_from_its_columns_for_a_correction(field: Field) -> None:
    columns = columns_of({field.key: ANSWERS[field.key]})
    assert set(columns) == set(field.stored_in)
    report = a_report(**{"kind": "care", **columns})
    assert columns_of({field.key: draft_answers_of(report)[field.key]}) == columns


def a_report(**columns: Any) -> VisitReport:
    return VisitReport(
        **{
            "visit_id": 1,
            "author_id": 1,
            "submitted_at": WEDNESDAY_1500,
            "visited_on": WEEK,
            **columns,
        }
    )


def test_a_number_of_zero_is_an_answer_and_an_empty_text_is_none() -> None:
    report = a_report(kind="care", women=0, latitude=10.0)
    assert officer_lines(report) == supervisor_lines(report) == [("Lao động nữ", "0")]
    assert draft_answers_of(report).keys() == {"visited_on", "kind", "women"}
    assert [is_blank(value) for value in (None, "", [], 0, 0.0)] == [True] * 3 + [False] * 2


def test_an_answer_for_which_there_is_no_column_is_never_taken_in_silence() -> None:
    with pytest.raises(AssertionError, match="dormitories"):
        ReportAnswers(columns={"visited_on": WEEK, "dormitories": 3})


# ---- A report with everything in it, from the form to every reader -------------------------


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


@pytest.fixture
async def visit_id(work: Work) -> int:
    """A visit of An's whose report was sent through the form, every field answered."""
    async with work.write() as session:
        visit = Visit(
            key="one",
            week=WEEK,
            site_id=SEN_VANG.id,
            unit_id=SEN_VANG.parent or 0,
            officer_id=AN.id,
            created_at=cast.MONDAY,
        )
        file = StoredFile(
            id=1,
            channel=TELEGRAM,
            reference="f",
            unique_id="u",
            kind="photo",
            created_at=cast.MONDAY,
        )
        session.add_all([visit, file])
        await session.flush()
        draft = Draft(
            form="report",
            owner=person_owner(AN.id),
            about={"visit_id": visit.id},
            answers={**ANSWERS, "t.wages": TROUBLE_WORDS},
            created_at=WEDNESDAY_1500,
            updated_at=WEDNESDAY_1500,
        )
        session.add(draft)
        await session.flush()
        key = visit.id or 0
    an = await actor_of(work, AN.address)
    await REPORT.submit(Context(work, an, WEDNESDAY_1500), draft)
    return key


def buttons(rows: Any) -> Iterator[str]:
    return (button.label for row in rows for button in row)


async def test_every_answer_is_stored(work: Work, visit_id: int) -> None:
    an = await actor_of(work, AN.address)
    facts = await reports.read(Context(work, an, WEDNESDAY_1500), visit_id)
    for field in FIELDS:
        if field.stored and field.key != "situation":
            expected = columns_of({field.key: ANSWERS[field.key]})
            assert {name: getattr(facts.report, name) for name in expected} == expected
    assert texts(by_key("situation"))[0] in facts.report.situation
    assert {t.topic: (t.trouble, t.words) for t in facts.topics} == {
        "wages": (True, TROUBLE_WORDS),
        "jobs": (False, ""),
    }
    assert facts.files == 1
    count, _ = await reports.proposals_of(Context(work, an, WEDNESDAY_1500), visit_id)
    assert count == 1


@pytest.mark.wide
async def test_every_answer_is_read_again_on_the_officers_card(work: Work, visit_id: int) -> None:
    an = await actor_of(work, AN.address)
    card = report_cards.detail(await reports.read(Context(work, an, WEDNESDAY_1500), visit_id))
    _all_on_card("officer", card.text)
    assert "Kèm 1 ảnh, tệp" in card.text


async def test_every_answer_is_read_on_the_supervisors_card(work: Work, visit_id: int) -> None:
    dung = await actor_of(work, DUNG.address)
    page = await overview_visit.visit_page(Context(work, dung, FRIDAY_1630), visit_id, 0)
    cards = [visit_cards.visit(page, n, f"all:{WEEK:%Y%m%d}:0:0") for n in range(5)]
    _all_on_card("supervisor", "\n".join(card.text for card in cards))
    assert "🖼 Ảnh, tệp (1)" in buttons(cards[0].rows)


def _all_on_card(place: str, text: str) -> None:
    for field in FIELDS:
        display = in_place(field, place)
        if isinstance(display, Display):
            words = [display.wording(one) for one in texts(field)]
            assert f"<b>{display.label}" in text, field.key
        else:
            words = texts(field)
        for one in words:
            # where a line begins with it, it has a capital
            on_card = one in text or capital(one) in text
            assert on_card is (display is not ABSENT), f"{field.key} on the {place}'s card"


async def test_every_answer_is_exported(work: Work, visit_id: int) -> None:
    (cells,) = [cells async for cells in visit_rows(work, None)]
    row = dict(zip(HEADINGS, cells, strict=True))
    everything = "\n".join(str(cell) for cell in cells)
    for field in FIELDS:
        display = field.xlsx
        if not isinstance(display, Display):
            words = texts(field) if display is not ABSENT else []
            assert all(one in everything for one in words), field.key
        elif field.key == "situation":
            assert texts(field)[0] in str(row[display.label])
        else:
            stored = field.stored
            assert stored is not None
            expected = stored.cell(stored.column(ANSWERS[field.key]))
            assert row[display.label] == expected, field.key


async def test_every_number_of_the_digest_is_added_up_and_said(work: Work, visit_id: int) -> None:
    dung = await actor_of(work, DUNG.address)
    facts = await overview.week(Context(work, dung, FRIDAY_1630), WEEK, 0)
    assert facts.sums == {key: ANSWERS[key] for key in DIGESTS}
    text = overview_cards.week(facts).text.casefold()
    for key, words in DIGESTS.items():
        assert words.format(number(ANSWERS[key])).casefold() in text
    assert "tiếp nhận 1 kiến nghị từ cơ sở" in text
    nothing = replace(facts, sums=dict.fromkeys(DIGESTS, 0))
    assert "💬 Tiếp nhận 1 kiến nghị từ cơ sở." in overview_cards.week(nothing).text


def test_options_of_a_choice_are_what_it_takes() -> None:
    """So that a field with a choice cannot offer what is not stored."""
    for field in FIELDS:
        if isinstance(field.step.kind, Choice):
            for row in field.step.kind.options(None, Moment(WEDNESDAY_1500, {}, {})):
                option: Option = row[0]
                assert field.stored is not None
                assert field.stored.column(option.key) is not None
