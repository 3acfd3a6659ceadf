"""A unit's figures are found by its own visits, a province's by the days: both say the same."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, text
from sqlmodel import col, select

from bot.config.settings import Settings
from bot.demo import big_province
from bot.demo.big_province import Size
from bot.summaries.services.counting import (
    PROGRESS,
    QUIET,
    arrears_at_sites,
    moments,
    progress,
)
from bot.summaries.services.unit_scope import ground_of_units
from bot.units.services.growth import (
    members_by_day,
    members_by_home,
    members_by_site,
    new_members,
)
from storage import counts, figure_lists, figures
from storage.enums import OPEN_CASES
from storage.figures import CasesBrought, DaySpan
from storage.models import Case
from storage.store import Store
from tests.growth.conftest import MONDAY

LAST = MONDAY.date() - timedelta(days=1)
SPANS = (
    DaySpan(LAST - timedelta(days=30), LAST),
    DaySpan(LAST - timedelta(days=9), LAST - timedelta(days=8)),
    DaySpan(date(2020, 1, 1), date(2030, 1, 1)),
)
# Departments' people go to other units' sites; sites have moved; reports came late.
UNEVEN = (
    "UPDATE visit SET made_by_id = 1 + id % 5 WHERE id % 3 = 0",
    "UPDATE visit SET unit_id = 2 + id % 4 WHERE id % 7 = 0",
    "UPDATE visit_report SET visited_on = '2026-11-14' WHERE id % 11 = 0",
)

# At some sites the figures rose too: before, after and beside what visits said.
RISEN = tuple(
    "INSERT INTO unit_count (unit_id, day, workers, women, members, gained, source, at) "
    f"SELECT id, '{day}', 100, 0, 50, 7, 'committee', '{day} 00:00:00' "
    f"FROM unit WHERE id % {every} = 0"
    for day, every in (("2026-10-20", 5), ("2026-11-02", 7), ("2026-11-13", 3))
)


@pytest.fixture
async def uneven_store(any_store: Store) -> Store:
    await big_province.fill(any_store, Size(weeks=8, cases_a_week=2), MONDAY)
    async with any_store.write() as session:
        for change in UNEVEN:
            await (await session.connection()).execute(text(change))
    return any_store


async def _all_figures(store: Store, days: DaySpan, units: list[int]) -> dict[str, list[str]]:
    async with store.read() as session:
        counted: dict[str, list[Any]] = {
            name: await getattr(figures, name)(session, days, units)
            for name in ("visits", "sites", "report_words", "topics", "days_out", "fees_troubles")
        }
        counted["rows"] = await figure_lists.visit_rows(session, days, units)
        arrears = await arrears_at_sites(session, days, units)
    counted["arrears"] = [site for site in arrears if site.unit_id in units]
    return {name: sorted(map(str, rows)) for name, rows in counted.items()}


@pytest.mark.parametrize("units", [[2], [1, 3], [2, 3, 4, 5]])
async def test_few_units_have_the_same_figures_whichever_way_they_are_found(
    uneven_store: Store, units: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in SPANS:
        narrowed = await _all_figures(uneven_store, days, units)
        with monkeypatch.context() as whole:
            whole.setattr(figures, "FEW_UNITS", 0)
            assert await _all_figures(uneven_store, days, units) == narrowed
    assert all(narrowed.values()), "nothing was compared"


async def test_cases_due_on_many_days_are_few_rows(uneven_store: Store) -> None:
    """Else a year's cases are read one by one where they only have to be counted."""
    days = SPANS[2]
    brought = CasesBrought(*moments(days), MONDAY)
    async with uneven_store.read() as session:
        units = list((await session.exec(select(Case.home_id).distinct())).all())
        rows = await figures.cases(session, brought, units, QUIET)
        due = (await session.exec(select(Case.settle_by).distinct())).all()
        overdue = await session.exec(
            select(func.count()).where(
                col(Case.status).in_(OPEN_CASES), col(Case.settle_by) < MONDAY
            )
        )
        assert sum(row.cases for row in rows if row.overdue) == overdue.one() > 0
    alike = {(row.home_id, row.unit_id, row.category, row.status, row.overdue) for row in rows}
    assert len(rows) == len(alike) < sum(row.cases for row in rows)
    assert len(due) > 2


async def test_new_members_added_up_by_the_database_are_those_counted_one_by_one(
    uneven_store: Store,
) -> None:
    async with uneven_store.write() as session:
        for change in RISEN:
            await (await session.connection()).execute(text(change))
    async with uneven_store.read() as session:
        for days in SPANS:
            for homes in ([2], [1, 3], [2, 3, 4, 5]):
                one_by_one: Counter[int] = Counter()
                for gain in await new_members(session, days, homes):
                    one_by_one[gain.home_id] += gain.members
                assert await members_by_home(session, days, homes) == one_by_one
                by_day: Counter[tuple[int, date]] = Counter()
                for gain in await new_members(session, days, homes):
                    by_day[gain.home_id, gain.day] += gain.members
                assert await members_by_day(session, days, homes) == by_day
                by_site: dict[int, tuple[int, date]] = {}
                for gain in await new_members(session, days, homes):
                    members, last = by_site.get(gain.site_id, (0, gain.day))
                    by_site[gain.site_id] = members + gain.members, max(last, gain.day)
                assert await members_by_site(session, days, homes) == by_site
                assert days != SPANS[-1] or one_by_one.total() > 0


async def test_new_members_of_few_homes_are_the_same_whichever_way_they_are_found(
    uneven_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with uneven_store.read() as session:
        for days in SPANS:
            for homes in ([2], [1, 3], [2, 3, 1001, 1050]):
                by_visits = await new_members(session, days, homes)
                with monkeypatch.context() as many:
                    many.setattr(counts, "FEW_HOMES", 0)
                    assert await new_members(session, days, homes) == by_visits
                assert by_visits


FIGURES_OF = {
    "visits_kept": ("weeks", "weeks_met"),
    "coverage": ("sites", "sites_reached"),
    "members_gained": ("new_members",),
    "new_unions": ("new_unions",),
}


async def test_what_a_target_needs_is_the_same_whatever_else_is_counted_with_it(
    uneven_store: Store, settings: Settings
) -> None:
    calendar, days, units = settings.make_calendar(), SPANS[0], [1, 2, 3, 41]
    assert set(FIGURES_OF) == set(PROGRESS)
    async with uneven_store.read() as session:
        scope = await ground_of_units(session, units, days.last)
        together = await progress(session, calendar, scope, units, days)
        for kind, figures_of_kind in FIGURES_OF.items():
            alone = await progress(session, calendar, scope, units, days, counted=(kind,))
            for unit in units:
                for key in figures_of_kind:
                    assert alone[unit].values.get(key) == together[unit].values.get(key), key
    assert together[1].values["sites_reached"]
    assert together[1].values["new_members"]
