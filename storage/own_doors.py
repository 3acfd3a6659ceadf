"""Where somebody of the staff is reached, and the codes that confirm one more address."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.addresses import Address
from storage.enums import OutboxState
from storage.models import AddressCode, OutboxMessage, PersonAddress


async def code_locked(session: AsyncSession, person_id: int, channel: str) -> AddressCode | None:
    """The code of a person for a channel, kept from other transactions."""
    return await session.get(AddressCode, (person_id, channel), with_for_update=True)


async def by_hash_locked(session: AsyncSession, channel: str, code_hash: str) -> AddressCode | None:
    """The code that was sent through a channel itself."""
    rows = await session.exec(
        select(AddressCode)
        .where(AddressCode.channel == channel, AddressCode.code_hash == code_hash)
        .with_for_update()
    )
    return rows.first()


async def forget_codes(session: AsyncSession, before: datetime) -> None:
    """Codes that have been over for so long."""
    await session.exec(delete(AddressCode).where(col(AddressCode.expires_at) < before))


async def of_person(session: AsyncSession, person_id: int) -> Sequence[PersonAddress]:
    query = select(PersonAddress).where(PersonAddress.person_id == person_id)
    rows = await session.exec(query.order_by(PersonAddress.channel, PersonAddress.id))
    return rows.all()


async def drop(session: AsyncSession, person_id: int, channel: str) -> None:
    """The person is not reached by this channel any more."""
    await session.exec(
        delete(PersonAddress).where(
            col(PersonAddress.person_id) == person_id, col(PersonAddress.channel) == channel
        )
    )


async def owner(session: AsyncSession, address: Address) -> int | None:
    """Whose address it is."""
    rows = await session.exec(
        select(PersonAddress.person_id).where(
            PersonAddress.channel == address.channel, PersonAddress.id == address.id
        )
    )
    return rows.first()


async def notices(
    session: AsyncSession, person_id: int, page: int, size: int
) -> Sequence[OutboxMessage]:
    """What a person was sent and whose words are still kept, the newest first; one more than a
    page where there is more.
    """
    rows = await session.exec(
        select(OutboxMessage)
        .where(*_received(person_id))
        .order_by(col(OutboxMessage.id).desc())
        .offset((page - 1) * size)
        .limit(size + 1)
    )
    return rows.all()


async def count_unread(session: AsyncSession, person_id: int, doors: Sequence[str]) -> int:
    """How many of them wait to be opened: those that came by one of these doors."""
    unread = (col(OutboxMessage.door).in_(doors), ~col(OutboxMessage.opened))
    rows = await session.exec(select(func.count()).where(*_received(person_id), *unread))
    return rows.one()


def _received(person_id: int) -> tuple[bool, ...]:
    return (
        OutboxMessage.person_id == person_id,
        OutboxMessage.state == OutboxState.SENT,
        OutboxMessage.text != "",
        OutboxMessage.mailbox == "",
    )
