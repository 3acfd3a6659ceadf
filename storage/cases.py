"""Cases: named queries that several services build on."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import CLOSED_STATUSES, Case, CaseEvent, Unit

OPEN = col(Case.status).not_in(CLOSED_STATUSES)


async def get_locked(session: AsyncSession, case_id: int) -> Case | None:
    """The case, kept from other transactions until this one is over."""
    return await session.get(Case, case_id, with_for_update=True)


async def by_code(session: AsyncSession, code: str) -> Case | None:
    found = await session.exec(select(Case).where(Case.code == code))
    return found.first()


async def events_of(session: AsyncSession, case_id: int) -> Sequence[CaseEvent]:
    """Everything that happened to a case, in order."""
    found = await session.exec(
        select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(col(CaseEvent.id))
    )
    return found.all()


async def unit_paths(session: AsyncSession, ids: Collection[int]) -> dict[int, str]:
    """Unit -> its path in the tree."""
    found = await session.exec(select(Unit.id, Unit.path).where(col(Unit.id).in_(ids)))
    return {key: path for key, path in found.all() if key is not None}


async def clocks_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Case]:
    """Open cases whose next reminder is due."""
    found = await session.exec(
        select(Case)
        .where(col(Case.remind_at) <= now, OPEN)
        .order_by(col(Case.remind_at), col(Case.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return found.all()


async def next_clock(session: AsyncSession) -> datetime | None:
    """When the next reminder of all open cases is due."""
    return (await session.exec(select(func.min(Case.remind_at)).where(OPEN))).one()
