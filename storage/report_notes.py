"""What leaders and the officer say to each other about a report: events of its visit."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import Remark
from storage.models import Person, VisitEvent


async def of_visit(
    session: AsyncSession, visit_id: int
) -> Sequence[tuple[str, str, datetime, str]]:
    """(what, name of who said it, when, words), the oldest first."""
    rows = await session.exec(
        select(VisitEvent.what, Person.name, VisitEvent.at, VisitEvent.words)
        .join(Person, col(Person.id) == col(VisitEvent.actor_id))
        .where(VisitEvent.visit_id == visit_id, col(VisitEvent.what).in_(tuple(Remark)))
        .order_by(col(VisitEvent.id))
    )
    return rows.all()


async def last_leader(session: AsyncSession, visit_id: int) -> Person | None:
    """Who asked or thanked last."""
    rows = await session.exec(
        select(Person)
        .join(VisitEvent, col(VisitEvent.actor_id) == col(Person.id))
        .where(
            VisitEvent.visit_id == visit_id,
            col(VisitEvent.what).in_((Remark.QUESTION, Remark.THANKS)),
        )
        .order_by(col(VisitEvent.id).desc())
        .limit(1)
    )
    return rows.first()
