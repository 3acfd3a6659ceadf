"""The plans' months press the choice of sites, where and while a plan says so."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlmodel import select

from bot.core.rules.calendar import at
from bot.core.rules.programmes import Programme, Topic
from bot.core.work import Work
from bot.programmes import services
from bot.visits.services.assignment import ensure_week_assigned
from storage.models import Unit, Visit
from tests.cast import HON_SAO, KCN, LONG_HOA, SEN_VANG, VAULT, VI_NA_SUN, settle

JULY = at(date(2027, 7, 5), time(7))
PLAN = Programme(
    key="cao-diem",
    title="Cao điểm",
    short="Cao điểm",
    issuer="LĐLĐ tỉnh",
    source="KH",
    starts=date(2026, 1, 1),
    responsible="Ban Tổ chức",
    difficulties="Ban Tổ chức",
    ends=date(2027, 7, 31),
    campaign_months=(7, 8),
)


@pytest.fixture
async def town_work(any_store, settings) -> Work:
    await settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT, (PLAN,))


@pytest.mark.parametrize(
    ("day", "units", "paths"),
    [
        (date(2027, 7, 5), (), ("/",)),
        (date(2027, 6, 28), (), ()),
        (date(2027, 8, 2), (), ()),  # a month of the campaign, but the plan is over
        (date(2027, 7, 5), ("kcn",), (KCN.path,)),
        (date(2027, 7, 5), ("KCN", "LH", "KHONG-CO"), (KCN.path, LONG_HOA.path)),
    ],
)
async def test_where_a_month_is_one_of_a_campaign(town_work, day, units, paths) -> None:
    work = replace(town_work, programmes=(replace(PLAN, units=units),))
    async with work.read() as session:
        found = await services.campaigns(session, work, day)
    assert sorted(found) == sorted(paths)


async def test_a_unit_that_took_over_is_concerned_too(town_work) -> None:
    async with town_work.write() as session:
        merged = await session.get(Unit, HON_SAO.id)
        merged.dissolved_on, merged.successor_id = date(2027, 1, 1), KCN.id
    work = replace(town_work, programmes=(replace(PLAN, units=(HON_SAO.code,)),))
    async with work.read() as session:
        found = await services.campaigns(session, work, date(2027, 7, 5))
    assert VI_NA_SUN.path.startswith(found)


@pytest.mark.parametrize(
    ("units", "months", "pressed"),
    [((), (), True), (("KCN",), (), True), (("LH",), (), False), (("LH",), (7,), True)],
)
async def test_enterprises_without_a_union_go_first_in_the_months_of_a_campaign(
    town_work, units, months, pressed
) -> None:
    """Of a plan that concerns them, or a month that the operator adds."""
    plan = town_work.settings.assignment
    plan = plan.model_copy(update={"weights": replace(plan.weights, campaign_months=months)})
    work = replace(
        town_work,
        programmes=(replace(PLAN, units=units),),
        settings=town_work.settings.model_copy(update={"assignment": plan}),
    )
    await ensure_week_assigned(work, JULY)
    async with work.read() as session:
        visits = (await session.exec(select(Visit))).all()
    told = [["campaign", 7] in visit.reasons for visit in visits if visit.site_id == VI_NA_SUN.id]
    assert told == ([True] if pressed else [])


async def test_a_topic_that_a_report_speaks_of_stays_when_the_plan_is_over(town_work) -> None:
    plan = replace(PLAN, topics=(Topic("housing", "Nhà trọ", "nhà trọ, giá điện"),))
    work = replace(town_work, programmes=(plan,))
    after = at(date(2027, 8, 2), time(7))
    async with work.read() as session:
        site = await session.get(Unit, SEN_VANG.id)
    brought = [["housing", "Nhà trọ", "nhà trọ, giá điện"]]
    assert await services.topics_at(work, site, (), JULY) == brought
    assert await services.topics_at(work, site, (), after) == []
    assert await services.topics_at(work, site, {"housing", "wages"}, after) == brought
    assert work.topics["housing"] == ("Nhà trọ", "nhà trọ, giá điện")
