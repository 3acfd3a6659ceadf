"""Visits as the committee of a site sees them, and which of them it vouched for."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import VisitStatus
from storage.models import Person, Visit, VisitEvent, VisitReport

VOUCHED = "vouched"  # a VisitEvent: the committee says that the visit took place


async def at_sites(
    session: AsyncSession, site_ids: Collection[int], since: date
) -> Sequence[tuple[Visit, Person, date | None]]:
    """(visit, officer, day reported) of these sites since a week's Monday, the newest first;
    without those that nobody made."""
    rows = await session.exec(
        select(Visit, Person, col(VisitReport.visited_on))
        .join(Person, col(Person.id) == col(Visit.officer_id))
        .join(
            VisitReport,
            (col(VisitReport.visit_id) == col(Visit.id)) & col(VisitReport.latest),
            isouter=True,
        )
        .where(
            col(Visit.site_id).in_(site_ids),
            col(Visit.week) >= since,
            col(Visit.status).not_in(
                (VisitStatus.EXCUSED, VisitStatus.MISSED, VisitStatus.DEFERRED)
            ),
        )
        .order_by(col(Visit.week).desc(), col(Visit.id).desc())
    )
    return rows.all()


async def vouched_by(session: AsyncSession, visit_ids: Collection[int]) -> dict[int, VisitEvent]:
    """Visit -> the first time that the committee vouched for it."""
    rows = await session.exec(
        select(VisitEvent)
        .where(col(VisitEvent.visit_id).in_(visit_ids), VisitEvent.what == VOUCHED)
        .order_by(col(VisitEvent.id).desc())
    )
    return {event.visit_id: event for event in rows.all()}
