"""Linking a unit's group by a one-time code, and ending it. Only a hash of the code is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Subject
from bot.core.work import Work
from bot.groups.cards import groups as cards
from bot.groups.facts.groups import GroupCode, Groups
from bot.units.services.dissolutions import Dissolution
from storage import group_chats, outbox, people
from storage.addresses import Address
from storage.enums import GroupEnding
from storage.models import GroupChat, Unit

CODE_LIVES = timedelta(days=1)
CODE_PREFIX = "nhom-"  # start parameters of other kinds have other prefixes
LOST_SHOWN = timedelta(days=30)
LONGEST_TITLE = 200
_CODE_BYTES = 9


async def listed(context: Context) -> Groups:
    """The groups of the units that the actor leads. Raises Refused."""
    require(context.actor, Action.LINK_GROUP)
    paths = context.actor.paths_for(Action.LINK_GROUP)
    async with context.work.read() as session:
        rows = await group_chats.linked_below(session, paths, context.now - LOST_SHOWN)
        return Groups(
            linked=[(row, unit) for row, unit in rows if row.ended_at is None],
            lost=[(row, unit) for row, unit in rows if row.ended_at],
            own_units=await people.places_at(session, set(paths)),
        )


async def make_code(context: Context, unit_id: int) -> GroupCode:
    """A code that links one group to the unit within a day. Raises Refused."""
    async with context.work.write() as session:
        unit = await _led(session, context, unit_id)
        code = CODE_PREFIX + secrets.token_urlsafe(_CODE_BYTES)
        until = context.now + CODE_LIVES
        session.add(
            GroupChat(
                unit_id=unit_id,
                made_by=context.actor.person_id,
                created_at=context.now,
                expires_at=until,
                code_hash=_hash(code),
            )
        )
        return GroupCode(unit, code, until)


async def link(work: Work, code: str, address: Address, title: str, now: datetime) -> Unit:
    """Whoever holds the code links the group they wrote it in; its maker hears of it.

    Raises Refused: the code is over, or the group belongs to a unit already.
    """
    async with work.write() as session:
        row = await group_chats.by_code_locked(session, _hash(code.strip()))
        if row is None or row.expires_at <= now:
            raise Refused(messages.GROUP_CODE_OVER)
        unit = await session.get_one(Unit, row.unit_id)
        if unit.dissolved_on:
            raise Refused(messages.GROUP_CODE_OVER)
        if await group_chats.at_locked(session, address):
            raise Refused(messages.GROUP_LINKED_ALREADY)
        row.code_hash, row.linked_at = None, now
        row.channel, row.chat, row.title = address.channel, address.id, title[:LONGEST_TITLE]
        session.add(row)
        card = cards.linked(row, unit)
        key = f"group:linked:{row.id}"
        await outbox.add(session, notice(work.calendar, row.made_by, card, key, now))
        return unit


async def to_end(context: Context, group_chat_id: int) -> tuple[GroupChat, Unit]:
    """The group that is about to be unlinked. Raises Refused."""
    async with context.work.read() as session:
        return await _linked(session, context, group_chat_id)


async def end(context: Context, group_chat_id: int) -> None:
    """It is written to no longer. Raises Refused."""
    async with context.work.write() as session:
        row, _ = await _linked(session, context, group_chat_id)
        await group_chats.end(session, row, GroupEnding.UNLINKED, context.now)


async def lost(work: Work, address: Address, now: datetime) -> None:
    """The bot was removed from a group; where it was linked, whoever linked it hears of it."""
    async with work.write() as session:
        if row := await group_chats.at_locked(session, address):
            await _give_up(session, work, row, now)


async def lost_while_sending(
    work: Work, session: AsyncSession, group_chat_id: int, now: datetime
) -> None:
    """A message could not be brought to the group: part of the transaction that notes it."""
    row = await group_chats.get_locked(session, group_chat_id)
    if row and row.chat is not None:
        await _give_up(session, work, row, now)


async def _give_up(session: AsyncSession, work: Work, row: GroupChat, now: datetime) -> None:
    await group_chats.end(session, row, GroupEnding.LOST, now)
    card = cards.lost(row, await session.get_one(Unit, row.unit_id))
    key = f"group:lost:{row.id}"
    await outbox.add(session, notice(work.calendar, row.made_by, card, key, now))


async def moved(work: Work, old: Address, new: str) -> None:
    """The channel gave the group another id: a group became a supergroup."""
    async with work.write() as session:
        await group_chats.move(session, old, new)


async def _led(session: AsyncSession, context: Context, unit_id: int) -> Unit:
    unit = await session.get(Unit, unit_id)
    if unit is None or unit.dissolved_on:
        raise Refused(messages.NOT_FOUND)
    require(context.actor, Action.LINK_GROUP, Subject(unit.path))
    return unit


async def _linked(
    session: AsyncSession, context: Context, group_chat_id: int
) -> tuple[GroupChat, Unit]:
    row = await group_chats.get_locked(session, group_chat_id)
    if row is None or row.chat is None:
        raise Refused(messages.NOT_FOUND)
    unit = await session.get_one(Unit, row.unit_id)
    require(context.actor, Action.LINK_GROUP, Subject(unit.path))
    return row, unit


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def follow_units(ended: Dissolution) -> None:
    """A unit's groups follow it to the unit that it was merged into, within that transaction."""
    for row in await group_chats.of_units(ended.session, ended.dissolved):
        row.unit_id = ended.heir(row.unit_id)
        ended.session.add(row)
