"""Who of the staff has the web pages open, and the one-time links by which they came in."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.addresses import WEB, Address
from storage.models import Person, PersonAddress, WebLink, WebSession

_ADDRESS_BYTES = 16


async def by_token(
    session: AsyncSession, token_hash: str
) -> tuple[WebSession, Address] | tuple[None, None]:
    """What a device opened, over or not, and where its person is known again on the web."""
    rows = await session.exec(
        select(WebSession, PersonAddress.id)
        .join(
            PersonAddress,
            (col(PersonAddress.person_id) == col(WebSession.person_id))
            & (col(PersonAddress.channel) == WEB),
        )
        .where(WebSession.token_hash == token_hash)
    )
    row = rows.first()
    return (row[0], Address(WEB, row[1])) if row else (None, None)


async def link_locked(session: AsyncSession, code_hash: str) -> WebLink | None:
    """A link, kept from other transactions: of two who open it at once one gets in."""
    rows = await session.exec(
        select(WebLink).where(WebLink.code_hash == code_hash).with_for_update()
    )
    return rows.first()


async def add_used(session: AsyncSession, code_hash: str, person_id: int, now: datetime) -> None:
    """What can be used once and was, just now. Of two at the same time the second fails."""
    session.add(
        WebLink(
            code_hash=code_hash,
            person_id=person_id,
            made_by=person_id,
            created_at=now,
            expires_at=now,
            used_at=now,
        )
    )
    await session.flush()


def new_address_id() -> str:
    """For somebody who is known nowhere yet; nobody guesses it."""
    return secrets.token_hex(_ADDRESS_BYTES)


async def ensure_address(session: AsyncSession, person_id: int) -> Address:
    """Where a person is known again on the web, made at their first coming."""
    rows = await session.exec(
        select(PersonAddress.id).where(
            PersonAddress.person_id == person_id, PersonAddress.channel == WEB
        )
    )
    address_id = rows.first()
    if address_id is None:
        address_id = new_address_id()
        session.add(PersonAddress(channel=WEB, id=address_id, person_id=person_id))
        await session.flush()
    return Address(WEB, address_id)


async def not_ended(
    session: AsyncSession, person_id: int, now: datetime
) -> Sequence[tuple[WebSession, str | None]]:
    """What the person may still have open, the newest first, and the name of who made its link."""
    rows = await session.exec(
        select(WebSession, Person.name)
        .join(Person, col(Person.id) == col(WebSession.made_by), isouter=True)
        .where(
            WebSession.person_id == person_id,
            col(WebSession.ended_at).is_(None),
            col(WebSession.ends_at) > now,
        )
        .order_by(col(WebSession.id).desc())
    )
    return rows.all()


async def get_locked(session: AsyncSession, web_session_id: int) -> WebSession | None:
    return await session.get(WebSession, web_session_id, with_for_update=True)


async def set_used(session: AsyncSession, web_session_id: int, hour: datetime) -> None:
    await session.exec(
        update(WebSession).where(col(WebSession.id) == web_session_id).values(used_at=hour)
    )


async def drop_open_links(session: AsyncSession, person_id: int) -> None:
    """No link lets the person in any more."""
    await session.exec(
        delete(WebLink).where(col(WebLink.person_id) == person_id, col(WebLink.used_at).is_(None))
    )


async def end_all(session: AsyncSession, person_id: int, hour: datetime, but_id: int = 0) -> int:
    """Everything the person has open, but for one device, is over, and so is every link that was
    not used yet; how many devices that was."""
    await drop_open_links(session, person_id)
    ended = await session.exec(
        update(WebSession)
        .where(
            col(WebSession.person_id) == person_id,
            col(WebSession.ended_at).is_(None),
            col(WebSession.id) != but_id,
        )
        .values(ended_at=hour)
        .returning(col(WebSession.id))
    )
    return len(ended.scalars().all())


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Devices and links that were over by then."""
    await session.exec(
        delete(WebSession).where(
            or_(col(WebSession.ends_at) < moment, col(WebSession.ended_at) < moment)
        )
    )
    await session.exec(delete(WebLink).where(col(WebLink.expires_at) < moment))
