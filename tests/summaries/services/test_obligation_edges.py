"""Obligations where something else happens at the same time: a merger, an excuse, a late answer."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from sqlmodel import select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.calendar import at
from bot.core.rules.programmes import Programme, ReportDue
from bot.core.work import Work
from bot.summaries.rules.board import Standing
from bot.summaries.services import board, follow_up, obligations, requests, sending
from bot.summaries.services.requests import NewRequest, Question
from storage import marks
from storage.enums import OutboxState
from storage.models import Obligation, OutboxMessage
from storage.store import Store
from tests import cast
from tests.cast import DUNG, GIANG, HON_SAO, KCN, LONG_HOA
from tests.summaries.help import all_written
from tests.summaries.services.count_help import change, put, unit_of

DUE, LATER = date(2026, 12, 15), date(2026, 12, 22)
PLAN = Programme(
    *("p", "Kế hoạch", "KH", "LĐLĐ", "s", date(2020, 5, 1), "Ban", "Ban"),
    reports=(ReportDue("year", "Báo cáo năm", (15, 12), "II.3"),),
)
GROUP = "p:year:2026"


def on(day: int, clock: str = "09:00", month: int = 12) -> datetime:
    return at(date(2026, month, day), time.fromisoformat(clock))


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    await cast.settle(any_store)
    work = Work(any_store, settings, settings.make_calendar(), cast.VAULT, (PLAN,))
    await obligations.ensure_obligations(work, on(16, month=11))
    return work


async def owed(work, group=GROUP):
    async with work.read() as session:
        found = (await session.exec(select(Obligation).where(Obligation.group == group))).all()
    return {one.unit_id: one for one in found}


async def states(work, beginning):
    async with work.read() as session:
        found = (await session.exec(select(OutboxMessage))).all()
    return [m.state for m in found if m.dedupe_key.startswith(beginning)]


async def who(work, character):
    return await actor_of(work, character.address)


async def test_whoever_sends_at_night_is_not_asked_in_the_morning(work):
    key = (await owed(work))[KCN.id].id
    await follow_up.remind(Context(work, await who(work, GIANG), on(10, "21:30")), GROUP, KCN.id)
    await all_written(work, key, now=on(10, "21:40"))
    await sending.send(Context(work, await who(work, DUNG), on(10, "22:00")), key)
    assert await states(work, "chase:") == [OutboxState.CANCELLED]


async def test_a_returned_report_that_is_excused_is_waited_for_by_nobody(work):
    key = (await owed(work))[KCN.id].id
    giang = await who(work, GIANG)
    await all_written(work, key, now=on(2))
    await sending.send(Context(work, await who(work, DUNG), on(2)), key)
    await sending.give_back(Context(work, giang, on(3)), key, 1, "Ghi rõ hơn.")
    await follow_up.excuse(Context(work, giang, on(4)), key, "Đã gửi bản giấy")
    facts = await board.board(Context(work, giang, on(5)), key, 0)
    assert {row.unit: row.standing for row in facts.rows}[KCN.name] is Standing.EXCUSED
    for unit in (LONG_HOA, HON_SAO):
        await follow_up.excuse(
            Context(work, giang, on(4)), (await owed(work))[unit.id].id, "Đã gửi"
        )
    assert await board.near(Context(work, giang, on(5))) == []


async def test_an_excused_units_old_deadline_is_not_that_of_a_new_one(work):
    giang = await who(work, GIANG)
    await follow_up.excuse(
        Context(work, giang, on(1)), (await owed(work))[HON_SAO.id].id, "Mới lập"
    )
    await follow_up.move_deadline(Context(work, giang, on(2)), GROUP, LATER)
    await put(work, unit_of(cast._upper(60, "MOI", "CĐ phường Mới")))
    await obligations.ensure_obligations(work, on(3))
    assert (await owed(work))[60].due_before == LATER


@pytest.mark.parametrize("due", [LATER, date(2026, 12, 11)])
async def test_an_excuse_taken_back_after_the_deadline_was_moved(work, due):
    giang, key = await who(work, GIANG), (await owed(work))[KCN.id].id
    await follow_up.excuse(Context(work, giang, on(1)), key, "Nhầm")
    assert await follow_up.move_deadline(Context(work, giang, on(2)), GROUP, due) == 2
    assert (await board.board(Context(work, giang, on(2)), key, 0)).due_before == due
    assert (await owed(work))[KCN.id].remind_at is None
    assert len(await states(work, "moved:")) == 1  # Long Hòa; nobody is at Hòn Sao
    facts = await follow_up.owe_again(Context(work, giang, on(3)), key)
    assert facts.obligation.due_before == due


async def test_a_unit_dissolved_by_mistake_owes_by_the_deadline_of_the_others(work):
    giang = await who(work, GIANG)
    await change(work, HON_SAO, dissolved_on=date(2026, 12, 1), successor_id=LONG_HOA.id)
    await obligations.ensure_obligations(work, on(2))
    await follow_up.move_deadline(Context(work, giang, on(3)), GROUP, LATER)
    await change(work, HON_SAO, dissolved_on=None, successor_id=None)
    await obligations.ensure_obligations(work, on(4))
    again = (await owed(work))[HON_SAO.id]
    assert (again.excused_at, again.due_before) == (None, LATER)


async def test_a_unit_that_joins_between_the_old_deadline_and_the_new_one_owes(work):
    await follow_up.move_deadline(
        Context(work, await who(work, GIANG), on(10)), GROUP, date(2026, 12, 31)
    )
    for day in range(11, 20):
        async with work.write() as session:
            await marks.set_mark(session, obligations.ENTRY, on(day))
    new = unit_of(cast._upper(60, "MOI", "CĐ phường Mới"))
    new.known_since = date(2026, 12, 18)
    await put(work, new)
    await obligations.ensure_obligations(work, on(20))
    assert (await owed(work))[60].due_before == date(2026, 12, 31)


async def test_a_request_to_a_unit_that_was_dissolved_by_mistake_is_owed_again(work):
    new = NewRequest("Thưởng Tết", DUE, (Question("Bao nhiêu nơi?"),))
    facts = await requests.ask(Context(work, await who(work, GIANG), on(1)), new)
    group = f"request:{facts.request.id}"
    await change(work, HON_SAO, dissolved_on=date(2026, 12, 1), successor_id=LONG_HOA.id)
    await obligations.ensure_obligations(work, on(2))
    assert (await owed(work, group))[HON_SAO.id].excused_at is not None
    await change(work, HON_SAO, dissolved_on=None, successor_id=None)
    await obligations.ensure_obligations(work, on(3))
    again = (await owed(work, group))[HON_SAO.id]
    assert (again.excused_at, again.excuse) == (None, "")
    assert again.remind_at is not None


@pytest.mark.parametrize("asked", [(HON_SAO,), (HON_SAO, LONG_HOA)])
async def test_what_a_merged_unit_was_asked_on_the_spot_its_successor_owes(work, asked):
    new = NewRequest("Thưởng Tết", DUE, (Question("Bao nhiêu nơi?"),))
    new = replace(new, unit_ids=tuple(unit.id for unit in asked))
    facts = await requests.ask(Context(work, await who(work, GIANG), on(1)), new)
    group = f"request:{facts.request.id}"
    await change(work, HON_SAO, dissolved_on=date(2026, 12, 5), successor_id=LONG_HOA.id)
    for day in (6, 7):
        await obligations.ensure_obligations(work, on(day))
    found = await owed(work, group)
    assert {key: one.excused_at is None for key, one in found.items()} == {
        HON_SAO.id: False,
        LONG_HOA.id: True,
    }
    assert found[LONG_HOA.id].due_before == DUE
    assert found[LONG_HOA.id].remind_at is not None
