"""Everything that happened at one site, for its page; lists of sites by their last visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, nulls_first
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import VisitStatus
from storage.models import Person, Unit, UnitRating, Visit, VisitReport
from storage.overview import counted
from storage.visits import last_week

Visited = tuple[Visit, Person, VisitReport | None]
Reported = tuple[Visit, Person, VisitReport]


async def by_last_visit(
    session: AsyncSession,
    condition: ColumnElement[bool],
    until: date,
    limit: int,
    offset: int,
) -> Sequence[tuple[Unit, date | None]]:
    """(site, week of its last visit until this one): first those without any, the most workers
    first, then those where nobody has been for longest."""
    newest = last_week(col(Unit.id), VisitStatus.REPORTED, until)
    query: Any = (
        columns(Unit, newest.label("week"))
        .where(condition)
        .order_by(nulls_first(newest), col(Unit.workers).desc(), col(Unit.id))
        .limit(limit)
        .offset(offset)
    )
    rows: Sequence[tuple[Unit, date | None]] = (await session.exec(query)).all()
    return rows


async def visits_at(
    session: AsyncSession, site_id: int, limit: int, offset: int
) -> Sequence[Visited]:
    """(visit, its officer, the report that counts), the newest week first; also those that nobody
    made."""
    rows = await session.exec(
        select(Visit, Person, VisitReport)
        .join(Person, col(Person.id) == col(Visit.officer_id))
        .join(
            VisitReport,
            (col(VisitReport.visit_id) == col(Visit.id)) & col(VisitReport.latest),
            isouter=True,
        )
        .where(Visit.site_id == site_id)
        .order_by(col(Visit.week).desc(), col(Visit.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return rows.all()


async def last_visit_at(session: AsyncSession, site_id: int) -> Reported | None:
    """The visit of the newest reported week; of several in it the one of the latest day."""
    rows = await session.exec(
        select(Visit, Person, VisitReport)
        .join(Person, col(Person.id) == col(Visit.officer_id))
        .join(VisitReport, (col(VisitReport.visit_id) == col(Visit.id)) & col(VisitReport.latest))
        .where(Visit.site_id == site_id, Visit.status == VisitStatus.REPORTED)
        .order_by(
            col(Visit.week).desc(), col(VisitReport.visited_on).desc(), col(VisitReport.id).desc()
        )
        .limit(1)
    )
    return rows.first()


async def count_visits(session: AsyncSession, site_id: int) -> tuple[int, int]:
    """(visits there, reported ones) since the site is known."""
    reported = counted(col(Visit.status) == VisitStatus.REPORTED)
    query: Any = columns(func.count(), reported).where(col(Visit.site_id) == site_id)
    every, done = (await session.exec(query)).one()
    return int(every), int(done)


async def ratings_at(session: AsyncSession, site_id: int, limit: int) -> Sequence[UnitRating]:
    """The newest yearly ratings of a site, the newest first."""
    rows = await session.exec(
        select(UnitRating)
        .where(UnitRating.unit_id == site_id)
        .order_by(col(UnitRating.year).desc())
        .limit(limit)
    )
    return rows.all()


@dataclass(frozen=True)
class CountedThen:
    """Workers, women and members of a site as a report says; None: not said."""

    on: date
    workers: int | None
    women: int | None
    members: int | None
    name: str


async def counted_by_reports(session: AsyncSession, site_id: int, limit: int) -> list[CountedThen]:
    """What reports say of a site's figures, the newest day first."""
    figures = (col(VisitReport.headcount), col(VisitReport.women), col(VisitReport.members))
    query: Any = (
        columns(col(VisitReport.visited_on), *figures, col(Person.name))
        .select_from(Visit)
        .join(VisitReport, (col(VisitReport.visit_id) == col(Visit.id)) & col(VisitReport.latest))
        .join(Person, col(Person.id) == col(VisitReport.author_id))
        .where(col(Visit.site_id) == site_id, or_(*(figure.is_not(None) for figure in figures)))
        .order_by(col(VisitReport.visited_on).desc(), col(VisitReport.id).desc())
        .limit(limit)
    )
    rows: Sequence[Any] = (await session.exec(query)).all()
    return [
        CountedThen(day, workers, women, members, name)
        for day, workers, women, members, name in rows
    ]
