"""Every stream of reminders: a row that cannot be handled holds up no other, and an idle tick
writes nothing."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import event
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.testing import capture_logs

from bot.app import schedule as schedule_rows
from bot.app.schedule import Schedule
from bot.cases.services import duty
from bot.channels.outbox import Dispatcher
from bot.core.rules.calendar import Week, at
from bot.core.streams import RETRY, Lookout, Stream
from bot.core.work import Work
from storage.models import Alert, Case, Leave, Obligation, OutboxMessage, Unit, Visit, metadata
from tests import cast as people
from tests.app.test_schedule import NoPost
from tests.cases.help import a_case
from tests.summaries.obligation_help import owe, owes
from tests.tour import listening

FRIDAY = date(2026, 11, 20)
NOW = at(FRIDAY, time(15, 30))
SPOILED: Any = 5  # where the program expects a list: no reminder can be made of such a row


async def visits(work: Work) -> list[Any]:
    rows = [
        Visit(
            key=f"{officer.id}",
            week=Week.of(FRIDAY).monday,
            site_id=people.SEN_VANG.id,
            unit_id=people.KCN.id,
            officer_id=officer.id,
            created_at=people.MONDAY,
        )
        for officer in (people.AN, people.BINH, people.CUC)
    ]
    async with work.write() as session:
        session.add_all(rows)
    return rows


async def cases(work: Work) -> list[Any]:
    return [await a_case(work, people.MONDAY) for _ in range(3)]


async def obligations(work: Work) -> list[Any]:
    due = FRIDAY + timedelta(days=1)
    rows = [owes(place, due=due) for place in (people.KCN, people.LONG_HOA, people.HON_SAO)]
    await owe(work, *rows)
    return rows


async def alerts(work: Work) -> list[Any]:
    rows = [
        Alert(
            key=f"{case.id}",
            unit_id=people.KCN.id,
            home_id=case.home_id,
            case_id=case.id,
            at=NOW - timedelta(hours=2),
            level="alarm",
        )
        for case in await cases(work)
    ]
    async with work.write() as session:
        session.add_all(rows)
        for case in (await session.exec(select(Case))).all():
            case.remind_at = None
    return rows


STREAMS: dict[str, tuple[type[Any], str, Callable[[Work], Awaitable[list[Any]]]]] = {
    "reminders": (Visit, "reminded", visits),
    "cases": (Case, "reminded", cases),
    "prompts": (Obligation, "reminded", obligations),
    "alerts": (Alert, "seen_by", alerts),
}


@pytest.fixture
async def work(work: Work) -> Work:
    await people.settle(work.store)
    return work


def schedule(work: Work, moment: datetime) -> Schedule:
    return Schedule(work, people.clock_at(moment), cast("Dispatcher", NoPost()), ())


async def spoil(work: Work, model: type[Any], key: int, column: str, value: Any) -> None:
    async with work.write() as session:
        row = await session.get_one(model, key)
        setattr(row, column, value)
        flag_modified(row, column)


async def due_at(work: Work, model: type[Any]) -> dict[int, datetime | None]:
    async with work.read() as session:
        return {row.id: row.remind_at for row in (await session.exec(select(model))).all()}


async def messages(work: Work) -> int:
    async with work.read() as session:
        return len((await session.exec(select(OutboxMessage))).all())


@pytest.mark.parametrize("stream", STREAMS)
async def test_a_row_that_cannot_be_handled_waits_alone_and_is_tried_again(
    work: Work, stream: str
) -> None:
    model, column, make = STREAMS[stream]
    first, bad, last = [row.id for row in await make(work)]
    for key in (first, bad, last):
        await spoil(work, model, key, "remind_at", NOW)
    await spoil(work, model, bad, column, SPOILED)
    before = await messages(work)
    with capture_logs() as logs:
        await schedule(work, NOW).run_due()
    waiting = await due_at(work, model)
    assert waiting[bad] == NOW + RETRY
    for key in (first, last):
        at = waiting[key]
        assert at is None or at > NOW, "it was handled"
    assert await messages(work) > before
    failed = [(log["stream"], log["id"]) for log in logs if log["event"] == "stream.row_failed"]
    assert failed == [(stream, bad)]
    assert not [log for log in logs if log["event"] == "schedule.failed"]

    before = await messages(work)
    await schedule(work, NOW + RETRY / 2).run_due()
    assert (await due_at(work, model))[bad] == NOW + RETRY
    await spoil(work, model, bad, column, [])
    await schedule(work, NOW + RETRY).run_due()
    again = (await due_at(work, model))[bad]
    assert again is None or again > NOW + RETRY
    assert await messages(work) > before


async def test_an_idle_tick_writes_nothing(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    for _, _, make in STREAMS.values():
        await make(work)
    program = schedule(work, NOW)
    await program.run_due()
    writes: list[str] = []
    write = work.store.write

    @asynccontextmanager
    async def counted() -> AsyncIterator[AsyncSession]:
        writes.append("write")
        async with write() as session:
            yield session

    monkeypatch.setattr(work.store, "write", counted)
    for _ in range(3):
        await program.run_due()
    assert writes == []


ROW_STREAMS = [stream for stream in schedule_rows.STREAMS if isinstance(stream, Stream)]


@pytest.mark.parametrize("stream", ROW_STREAMS, ids=lambda stream: stream.name)
async def test_whether_something_is_due_is_read_from_the_index(work: Work, stream: Stream) -> None:
    """Else every idle tick would walk over all rows there ever were: of those that are due, or of
    those that are open, which do not grow with the years.
    """
    reads: list[tuple[str, Any]] = []
    engine = work.store.engine.sync_engine

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("SELECT"):
            reads.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    await stream.ensure(work, NOW)
    await stream.next_due(work)
    event.remove(engine, "before_cursor_execute", note)
    assert len(reads) == 2
    async with work.store.engine.connect() as connection:
        for statement, parameters in reads:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            way = str(plan.all())
            assert "SCAN" not in way
            assert any(index in way for index in indices(stream.model.__tablename__)), way


def indices(table: str) -> tuple[str, ...]:
    of_the_open = (f"ix_{table}_status (status=?", f"ix_{table}_state (state=?")
    return (f"ix_{table}_remind_at", f"ix_{table}_state_", *of_the_open)


async def test_all_streams_are_asked_at_once_and_each_from_its_index(work: Work) -> None:
    """At every tick that finds nothing to do, and at each look for the next moment."""
    program = schedule(work, NOW)
    await program.run_due()
    with listening(work.store) as sent:
        await program.run_due()
        await program.advance(NOW, nobody_waits)
    asked = [one for one in sent if re.search(r"remind_at (<=|IS NOT NULL)", one.statement)]
    assert len(asked) == 3, "two ticks, and a look for the next moment"
    async with work.store.engine.connect() as connection:
        for one in asked:
            plan = await connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {one.statement}", one.parameters
            )
            way = str(plan.all()).replace("SCAN CONSTANT ROW", "")
            assert "SCAN" not in way
            for stream in ROW_STREAMS:
                table = stream.model.__tablename__
                assert any(index in way for index in indices(table)), table


async def nobody_waits(_moment: datetime) -> None: ...


async def test_what_a_stream_leaves_for_the_next_is_done_in_the_same_tick(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visits(work)
    (case, *_) = await cases(work)
    handled: list[str] = []

    async def ask_about_case(session: AsyncSession, *_: Any) -> None:
        handled.append("visit")
        for visit in (await session.exec(select(Visit))).all():
            visit.remind_at = None
        (await session.get_one(Case, case.id)).remind_at = NOW

    async def answer(_session: AsyncSession, _work: Work, due: Any, _now: datetime) -> None:
        handled.append("case")
        for row in due:
            row.remind_at = None

    async with work.write() as session:
        for row in (await session.exec(select(Case))).all():
            row.remind_at = None
        for visit in (await session.exec(select(Visit))).all():
            visit.remind_at = NOW
    first = Stream("visits", Visit, col(Visit.id).is_not(None), ask_about_case)
    then = Stream("cases", Case, col(Case.id).is_not(None), answer)
    monkeypatch.setattr(schedule_rows, "STREAMS", (first, then))
    monkeypatch.setattr(schedule_rows, "LOOKOUT", Lookout((first, then)))
    await schedule(work, NOW).run_due()
    assert handled == ["visit", "case"]


async def test_every_column_of_due_moments_belongs_to_one_stream_of_the_schedule() -> None:
    columns = sorted(t.name for t in metadata.sorted_tables if "remind_at" in t.columns)
    assert sorted(stream.model.__tablename__ for stream in ROW_STREAMS) == columns


async def test_a_case_that_cannot_follow_its_site_holds_up_no_other(work: Work) -> None:
    first, bad, last = [row.id for row in await cases(work)]
    await spoil(work, Case, bad, "reminded", SPOILED)
    async with work.write() as session:
        site = await session.get_one(Unit, people.SEN_VANG.id)
        site.parent_id, site.path = people.LONG_HOA.id, f"/1/{people.LONG_HOA.id}/{site.id}/"
    program = schedule(work, NOW)
    with capture_logs() as logs:
        await program.run_due()
        await program.run_due()  # not again at every tick
    async with work.read() as session:
        homes = {row.id: row.home_id for row in (await session.exec(select(Case))).all()}
    assert homes == {
        first: people.LONG_HOA.id,
        bad: people.KCN.id,
        last: people.LONG_HOA.id,
    }
    failed = [log["id"] for log in logs if log.get("stream") == "case_moves" and "id" in log]
    assert failed == [bad]


async def test_a_case_that_cannot_be_offered_holds_up_no_other(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, bad, last = [row.id for row in await cases(work)]
    async with work.write() as session:
        for case in (await session.exec(select(Case))).all():
            case.assignee_id, case.status, case.remind_at = people.AN.id, "in_progress", None
        session.add(
            Leave(person_id=people.AN.id, first_day=FRIDAY, last_day=FRIDAY, created_at=NOW)
        )
    line = duty._Desk.site

    def site(desk: Any, case: Case) -> str:
        if case.id == bad:
            raise LookupError
        return line(desk, case)

    monkeypatch.setattr(duty._Desk, "site", site)
    before = await messages(work)
    with capture_logs() as logs:
        await schedule(work, NOW).run_due()
    async with work.read() as session:
        offered = {row.id for row in (await session.exec(select(Case))).all() if row.reminded}
    assert offered == {first, last}
    assert await messages(work) > before
    assert [log["id"] for log in logs if log.get("stream") == "orphans" and "id" in log] == [bad]
