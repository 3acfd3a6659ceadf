"""Leave, at the service: what merges, what is covered, who may."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.core import access
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.people.services import leave, role_endings
from bot.visits.services.assignment import ensure_week_assigned
from storage.enums import VisitStatus
from storage.models import Leave, OutboxMessage, Visit
from tests import cast
from tests.cast import AN, CUC, DUNG, GIANG, HA, KHOA, LAN, MAI, MONDAY, TET_MONDAY

DAY = timedelta(days=1)
FIRST = date(2026, 11, 16)  # the Monday of MONDAY


@pytest.fixture
async def settled(work: Work) -> Work:
    await cast.settle(work.store)
    return work


@pytest.fixture
async def an(settled: Work) -> Actor:
    return await access.actor_of(settled, AN.address)


async def spans(work: Work) -> list[tuple[date, date]]:
    async with work.read() as session:
        found = await session.exec(select(Leave).order_by(Leave.first_day))
        return [(one.first_day, one.last_day) for one in found.all()]


async def told(work: Work) -> set[int]:
    async with work.read() as session:
        found = await session.exec(
            select(OutboxMessage.person_id).where(OutboxMessage.dedupe_key.startswith("leave"))
        )
        return set(found.all())


@pytest.mark.parametrize(
    ("first", "last", "after"),
    [
        (0, 1, [(0, 1), (5, 8)]),
        (3, 4, [(3, 8)]),
        (3, 6, [(3, 8)]),
        (7, 9, [(5, 9)]),
        (9, 9, [(5, 9)]),
        (1, 20, [(1, 20)]),
        (10, 12, [(5, 8), (10, 12)]),
    ],
)
async def test_leaves_never_overlap(
    settled: Work, an: Actor, first: int, last: int, after: list[tuple[int, int]]
) -> None:
    await leave.take(Context(settled, an, MONDAY), FIRST + 5 * DAY, FIRST + 8 * DAY)
    await leave.take(Context(settled, an, MONDAY), FIRST + first * DAY, FIRST + last * DAY)
    assert await spans(settled) == [(FIRST + a * DAY, FIRST + b * DAY) for a, b in after]


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-5, -1), (0, 400)])
async def test_an_impossible_leave_is_refused(
    settled: Work, an: Actor, first: int, last: int
) -> None:
    with pytest.raises(Refused):
        await leave.take(Context(settled, an, MONDAY), FIRST + first * DAY, FIRST + last * DAY)
    assert not await spans(settled)


async def test_on_wednesday_the_rest_of_the_week_is_all_of_it(settled: Work, an: Actor) -> None:
    await ensure_week_assigned(settled, MONDAY)
    wednesday = MONDAY + 2 * DAY
    taken = await leave.take(Context(settled, an, wednesday), FIRST + 2 * DAY, FIRST + 4 * DAY)
    assert [visit.officer_id for visit, _ in taken.handed_over] == [AN.id]


async def test_a_day_left_to_work_keeps_the_visit(settled: Work, an: Actor) -> None:
    await ensure_week_assigned(settled, MONDAY)
    taken = await leave.take(Context(settled, an, MONDAY), FIRST, FIRST + 3 * DAY)
    assert not taken.handed_over
    assert not taken.clashes


async def test_a_visit_set_for_a_day_of_the_leave_is_to_be_set_anew(
    settled: Work, an: Actor
) -> None:
    await ensure_week_assigned(settled, MONDAY)
    async with settled.write() as session:
        visit = (await session.exec(select(Visit).where(Visit.officer_id == AN.id))).one()
        visit.day, visit.status = FIRST + DAY, VisitStatus.CONFIRMED
    taken = await leave.take(Context(settled, an, MONDAY), FIRST + DAY, FIRST + 2 * DAY)
    assert [visit.id for visit, _ in taken.clashes] == [visit.id]
    assert not taken.handed_over


async def test_reported_visits_are_nobodys_worry(settled: Work, an: Actor) -> None:
    await ensure_week_assigned(settled, MONDAY)
    async with settled.write() as session:
        for visit in (await session.exec(select(Visit))).all():
            visit.status = VisitStatus.REPORTED
    taken = await leave.take(Context(settled, an, MONDAY), FIRST, FIRST + 6 * DAY)
    assert not taken.handed_over


async def test_holidays_need_no_leave(settled: Work, an: Actor) -> None:
    """In the week of Tết only Thursday and Friday are worked."""
    await ensure_week_assigned(settled, TET_MONDAY)
    tet = date(2027, 2, 8)
    taken = await leave.take(Context(settled, an, TET_MONDAY), tet + 3 * DAY, tet + 4 * DAY)
    assert len(taken.handed_over) == 1


@pytest.mark.parametrize(("one", "nearest"), [(AN, {DUNG}), (CUC, {GIANG}), (DUNG, {GIANG})])
async def test_the_nearest_supervisors_above_are_told(settled: Work, one, nearest: set) -> None:
    actor = await access.actor_of(settled, one.address)
    await leave.take(Context(settled, actor, MONDAY), FIRST, FIRST + DAY)
    assert await told(settled) == {person.id for person in nearest}


async def test_calling_off_a_leave_that_has_begun_keeps_the_days_gone(
    settled: Work, an: Actor
) -> None:
    taken = await leave.take(Context(settled, an, MONDAY), FIRST, FIRST + 4 * DAY)
    await leave.cancel(Context(settled, an, MONDAY + 2 * DAY), taken.leave_id)
    assert await spans(settled) == [(FIRST, FIRST + DAY)]
    with pytest.raises(Refused):
        await leave.cancel(Context(settled, an, MONDAY + 2 * DAY), taken.leave_id)


async def test_a_leave_taken_again_after_calling_it_off_is_told_again(
    settled: Work, an: Actor
) -> None:
    for minutes in (0, 5):
        now = MONDAY + timedelta(minutes=minutes)
        taken = await leave.take(Context(settled, an, now), FIRST, FIRST + DAY)
        await leave.cancel(Context(settled, an, now), taken.leave_id)
    async with settled.read() as session:
        keys = (await session.exec(select(OutboxMessage.dedupe_key))).all()
    assert len([key for key in keys if key.startswith("leave:")]) == 2


@pytest.mark.parametrize("one", [CUC, DUNG, GIANG, HA, KHOA, MAI, LAN])
async def test_nobody_touches_the_leave_of_another(settled: Work, an: Actor, one) -> None:
    taken = await leave.take(Context(settled, an, MONDAY), FIRST, FIRST + DAY)
    actor = await access.actor_of(settled, one.address)
    with pytest.raises(Refused):
        await leave.cancel(Context(settled, actor, MONDAY), taken.leave_id)
    with pytest.raises(Refused):
        await leave.own(Context(settled, actor, MONDAY), taken.leave_id)


async def test_without_a_supervisor_the_officer_is_not_told_that_one_knows(
    settled: Work, an: Actor
) -> None:
    ha = await access.actor_of(settled, HA.address)
    for supervisor in (DUNG, GIANG):
        await role_endings.end(Context(settled, ha, MONDAY), supervisor.id)
    await ensure_week_assigned(settled, MONDAY)
    taken = await leave.take(Context(settled, an, MONDAY), FIRST, FIRST + 4 * DAY)
    assert taken.handed_over
    assert taken.supervisors_told == 0
