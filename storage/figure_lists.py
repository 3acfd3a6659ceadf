"""The visits behind the figures of one unit, one by one. What counts: `storage/figures.py`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import VisitKind
from storage.figures import NEWEST, DaySpan, columns, fetched, of_report, reported
from storage.models import Person, ReportTopic, Visit, VisitReport


@dataclass(frozen=True, kw_only=True)
class VisitRow:
    """A visit that counts. `officer_id` went; `topics`: how many were gone into."""

    visit_id: int
    unit_id: int
    site_id: int
    officer_id: int
    officer: str
    day: date
    kind: VisitKind
    workers_met: int
    new_members: int
    commendation: str
    training_needs: str
    topics: int


async def visit_rows(
    session: AsyncSession, days: DaySpan, unit_ids: Collection[int]
) -> list[VisitRow]:
    """The newest first."""
    topics = (
        columns(func.count())
        .select_from(ReportTopic)
        .where(of_report())
        .correlate(VisitReport)
        .scalar_subquery()
    )
    query = columns(
        col(Visit.id).label("visit_id"),
        Visit.unit_id,
        Visit.site_id,
        Visit.officer_id,
        col(Person.name).label("officer"),
        col(VisitReport.visited_on).label("day"),
        VisitReport.kind,
        func.coalesce(VisitReport.workers_met, 0).label("workers_met"),
        func.coalesce(VisitReport.new_members, 0).label("new_members"),
        VisitReport.commendation,
        VisitReport.training_needs,
        topics.label("topics"),
    )
    people = reported(query, days, unit_ids).join(Person, col(Person.id) == col(Visit.officer_id))
    rows = await fetched(session, people.order_by(*NEWEST))
    return [VisitRow(**row._asdict()) for row in rows]
