"""Workers and members of sites over time, and which members are new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import trees
from storage.enums import VisitStatus
from storage.figures import DaySpan, columns, reported, visited_within
from storage.models import Person, Unit, UnitCount, Visit, VisitReport
from storage.planning import unindexed

FEW_HOMES = 24  # homes: the visits of so many are fewer than all of the days in question
SPOKEN_BACK = timedelta(days=800)
"""So long before the days in question somebody may have spoken of the same new members."""


async def at_site(
    session: AsyncSession, site_id: int, limit: int
) -> Sequence[tuple[UnitCount, str | None]]:
    """Its counts with the name of who set them, the newest first."""
    rows = await session.exec(
        select(UnitCount, Person.name)
        .join(Person, col(Person.id) == col(UnitCount.person_id), isouter=True)
        .where(UnitCount.unit_id == site_id)
        .order_by(col(UnitCount.id).desc())
        .limit(limit)
    )
    return rows.all()


async def newest(session: AsyncSession, site_id: int, limit: int) -> Sequence[UnitCount]:
    """What was counted last at a site, the newest first."""
    rows = await session.exec(
        select(UnitCount)
        .where(UnitCount.unit_id == site_id)
        .order_by(col(UnitCount.id).desc())
        .limit(limit)
    )
    return rows.all()


async def as_of(session: AsyncSession, day: date) -> dict[int, UnitCount]:
    """Unit id -> what counted on that day, for those where something else counts now; where it was
    counted later only, the earliest that is known, less the members who were new then."""
    since = select(UnitCount.unit_id).where(col(UnitCount.day) > day)
    rows = await session.exec(
        select(UnitCount).where(col(UnitCount.unit_id).in_(since)).order_by(col(UnitCount.id))
    )
    counts: dict[int, UnitCount] = {}
    for row in rows.all():
        if row.day <= day:
            counts[row.unit_id] = row
        elif row.unit_id not in counts:
            counts[row.unit_id] = UnitCount(
                **row.model_dump() | {"members": row.members - row.gained}
            )
    return counts


async def founded(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> Sequence[tuple[Unit, int | None]]:
    """Sites that on the last of the days lay under these units, or are among them, and that got a
    union within the days, by day; each with the unit above it on that day."""
    above = trees.on(days.last, "parent_id")
    rows = await session.exec(
        select(Unit, above)
        .where(
            col(Unit.union_since).between(days.first, days.last),
            above.in_(homes) | col(Unit.id).in_(homes),
        )
        .order_by(col(Unit.union_since), col(Unit.id))
    )
    return rows.all()


async def count_founded(session: AsyncSession, days: DaySpan, inside: ColumnElement[bool]) -> int:
    """How many of the units that are `inside` got a union within the days."""
    rows = await session.exec(
        select(func.count())
        .select_from(Unit)
        .where(col(Unit.union_since).between(days.first, days.last), inside)
    )
    return rows.one()


@dataclass(frozen=True)
class SpokenOf:
    """New members of a site, by a visit's report or (`visit_id` 0) by its figures."""

    site_id: int
    home_id: int
    day: date
    members: int
    visit_id: int = 0


async def new_members(
    session: AsyncSession, days: DaySpan, homes: Collection[int], *, where_both: bool = False
) -> list[SpokenOf]:
    """At the sites of these units, from `SPOKEN_BACK` before the days to their end; whoever went.
    `where_both`: of visits only those to sites whose figures rose too."""
    within = DaySpan(days.first - SPOKEN_BACK, days.last)
    by_visit: Any = _said_by_visits(
        within,
        homes,
        col(Visit.site_id),
        col(Visit.unit_id),
        col(VisitReport.visited_on),
        col(VisitReport.new_members),
        col(Visit.id),
    )
    if where_both:
        by_visit = by_visit.where(col(Visit.site_id).in_(_risen(within)))
    by_figures: Any = (
        columns(
            col(UnitCount.unit_id),
            trees.on(days.last, "parent_id").label("parent_id"),
            col(UnitCount.day),
            UnitCount.gained,
        )
        .select_from(UnitCount)
        .join(Unit, col(Unit.id) == col(UnitCount.unit_id))
        .where(
            UnitCount.gained > 0,
            col(UnitCount.day).between(within.first, within.last),
            col(UnitCount.unit_id).in_(_sites_of(homes, days.last)),
        )
    )
    visits: Sequence[Any] = (await session.exec(by_visit)).all()
    figures: Sequence[Any] = (await session.exec(by_figures)).all()
    return [
        *(SpokenOf(site, home, day, members, visit) for site, home, day, members, visit in visits),
        *(SpokenOf(site, home or site, day, members) for site, home, day, members in figures),
    ]


async def said_by_visits_alone(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> dict[int, int]:
    """Unit whose visit it was -> new members within the days, at sites whose figures did not rise
    from `SPOKEN_BACK` before the days on."""
    rows = await _summed_alone(session, days, homes, [col(Visit.unit_id)])
    return {unit: int(members) for unit, members, _ in rows}


async def said_by_visits_alone_by_day(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> dict[tuple[int, date], int]:
    """The same for each day."""
    by = [col(Visit.unit_id), col(VisitReport.visited_on)]
    rows = await _summed_alone(session, days, homes, by)
    return {(unit, day): int(members) for unit, day, members, _ in rows}


async def said_by_visits_alone_by_site(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> dict[int, tuple[int, date]]:
    """The same for each site, with the last of the days."""
    rows = await _summed_alone(session, days, homes, [col(Visit.site_id)])
    return {site: (int(members), day) for site, members, day in rows}


async def _summed_alone(
    session: AsyncSession, days: DaySpan, homes: Collection[int], by: Sequence[Any]
) -> Sequence[Any]:
    """What they are added up by, how many, the last day."""
    what = (*by, func.sum(VisitReport.new_members), func.max(VisitReport.visited_on))
    summed: Any = (
        _said_by_visits(days, homes, *what)
        .where(col(Visit.site_id).not_in(_risen(DaySpan(days.first - SPOKEN_BACK, days.last))))
        .group_by(*by)
    )
    rows: Sequence[Any] = (await session.exec(summed)).all()
    return rows


def _said_by_visits(days: DaySpan, homes: Collection[int], *what: Any) -> Any:
    """Reports of these days that name new members; found by the visits of these units where they
    are few, else by the days."""
    query = reported(columns(*what), days).where(col(VisitReport.new_members) > 0)
    sites = _sites_of(homes, days.last)
    if len(homes) > FEW_HOMES:
        at_home = unindexed(col(Visit.unit_id)).in_(homes)
        return query.where(or_(at_home, unindexed(col(Visit.site_id)).in_(sites)))
    of_unit = select(_Other.id).where(col(_Other.unit_id).in_(homes), visited_within(days, _Other))
    at_site = select(_Other.id).where(
        col(_Other.site_id).in_(sites),
        _Other.status == VisitStatus.REPORTED,
        visited_within(days, _Other),
    )
    return query.where(col(Visit.id).in_(of_unit.union(at_site)))


_Other = aliased(Visit)


def _sites_of(homes: Collection[int], day: date) -> Any:
    """Those that lay there on that day: what they gained stays with the unit that had them."""
    return select(Unit.id).where(trees.on(day, "parent_id").in_(homes) | col(Unit.id).in_(homes))


def _risen(within: DaySpan) -> Any:
    """Sites whose figures say that members were gained within these days."""
    return select(UnitCount.unit_id).where(
        UnitCount.gained > 0, col(UnitCount.day).between(within.first, within.last)
    )
