"""Messages owed to people."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Lane, OutboxMessage, OutboxState, Person

REMINDERS = (Lane.REMINDER,)


async def add(session: AsyncSession, message: OutboxMessage) -> bool:
    """Owe a message. False when one with this key is owed or was sent already."""
    return await add_all(session, [message]) == 1


async def add_all(session: AsyncSession, messages: Sequence[OutboxMessage]) -> int:
    """Owe many messages at once; returns how many were new.

    The database itself passes over a known key, so that two programs which owe the same at the
    same time do not fail each other.
    """
    if not messages:
        return 0
    await session.flush()  # the people they are owed to come first
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    added = await session.exec(
        insert(OutboxMessage)
        .on_conflict_do_nothing(index_elements=[col(OutboxMessage.dedupe_key)])
        .returning(col(OutboxMessage.id)),
        params=[message.model_dump(exclude={"id"}) for message in messages],
    )
    return len(added.all())


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


def withhold(messages: Sequence[OutboxMessage]) -> None:
    """They are not for their readers any more: they do not go out, and their words go."""
    for message in messages:
        message.state, message.text, message.rows = OutboxState.CANCELLED, "", []


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next pending message may go out."""
    found = await session.exec(
        select(func.min(OutboxMessage.not_before)).where(OutboxMessage.state == OutboxState.PENDING)
    )
    return found.one()


async def cancel(session: AsyncSession, subject: str, lanes: Collection[Lane]) -> None:
    """Drop what is still waiting and has become pointless."""
    await cancel_all(session, [subject], lanes)


async def cancel_all(
    session: AsyncSession, subjects: Collection[str], lanes: Collection[Lane]
) -> None:
    """The same about several subjects at once."""
    await session.exec(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.subject).in_(subjects),
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
