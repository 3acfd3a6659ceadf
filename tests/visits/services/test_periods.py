"""A month, a quarter, a year at a glance, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import update

from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.visits.cards import periods as period_cards
from bot.visits.services import periods
from storage.models import Unit
from storage.store import Store
from tests import cast
from tests.cast import (
    AN,
    BINH,
    CUC,
    DUNG,
    FRIDAY_1630,
    GIANG,
    KCN,
    LONG_HOA,
    PHU_LOC,
    SEN_VANG,
    SONG_LANH,
    TAN_LUA,
    VAULT,
)
from tests.statements import statements
from tests.visits.services.test_overview import a_report, a_visit, acting, keep

WEEK = timedelta(weeks=1)
NOVEMBER = date(2026, 11, 2)  # its first Monday; FRIDAY_1630 is in its third week


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def seen(work: Work, key: str, unit: int = 0, one: Any = DUNG) -> periods.PeriodFacts:
    return await periods.period(Context(work, await acting(work, one), FRIDAY_1630), key, unit)


async def a_life(work: Work) -> None:
    """Two weeks of November, the last of October, two of them a year ago."""
    first = a_visit(SEN_VANG, week=NOVEMBER, status="reported")
    await keep(
        work,
        first,
        a_visit(TAN_LUA, week=NOVEMBER + WEEK, status="missed"),
        a_visit(SEN_VANG, week=NOVEMBER + WEEK, status="reported"),
        a_visit(SONG_LANH, BINH, week=NOVEMBER + 2 * WEEK),
        a_visit(SEN_VANG, week=NOVEMBER - WEEK, status="reported"),  # October's fifth week
        a_visit(TAN_LUA, week=date(2026, 9, 28), status="reported"),  # October's first
        a_visit(PHU_LOC, CUC, week=NOVEMBER, status="reported"),  # another union's
        a_visit(SEN_VANG, week=date(2025, 11, 3), status="missed"),
    )
    await a_report(work, first, workers_met=20)


async def test_a_month_beside_the_one_before_and_the_year_before(work: Work) -> None:
    await a_life(work)
    november = await seen(work, "m202611")
    assert (november.figures.tally.done, november.figures.tally.due) == (2, 4)
    assert (november.figures.sites, november.figures.sums["workers_met"]) == (1, 20)
    assert [(part.number, tally.due) for part, tally in november.parts] == [
        (45, 1),
        (46, 2),
        (47, 1),
    ]
    # Three weeks of November have begun: three of October count, and its fifth does not.
    assert november.before is not None
    assert (november.before.weeks, november.before.tally.done) == (3, 1)
    assert november.year_before is not None
    assert (november.year_before.tally.done, november.year_before.tally.missed) == (0, 1)
    text = period_cards.period(november).text
    assert "Tháng 11/2026" in text
    assert "2/4</b> lượt đã báo cáo (50%)" in text
    assert "Tháng 10/2026</b> (3 tuần đầu): 1/1 lượt (100%)" in text
    assert "Tháng 11/2025</b> (3 tuần đầu): 0/1 lượt (0%)" in text


async def test_what_is_over_is_compared_whole(work: Work) -> None:
    await a_life(work)
    october = await seen(work, "m202610")
    assert (october.figures.weeks, october.figures.tally.done) == (5, 2)
    assert october.before is None
    assert october.year_before is None


async def test_quarters_and_years_are_made_of_their_parts(work: Work) -> None:
    await a_life(work)
    quarter, year = await seen(work, "q20264"), await seen(work, "y2026")
    assert [(part.short(), tally.done) for part, tally in quarter.parts] == [
        ("tháng 10", 2),
        ("tháng 11", 2),
    ]
    assert [tally.done for _, tally in year.parts] == [0, 0, 0, 4]
    assert year.figures.tally == quarter.figures.tally


async def test_weeks_that_are_over_stay_with_the_unit_they_were_planned_under(work: Work) -> None:
    """Sen Vàng moves to another union: November's earlier weeks stay, this week's visit moves."""
    await a_life(work)
    async with work.write() as session:
        above = await session.get_one(Unit, LONG_HOA.id)
        session.add(a_visit(SEN_VANG, week=NOVEMBER + 2 * WEEK, nth=1))
        for site in (SEN_VANG, SONG_LANH):
            path = f"{above.path}{site.id}/"
            await session.exec(
                update(Unit).where(Unit.id == site.id).values(parent_id=LONG_HOA.id, path=path)
            )
    november = await seen(work, "m202611", KCN.id, GIANG)
    assert [tally.due for _, tally in november.parts] == [1, 2, 0]
    november = await seen(work, "m202611", LONG_HOA.id, GIANG)
    assert [tally.due for _, tally in november.parts] == [1, 0, 2]


async def test_units_of_a_period_come_lowest_share_first(work: Work) -> None:
    await a_life(work)
    facts = await periods.units(
        Context(work, await acting(work, GIANG), FRIDAY_1630), "m202611", 0, 0
    )
    done = {unit.id: (tally.done, tally.due) for unit, tally in facts.rows}
    assert done[KCN.id] == (2, 4)
    assert done[LONG_HOA.id] == (1, 1)
    assert facts.rows[0][0].id == KCN.id


@pytest.mark.parametrize("key", ["m202612", "m202613", "y2099", "y2000", "m200001"])
async def test_what_has_not_begun_or_is_none_is_refused(work: Work, key: str) -> None:
    with pytest.raises(Refused):
        await seen(work, key)


async def test_another_unions_period_is_refused(work: Work) -> None:
    with pytest.raises(Refused):
        await seen(work, "m202611", LONG_HOA.id)
    with pytest.raises(Refused):
        await seen(work, "m202611", one=AN)


async def test_the_statements_do_not_grow_with_what_there_is(work: Work) -> None:
    with statements(work.store) as few:
        await seen(work, "y2026", one=GIANG)
    await keep(
        work,
        *(
            a_visit(SEN_VANG, week=NOVEMBER - n * WEEK, status="reported", nth=n)
            for n in range(1, 40)
        ),
    )
    with statements(work.store) as many:
        await seen(work, "y2026", one=GIANG)
    assert len(many) == len(few)
