"""What the overview's pictures show: the same scope and sight as its cards and lists, no words of
anybody, no case that a figure may not tell of.
"""

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.sight import HIDDEN, sight_of
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week, local
from bot.core.rules.permissions import SEEING_CASES
from bot.units.rules.wards import Wards, centre, wards_of
from bot.visits.facts.pictures import (
    AgesFacts,
    AnyPicture,
    MapFacts,
    MembersFacts,
    PictureChoice,
    PlacedSite,
    ReachFacts,
    WaitsFacts,
    WeeksFacts,
)
from bot.visits.rules import pictures as rules
from bot.visits.rules.overview import WeekTally, child_path, tally
from bot.visits.services.overview import ScopedView, as_row, look
from bot.visits.services.site_lists import weeks_between
from storage import overview, pictures, units
from storage.enums import Category
from storage.folding import fold
from storage.models import Unit
from storage.paths import top_of
from storage.pictures import VisitedSite

DIRECTLY_BELOW = "Cơ sở trực thuộc"
PLACED_WITHIN = timedelta(weeks=51)
"""Reports of so long say where a site lies that has no position of its own."""


async def choice(context: Context, monday: date, unit_id: int) -> PictureChoice:
    """Which pictures there are for the actor. Raises Refused."""
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
    return PictureChoice(looking.view, [kind for kind in KINDS if _may_have(context, kind)])


async def facts_for(context: Context, kind: str, monday: date, unit_id: int) -> AnyPicture:
    """What a picture shows. Raises Refused."""
    if kind not in KINDS or not _may_have(context, kind):
        raise Refused(messages.NOT_FOUND)
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        return await KINDS[kind](session, context, looking)


def _may_have(context: Context, kind: str) -> bool:
    return kind not in _OF_CASES or context.actor.may_any(*SEEING_CASES)


async def weeks(session: AsyncSession, context: Context, looking: ScopedView) -> WeeksFacts:
    """The last weeks, those without any visit too."""
    return await weeks_of(session, looking, context.now)


async def weeks_of(session: AsyncSession, looking: ScopedView, now: datetime) -> WeeksFacts:
    """The same for nobody in particular."""
    last = looking.view.week
    first = last.monday - timedelta(weeks=rules.WEEKS - 1)
    scope = await overview.scoped(session, replace(looking.scope, since=first))
    by_week: dict[date, WeekTally] = defaultdict(WeekTally)
    for monday, *row in await overview.weekly_rows(session, scope):
        by_week[monday] += tally([as_row(row)])
    mondays = [first + timedelta(weeks=n) for n in range(rules.WEEKS)]
    of_weeks = [(Week(monday), by_week[monday]) for monday in mondays]
    return WeeksFacts(looking.view, of_weeks, Week.containing(now))


async def coverage(session: AsyncSession, _context: Context, looking: ScopedView) -> ReachFacts:
    """By unit one step down, the sites of no unit shown under the view's own name."""
    sites = await pictures.visited_sites(session, looking.scope)
    children = await overview.units_to_show(session, looking.scope)
    names = {unit.path: unit.name for unit in children}
    by_unit: dict[str, Counter[rules.SinceVisit]] = defaultdict(Counter)
    for site in sites:
        path = child_path(looking.scope.tree_paths, site.path)
        by_unit[names.get(path or "", DIRECTLY_BELOW)][_reached(site, looking)] += 1
    rows = sorted(by_unit.items(), key=lambda row: _share(row[1]))
    return ReachFacts(looking.view, rows, sum((count for _, count in rows), Counter()))


def _share(counts: Counter[rules.SinceVisit]) -> float:
    recently = counts[rules.SinceVisit.RECENTLY] + counts[rules.SinceVisit.A_WHILE_AGO]
    return recently / (counts.total() or 1)


def _reached(site: VisitedSite, looking: ScopedView) -> rules.SinceVisit:
    return rules.reached(_weeks(site, looking))


def _weeks(site: VisitedSite, looking: ScopedView) -> int | None:
    return weeks_between(site.week, looking.view.week) if site.week else None


async def site_map(session: AsyncSession, _context: Context, looking: ScopedView) -> MapFacts:
    """Where the sites lie: their own position, where reports were written, their ward's centre."""
    sites = await pictures.visited_sites(session, looking.scope)
    since = replace(looking.scope, since=looking.scope.week - PLACED_WITHIN)
    reported = await pictures.reported_positions(session, since)
    above = await units.by_ids(session, {site.parent_id for site in sites})
    wards = wards_of(fold(await _province(session, sites)))
    placed: list[PlacedSite] = []
    by_unit: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for site in sites:
        own = site.position or reported.get(site.id)
        position = own or _about(wards, site, above.get(site.parent_id))
        no_union = rules.had_no_union(site.kind, site.union_since, looking.view.week.sunday)
        weeks_ago = _weeks(site, looking)
        placed.append(PlacedSite(site.name, weeks_ago, position, own is not None, no_union))
        if position:
            by_unit[site.parent_id].append(position)
    largest = sorted(by_unit.items(), key=lambda row: -len(row[1]))
    names = [(above[key].name, _middle(there)) for key, there in largest if key in above]
    return MapFacts(looking.view, placed, names, list(wards.values()))


async def _province(session: AsyncSession, sites: Sequence[VisitedSite]) -> str:
    """The name of the top of the tree, which says which province it is."""
    if not sites:
        return ""
    root = await session.get(Unit, top_of(sites[0].path))
    return root.name if root else ""


def _about(wards: Wards, site: VisitedSite, above: Unit | None) -> tuple[float, float] | None:
    words = (site.address, site.name, above.name if above else "", above.address if above else "")
    return centre(wards, [fold(text) for text in words if text]) if wards else None


def _middle(positions: Sequence[tuple[float, float]]) -> tuple[float, float]:
    north, east = zip(*positions, strict=True)
    return sum(north) / len(north), sum(east) / len(east)


async def ages(session: AsyncSession, context: Context, looking: ScopedView) -> AgesFacts:
    """Open cases by category and by how long they wait, counted now."""
    since = [context.now - timedelta(days=days + 1) for days in rules.AGES]
    eyes, paths = sight_of(context.actor), looking.scope.paths
    counted = await pictures.open_by_age(session, eyes, HIDDEN, paths, since)
    by_category: dict[str, list[int]] = {}
    for (category, age), count in counted.items():
        by_category.setdefault(category, [0] * (len(rules.AGES) + 1))[age] += count
    rows = rules.few_together(by_category, Category.KHAC)
    left_out = sum(counted.values()) - sum(sum(row) for _, row in rows)
    return AgesFacts(looking.view, rows, left_out)


async def waits(session: AsyncSession, context: Context, looking: ScopedView) -> WaitsFacts:
    """How long cases took that were settled in the last months."""
    months = rules.months_until(local(context.now).date(), rules.MONTHS)
    first = local(context.now).replace(
        year=months[0][0], month=months[0][1], day=1, hour=0, minute=0, second=0, microsecond=0
    )
    eyes, paths = sight_of(context.actor), looking.scope.paths
    settled = await pictures.settled_since(session, eyes, HIDDEN, paths, first)
    waited = [(local(end).date(), (end - came).days) for came, end in settled]
    rows = rules.by_month(waited, months)
    return WaitsFacts(looking.view, [(m, *row) for m, row in zip(months, rows, strict=True)])


async def members(session: AsyncSession, context: Context, looking: ScopedView) -> MembersFacts:
    """Members at the end of each of the last months, as they are known today."""
    today = local(context.now).date()
    months = rules.months_until(today, rules.MONTHS_OF_MEMBERS)
    days = [min(_last_day(year, month), today) for year, month in months]
    paths = looking.scope.paths
    sites = await pictures.counted_sites(session, paths, days[0])
    before = [(s.id, days[0] - timedelta(days=1), s.before) for s in sites if s.before is not None]
    counts = [*before, *await pictures.member_counts(session, paths, days[0])]
    there = {site.id: (site.known_since, site.dissolved_on) for site in sites}
    now = {site.id: site.members for site in sites}
    sums = rules.members_on(days, now, counts, there)
    first = next((day for day, total in zip(days, sums, strict=True) if total), today)
    listed = {site: held for site, held in now.items() if there[site][0] > first}
    since = rules.members_on([today], listed, counts, there)[0]
    return MembersFacts(looking.view, list(zip(days, sums, strict=True)), since)


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


Service = Callable[[AsyncSession, Context, ScopedView], Awaitable[AnyPicture]]
KINDS: dict[str, Service] = {
    "v": weeks,
    "c": coverage,
    "m": site_map,
    "a": ages,
    "w": waits,
    "d": members,
}
_OF_CASES = ("a", "w")
