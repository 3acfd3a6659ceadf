"""What units have reached of targets, from the one counting source and from what was declared.

How many queries it takes depends on how many different spans of days the targets have, never on
how many units there are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.rules.programmes import Programme, Target
from bot.core.work import Work
from bot.summaries.rules.figures import Numbers
from bot.summaries.rules.targets import Frame, Reached, frame_of
from bot.summaries.services.counting import (
    PROGRESS,
    Share,
    progress,
    settled_in_time,
    unions_founded,
)
from bot.summaries.services.unit_scope import UnitScope, ground_of_units
from bot.units.services.growth import members_by_day, new_members
from storage import targets as stored
from storage.enums import DeclarationState, UnitKind
from storage.figures import DaySpan
from storage.models import Declaration
from storage.paths import ids_of


@dataclass(frozen=True)
class YearTarget:
    """A target of a plan in one year."""

    plan: Programme
    target: Target
    year: int

    @property
    def key(self) -> tuple[str, str]:
        return self.plan.key, self.target.key

    @property
    def frame(self) -> Frame:
        return frame_of(self.target, self.plan, self.year)


@dataclass(frozen=True)
class Values:
    """(plan, target) -> unit -> what it has reached; None: there is no data. `known_since`: from
    when on the unit is known. `declared`: (plan, target, unit) -> the newest declaration, and the
    newest that was accepted."""

    reached: Mapping[tuple[str, str], Mapping[int, Reached | None]]
    known_since: Mapping[int, date]
    declared: Mapping[tuple[str, str, int], tuple[Declaration, Declaration | None]]


async def values_of(
    session: AsyncSession,
    work: Work,
    year_targets: Sequence[YearTarget],
    unit_ids: Collection[int],
    day: date,
) -> Values:
    """For these units, as things stand at the end of `day` (a day in Vietnam; `day` itself counts
    as far as it is over)."""
    scope = await ground_of_units(session, unit_ids, day)
    uppers = [key for key in unit_ids if scope.nodes[key].kind is not UnitKind.SITE_UNION]
    sites = [key for key in unit_ids if scope.nodes[key].kind is UnitKind.SITE_UNION]
    reached: dict[tuple[str, str], dict[int, Reached | None]] = {}
    for days, of_days in _by_days(year_targets, day).items():
        numbers: Mapping[int, Numbers] = {}
        counted = {each.target.counts for each in of_days}.intersection(PROGRESS)
        if uppers and days.first <= days.last and counted:
            numbers = await progress(session, work.calendar, scope, uppers, days, counted=counted)
        gains: Mapping[int, int] = {}
        if sites and _counts(of_days, "members_gained"):
            gains = await _gains(session, scope, sites, days)
        in_time: Mapping[int, Share] = {}
        if uppers and _counts(of_days, "settled_in_time"):
            in_time = await settled_in_time(session, scope, uppers, days, day)
        for each in of_days:
            values: dict[int, Reached | None] = dict.fromkeys(unit_ids)
            if each.target.counts == "settled_in_time":
                values |= {key: Reached(s.part, s.whole) for key, s in in_time.items()}
            elif each.target.counts == "union_share":
                wanted = dict.fromkeys(uppers, each.target.from_workers)
                shares = await unions_founded(session, scope, wanted, days)
                values |= {key: Reached(s.part, s.whole) for key, s in shares.items()}
            elif each.target.counts in PROGRESS:
                values |= {key: _of_numbers(each.target, numbers[key]) for key in numbers}
                if each.target.counts == "members_gained":
                    values |= {key: Reached(gains[key]) for key in sites if key in gains}
            reached[each.key] = values
    declared = await _declared(session, year_targets, unit_ids)
    for (plan, target, unit), (_, accepted) in declared.items():
        if accepted is not None:
            reached[plan, target][unit] = Reached(accepted.value, accepted.of_total)
    known_since = {key: scope.known_since(key) for key in unit_ids}
    return Values(reached, known_since, declared)


async def gains_by_day(session: AsyncSession, unit_id: int, days: DaySpan) -> Mapping[date, int]:
    """New members of a unit, each counted once, on the days that they were."""
    scope = await ground_of_units(session, [unit_id], days.last)
    by_day: Counter[date] = Counter()
    homes = _homes(scope, [unit_id])
    if scope.nodes[unit_id].kind is UnitKind.SITE_UNION:
        for gain in await new_members(session, days, homes):
            if gain.site_id == unit_id:
                by_day[gain.day] += gain.members
        return by_day
    for (home, day), members in (await members_by_day(session, days, homes)).items():
        if home in scope.owned[unit_id].flow:
            by_day[day] += members
    return by_day


def _by_days(year_targets: Iterable[YearTarget], day: date) -> dict[DaySpan, list[YearTarget]]:
    by_days: dict[DaySpan, list[YearTarget]] = defaultdict(list)
    for each in year_targets:
        frame = each.frame
        by_days[DaySpan(frame.first, min(frame.last, day))].append(each)
    return by_days


def _counts(year_targets: Iterable[YearTarget], *kinds: str) -> bool:
    """Whether one of them is counted so."""
    return any(each.target.counts in kinds for each in year_targets)


async def _gains(
    session: AsyncSession,
    scope: UnitScope,
    sites: Sequence[int],
    days: DaySpan,
) -> dict[int, int]:
    """Site -> its new members; no key where nobody ever spoke of its members."""
    by_site: Counter[int] = Counter()
    for gain in await new_members(session, days, _homes(scope, sites)):
        by_site[gain.site_id] += gain.members
    return {key: by_site[key] for key in sites if key in by_site or scope.nodes[key].members}


def _homes(scope: UnitScope, unit_ids: Iterable[int]) -> set[int]:
    """The units above the sites in question: their own for sites, all inside for others."""
    homes = set[int]()
    for key in unit_ids:
        path = ids_of(scope.nodes[key].path)
        is_site = scope.nodes[key].kind is UnitKind.SITE_UNION
        homes |= set(path[-2:]) if is_site else scope.owned[key].flow
    return homes


def _of_numbers(target: Target, numbers: Numbers) -> Reached | None:
    values = numbers.values
    if target.counts == "visits_kept":
        return Reached(values["weeks_met"], values["weeks"])
    if target.counts == "coverage":
        sites = values.get("sites", 0)
        return Reached(min(values["sites_reached"], sites), sites)
    if target.counts == "members_gained":
        return Reached(values["new_members"]) if "new_members" in values else None
    return Reached(values["new_unions"])


async def _declared(
    session: AsyncSession, year_targets: Sequence[YearTarget], unit_ids: Collection[int]
) -> dict[tuple[str, str, int], tuple[Declaration, Declaration | None]]:
    by_year: dict[int, set[str]] = defaultdict(set)
    for each in year_targets:
        if each.target.counts == "declared":
            by_year[each.year].add(each.plan.key)
    keys = {each.key for each in year_targets if each.target.counts == "declared"}
    newest: dict[tuple[str, str, int], tuple[Declaration, Declaration | None]] = {}
    for year, plans in by_year.items():
        for row in await stored.declared(session, plans, year, unit_ids):
            if (row.plan, row.target) in keys:
                key = (row.plan, row.target, row.unit_id)
                _, before = newest.get(key, (row, None))
                accepted = row.state is DeclarationState.ACCEPTED
                newest[key] = (row, row if accepted else before)
    return newest
