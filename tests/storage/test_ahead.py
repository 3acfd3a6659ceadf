"""After a clock that ran ahead nothing waits for the time that it showed."""

from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.core import clock_faults
from bot.core.rules.calendar import Calendar, at
from bot.core.work import Work
from bot.visits.services import promises, reminders
from storage import ahead, outbox
from storage.addresses import TELEGRAM
from storage.enums import Lane, OutboxState, Role, VisitStatus
from storage.models import (
    Alert,
    Case,
    Draft,
    Invitation,
    OutboxMessage,
    Person,
    Promise,
    ScheduleMark,
    StoredFile,
    Tally,
    Visit,
    VisitEvent,
    metadata,
)
from storage.store import Store
from tests import cast

NOW = cast.MONDAY + timedelta(hours=3)
WRONG = NOW + timedelta(days=800)
NIGHT = at(NOW.date(), time(23, 0))


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def put(work: Work, *rows: Any) -> None:
    async with work.write() as session:
        session.add_all(rows)


async def only(work: Work, table: Any) -> Any:
    async with work.read() as session:
        return (await session.exec(select(table))).one()


def message(key: str, **more: Any) -> OutboxMessage:
    values = {"created_at": WRONG, "not_before": WRONG, "person_id": cast.AN.id, "text": key}
    return OutboxMessage(dedupe_key=key, **(values | {"lane": Lane.NOTICE} | more))


def visit(**more: Any) -> Visit:
    place: dict[str, Any] = {
        "site_id": cast.SEN_VANG.id,
        "officer_id": cast.AN.id,
        "week": NOW.date(),
    }
    place |= {"key": "k", "unit_id": cast.KCN.id}
    return Visit(**(place | {"created_at": NOW, "remind_at": WRONG} | more))


def test_of_every_moment_it_is_known_whether_it_may_lie_ahead() -> None:
    """A new column that holds a moment to come must be named, or it is brought back as the past."""
    names = {f"{table.name}.{column.name}" for table, column in ahead.moments()}
    assert names >= ahead.MAY_LIE_AHEAD
    names = {name for name in names if not name.endswith("_set_at")}  # when somebody set a day
    to_come = ("before", "until", "remind", "retry", "expires", "due", "next", "deadline")
    hints = {one for one in names if any(hint in one.split(".")[1] for hint in to_come)}
    assert hints <= ahead.MAY_LIE_AHEAD
    assert {table.name for table in metadata.sorted_tables} >= {n.split(".")[0] for n in names}


async def test_where_the_clock_was_right_nothing_is_touched(work: Work) -> None:
    held_back = message("tonight", created_at=NOW, not_before=NOW + timedelta(days=3))
    await put(work, held_back, visit(remind_at=NOW + timedelta(days=2)))
    await clock_faults.bring_back(work, NOW)
    assert (await only(work, OutboxMessage)).not_before == NOW + timedelta(days=3)
    assert (await only(work, Visit)).remind_at == NOW + timedelta(days=2)


async def test_messages_owed_ahead_go_out_as_soon_as_one_may_speak(work: Work) -> None:
    retried = message("retried", created_at=NIGHT - timedelta(hours=3), attempts=2)
    await put(work, message("a"), message("urgent", lane=Lane.URGENT), retried)
    await clock_faults.bring_back(work, NIGHT)
    async with work.read() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    calendar: Calendar = work.calendar
    morning = calendar.next_speaking_moment(NIGHT)
    due = {row.dedupe_key: row.not_before for row in rows}
    assert due == {"a": morning, "retried": morning, "urgent": NIGHT}
    assert all(row.created_at <= NIGHT for row in rows)


async def test_reminders_that_came_too_early_come_again_in_their_time(work: Work) -> None:
    early = visit(reminded=["no_day", "unreported"], day=None)
    await put(work, early)
    key, gone = early.id, {"state": OutboxState.SENT, "sent_at": WRONG}
    about = {"lane": Lane.REMINDER, "subject": f"visit:{key}"}
    await put(
        work,
        message(f"remind:{key}:unreported", **about),
        message(f"remind:{key}:no_day", **about, **gone),
    )
    await clock_faults.bring_back(work, NOW)
    wednesday = cast.WEDNESDAY_1500
    for moment in (NOW, wednesday, wednesday + timedelta(hours=1), cast.FRIDAY_1500):
        await reminders.STREAM.ensure(work, moment)
    async with work.read() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    owed = {r.dedupe_key: r.created_at for r in rows if r.state == OutboxState.PENDING}
    assert owed == {
        f"remind:{key}:no_day": wednesday,
        f"remind:{key}:unreported": cast.FRIDAY_1500,
    }


@pytest.mark.parametrize("lane", [Lane.NOTICE, Lane.REMINDER])
async def test_what_was_said_ahead_may_be_said_again_in_its_time(work: Work, lane: Lane) -> None:
    """The list of the late units, the week's digest: each is owed once, by its key."""
    sent = {"state": OutboxState.SENT, "lane": lane}
    await put(
        work,
        message("late:1:2026-11-16:4", sent_at=WRONG, **sent),
        message("late:1:2026-11-09:4", sent_at=NOW, created_at=NOW, **sent),
    )
    await clock_faults.bring_back(work, NOW)
    async with work.write() as session:
        for key in ("late:1:2026-11-16:4", "late:1:2026-11-09:4"):
            await outbox.add(session, message(key, created_at=NOW, not_before=NOW, lane=lane))
    async with work.read() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    waiting = [row.dedupe_key for row in rows if row.state == OutboxState.PENDING]
    assert waiting == ["late:1:2026-11-16:4"], "what was said in its time is not said again"


async def test_a_schedule_that_ran_ahead_is_as_if_it_had_never_run(work: Work) -> None:
    await put(work, ScheduleMark(name="assign_week", ran_at=WRONG))
    await clock_faults.bring_back(work, NOW)
    async with work.read() as session:
        assert (await session.exec(select(ScheduleMark))).all() == []


async def test_visits_taken_for_missed_are_open_again_and_reminded(work: Work) -> None:
    early = visit(status=VisitStatus.MISSED, reminded=["missed", "eve:1"], remind_at=None)
    await put(work, early, ScheduleMark(name="digest", ran_at=WRONG))
    await put(work, VisitEvent(visit_id=early.id or 0, at=WRONG, what="missed"))
    await clock_faults.bring_back(work, NOW)
    row = await only(work, Visit)
    assert (row.status, row.reminded, row.remind_at) == (VisitStatus.PLANNED, ["eve:1"], NOW)
    await reminders.STREAM.ensure(work, NOW)
    assert (await only(work, Visit)).remind_at < NOW + timedelta(days=8)


async def test_what_was_counted_from_a_moment_ahead_keeps_its_length(work: Work) -> None:
    place = {"unit_id": cast.KCN.id, "site_id": cast.SEN_VANG.id}
    case = Case(
        code="ABC",
        home_id=cast.KCN.id,
        category="LUONG",
        text="x",
        created_at=WRONG,
        clock_from=WRONG,
        settle_by=WRONG + timedelta(days=10),
        **place,
    )
    await put(work, case)
    alert = {
        "key": "k",
        "home_id": cast.KCN.id,
        "case_id": case.id,
        "size": 1,
        "level": "alarm",
        "signs": [],
    }
    invited = {"role": Role.OFFICER, "unit_id": cast.KCN.id, "created_at": WRONG}
    await put(
        work,
        Alert(at=WRONG, remind_at=WRONG + timedelta(hours=5), **alert, **place),
        Invitation(code_hash="c", expires_at=WRONG + timedelta(days=14), **invited),
        ScheduleMark(name="digest", ran_at=WRONG),
    )
    await clock_faults.bring_back(work, NOW)
    kept = await only(work, Case)
    assert (kept.created_at, kept.settle_by) == (NOW, NOW + timedelta(days=10))
    rung = await only(work, Alert)
    assert (rung.at, rung.remind_at) == (NOW, NOW + timedelta(hours=5))
    assert (await only(work, Invitation)).expires_at == NOW + timedelta(days=14)


async def test_files_forms_tallies_and_people_come_back_too(work: Work) -> None:
    await put(
        work,
        message("sent", state=OutboxState.SENT, sent_at=WRONG, not_before=NOW),
        Draft(form="concern", owner="r:x", created_at=WRONG, updated_at=WRONG),
        StoredFile(
            channel=TELEGRAM,
            reference="f",
            unique_id="u",
            kind="photo",
            created_at=WRONG,
            retry_at=WRONG + timedelta(hours=17),
        ),
        Tally(look="x", what="code", since=WRONG, count=9),
    )
    async with work.write() as session:
        person = await session.get_one(Person, cast.AN.id)
        person.seen_at = WRONG
    await clock_faults.bring_back(work, NOW)
    file = await only(work, StoredFile)
    assert (file.created_at, file.retry_at) == (NOW, NOW)
    assert (await only(work, Draft)).updated_at == NOW
    async with work.read() as session:
        assert (await session.exec(select(Tally))).all() == []
        assert (await session.get_one(Person, cast.AN.id)).seen_at == NOW
    async with work.read() as session:
        for table, column in ahead.moments():
            late = (await session.exec(select(column).where(column > NOW))).all()
            assert late == [], f"{table.name}.{column.name}"


async def test_what_was_promised_is_reminded_of_although_all_of_it_was_said_ahead(
    work: Work,
) -> None:
    planned = visit(remind_at=None)
    await put(work, planned)
    when = {"created_at": NOW, "day_set_at": NOW, "until": (NOW + timedelta(days=5)).date()}
    who = {"visit_id": planned.id, "site_id": cast.SEN_VANG.id, "officer_id": cast.AN.id}
    said = ["eve", "late"]
    await put(work, Promise(what="sửa quạt", reminded=said, remind_at=None, **who, **when))
    await put(work, ScheduleMark(name="digest", ran_at=WRONG))
    await clock_faults.bring_back(work, NOW)
    await promises.STREAM.ensure(work, NOW)
    promise = await only(work, Promise)
    assert promise.reminded == []
    assert NOW < promise.remind_at <= NOW + timedelta(days=6)
