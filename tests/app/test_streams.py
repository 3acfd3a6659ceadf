"""Every stream of reminders: a row that cannot be handled holds up no other, and an idle tick
writes nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, cast

import pytest
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.testing import capture_logs

from bot.app.schedule import Schedule
from bot.channels.telegram.outbox import Dispatcher
from bot.core.rules.calendar import Week, at
from bot.core.streams import RETRY
from bot.core.work import Work
from storage.models import Alert, Case, Obligation, OutboxMessage, Visit
from tests import cast as people
from tests.app.test_schedule import NoPost
from tests.cases.help import a_case
from tests.summaries.obligation_help import owe, owes

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

    async with work.read() as session:
        assert (await session.get_one(model, bad)).remind_at
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
