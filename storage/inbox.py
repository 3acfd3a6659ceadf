"""Updates taken from Telegram: stored before they are acknowledged, handled once.

Their moments are kept to the hour: to the second they would be those of what was done.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.coarse import hour_of
from storage.models import InboxUpdate

# In `InboxUpdate.failure`, beside the codes that people are told: why an update was set aside.
UNREADABLE = "unreadable"  # stored as it came; this version of the program cannot read it
TOO_LATE = "too late"  # left by a run that ended more than a day before the next start


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
    """The person has their answer: nothing of the update is needed any more but its id.

    Nothing happens while an answer waits to be delivered.
    """
    hour = hour_of(now)
    await session.exec(
        update(InboxUpdate)
        .where(col(InboxUpdate.update_id) == update_id, col(InboxUpdate.answer).is_(None))
        .values(done_at=func.coalesce(InboxUpdate.done_at, hour), answered_at=hour, payload=None)
    )


async def settle(session: AsyncSession, update_id: int, now: datetime) -> None:
    """The answer that waited is delivered, or pointless."""
    await set_answer(session, update_id, None)
    await mark_answered(session, update_id, now)


async def set_answer(session: AsyncSession, update_id: int, answer: bytes | None) -> None:
    """What is still to be delivered, sealed for `answer_row`."""
    await session.exec(
        update(InboxUpdate).where(col(InboxUpdate.update_id) == update_id).values(answer=answer)
    )


async def take_up(session: AsyncSession, update_id: int) -> None:
    """The update is handled once more instead of answered with what was kept."""
    await session.exec(
        update(InboxUpdate)
        .where(col(InboxUpdate.update_id) == update_id)
        .values(answer=None, attempts=InboxUpdate.attempts + 1)
    )


async def unanswered(session: AsyncSession) -> Sequence[InboxUpdate]:
    """Updates whose answer waits to be delivered, oldest first."""
    waiting = await session.exec(
        select(InboxUpdate)
        .where(col(InboxUpdate.answer).is_not(None))
        .order_by(col(InboxUpdate.update_id))
        .execution_options(populate_existing=True)
    )
    return waiting.all()


def answer_row(update_id: int) -> str:
    """What a kept answer is bound to when it is sealed."""
    return f"inbox:{update_id}:answer"


async def mark_failed(session: AsyncSession, update_id: int, code: str) -> None:
    await session.exec(
        update(InboxUpdate).where(col(InboxUpdate.update_id) == update_id).values(failure=code)
    )


async def unfinished(session: AsyncSession) -> Sequence[InboxUpdate]:
    """What an earlier run took and did not finish, oldest first; not what waits for delivery."""
    found = await session.exec(
        select(InboxUpdate)
        .where(col(InboxUpdate.answered_at).is_(None), col(InboxUpdate.answer).is_(None))
        .order_by(col(InboxUpdate.update_id))
    )
    return found.all()


async def set_aside(session: AsyncSession) -> dict[str, int]:
    """How many updates were not handled, by why, as far back as ids are kept."""
    counted = await session.exec(
        select(InboxUpdate.failure, func.count())
        .where(col(InboxUpdate.failure).in_((UNREADABLE, TOO_LATE)))
        .group_by(InboxUpdate.failure)
    )
    return dict(counted.all())


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Telegram repeats an update for 24 hours at most; older ids need not be kept.

    Nor what could not be read all that time.
    """
    over = or_(col(InboxUpdate.answered_at).is_not(None), col(InboxUpdate.failure) == UNREADABLE)
    await session.exec(delete(InboxUpdate).where(col(InboxUpdate.received_at) < moment, over))
