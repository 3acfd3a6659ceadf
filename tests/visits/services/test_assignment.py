"""Monday's assignment: once a week, from its moment on, with words for the officer."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.core.work import Work
from bot.visits.services.assignment import ensure_week_assigned
from storage.models import Leave, OutboxMessage, Visit, WeekPlan
from tests.cast import AN, BINH, CUC, MONDAY, TET_MONDAY, VAULT, settle


async def all_of(work: Work, table: type) -> list:
    async with work.store.read() as session:
        return list((await session.exec(select(table))).all())


@pytest.fixture
async def settled(work: Work) -> Work:
    await settle(work.store)
    return work


async def test_the_week_is_assigned_once_however_often_it_is_asked_for(settled: Work) -> None:
    for later in (0, 1, 60, 24 * 60):
        await ensure_week_assigned(settled, MONDAY + timedelta(minutes=later))
    visits = await all_of(settled, Visit)
    assert sorted(v.officer_id for v in visits) == [AN.id, BINH.id, CUC.id]
    assert len({v.site_id for v in visits}) == 3
    assert len(await all_of(settled, OutboxMessage)) == 3


async def test_a_start_before_monday_seven_waits_for_it(settled: Work) -> None:
    await ensure_week_assigned(settled, MONDAY - timedelta(minutes=1))
    assert await all_of(settled, Visit) == []


async def test_a_server_that_was_off_on_monday_makes_it_up_until_friday(settled: Work) -> None:
    await ensure_week_assigned(settled, MONDAY + timedelta(days=5))
    assert await all_of(settled, Visit) == []  # on Saturday it waits for Monday
    await ensure_week_assigned(settled, MONDAY + timedelta(days=4))
    assert len(await all_of(settled, Visit)) == 3


async def test_who_is_on_leave_all_week_gets_nothing_and_one_day_of_leave_changes_nothing(
    settled: Work,
) -> None:
    async with settled.store.write() as session:
        monday, friday = date(2026, 11, 16), date(2026, 11, 20)
        session.add(Leave(person_id=AN.id, first_day=monday, last_day=friday))
        session.add(Leave(person_id=BINH.id, first_day=monday, last_day=monday))
    await ensure_week_assigned(settled, MONDAY)
    assert {v.officer_id for v in await all_of(settled, Visit)} == {BINH.id, CUC.id}


async def test_a_week_with_a_working_day_is_assigned_and_a_week_of_holidays_is_not(
    settled: Work,
) -> None:
    await ensure_week_assigned(settled, TET_MONDAY)  # 8 to 10 February are Tết, 11 and 12 are not
    assert len(await all_of(settled, Visit)) == 3
    days = frozenset(date(2026, 11, day) for day in range(16, 21))
    free = settled.settings.calendar.model_copy(update={"holidays": days})
    settings = settled.settings.model_copy(update={"calendar": free})
    work = Work(settled.store, settings, settings.make_calendar(), VAULT)
    await ensure_week_assigned(work, MONDAY)
    assert len(await all_of(settled, Visit)) == 3
    (skipped,) = [plan for plan in await all_of(settled, WeekPlan) if plan.skipped]
    assert skipped.week == date(2026, 11, 16)


async def test_each_visit_carries_its_reasons(settled: Work) -> None:
    await ensure_week_assigned(settled, MONDAY)
    assert all(visit.reasons for visit in await all_of(settled, Visit))
    texts = [message.text for message in await all_of(settled, OutboxMessage)]
    assert all("Vì sao" in text for text in texts)
