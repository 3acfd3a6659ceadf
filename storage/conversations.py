"""What a channel of plain texts remembers of each sender, sealed; found by a keyed hash."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.addresses import Address
from storage.models import TextConversation
from storage.vault import UnknownKey, Vault

SEALED_BYTES = 2048
"""Sealed texts fill multiples of this: their length tells little of what somebody is at."""


@dataclass(frozen=True)
class Conversation:
    """`buttons`: what the numbers of the newest card stand for, from 1 on; `card_id`: its number;
    `texts`: how many went to and fro. `notices`: the same of messages that came unasked, each under
    the number it was shown with; `next_notice`: the first that is free.
    """

    address: Address
    buttons: tuple[str, ...] = ()
    card_id: int = 0
    texts: int = 0
    notices: Mapping[int, str] = field(default_factory=dict)
    next_notice: int = 0


async def load(
    session: AsyncSession, vault: Vault, address: Address, *, lock: bool = False
) -> Conversation:
    """An empty one where nothing is remembered, or nothing that can be opened."""
    row = await _row(session, vault, address, lock=lock)
    try:
        return _opened(vault, row) if row else Conversation(address)
    except UnknownKey:
        return Conversation(address)


async def save_card(
    session: AsyncSession, vault: Vault, conversation: Conversation, today: date
) -> None:
    """The newest card; what came unasked meanwhile stays."""
    row = await _row(session, vault, conversation.address, lock=True)
    if row is None:
        row = TextConversation(look=_look(vault, conversation.address), card=b"", used_on=today)
    row.card, row.used_on = _sealed_card(vault, row.look, conversation), today
    session.add(row)


async def save_notices(
    session: AsyncSession, vault: Vault, conversation: Conversation, today: date
) -> None:
    """What came unasked; the card stays as it is. The row is locked by `load` in this transaction,
    or there was none."""
    row = await _row(session, vault, conversation.address, lock=True)
    if row is None:
        look = _look(vault, conversation.address)
        row = TextConversation(
            look=look, card=_sealed_card(vault, look, conversation), used_on=today
        )
    row.notices, row.used_on = _sealed_notices(vault, row.look, conversation), today
    session.add(row)


async def forget(session: AsyncSession, vault: Vault, address: Address) -> None:
    """Nothing is remembered of this sender."""
    if row := await _row(session, vault, address):
        await session.delete(row)


async def forget_before(session: AsyncSession, day: date) -> None:
    """What nobody has used since."""
    await session.exec(delete(TextConversation).where(col(TextConversation.used_on) < day))


async def reseal(session: AsyncSession, vault: Vault) -> int:
    """Seal and hash anew what an older key holds; what no key opens goes. How many."""
    rows: Sequence[TextConversation] = (await session.exec(select(TextConversation))).all()
    count = 0
    for row in rows:
        if vault.seals(row.card) and (row.notices is None or vault.seals(row.notices)):
            continue
        await session.delete(row)
        await session.flush()
        try:
            conversation = _opened(vault, row)
        except UnknownKey:
            continue
        look, count = _look(vault, conversation.address), count + 1
        card = _sealed_card(vault, look, conversation)
        notices = _sealed_notices(vault, look, conversation) if row.notices else None
        session.add(TextConversation(look=look, card=card, notices=notices, used_on=row.used_on))
    return count


def _plain(address: Address) -> str:
    """What is hashed: not as accounts of reporters are, or the two would join."""
    return f"conversation:{address.channel}:{address.id}"


def _look(vault: Vault, address: Address) -> str:
    return vault.look(_plain(address))


async def _row(
    session: AsyncSession, vault: Vault, address: Address, *, lock: bool = False
) -> TextConversation | None:
    looks = vault.looks(_plain(address))
    query = select(TextConversation).where(col(TextConversation.look).in_(looks))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).first()


def _opened(vault: Vault, row: TextConversation) -> Conversation:
    card = json.loads(vault.open(row.card, f"conversation:{row.look}"))
    conversation = Conversation(
        Address(card["channel"], card["id"]),
        tuple(card["buttons"]),
        card["card_id"],
        card["texts"],
    )
    if row.notices is None:
        return conversation
    content = json.loads(vault.open(row.notices, f"notices:{row.look}"))
    buttons = {int(number): data for number, data in content["buttons"].items()}
    return replace(conversation, notices=buttons, next_notice=content["next"])


def _sealed_card(vault: Vault, look: str, conversation: Conversation) -> bytes:
    address = conversation.address
    content = {
        "channel": address.channel,
        "id": address.id,
        "buttons": conversation.buttons,
        "card_id": conversation.card_id,
        "texts": conversation.texts,
    }
    return vault.seal(_filled(json.dumps(content)), f"conversation:{look}")


def _sealed_notices(vault: Vault, look: str, conversation: Conversation) -> bytes:
    content = {"buttons": conversation.notices, "next": conversation.next_notice}
    return vault.seal(_filled(json.dumps(content)), f"notices:{look}")


def _filled(text: str) -> str:
    return text + " " * (-len(text.encode()) % SEALED_BYTES)
