"""Reminders go to people who still have something to be reminded of."""

from datetime import timedelta

from sqlmodel import select

from bot.core.work import Work
from bot.visits.services.assignment import ensure_week_assigned
from bot.visits.services.reminders import STREAM
from storage.enums import VisitStatus
from storage.models import Membership, OutboxMessage, Visit
from storage.store import Store
from tests.cast import AN, MONDAY, NEXT_MONDAY, WEDNESDAY_1500, settle


async def reminded(store: Store) -> set[int]:
    async with store.read() as session:
        found = (await session.exec(select(OutboxMessage))).all()
    return {m.person_id for m in found if m.dedupe_key.startswith("remind:")}


async def test_an_officer_without_a_day_is_reminded_on_wednesday_once(work: Work) -> None:
    await settle(work.store)
    await ensure_week_assigned(work, MONDAY)
    await STREAM.ensure(work, WEDNESDAY_1500 - timedelta(minutes=1))
    assert await reminded(work.store) == set()
    for minute in range(3):
        await STREAM.ensure(work, WEDNESDAY_1500 + timedelta(minutes=minute))
    async with work.store.read() as session:
        keys = (await session.exec(select(OutboxMessage.dedupe_key))).all()
    assert len([key for key in keys if key.startswith("remind:")]) == 3  # An, Bình and Cúc


async def test_somebody_whose_role_has_ended_is_not_reminded_and_the_visit_still_closes(
    work: Work,
) -> None:
    await settle(work.store)
    await ensure_week_assigned(work, MONDAY)
    async with work.store.write() as session:
        held = (await session.exec(select(Membership).where(Membership.person_id == AN.id))).one()
        held.ended_at = MONDAY + timedelta(hours=1)
    await STREAM.ensure(work, WEDNESDAY_1500)
    await STREAM.ensure(work, NEXT_MONDAY)
    assert AN.id not in await reminded(work.store)
    async with work.store.read() as session:
        visits = (await session.exec(select(Visit).where(Visit.officer_id == AN.id))).all()
    assert {visit.status for visit in visits} == {VisitStatus.MISSED}


async def test_after_two_weeks_a_missed_visit_is_closed_without_a_word(work: Work) -> None:
    await settle(work.store)
    await ensure_week_assigned(work, MONDAY)
    await STREAM.ensure(work, NEXT_MONDAY + timedelta(weeks=1))
    assert await reminded(work.store) == set()
    async with work.store.read() as session:
        visits = (await session.exec(select(Visit))).all()
    assert {visit.status for visit in visits} == {VisitStatus.MISSED}
