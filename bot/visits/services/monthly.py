"""The first working day of a month: the month before in sentences, for everybody who watches over
it (`sat-co-so`, IV: accounts for the month).
"""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, time

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.pressing import pressing_for
from bot.core.context import Context
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.work import Work
from bot.visits.cards import monthly as monthly_cards
from bot.visits.facts.monthly import MonthFacts
from bot.visits.facts.periods import PeriodFigures
from bot.visits.rules.monthly import MonthFigures, MonthlyTime, UnitMonth
from bot.visits.rules.overview import WeekTally, by_child, tally
from bot.visits.rules.periods import Period
from bot.visits.services.digest import actors_of, scopes_of
from bot.visits.services.overview import (
    ScopedView,
    as_row,
    at_top,
    coverage_of,
    gains_of,
    overdue_promises,
    staff_facts,
)
from bot.visits.services.periods import PeriodCounting
from storage import outbox, overview, promises

TIME = MonthlyTime(time(8, 0))
log = structlog.get_logger()


async def ensure_monthly(work: Work, now: datetime) -> None:
    """Owe the latest month that was due; once a person, however late."""
    month = TIME.last(now, work.calendar)
    async with work.read() as session:
        scopes = await scopes_of(session)
        facts = {
            paths: await _facts(session, work, paths, month, now) for paths in {*scopes.values()}
        }
        pressing = {
            person: await pressing_for(session, Context(work, actor, now))
            for person, actor in (await actors_of(session, scopes)).items()
        }
    messages = [
        notice(
            work.calendar,
            person,
            monthly_cards.month(replace(facts[paths], pressing=pressing[person])),
            f"digest:{month.key}:{person}",
            now,
        )
        for person, paths in scopes.items()
        if facts[paths].figures.due
    ]
    async with work.write() as session:
        await outbox.add_all(session, messages)
    log.info("monthly.owed", month=month.key, people=len(messages))


async def _facts(
    session: AsyncSession, work: Work, paths: tuple[str, ...], month: Period, now: datetime
) -> MonthFacts:
    looking = await at_top(session, work, paths, month.last, now)
    counting = PeriodCounting(session, looking.scope, Week.containing(now))
    weeks = month.weeks_until(month.last)
    figures = await counting.figures(month, weeks)
    before = await counting.earlier(month, Period.previous)
    year_before = await counting.earlier(month, Period.year_before)
    scope = await counting.scope(month, weeks)
    coverage = await coverage_of(session, looking.scope)
    reports = await overview.report_figures(session, scope)
    every = figures.tally
    return MonthFacts(
        looking.view,
        month,
        MonthFigures(
            done=every.done,
            due=every.due,
            late=every.late,
            missed=every.missed,
            excused=every.excused,
            allowed=every.allowed,
            unplanned=every.unplanned,
            before=_percent(before),
            year_before=_percent(year_before),
            units=await _units(session, scope),
            steady=await _steady(session, work, looking, figures, now),
            sites=coverage.sites,
            reached=figures.sites,
            never=coverage.never,
            promises_overdue=await promises.count(session, overdue_promises(looking.scope, now)),
            flagged=reports.flagged,
        ),
        await gains_of(session, scope),
    )


def _percent(figures: PeriodFigures | None) -> int | None:
    if figures is None or not figures.tally.due:
        return None
    return MonthFigures(figures.tally.done, figures.tally.due).percent


async def _units(session: AsyncSession, scope: overview.Scope) -> list[UnitMonth]:
    """The units one step down; of a unit without any below it there are none."""
    children = await overview.units_to_show(session, scope)
    tallies: dict[str, WeekTally] = defaultdict(WeekTally)
    for row in await overview.tally_rows(session, scope):
        tallies[row[0]] += tally([as_row(row[1:])])
    sums = by_child(tallies, scope.tree_paths, (unit.path for unit in children))
    return [
        UnitMonth(unit.name, sums[unit.path].done, sums[unit.path].due, sums[unit.path].late)
        for unit in children
    ]


async def _steady(
    session: AsyncSession, work: Work, looking: ScopedView, figures: PeriodFigures, now: datetime
) -> list[str]:
    """Who met what was asked of them in every week of the month that was planned."""
    planned = sum(1 for tally_ in figures.weekly.values() if tally_.due)
    staff = await staff_facts(session, work, replace(looking.scope, since=None), now)
    return [
        officer.person.name
        for officer in staff
        if planned and officer.quota_met and officer.streak >= planned
    ]
