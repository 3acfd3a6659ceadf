"""Emulation scores of the unions above the sites, from the one counting source."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Subject
from bot.core.rules.programmes import Programme, Target
from bot.summaries.facts.scores import Score, ScoreList, UnitScores
from bot.summaries.rules.emulation import IN_USE, ScoreMeasure, on_hundred, points_of
from bot.summaries.rules.targets import Reached, is_asked
from bot.summaries.services.target_values import YearTarget, values_of
from bot.visits.rules.suggested_figures import rated_year
from storage import obligations
from storage import targets as stored
from storage.enums import Rating
from storage.folding import name_order
from storage.models import Unit
from storage.paths import ids_of, top_of

PER_PAGE = 10
STRONG = (Rating.EXCELLENT, Rating.GOOD)


async def listed(context: Context, page: int, year: int = 0) -> ScoreList:
    """The unions above the sites that the actor sees, by their total. `year` 0: this one, until
    the end of March the one before, for which there is something to look back on.

    Raises Refused: none is the actor's to see, or neither this year nor the last.
    """
    require(context.actor, Action.SEE_SCORES)
    today = local(context.now).date()
    year = year or rated_year(today)
    if not 0 <= today.year - year <= 1:
        raise Refused(messages.NOT_FOUND)
    day = min(today, date(year, 12, 31))
    measures = IN_USE.of_year(year)
    async with context.work.read() as session:
        uppers = await obligations.upper_units(session)
        scored = [u for u in uppers if u.dissolved_on is None or u.dissolved_on > day]
        units = [u for u in scored if context.actor.may(Action.SEE_SCORES, Subject(u.path))]
        reached = await _reached(session, context, units, measures, day)
        province = await session.get(Unit, top_of(units[0].path)) if units else None
    rows = _placed([_scores_of(unit, measures, reached) for unit in units])
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(page, pages - 1)
    part = rows[page * PER_PAGE : (page + 1) * PER_PAGE]
    name = province.name if province else ""
    first = page * PER_PAGE + 1
    of_all = len(units) == len(scored)
    return ScoreList(year, today.year, day, measures, rows, part, page, pages, first, name, of_all)


async def of_unit(context: Context, unit_id: int, year: int) -> tuple[ScoreList, UnitScores]:
    """One unit's scores among the others'. Raises Refused as `listed`."""
    facts = await listed(context, 0, year)
    row = next((row for row in facts.units if row.unit.id == unit_id), None)
    if row is None:
        raise Refused(messages.NOT_FOUND)
    return facts, row


async def _reached(
    session: AsyncSession,
    context: Context,
    units: Sequence[Unit],
    measures: Sequence[ScoreMeasure],
    day: date,
) -> Mapping[str, Mapping[int, Reached | None]]:
    """Measure -> unit -> what it has reached, of how many."""
    ids = [unit.id or 0 for unit in units]
    year_targets = [_year_target(measure, day.year) for measure in measures]
    counted = [each for each in year_targets if each.target.counts != "strong_unions"]
    reached: dict[str, Mapping[int, Reached | None]] = {}
    if ids and counted:
        values = await values_of(session, context.work, counted, ids, day)
        reached |= {target: by_unit for (_, target), by_unit in values.reached.items()}
    if any(measure.counts == "members_gained" for measure in measures):
        wanted = await _wanted_members(session, context, ids, day.year)
        for measure in measures:
            if measure.counts == "members_gained":
                by_unit = reached.get(measure.key, {})
                reached[measure.key] = {
                    key: Reached(got.value, wanted[key]) if got and wanted.get(key) else None
                    for key, got in by_unit.items()
                }
    for measure in measures:
        if measure.counts == "strong_unions":
            reached[measure.key] = await _strong(session, units, day)
    return reached


def _year_target(measure: ScoreMeasure, year: int) -> YearTarget:
    """The measure as a target of a plan that is as long as the year."""
    target = Target(
        measure.key,
        measure.words,
        100,
        "%",
        "",
        counts=measure.counts,
        from_workers=measure.from_workers,
    )
    first, last = date(year, 1, 1), date(year, 12, 31)
    plan = Programme("", "", "", "", "", first, "", "", ends=last, targets=(target,))
    return YearTarget(plan, target, year)


async def _wanted_members(
    session: AsyncSession, context: Context, ids: Sequence[int], year: int
) -> Counter[int]:
    """Unit -> the new members that it was given to win this year, of all plans."""
    plans = context.work.programmes
    keys = {
        (plan.key, target.key)
        for plan in plans
        for target in plan.targets
        if target.counts == "members_gained" and is_asked(target, plan, year)
    }
    rows = await stored.set_for(session, {plan for plan, _ in keys}, year, ids)
    newest = {
        (row.plan, row.target, row.unit_id): row.value
        for row in rows
        if (row.plan, row.target) in keys
    }
    wanted: Counter[int] = Counter()
    for (_, _, unit_id), value in newest.items():
        wanted[unit_id] += value
    return wanted


async def _strong(
    session: AsyncSession, units: Sequence[Unit], day: date
) -> dict[int, Reached | None]:
    """Unit -> its CĐCS rated HTXS or HTT this year, of those rated; None: none is rated yet."""
    roots = {top_of(unit.path) for unit in units}
    by_unit: dict[int, list[Rating]] = defaultdict(list)
    for key in roots:  # one in a province
        root = await session.get_one(Unit, key)
        for path, rating in await stored.rated_below(session, root, day, day.year):
            for above in ids_of(path):
                by_unit[above].append(rating)
    return {
        unit.id or 0: Reached(sum(rating in STRONG for rating in own), len(own))
        if (own := by_unit.get(unit.id or 0))
        else None
        for unit in units
    }


def _scores_of(
    unit: Unit,
    measures: Sequence[ScoreMeasure],
    reached: Mapping[str, Mapping[int, Reached | None]],
) -> UnitScores:
    scores = []
    for measure in measures:
        got = reached.get(measure.key, {}).get(unit.id or 0)
        scores.append(Score(measure, got, points_of(measure, got)))
    with_points = [score for score in scores if score.points is not None]
    points = sum(score.points or 0 for score in with_points)
    possible = sum(score.measure.points * 10 for score in with_points)
    return UnitScores(unit, scores, points, possible, on_hundred(points, possible))


def _placed(rows: list[UnitScores]) -> list[UnitScores]:
    """By total, the highest first; the same total is the same place; without one: last. Whoever is
    compared with nobody has no place."""
    rows.sort(key=lambda row: name_order(row.unit.name))
    rows.sort(key=lambda row: -1 if row.total is None else row.total, reverse=True)
    totals = [row.total for row in rows if row.total is not None]
    if len(totals) < 2:
        return rows
    return [
        replace(row, place=totals.index(row.total) + 1) if row.total is not None else row
        for row in rows
    ]
