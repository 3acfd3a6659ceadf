"""Groups that units have linked, and the codes that link them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.addresses import Address
from storage.enums import GroupEnding, OutboxState
from storage.models import GroupChat, OutboxMessage, Unit
from storage.units import below

MOST_LISTED = 50


async def by_code_locked(session: AsyncSession, code_hash: str) -> GroupChat | None:
    """The link that a code stands for, kept from other transactions: one group gets it."""
    rows = await session.exec(
        select(GroupChat).where(GroupChat.code_hash == code_hash).with_for_update()
    )
    return rows.first()


async def at_locked(session: AsyncSession, address: Address) -> GroupChat | None:
    """The link of this very group, while it lasts."""
    rows = await session.exec(
        select(GroupChat)
        .where(GroupChat.channel == address.channel, GroupChat.chat == address.id)
        .with_for_update()
    )
    return rows.first()


async def get_locked(session: AsyncSession, group_chat_id: int) -> GroupChat | None:
    return await session.get(GroupChat, group_chat_id, with_for_update=True)


async def linked_below(
    session: AsyncSession, paths: Collection[str], ended_since: datetime
) -> Sequence[tuple[GroupChat, Unit]]:
    """The groups of these subtrees that are linked, and those lost since: the newest first."""
    rows = await session.exec(
        select(GroupChat, Unit)
        .join(Unit, col(Unit.id) == col(GroupChat.unit_id))
        .where(
            below(paths),
            col(GroupChat.linked_at).is_not(None),
            or_(
                col(GroupChat.ended_at).is_(None),
                (col(GroupChat.ending) == GroupEnding.LOST)
                & (col(GroupChat.ended_at) >= ended_since),
            ),
        )
        .order_by(col(GroupChat.linked_at).desc(), col(GroupChat.id).desc())
        .limit(MOST_LISTED)
    )
    return rows.all()


async def of_units(session: AsyncSession, unit_ids: Collection[int]) -> Sequence[GroupChat]:
    """The groups that hear of these very units."""
    rows = await session.exec(
        select(GroupChat)
        .where(col(GroupChat.unit_id).in_(unit_ids), col(GroupChat.chat).is_not(None))
        .order_by(col(GroupChat.id))
    )
    return rows.all()


async def every_linked(session: AsyncSession) -> Sequence[tuple[GroupChat, Unit]]:
    """All groups that are written to, with their living units."""
    rows = await session.exec(
        select(GroupChat, Unit)
        .join(Unit, col(Unit.id) == col(GroupChat.unit_id))
        .where(col(GroupChat.chat).is_not(None), col(Unit.dissolved_on).is_(None))
        .order_by(col(GroupChat.id))
    )
    return rows.all()


async def addresses(session: AsyncSession, ids: Collection[int]) -> dict[int, tuple[Address, ...]]:
    """Where these groups are reached, while they are linked."""
    if not ids:
        return {}
    rows = await session.exec(
        select(GroupChat.id, GroupChat.channel, GroupChat.chat).where(
            col(GroupChat.id).in_(ids), col(GroupChat.chat).is_not(None)
        )
    )
    return {key or 0: (Address(channel, chat or ""),) for key, channel, chat in rows.all()}


async def move(session: AsyncSession, old: Address, new: str) -> None:
    """The channel has given the group another id; again does nothing."""
    await session.exec(
        update(GroupChat)
        .where(col(GroupChat.channel) == old.channel, col(GroupChat.chat) == old.id)
        .values(chat=new)
    )


async def end(
    session: AsyncSession, group_chat: GroupChat, ending: GroupEnding, now: datetime
) -> None:
    """Nothing is written there any more, also nothing of what waits."""
    group_chat.chat, group_chat.ended_at, group_chat.ending = None, now, ending
    session.add(group_chat)
    await session.exec(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.group_chat_id) == group_chat.id,
            col(OutboxMessage.state) == OutboxState.PENDING,
        )
        .values(state=OutboxState.CANCELLED)
    )
