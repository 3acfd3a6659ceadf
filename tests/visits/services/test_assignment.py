"""Monday's assignment: once a week, from its moment on, with words for the officer."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.core.context import Context
from bot.core.rules.calendar import Week, at
from bot.core.rules.permissions import Actor
from bot.core.rules.quotas import EVERY_SECOND_WEEK
from bot.core.work import Work
from bot.visits.rules.priority import Reason, Weights
from bot.visits.services import overview
from bot.visits.services.assignment import ensure_week_assigned, next_site_for
from storage.enums import CaseKind, Category, VisitStatus
from storage.models import (
    Leave,
    OutboxMessage,
    Person,
    Promise,
    Unit,
    UnitRating,
    Visit,
    WeekPlan,
)
from storage.store import Store
from tests.cases.help import a_case, set_case
from tests.cast import (
    AN,
    BEN_QUE,
    BINH,
    CUC,
    KCN,
    LONG_HOA,
    MONDAY,
    NAM_GIANG,
    NEXT_MONDAY,
    PHU_LOC,
    TET_MONDAY,
    VAULT,
    VI_NA_SUN,
    Place,
    settle,
)
from tests.rows import every
from tests.statements import statements


async def all_of(work: Work, table: type) -> list:
    async with work.store.read() as session:
        return list((await session.exec(every(table))).all())


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


async def test_who_goes_every_second_week_gets_one_visit_in_two_weeks_and_owes_nothing_between(
    settled: Work,
) -> None:
    async with settled.write() as session:
        (await session.get_one(Person, AN.id)).weekly_quota = EVERY_SECOND_WEEK
    weeks = [MONDAY + timedelta(weeks=n) for n in range(6)]
    for monday in weeks:
        await ensure_week_assigned(settled, monday)
    visits = [visit for visit in await all_of(settled, Visit) if visit.officer_id == AN.id]
    per_week = [sum(v.week == monday.date() for v in visits) for monday in weeks]
    assert per_week in ([1, 0] * 3, [0, 1] * 3)
    between = weeks[per_week.index(0)]
    async with settled.read() as session:
        scope = await overview.scope_of(session, [KCN.path], Week.containing(between), between)
        staff = await overview.staff_facts(session, settled, scope, between)
    (an,) = [officer for officer in staff if officer.person.id == AN.id]
    assert (an.quota, an.planned) == (0, 0)


async def test_a_week_is_written_in_as_many_statements_however_many_visits_it_has(
    settled: Work,
) -> None:
    with statements(settled.store) as sent:
        await ensure_week_assigned(settled, MONDAY)
    async with settled.read() as session:
        assert len((await session.exec(select(Visit))).all()) > 2
    written = [statement.split("(")[0].strip() for statement in sent if "INSERT" in statement]
    assert len(written) == len(set(written)), written


async def test_every_week_has_its_own_card(settled: Work) -> None:
    for moment in (MONDAY, NEXT_MONDAY, NEXT_MONDAY + timedelta(hours=1)):
        await ensure_week_assigned(settled, moment)
    told = [message.person_id for message in await all_of(settled, OutboxMessage)]
    assert sorted(told) == sorted(2 * [AN.id, BINH.id, CUC.id])


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
    assert all("Lý do" in text for text in texts)


@pytest.mark.parametrize(
    ("year", "configured", "is_a_reason"),
    [(2028, 0, False), (2029, 0, True), (2028, 10, True), (2029, 30, False)],
)
async def test_from_how_many_workers_a_union_is_owed_is_the_plans_to_say_by_its_year(
    settled: Work, year: int, configured: int, *, is_a_reason: bool
) -> None:
    weights = Weights(no_union_from=configured)
    plan = settled.settings.assignment.model_copy(update={"weights": weights, "quota": 3})
    settings = settled.settings.model_copy(update={"assignment": plan})
    async with settled.write() as session:
        (await session.get_one(Unit, VI_NA_SUN.id)).workers = 22
    monday = at(Week.of(date(year, 3, 15)).monday, time(7, 0))
    await ensure_week_assigned(replace(settled, settings=settings), monday)
    (visit,) = [v for v in await all_of(settled, Visit) if v.site_id == VI_NA_SUN.id]
    assert (("no_union", 22) in {tuple(reason) for reason in visit.reasons}) is is_a_reason


# ---- Overdue cases -------------------------------------------------------------------------

LONG_BEFORE = MONDAY - timedelta(days=60)


@pytest.fixture
async def anywhere(any_store: Store, settings: Any) -> Work:
    """A town on either database, where every site of Long Hòa is as good as any other."""
    await settle(any_store)
    async with any_store.write() as session:
        for place in (BEN_QUE, PHU_LOC, NAM_GIANG):
            session.add(
                Visit(
                    key=f"before:{place.id}",
                    week=MONDAY.date() - timedelta(weeks=1),
                    site_id=place.id,
                    unit_id=LONG_HOA.id,
                    officer_id=CUC.id,
                    status=VisitStatus.REPORTED,
                    created_at=LONG_BEFORE,
                )
            )
        for rating in (await session.exec(select(UnitRating))).all():
            await session.delete(rating)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def cases_at(work: Work, site: Place, many: int, due: datetime, **columns: Any) -> None:
    for _ in range(many):
        case = await a_case(work, LONG_BEFORE, site=site)
        await set_case(work, case, settle_by=due, **columns)


async def visit_of_cuc(work: Work) -> tuple[int, dict[str, Any], str]:
    """Where Cúc is sent, why, and in which words."""
    await ensure_week_assigned(work, MONDAY)
    (visit,) = [
        v for v in await all_of(work, Visit) if v.officer_id == CUC.id and v.key[:4] == "2026"
    ]
    (text,) = [m.text for m in await all_of(work, OutboxMessage) if "Lê Thị Cúc" in m.text]
    return visit.site_id, dict(visit.reasons), text


async def test_an_overdue_case_brings_an_officer_before_two_that_have_time(anywhere: Work) -> None:
    await cases_at(anywhere, BEN_QUE, 2, MONDAY + timedelta(days=1))
    await cases_at(anywhere, NAM_GIANG, 1, MONDAY - timedelta(minutes=1))
    site, reasons, text = await visit_of_cuc(anywhere)
    assert site == NAM_GIANG.id
    assert (reasons["overdue_cases"], reasons["open_cases"]) == (1, 1)
    assert "có 1 phản ánh, kiến nghị quá hạn" in text
    assert "chưa giải quyết" not in text


async def test_a_case_that_is_due_this_very_moment_is_not_overdue(anywhere: Work) -> None:
    await cases_at(anywhere, NAM_GIANG, 1, MONDAY)
    _, reasons, text = await visit_of_cuc(anywhere)
    assert reasons["open_cases"] == 1
    assert "overdue_cases" not in reasons
    assert "quá hạn" not in text


@pytest.mark.parametrize(
    "hidden",
    [
        {"category": Category.QUAY_ROI},
        {"category": Category.CONG_DOAN},
        {"kind": CaseKind.DENUNCIATION},
        {"about_id": AN.id},
        {"status": "settled"},
    ],
    ids=str,
)
async def test_an_overdue_case_that_the_officer_may_not_know_of_sends_nobody(
    anywhere: Work, hidden: dict[str, Any]
) -> None:
    await cases_at(anywhere, BEN_QUE, 1, MONDAY + timedelta(days=1))
    await cases_at(anywhere, NAM_GIANG, 3, MONDAY - timedelta(days=1), **hidden)
    site, reasons, text = await visit_of_cuc(anywhere)
    assert site == BEN_QUE.id
    assert "overdue_cases" not in reasons
    assert "quá hạn" not in text


async def test_another_site_in_the_middle_of_the_week_is_chosen_by_what_is_overdue_then(
    anywhere: Work,
) -> None:
    await cases_at(anywhere, BEN_QUE, 2, MONDAY + timedelta(days=9))
    await cases_at(anywhere, NAM_GIANG, 1, MONDAY + timedelta(days=1))
    async with anywhere.write() as session:
        cuc = await session.get_one(Person, CUC.id)
        week = Week.containing(MONDAY)
        monday, wednesday = (
            Context(anywhere, Actor(CUC.id), MONDAY + timedelta(days=n)) for n in (0, 2)
        )
        on_monday = await next_site_for(session, monday, cuc, week, [PHU_LOC.id])
        on_wednesday = await next_site_for(session, wednesday, cuc, week, [PHU_LOC.id])
    assert on_monday is not None
    assert on_wednesday is not None
    assert (on_monday[0].id, on_wednesday[0].id) == (BEN_QUE.id, NAM_GIANG.id)
    assert Reason("overdue_cases", 1) in on_wednesday[1]


async def test_what_was_agreed_at_a_site_and_is_due_this_week_brings_somebody_there(
    anywhere: Work,
) -> None:
    async with anywhere.store.write() as session:
        visit = (await session.exec(select(Visit).where(Visit.site_id == PHU_LOC.id))).one()
        for until in (MONDAY.date() + timedelta(days=6), MONDAY.date() + timedelta(days=7)):
            session.add(
                Promise(
                    visit_id=visit.id,
                    site_id=visit.site_id,
                    officer_id=visit.officer_id,
                    what="sửa quạt",
                    until=until,
                    created_at=LONG_BEFORE,
                    day_set_at=LONG_BEFORE,
                )
            )
    site, reasons, text = await visit_of_cuc(anywhere)
    assert (site, reasons["promises_due"]) == (PHU_LOC.id, 1)
    assert "có 1 việc đã thống nhất đến hạn" in text
