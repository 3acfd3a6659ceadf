"""Messages owed to people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.coarse import hour_of
from storage.enums import Lane, OutboxState
from storage.inserting import insert
from storage.models import OutboxMessage, Person
from storage.store import OWED
from storage.types import UtcDateTime

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
    session.info[OWED] = True
    added = await session.exec(
        insert(session, OutboxMessage)
        .on_conflict_do_nothing(index_elements=[col(OutboxMessage.dedupe_key)])
        .returning(col(OutboxMessage.id)),
        params=[message.model_dump(exclude={"id"}) for message in messages],
    )
    return len(added.all())


_due = func.coalesce(OutboxMessage.retry_at, OutboxMessage.not_before)
_now = bindparam("now", type_=UtcDateTime)
# Asked all the time, so built once.
_ANYTHING_DUE = (
    select(OutboxMessage.id)
    .where(
        OutboxMessage.state == OutboxState.PENDING,
        or_(col(OutboxMessage.not_before) <= _now, _due <= _now),
    )
    .limit(1)
)
_NEXT_DUE = select(func.min(_due)).where(OutboxMessage.state == OutboxState.PENDING, _due > _now)


async def anything_due(session: AsyncSession, now: datetime) -> bool:
    """Whether `claim` or `give_up` may have anything to do: asked first, it takes no lock."""
    waiting = await session.exec(_ANYTHING_DUE, params={"now": now})
    return waiting.first() is not None


async def claim(
    session: AsyncSession, now: datetime, limit: int, *, probe: bool = False
) -> Sequence[OutboxMessage]:
    """Take the messages that are due, the most pressing first, and mark them as being sent.

    As a `probe` of the connection those tried least go first: one that always fails would else
    be the probe for ever.
    """
    order = [col(OutboxMessage.lane), col(OutboxMessage.id)]
    rows = await session.exec(
        select(OutboxMessage)
        .where(OutboxMessage.state == OutboxState.PENDING, _due <= now)
        .order_by(*([col(OutboxMessage.attempts), *order] if probe else order))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = rows.all()
    for message in messages:
        message.state = OutboxState.SENDING
        message.attempts += 1
    return messages


async def claim_more(
    session: AsyncSession, now: datetime, person_ids: Collection[int], limit: int
) -> Sequence[OutboxMessage]:
    """Besides, the notices and reminders that these people are owed now: they go out together."""
    rows = await session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.state == OutboxState.PENDING,
            _due <= now,
            col(OutboxMessage.person_id).in_(person_ids),
            col(OutboxMessage.lane).in_((Lane.NOTICE, Lane.REMINDER)),
        )
        .order_by(col(OutboxMessage.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = rows.all()
    for message in messages:
        message.state = OutboxState.SENDING
        message.attempts += 1
    return messages


async def sent_to(session: AsyncSession, key: int, person_id: int) -> OutboxMessage | None:
    """A message that this person has got and whose words are still kept."""
    message = await session.get(OutboxMessage, key)
    if message is None or message.person_id != person_id or not message.text:
        return None
    return message if message.state is OutboxState.SENT else None


def withhold(messages: Sequence[OutboxMessage]) -> None:
    """They are not for their readers any more: they do not go out, and their words go."""
    for message in messages:
        message.state, message.text, message.rows = OutboxState.CANCELLED, "", []


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When the next pending message may go out that may not yet."""
    return (await session.exec(_NEXT_DUE, params={"now": now})).one()


async def give_up(
    session: AsyncSession,
    now: datetime,
    today: date,
    by_lane: Mapping[Lane, timedelta],
    for_a_worker: timedelta,
) -> int:
    """Let go of what has waited longer than its patience after its moment; returns how many.

    What was never tried gets its one try however late it is (the program may have been down, or
    its clock wrong), except a reminder: its moment has passed.
    """
    column = col(OutboxMessage.not_before)
    to_worker = col(OutboxMessage.reporter_id).is_not(None)
    late = [to_worker & (column < now - for_a_worker)] + [
        ~to_worker & (col(OutboxMessage.lane) == lane) & (column < now - patience)
        for lane, patience in by_lane.items()
    ]
    tried = (col(OutboxMessage.attempts) > 0) | (col(OutboxMessage.lane) == Lane.REMINDER)
    pointless = await session.exec(
        select(OutboxMessage).where(
            col(OutboxMessage.state) == OutboxState.PENDING, or_(*late), tried
        )
    )
    messages = pointless.all()
    for message in messages:
        message.given_up_on = today
        finish(message, OutboxState.UNDELIVERABLE, message.not_before)
    return len(messages)


def finish(message: OutboxMessage, state: OutboxState, moment: datetime) -> None:
    """It is over. To the second its moments would tell when a case was brought: the hour stays."""
    message.state = state
    message.created_at, message.not_before = hour_of(message.created_at), hour_of(moment)
    if state is OutboxState.SENT:
        message.sent_at = hour_of(moment)


@dataclass(frozen=True)
class GivenUp:
    """One message to a person that will not come any more."""

    name: str
    lane: Lane
    due: datetime
    on: date
    error: str  # the kind of the last error; empty: its moment had passed


async def given_up(session: AsyncSession, since: date) -> Sequence[GivenUp]:
    """Messages to people given up on or after this day, the oldest first; workers are not in it."""
    rows = await session.exec(
        select(Person.name, OutboxMessage)
        .join(Person, col(Person.id) == col(OutboxMessage.person_id))
        .where(_given_up(since))
        .order_by(col(OutboxMessage.given_up_on), col(OutboxMessage.id))
    )
    return [
        GivenUp(name, row.lane, row.not_before, row.given_up_on or since, row.error)
        for name, row in rows.all()
    ]


async def waiting_long(
    session: AsyncSession, before: datetime
) -> Sequence[tuple[str, OutboxMessage]]:
    """(name, message) of what people should have had before this moment and is still tried, the
    oldest first; workers are not in it.
    """
    rows = await session.exec(
        select(Person.name, OutboxMessage)
        .join(Person, col(Person.id) == col(OutboxMessage.person_id))
        .where(
            col(OutboxMessage.state) == OutboxState.PENDING, col(OutboxMessage.not_before) < before
        )
        .order_by(col(OutboxMessage.not_before), col(OutboxMessage.id))
    )
    return rows.all()


async def given_up_to_workers(session: AsyncSession, since: date) -> int:
    """How many messages to workers were given up: a number alone tells nobody apart."""
    rows = await session.exec(
        select(func.count())
        .select_from(OutboxMessage)
        .where(col(OutboxMessage.reporter_id).is_not(None), _given_up(since))
    )
    return rows.one()


def _given_up(since: date) -> ColumnElement[bool]:
    return and_(
        col(OutboxMessage.state) == OutboxState.UNDELIVERABLE,
        col(OutboxMessage.given_up_on) >= since,
    )


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
            col(OutboxMessage.lane).in_(lanes),
        )
        .values(state=OutboxState.CANCELLED)
    )


async def recover(session: AsyncSession) -> None:
    """After a crash: messages that were being sent. Nobody knows whether they went out.

    A reminder is not repeated (it nags, and the card is one tap away); everything else is.
    """
    being_sent = col(OutboxMessage.state) == OutboxState.SENDING
    reminder = col(OutboxMessage.lane) == Lane.REMINDER
    await session.exec(
        update(OutboxMessage)
        .where(being_sent, reminder)
        .values(state=OutboxState.SENT, error="interrupted while being sent")
    )
    await session.exec(update(OutboxMessage).where(being_sent).values(state=OutboxState.PENDING))
