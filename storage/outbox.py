"""Messages owed to people."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Lane, OutboxMessage, OutboxState, Person

REMINDERS = (Lane.REMINDER,)


async def add(session: AsyncSession, message: OutboxMessage) -> bool:
    """Owe a message. False when one with this key is owed or was sent already."""
    known = await session.exec(
        select(OutboxMessage.id).where(OutboxMessage.dedupe_key == message.dedupe_key)
    )
    if known.first() is not None:
        return False
    session.add(message)
    return True


async def add_all(session: AsyncSession, messages: Sequence[OutboxMessage]) -> int:
    """Owe many messages at once; returns how many were new."""
    keys = [message.dedupe_key for message in messages]
    known: set[str] = set()
    for start in range(0, len(keys), 500):  # SQLite takes a limited number of parameters
        part = select(OutboxMessage.dedupe_key).where(
            col(OutboxMessage.dedupe_key).in_(keys[start : start + 500])
        )
        known.update((await session.exec(part)).all())
    new = [message for message in messages if message.dedupe_key not in known]
    session.add_all(new)
    return len(new)


async def claim(session: AsyncSession, now: datetime, limit: int) -> Sequence[OutboxMessage]:
    """Take the messages that are due, the most pressing first, and mark them as being sent."""
    found = await session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.state == OutboxState.PENDING,
            col(OutboxMessage.not_before) <= now,
        )
        .order_by(col(OutboxMessage.lane), col(OutboxMessage.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = found.all()
    for message in messages:
        message.state = OutboxState.SENDING
        message.attempts += 1
    return messages


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next pending message may go out."""
    found = await session.exec(
        select(func.min(OutboxMessage.not_before)).where(OutboxMessage.state == OutboxState.PENDING)
    )
    return found.one()


async def cancel(session: AsyncSession, subject: str, lanes: Collection[Lane]) -> None:
    """Drop what is still waiting and has become pointless."""
    await session.exec(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.subject) == subject,
            col(OutboxMessage.state) == OutboxState.PENDING,
            col(OutboxMessage.lane).in_([int(lane) for lane in lanes]),
        )
        .values(state=OutboxState.CANCELLED)
    )


async def recover(session: AsyncSession) -> None:
    """After a crash: messages that were being sent. Nobody knows whether they went out.

    A reminder is not repeated (it nags, and the card is one tap away); everything else is.
    """
    being_sent = col(OutboxMessage.state) == OutboxState.SENDING
    reminder = col(OutboxMessage.lane) == int(Lane.REMINDER)
    await session.exec(
        update(OutboxMessage)
        .where(being_sent, reminder)
        .values(state=OutboxState.SENT, error="interrupted while being sent")
    )
    await session.exec(update(OutboxMessage).where(being_sent).values(state=OutboxState.PENDING))


async def telegram_ids(session: AsyncSession, person_ids: Collection[int]) -> dict[int, int]:
    """Where to reach these people; those who never came in are missing."""
    found = await session.exec(
        select(Person.id, Person.telegram_id).where(
            col(Person.id).in_(person_ids), col(Person.telegram_id).is_not(None)
        )
    )
    return {person: chat for person, chat in found.all() if person and chat}
