"""Everything that happened at one site, for its page; lists of sites by their last visit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import VisitStatus
from storage.models import Person, UnitRating, Visit, VisitReport
from storage.overview import counted

Visited = tuple[Visit, Person, VisitReport | None]
Reported = tuple[Visit, Person, VisitReport]


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
