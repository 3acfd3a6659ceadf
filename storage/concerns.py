"""Concerns as those who raised them see them, and whom to tell of a new one."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Case, CaseEvent


async def latest_event_id(session: AsyncSession, case_id: int) -> int:
    """The newest thing that happened to a case; 0 before anything did."""
    newest = select(func.max(CaseEvent.id)).where(CaseEvent.case_id == case_id)
    return (await session.exec(newest)).one() or 0


async def merged_into(session: AsyncSession, case_id: int) -> Sequence[Case]:
    """The cases that were folded into this one."""
    found = await session.exec(
        select(Case).where(Case.merged_into == case_id).order_by(col(Case.id))
    )
    return found.all()
