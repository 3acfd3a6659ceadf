"""Concerns as those who raised them see them, and whom to tell of a new one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import Category, OutboxState
from storage.models import Case, CaseEvent, OutboxMessage, Tally, Unit


async def latest_event_id(session: AsyncSession, case_id: int) -> int:
    """The newest thing that happened to a case; 0 before anything did."""
    newest = select(func.max(CaseEvent.id)).where(CaseEvent.case_id == case_id)
    return (await session.exec(newest)).one() or 0


async def of_reporters(session: AsyncSession, reporter_ids: Collection[str]) -> Sequence[Case]:
    """What somebody raised, the newest first."""
    rows = await session.exec(
        select(Case).where(col(Case.reporter_id).in_(reporter_ids)).order_by(col(Case.id).desc())
    )
    return rows.all()


async def count_since(session: AsyncSession, reporter_ids: Collection[str], since: datetime) -> int:
    """How many cases somebody raised after a moment."""
    query = select(func.count()).where(
        col(Case.reporter_id).in_(reporter_ids), col(Case.created_at) > since
    )
    return (await session.exec(query)).one()


async def recent(
    session: AsyncSession, site_id: int, category: Category, since: datetime, limit: int = 200
) -> Sequence[tuple[int, str]]:
    """(id, text) of workers' cases of one category at one site, the oldest first."""
    rows = await session.exec(
        select(Case.id, Case.text)
        .where(
            Case.site_id == site_id,
            Case.category == category,
            col(Case.created_at) > since,
            col(Case.reporter_id).is_not(None),
        )
        .order_by(col(Case.id))
        .limit(limit)
    )
    return [(key, text) for key, text in rows.all() if key is not None]


async def reword(session: AsyncSession, key: str, text: str) -> None:
    """A message that has not gone out yet says this instead."""
    await session.exec(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.dedupe_key) == key,
            col(OutboxMessage.state) == OutboxState.PENDING,
        )
        .values(text=text)
    )


async def root(session: AsyncSession) -> Unit | None:
    """The top of the tree: the province."""
    rows = await session.exec(
        select(Unit).where(col(Unit.parent_id).is_(None)).order_by(col(Unit.id)).limit(1)
    )
    return rows.first()


async def tallied(session: AsyncSession, look: str, what: str, since: datetime) -> int:
    """How often in the hour from `since` on."""
    row = await session.get(Tally, (look, what, since))
    return row.count if row else 0


async def tally(session: AsyncSession, look: str, what: str, since: datetime) -> int:
    """Once more; returns how often. What earlier hours counted is forgotten."""
    await session.exec(delete(Tally).where(col(Tally.look) == look, col(Tally.since) < since))
    row = await session.get(Tally, (look, what, since), with_for_update=True)
    if row is None:
        row = Tally(look=look, what=what, since=since, count=0)
        session.add(row)
    row.count += 1
    return row.count
