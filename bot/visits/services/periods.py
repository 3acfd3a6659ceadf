"""A month, quarter or year at a glance, beside the one before and the year before (`sat-co-so`,
IV: accounts for the month, quarter and year).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.visits.facts.overview import ListPage
from bot.visits.facts.periods import PeriodFacts, PeriodFigures, PeriodUnits, PeriodVisits
from bot.visits.facts.report_fields import DIGESTS
from bot.visits.rules.overview import WeekTally, by_child, tally
from bot.visits.rules.periods import FIRST_YEAR, Period
from bot.visits.services.overview import as_row, look
from bot.visits.services.overview_lists import PER_PAGE, rows_of
from storage import overview
from storage.overview import Scope


async def period(context: Context, key: str, unit_id: int) -> PeriodFacts:
    """The period of a unit, or (0) of all the actor watches over. Raises Refused."""
    wanted, current = _period(key, context), Week.containing(context.now)
    weeks = wanted.weeks_until(current)
    async with context.work.read() as session:
        looking = await look(session, context, wanted.first.monday, unit_id)
        counting = PeriodCounting(session, looking.scope, current)
        figures = await counting.figures(wanted, weeks)
        scope = await counting.scope(wanted, weeks)
        return PeriodFacts(
            view=looking.view,
            current=current,
            figures=figures,
            before=await counting.earlier(wanted, Period.previous),
            year_before=await counting.earlier(wanted, Period.year_before),
            parts=_parts(wanted, current, figures.weekly),
            sites=await overview.count_sites(session, scope),
            has_units=bool(await overview.units_to_show(session, scope)),
        )


async def units(context: Context, key: str, unit_id: int, page: int) -> PeriodUnits:
    """Who did how much of what was theirs, the lowest share first. Raises Refused."""
    wanted, current = _period(key, context), Week.containing(context.now)
    async with context.work.read() as session:
        looking = await look(session, context, wanted.first.monday, unit_id)
        scope = await PeriodCounting(session, looking.scope, current).scope(
            wanted, wanted.weeks_until(current)
        )
        children = await overview.units_to_show(session, scope)
        rows = await overview.tally_rows(session, scope)
    tallies: dict[str, WeekTally] = defaultdict(WeekTally)
    for row in rows:
        tallies[row[0]] += tally([as_row(row[1:])])
    sums = by_child(tallies, scope.tree_paths, (unit.path for unit in children))
    pairs = [(unit, sums[unit.path]) for unit in children]
    pairs.sort(key=lambda pair: pair[1].done / pair[1].due if pair[1].due else 1)
    part = pairs[page * PER_PAGE : (page + 1) * PER_PAGE + 1]
    return PeriodUnits(looking.view, wanted, part[:PER_PAGE], ListPage(page, len(part) > PER_PAGE))


LISTS = ("open", "late", "extra", "later", "met", "case")
"""The kinds of visits that a period counts."""


async def visits(
    context: Context, key: str, kind: str, unit_id: int, page: int | None
) -> PeriodVisits:
    """The visits behind a figure of a period, what needs attention first; all of them where no
    page is named. Raises Refused.
    """
    wanted, current = _period(key, context), Week.containing(context.now)
    if kind not in LISTS:
        raise Refused(messages.NOT_FOUND)
    async with context.work.read() as session:
        looking = await look(session, context, wanted.first.monday, unit_id)
        scope = await PeriodCounting(session, looking.scope, current).scope(
            wanted, wanted.weeks_until(current)
        )
        rows, page_of_list = await rows_of(session, context.actor, scope, kind, page)
    return PeriodVisits(looking.view, wanted, kind, rows, page_of_list)


def _period(key: str, context: Context) -> Period:
    """Raises Refused where there is none, it has not begun, or none was before it."""
    try:
        wanted = Period.from_key(key)
    except ValueError:
        raise Refused(messages.NOT_FOUND) from None
    if wanted.first > Week.containing(context.now) or wanted.year == FIRST_YEAR:
        raise Refused(messages.NOT_FOUND)
    return wanted


@dataclass(frozen=True)
class PeriodCounting:
    """What was done in the first weeks of periods, seen from the units of `within`."""

    session: AsyncSession
    within: Scope
    current: Week

    async def scope(self, wanted: Period, weeks: int) -> Scope:
        """The first so many weeks of a period."""
        last = wanted.first.monday + timedelta(weeks=weeks - 1)
        over = last < self.current.monday
        scope = replace(self.within, since=wanted.first.monday, week=last, as_was=over)
        return await overview.scoped(self.session, scope)

    async def figures(self, wanted: Period, weeks: int) -> PeriodFigures:
        scope = await self.scope(wanted, weeks)
        by_week: dict[date, WeekTally] = defaultdict(WeekTally)
        for monday, *row in await overview.weekly_rows(self.session, scope):
            by_week[monday] += tally([as_row(row)])
        return PeriodFigures(
            wanted,
            weeks,
            by_week,
            (await overview.report_figures(self.session, scope, tuple(DIGESTS))).sums,
            await overview.proposals(self.session, scope),
            await overview.count_sites_reached(self.session, scope),
        )

    async def earlier(
        self, wanted: Period, step: Callable[[Period], Period]
    ) -> PeriodFigures | None:
        """An earlier one to compare with: as many weeks of it as have begun of this one, all of it
        once this one is over. None where nothing is recorded of it.
        """
        try:
            period = step(wanted)
        except ValueError:
            return None
        length = period.weeks_until(period.last)
        weeks_begun = wanted.weeks_until(self.current)
        weeks = length if wanted.last < self.current else min(length, weeks_begun)
        figures = await self.figures(period, weeks)
        return figures if figures.tally != WeekTally() else None


def _parts(
    wanted: Period, current: Week, weekly: Mapping[date, WeekTally]
) -> list[tuple[Period | Week, WeekTally]]:
    """The weeks of a month, the months of a quarter, the quarters of a year, as far as begun."""
    weeks = [Week(monday) for monday in sorted(weekly)]

    def between(first: Week, last: Week) -> WeekTally:
        return sum((weekly[w.monday] for w in weeks if first <= w <= last), WeekTally())

    if wanted.parts:
        parts_begun = [part for part in wanted.parts if part.first <= current]
        return [(part, between(part.first, part.last)) for part in parts_begun]
    mondays = [wanted.first.monday + timedelta(weeks=n) for n in range(wanted.weeks_until(current))]
    return [(Week(monday), weekly.get(monday, WeekTally())) for monday in mondays]
