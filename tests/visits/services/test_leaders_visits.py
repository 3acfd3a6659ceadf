"""Leaders go to sites too (plan `sat-co-so`, IV.2.2), and each visit says whose it was."""

from datetime import date

import pytest
from sqlmodel import col, select, update

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.work import Work
from bot.home.home_card import officer_part
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.services import overview_lists, reports
from bot.visits.services.assignment import ensure_week_assigned
from storage.models import Person, Visit
from tests.cast import (
    AN,
    BEN_QUE,
    BINH,
    CUC,
    DUNG,
    FRIDAY_1630,
    GIANG,
    KHOA,
    MONDAY,
    SEN_VANG,
    TINH,
    Character,
    Place,
    settle,
)

TODAY = date(2026, 11, 20)


@pytest.fixture
async def settled(work: Work) -> Work:
    await settle(work.store)
    return work


async def acting(work: Work, character: Character, now=FRIDAY_1630) -> Context:
    return Context(work, await actor_of(work, character.address), now)


async def reported(work: Work, character: Character, site: Place) -> Visit:
    answers = ReportAnswers({"visited_on": TODAY, "kind": "committee", "workers_met": 9})
    context = await acting(work, character)
    return (await reports.submit_unplanned(context, site.id, answers)).visit


@pytest.mark.parametrize(
    ("character", "site", "made_by", "by_leader"),
    [
        (AN, SEN_VANG, None, False),  # an officer of the very unit
        (DUNG, SEN_VANG, None, True),  # its leader, never invited as an officer
        (GIANG, SEN_VANG, TINH.id, True),  # the province goes: no visit of the unit's
        (KHOA, BEN_QUE, TINH.id, True),  # over a cluster
    ],
)
async def test_a_report_says_whose_visit_it_was(
    settled: Work, character: Character, site: Place, made_by: int | None, by_leader: bool
) -> None:
    visit = await reported(settled, character, site)
    assert (visit.made_by_id, visit.by_leader) == (made_by, by_leader)


async def assigned(work: Work) -> set[int]:
    await ensure_week_assigned(work, MONDAY)
    async with work.read() as session:
        return set((await session.exec(select(Visit.officer_id))).all())


async def test_leaders_are_asked_for_no_visits_unless_that_is_configured(settled: Work) -> None:
    assert await assigned(settled) == {AN.id, BINH.id, CUC.id}
    staff = await overview_lists.staff(await acting(settled, DUNG), MONDAY.date(), 0, 0)
    assert DUNG.id not in {row.person.id for row in staff.rows}
    assert await officer_part(await acting(settled, DUNG)) is None


async def test_a_leader_with_a_quota_of_their_own_is_in_the_weekly_round(settled: Work) -> None:
    async with settled.write() as session:
        one = update(Person).where(col(Person.id) == DUNG.id).values(weekly_quota=1)
        await session.exec(one)
    assert await assigned(settled) == {AN.id, BINH.id, CUC.id, DUNG.id}
    staff = await overview_lists.staff(await acting(settled, DUNG), MONDAY.date(), 0, 0)
    assert {(row.person.id, row.quota) for row in staff.rows} >= {(DUNG.id, 1)}
    assert await officer_part(await acting(settled, DUNG)) is not None
