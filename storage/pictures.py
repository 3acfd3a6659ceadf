"""What pictures of a scope are drawn from: each in a query or two, however much there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case as when
from sqlalchemy import func, literal
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlmodel import col, not_
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import trees
from storage.case_lists import Eyes, Home, Owner
from storage.cases import OPEN, HiddenCases
from storage.enums import CLOSED_STATUSES, SITE_KINDS, Category, UnitKind, VisitStatus
from storage.models import Case, Unit, UnitCount, Visit, VisitReport
from storage.overview import Scope, below, existing_site, within
from storage.planning import unindexed
from storage.visits import last_week

OLDEST = timedelta(days=730)


@dataclass(frozen=True)
class VisitedSite:
    """A site with the week (its Monday) of its last visit, None: there is none on record."""

    id: int
    parent_id: int
    path: str
    name: str
    address: str
    kind: UnitKind
    union_since: date | None
    position: tuple[float, float] | None
    week: date | None


async def visited_sites(session: AsyncSession, scope: Scope) -> list[VisitedSite]:
    """Every site of the scope that existed in its week."""
    newest = last_week(col(Unit.id), VisitStatus.REPORTED, scope.week).label("week")
    path = trees.on(scope.tree_day, "path")
    named: Sequence[Any] = (Unit.id, Unit.parent_id, path, Unit.name, Unit.address)
    union: Sequence[Any] = (Unit.kind, Unit.union_since)
    place: Sequence[Any] = (Unit.latitude, Unit.longitude)
    query: Any = columns(*named, *union, *place, newest).where(existing_site(scope))
    rows: Sequence[Any] = (await session.exec(query.order_by(col(Unit.id)))).all()
    return [
        VisitedSite(key, above or 0, path, name, address, kind, since, _position(north, east), week)
        for key, above, path, name, address, kind, since, north, east, week in rows
    ]


def _position(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


async def reported_positions(session: AsyncSession, scope: Scope) -> dict[int, tuple[float, float]]:
    """Site -> where its newest report with a place says that it was written, of the weeks of the
    scope."""
    query: Any = (
        columns(col(Visit.site_id), col(VisitReport.latitude), col(VisitReport.longitude))
        .select_from(Visit)
        .join(VisitReport, (col(VisitReport.visit_id) == col(Visit.id)) & col(VisitReport.latest))
    )
    placed = col(VisitReport.latitude).is_not(None) & col(VisitReport.longitude).is_not(None)
    rows = await session.exec(within(query, scope).where(placed).order_by(col(Visit.week)))
    return {site: (latitude, longitude) for site, latitude, longitude in rows.all()}


async def open_by_age(
    session: AsyncSession,
    eyes: Eyes,
    hidden: HiddenCases,
    paths: Sequence[str],
    since: Sequence[datetime],
) -> dict[tuple[Category, int], int]:
    """(category, how many of the moments `since` it is older than) -> open cases at the sites of
    these units, of those that may be seen and that a figure may tell of."""
    age: Any = literal(0)
    for moment in since:
        age = age + when((col(Case.created_at) <= moment, 1), else_=0)
    query = columns(col(Case.category), age.label("age"), func.count()).where(OPEN)
    grouped = _may_be_drawn(query, eyes, hidden, paths).group_by(col(Case.category), "age")
    rows: Sequence[Any] = (await session.exec(grouped)).all()
    return {(category, int(late)): int(count) for category, late, count in rows}


async def settled_since(
    session: AsyncSession,
    eyes: Eyes,
    hidden: HiddenCases,
    paths: Sequence[str],
    first: datetime,
) -> list[tuple[datetime, datetime]]:
    """(came, was settled) of the cases settled from a moment on, of the same ones; without those
    that came more than `OLDEST` before it."""
    query = columns(col(Case.created_at), col(Case.settled_at)).where(
        unindexed(col(Case.status)).in_(CLOSED_STATUSES),
        col(Case.created_at) >= first - OLDEST,
        col(Case.settled_at) >= first,
    )
    drawn = _may_be_drawn(query, eyes, hidden, paths)
    rows: Sequence[Any] = (await session.exec(drawn)).all()
    return [(came, settled) for came, settled in rows]


def _may_be_drawn(query: Any, eyes: Eyes, hidden: HiddenCases, paths: Sequence[str]) -> Any:
    return (
        query.select_from(Case)
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .join(Home, col(Home.id) == col(Case.home_id))
        .where(eyes.see(), not_(hidden.condition()), below(col(Home.path), paths))
    )


@dataclass(frozen=True)
class CountedSite:
    """A site with the members it has now, those it had before a day (where it was counted later
    only: less those who were new then; None: it was never counted), and the days between which it
    exists.
    """

    id: int
    members: int
    before: int | None
    known_since: date
    dissolved_on: date | None


async def counted_sites(
    session: AsyncSession, paths: Sequence[str], first: date
) -> list[CountedSite]:
    """Every site of some units, dissolved ones too."""
    its_own = col(UnitCount.unit_id) == col(Unit.id)
    latest_then = (
        columns(col(UnitCount.members))
        .where(its_own, col(UnitCount.day) < first)
        .order_by(col(UnitCount.id).desc())
    )
    before_any = columns(col(UnitCount.members) - col(UnitCount.gained)).where(its_own)
    before = func.coalesce(
        latest_then.limit(1).correlate(Unit).scalar_subquery(),
        before_any.order_by(col(UnitCount.id)).limit(1).correlate(Unit).scalar_subquery(),
    )
    figures: Sequence[Any] = (Unit.id, Unit.members, before, Unit.known_since, Unit.dissolved_on)
    query: Any = columns(*figures).where(
        below(col(Unit.path), paths), col(Unit.kind).in_(SITE_KINDS)
    )
    return [CountedSite(*row) for row in (await session.exec(query)).all()]


async def member_counts(
    session: AsyncSession, paths: Sequence[str], first: date
) -> list[tuple[int, date, int]]:
    """(site, day, members) of every count from a day on, in the order they were written in."""
    query: Any = (
        columns(
            col(UnitCount.id), col(UnitCount.unit_id), col(UnitCount.day), col(UnitCount.members)
        )
        .join(Unit, col(Unit.id) == col(UnitCount.unit_id))
        .where(
            col(UnitCount.day) >= first,
            below(col(Unit.path), paths),
            col(Unit.kind).in_(SITE_KINDS),
        )
    )  # put in order here: SQLite would go through the whole table for it
    rows = sorted((await session.exec(query)).all())
    return [(site, day, members) for _, site, day, members in rows]
