"""Updates taken from Telegram: stored before they are acknowledged, handled once.

Their moments are kept to the hour: to the second they would be those of what was done.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.coarse import hour_of
from storage.models import InboxUpdate


async def remember(session: AsyncSession, update_id: int, payload: bytes, now: datetime) -> bool:
    """Keep an update. False when this id was taken before."""
    if await session.get(InboxUpdate, update_id):
        return False
    session.add(InboxUpdate(update_id=update_id, payload=payload, received_at=hour_of(now)))
    return True


async def mark_done(session: AsyncSession, update_id: int, now: datetime) -> None:
    """What the update asked for is in this transaction."""
    await session.exec(
        update(InboxUpdate)
        .where(col(InboxUpdate.update_id) == update_id)
        .values(done_at=hour_of(now))
    )


async def mark_answered(session: AsyncSession, update_id: int, now: datetime) -> None:
    """The person has their answer: nothing of the update is needed any more but its id."""
    hour = hour_of(now)
    await session.exec(
        update(InboxUpdate)
        .where(col(InboxUpdate.update_id) == update_id)
        .values(done_at=func.coalesce(InboxUpdate.done_at, hour), answered_at=hour, payload=None)
    )


async def mark_failed(session: AsyncSession, update_id: int, code: str) -> None:
    await session.exec(
        update(InboxUpdate).where(col(InboxUpdate.update_id) == update_id).values(failure=code)
    )


async def unfinished(session: AsyncSession) -> Sequence[InboxUpdate]:
    """What an earlier run took and did not finish, oldest first."""
    found = await session.exec(
        select(InboxUpdate)
        .where(col(InboxUpdate.answered_at).is_(None))
        .order_by(col(InboxUpdate.update_id))
    )
    return found.all()


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Telegram repeats an update for 24 hours at most; older ids need not be kept."""
    await session.exec(
        delete(InboxUpdate).where(
            col(InboxUpdate.received_at) < moment, col(InboxUpdate.answered_at).is_not(None)
        )
    )
