"""Updates taken from a channel: stored before they are acknowledged, handled once.

Their moments are kept to the hour: to the second they would be those of what was done.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    func,
    or_,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage.addresses import TELEGRAM, UpdateKey
from storage.coarse import hour_of
from storage.inserting import insert
from storage.models import InboxUpdate
from storage.types import UtcDateTime

# In `InboxUpdate.failure`, beside the codes that people are told: why an update was set aside.
UNREADABLE = "unreadable"  # stored as it came; this version of the program cannot read it
TOO_LATE = "too late"  # left by a run that ended more than a day before the next start


_TABLE: Table = InboxUpdate.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Turn:
    """Where several programs share the database: the chat of an update, by its keyed hash, and the
    run that is to handle it.
    """

    chat: str
    holder: int


def _marking(**values: Any) -> Update:
    """Put together once and without the ORM: each tap needs them all."""
    this = and_(
        _TABLE.c.channel == bindparam("of_channel"), _TABLE.c.update_id == bindparam("of_update")
    )
    return update(_TABLE).where(this).values(values)


_HOUR: BindParameter[datetime] = bindparam("hour", type_=UtcDateTime())
_OURS = _TABLE.c.holder == bindparam("of_holder")
_DONE = _marking(done_at=_HOUR)
_DONE_BY_HOLDER = _DONE.where(_OURS)
_ANSWERED = _marking(
    done_at=func.coalesce(_TABLE.c.done_at, _HOUR), answered_at=_HOUR, payload=None, chat=None
).where(_TABLE.c.answer.is_(None))
_ANSWERED_BY_HOLDER = _ANSWERED.where(_OURS)


@cache
def _remembering(dialect: str) -> ReturningInsert[Any]:
    return insert(dialect, _TABLE).on_conflict_do_nothing().returning(_TABLE.c.update_id)


def _named(key: UpdateKey, holder: int | None) -> dict[str, Any]:
    named: dict[str, Any] = {"of_channel": key.channel, "of_update": key.update_id}
    return named if holder is None else {**named, "of_holder": holder}


async def remember(session: AsyncSession, rows: Sequence[InboxUpdate]) -> set[int]:
    """Keep updates; returns the ids that were not taken before, nor by another program just now."""
    added = await (await session.connection()).execute(
        _remembering(session.get_bind().dialect.name), [row.model_dump() for row in rows]
    )
    return set(added.scalars())


async def get(session: AsyncSession, key: UpdateKey) -> InboxUpdate | None:
    """The update, as long as its id is kept."""
    return await session.get(InboxUpdate, (key.channel, key.update_id))


async def mark_done(
    session: AsyncSession, key: UpdateKey, now: datetime, holder: int | None = None
) -> bool:
    """What the update asked for is in this transaction. False: another run than `holder` has the
    update now, so this one must not be committed.
    """
    marked = await (await session.connection()).execute(
        _DONE if holder is None else _DONE_BY_HOLDER,
        {**_named(key, holder), "hour": hour_of(now)},
    )
    return holder is None or marked.rowcount == 1


async def take_back(session: AsyncSession, key: UpdateKey) -> bool:
    """What the update asked for failed: it may be brought again, unless it was done all the same.
    Whether it was.
    """
    row = await get(session, key)
    if row is None or row.done_at:
        return row is not None
    await session.delete(row)
    return False


async def mark_answered(
    session: AsyncSession, keys: Sequence[UpdateKey], now: datetime, holder: int | None = None
) -> None:
    """The people have their answers: nothing of the updates is needed any more but their ids.

    Nothing happens while an answer waits to be delivered, or another run than `holder` has it.
    """
    await (await session.connection()).execute(
        _ANSWERED if holder is None else _ANSWERED_BY_HOLDER,
        [{**_named(key, holder), "hour": hour_of(now)} for key in keys],
    )


async def settle(session: AsyncSession, key: UpdateKey, now: datetime) -> None:
    """The answer that waited is delivered, or pointless."""
    await set_answer(session, key, None)
    await mark_answered(session, [key], now)


async def set_answer(session: AsyncSession, key: UpdateKey, answer: bytes | None) -> None:
    """What is still to be delivered, sealed for `answer_row`."""
    await session.exec(update(InboxUpdate).where(_is(key)).values(answer=answer))


async def take_up(session: AsyncSession, key: UpdateKey) -> None:
    """The update is handled once more instead of answered with what was kept."""
    await session.exec(
        update(InboxUpdate).where(_is(key)).values(answer=None, attempts=InboxUpdate.attempts + 1)
    )


async def count_attempt(session: AsyncSession, key: UpdateKey) -> None:
    """An update that an earlier run left is begun."""
    await session.exec(
        update(InboxUpdate).where(_is(key)).values(attempts=InboxUpdate.attempts + 1)
    )


async def unanswered(
    session: AsyncSession, channel: str, update_ids: Sequence[int] | None = None
) -> Sequence[InboxUpdate]:
    """Updates of a channel, or those among `update_ids`, whose answer waits to be delivered,
    oldest first.
    """
    among = () if update_ids is None else (col(InboxUpdate.update_id).in_(update_ids),)
    waiting = await session.exec(
        select(InboxUpdate)
        .where(InboxUpdate.channel == channel, col(InboxUpdate.answer).is_not(None), *among)
        .order_by(col(InboxUpdate.update_id))
        .execution_options(populate_existing=True)
    )
    return waiting.all()


def payload_row(key: UpdateKey) -> str:
    """What an update's payload is bound to when it is sealed; Telegram's as before there was
    another channel.
    """
    channel = "" if key.channel == TELEGRAM else f"{key.channel}:"
    return f"inbox:{channel}{key.update_id}"


def answer_row(key: UpdateKey) -> str:
    """What a kept answer is bound to when it is sealed."""
    return f"{payload_row(key)}:answer"


def key_of(row: InboxUpdate) -> UpdateKey:
    return UpdateKey(row.channel, row.update_id)


def _is(key: UpdateKey) -> ColumnElement[bool]:
    return and_(
        col(InboxUpdate.channel) == key.channel, col(InboxUpdate.update_id) == key.update_id
    )


async def mark_failed(session: AsyncSession, key: UpdateKey, code: str) -> None:
    await session.exec(update(InboxUpdate).where(_is(key)).values(failure=code))


async def unfinished(session: AsyncSession, channel: str) -> Sequence[InboxUpdate]:
    """What an earlier run took from a channel and did not finish, oldest first; not what waits for
    delivery.
    """
    rows = await session.exec(_unfinished(channel))
    return rows.all()


def _unfinished(channel: str) -> SelectOfScalar[InboxUpdate]:
    return (
        select(InboxUpdate)
        .where(
            InboxUpdate.channel == channel,
            col(InboxUpdate.answered_at).is_(None),
            col(InboxUpdate.answer).is_(None),
        )
        .order_by(col(InboxUpdate.update_id))
    )


async def left(
    session: AsyncSession,
    channel: str,
    but_of: Collection[str],
    most: int,
    *,
    unreadable: bool,
) -> Sequence[InboxUpdate]:
    """What is unfinished of other chats than `but_of`, oldest first; `unreadable`: also what this
    program could not read.
    """
    chat = col(InboxUpdate.chat)
    query = _unfinished(channel).where(or_(chat.is_(None), chat.not_in(but_of))).limit(most)
    if not unreadable:
        query = query.where(col(InboxUpdate.failure) != UNREADABLE)
    return (await session.exec(query)).all()


async def claim(
    session: AsyncSession, channel: str, turn: Turn, alive: Collection[int]
) -> tuple[Sequence[InboxUpdate], set[int]]:
    """What is unfinished of a chat, oldest first, now its holder's; no other run can commit
    anything for it any more. And of these the ids that a run had which is not `alive`: one of them
    may have ended it.
    """
    rows = await session.exec(
        _unfinished(channel)
        .where(InboxUpdate.chat == turn.chat, col(InboxUpdate.failure) != UNREADABLE)
        .with_for_update()
    )
    updates, orphans = rows.all(), set()
    for row in updates:
        if row.holder != turn.holder and row.holder not in alive:
            orphans.add(row.update_id)
        row.holder = turn.holder
    return updates, orphans


LEFT_OF_CHAT = (
    "SELECT update_id, holder, answer IS NOT NULL FROM inbox_update WHERE channel = %s AND "
    "chat = %s AND answered_at IS NULL AND failure != %s ORDER BY update_id"
)
"""What is not over of a chat of a channel and has not this failure, for a connection that is asked
it a lot: (id, its holder, whether an answer waits)."""


async def set_aside(session: AsyncSession) -> dict[str, int]:
    """How many updates were not handled, by why, as far back as ids are kept."""
    counted = await session.exec(
        select(InboxUpdate.failure, func.count())
        .where(col(InboxUpdate.failure).in_((UNREADABLE, TOO_LATE)))
        .group_by(InboxUpdate.failure)
    )
    return dict(counted.all())


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """No channel repeats an update that is so old; its id need not be kept.

    Nor what could not be read all that time.
    """
    over = or_(col(InboxUpdate.answered_at).is_not(None), col(InboxUpdate.failure) == UNREADABLE)
    await session.exec(delete(InboxUpdate).where(col(InboxUpdate.received_at) < moment, over))
