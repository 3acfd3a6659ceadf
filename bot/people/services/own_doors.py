"""Where one wants to be reached: by which doors notices come, and how an address is confirmed.

An address counts when a code went there and back: a letter's six digits are typed here, and a code
that is shown here is sent through the channel itself.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.people.cards import own_doors as cards
from storage import outbox, own_doors, people
from storage.addresses import EMAIL, ZALO, Address
from storage.enums import Lane
from storage.models import AddressCode, OutboxMessage, Person

CODE_PREFIX = "cua-"  # start parameters of other kinds have other prefixes
VALID = timedelta(minutes=30)
MOST_TRIES, MOST_A_DAY = 5, 5
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,190}\.[A-Za-z]{2,24}")


@dataclass(frozen=True)
class OwnDoors:
    """`addresses`: in the order in which they are tried; `offered`: channels that may be added."""

    name: str
    phone: str
    addresses: Sequence[Address]
    offered: Sequence[str]
    here: str  # the channel of whoever asks


async def see(context: Context) -> OwnDoors:
    """One's own. Raises Refused: somebody without a role."""
    _require_role(context.actor)
    settings = context.work.settings
    async with context.work.read() as session:
        person = await session.get_one(Person, context.actor.person_id)
        rows = await own_doors.of_person(session, context.actor.person_id)
    at = [Address(row.channel, row.id) for row in rows]
    ordered = [a for channel in settings.notices.doors for a in at if a.channel == channel]
    offered = [
        c for c in (EMAIL, ZALO) if settings.has_door(c) and c not in {a.channel for a in at}
    ]
    return OwnDoors(person.name, person.phone, ordered, offered, context.actor.address.channel)


def email_address(text: str) -> str:
    """In small letters. Raises Refused: it is none."""
    address = text.strip().lower()
    if len(address) > 100 or not _EMAIL.fullmatch(address):
        raise Refused(messages.EMAIL_NEEDED)
    return address


async def send_code(context: Context, address: str) -> str:
    """Owe a letter with a code to an address that somebody says is theirs; returns the address.
    Raises Refused: it is another person's, or there were too many codes today.
    """
    address, code = email_address(address), f"{secrets.randbelow(10**6):06}"
    _require_role(context.actor)
    if not context.work.settings.has_door(EMAIL):
        raise Refused(messages.NOT_FOUND)
    person_id = context.actor.person_id
    async with context.work.write() as session:
        await _free(session, Address(EMAIL, address), person_id)
        await _new_code(
            session, context, EMAIL, address, _digits_hash(context.work, person_id, code)
        )
        await outbox.add(
            session,
            OutboxMessage(
                dedupe_key=f"code:{person_id}:{secrets.token_hex(8)}",
                person_id=person_id,
                mailbox=f"{EMAIL}:{address}",
                lane=Lane.ANSWER,
                text=cards.letter(code).text,
                not_before=context.now,
                created_at=context.now,
            ),
        )
    return address


async def confirm_email(context: Context, code: str) -> str:
    """The code from the letter. Raises Refused: it is another, or too old; after five wrong ones a
    new letter is needed. Or a colleague confirmed the same mailbox meanwhile."""
    _require_role(context.actor)
    person_id = context.actor.person_id
    digest = _digits_hash(context.work, person_id, "".join(re.findall(r"\d", code)))
    async with context.work.write() as session:
        row = await own_doors.code_locked(session, person_id, EMAIL)
        if row is None or _is_over(row, context.now) or row.tries >= MOST_TRIES:
            raise Refused(messages.ADDRESS_CODE_OVER)
        right = secrets.compare_digest(row.code_hash, digest)
        if right:
            await _free(session, Address(EMAIL, row.mailbox), person_id)
            await _take(session, row, Address(EMAIL, row.mailbox))
        else:
            row.tries += 1
    if not right:  # after the commit: the try counts
        raise Refused(messages.ADDRESS_CODE_WRONG)
    return row.mailbox


async def link_code(context: Context, channel: str) -> str:
    """What is to be sent through the other channel, by whoever is to be reached there."""
    _require_role(context.actor)
    if channel != ZALO or not context.work.settings.has_door(channel):
        raise Refused(messages.NOT_FOUND)
    code = CODE_PREFIX + secrets.token_hex(5)
    async with context.work.write() as session:
        await _new_code(session, context, channel, "", _hash(code))
    return code


async def accept(context: Context, code: str) -> str:
    """A code came through the channel itself: who sent it is reached there from now on. Returns
    their name. Raises Refused: it is too old or of another channel; the account is somebody's."""
    address = context.actor.address
    async with context.work.write() as session:
        row = await own_doors.by_hash_locked(session, address.channel, _hash(code))
        if row is None or _is_over(row, context.now):
            raise Refused(messages.ADDRESS_CODE_OVER)
        await _free(session, address, row.person_id)
        await _take(session, row, address)
        person = await session.get_one(Person, row.person_id)
        return person.name


async def drop(context: Context, channel: str) -> None:
    """Not reached by this channel any more. Raises Refused: there is no other, or it is the one
    that whoever asks is in just now."""
    _require_role(context.actor)
    person_id = context.actor.person_id
    async with context.work.write() as session:
        rows = await own_doors.of_person(session, person_id)
        left = {row.channel for row in rows} - {channel}
        if channel not in (EMAIL, ZALO) or channel == context.actor.address.channel or not left:
            raise Refused(messages.LAST_ADDRESS)
        await own_doors.drop(session, person_id, channel)


async def _new_code(
    session: AsyncSession, context: Context, channel: str, mailbox: str, code_hash: str
) -> None:
    """In place of an earlier one. Raises Refused: there were too many today."""
    person_id, today = context.actor.person_id, local(context.now).date()
    row = await own_doors.code_locked(session, person_id, channel)
    if row is None:
        row = AddressCode(
            person_id=person_id,
            channel=channel,
            mailbox="",
            code_hash="",
            made_on=today,
            expires_at=context.now,
        )
    row.made_today = row.made_today + 1 if row.made_on == today else 1
    if row.made_today > MOST_A_DAY:
        raise Refused(messages.TOO_MANY_CODES)
    row.mailbox, row.code_hash, row.tries, row.made_on = mailbox, code_hash, 0, today
    row.expires_at = context.now + VALID
    session.add(row)


async def _free(session: AsyncSession, address: Address, person_id: int) -> None:
    if await own_doors.owner(session, address) not in (None, person_id):
        raise Refused(messages.ADDRESS_OF_ANOTHER)


async def _take(session: AsyncSession, row: AddressCode, address: Address) -> None:
    await own_doors.drop(session, row.person_id, address.channel)
    session.add(people.address_row(row.person_id, address))
    await people.set_blocked(session, row.person_id, None)
    row.code_hash = ""  # used; how many there were today stays


def _is_over(row: AddressCode, now: datetime) -> bool:
    return not row.code_hash or row.expires_at < now


def _digits_hash(work: Work, person_id: int, digits: str) -> str:
    """Keyed: six digits alone could be tried out by whoever reads the database."""
    return work.vault.look(f"address code:{person_id}:{digits}")


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _require_role(actor: Actor) -> None:
    if not actor.grants:
        raise Refused(messages.NOT_ALLOWED)
