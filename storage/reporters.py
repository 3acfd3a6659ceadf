"""Reporters: one row a case, so that no two concerns of somebody can be joined without the key.

An account is found by a keyed hash of its address; which reporters are its own is sealed.
A reporter is opened only to be reached or, if named, to be shown.
"""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.addresses import TELEGRAM, Address
from storage.coarse import day_of
from storage.enums import CLOSED_STATUSES
from storage.models import BarredReporter, Case, CaseEvent, OutboxMessage, Reporter, ReporterAccount
from storage.vault import UnknownKey, Vault

IDENTITY_BYTES, ACCOUNT_BYTES = 256, 1024
"""Sealed texts fill multiples of these: their length tells neither a name nor how many cases."""


@dataclass(frozen=True)
class Account:
    """What is sealed about an account that raised concerns; `reporters` oldest first."""

    address: Address
    reporters: tuple[str, ...] = ()
    consent_version: str = ""
    consent_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class _Left:
    """What migration 0004 left of an account, to be sealed at the first start with the key."""

    reporters: list[str] = field(default_factory=list)
    consent_version: str = ""
    consent_at: str | None = None
    withdrawn_at: str | None = None


async def find(session: AsyncSession, vault: Vault, address: Address) -> Account | None:
    """The account, whichever key the hash was made with."""
    row = await _row(session, vault, address)
    return opened_account(vault, row) if row else None


async def add(session: AsyncSession, vault: Vault, address: Address, now: datetime) -> Reporter:
    """A reporter for a new case, made with nothing but the way to answer; its account has it."""
    reporter = _new(vault, _at(address), day_of(now))
    session.add(reporter)
    account = await find(session, vault, address) or Account(address)
    await save(session, vault, replace(account, reporters=(*account.reporters, reporter.id)))
    return reporter


async def save(session: AsyncSession, vault: Vault, account: Account) -> None:
    """Keep what is known of an account."""
    row = await _row(session, vault, account.address, lock=True)
    if row is None:
        row = ReporterAccount(look=vault.look(account.address))
    row.sealed = sealed_account(vault, row.look, account)
    session.add(row)
    await session.flush()


async def forget(session: AsyncSession, vault: Vault, account: Account) -> None:
    """Delete an account with all its reporters; nothing may refer to them any more."""
    for reporter in await of_account(session, account):
        await session.delete(reporter)
    if row := await _row(session, vault, account.address):
        await session.delete(row)


async def prune(session: AsyncSession, vault: Vault) -> None:
    """Forget the accounts whose reporters are all gone."""
    left = set((await session.exec(select(Reporter.id))).all())
    for row in (await session.exec(select(ReporterAccount))).all():
        account = opened_account(vault, row)
        reporters = tuple(reporter_id for reporter_id in account.reporters if reporter_id in left)
        if not reporters:
            await session.delete(row)
        elif reporters != account.reporters:
            row.sealed = sealed_account(vault, row.look, replace(account, reporters=reporters))
            session.add(row)


async def of_account(session: AsyncSession, account: Account) -> list[Reporter]:
    """The reporters of an account that are still there, the oldest first."""
    rows = await session.exec(select(Reporter).where(col(Reporter.id).in_(account.reporters)))
    return sorted(rows.all(), key=lambda row: account.reporters.index(row.id))


def sealed(vault: Vault, reporter_id: str, identity: dict[str, Any]) -> bytes:
    text = json.dumps(identity, ensure_ascii=False)
    return vault.seal(_filled(text, IDENTITY_BYTES), f"reporter:{reporter_id}")


def name(vault: Vault, reporter: Reporter, *, name: str, phone: str) -> None:
    """The reporter agreed to be named to those who handle the case."""
    identity = {**opened(vault, reporter), "name": name, "phone": phone}
    reporter.identity = sealed(vault, reporter.id, identity)


def unname(vault: Vault, reporter: Reporter) -> None:
    """Only the way to answer is left."""
    reporter.identity = sealed(vault, reporter.id, _at(address_in(opened(vault, reporter))))


def opened(vault: Vault, reporter: Reporter) -> dict[str, Any]:
    """Who the reporter is: address, and name and phone where they gave them. Log each use."""
    identity: dict[str, Any] = json.loads(vault.open(reporter.identity, f"reporter:{reporter.id}"))
    return identity


def address_in(content: Mapping[str, Any]) -> Address:
    """The address in what was sealed; what names no channel is older than the second one."""
    return Address(content.get("channel", TELEGRAM), str(content["chat"]))


def _at(address: Address) -> dict[str, Any]:
    """An address as it is sealed."""
    return {"channel": address.channel, "chat": address.id}


def sealed_account(vault: Vault, look: str, account: Account) -> bytes:
    content = {
        **_at(account.address),
        "reporters": account.reporters,
        "consent_version": account.consent_version,
        "consent_at": account.consent_at.isoformat() if account.consent_at else None,
        "withdrawn_at": account.withdrawn_at.isoformat() if account.withdrawn_at else None,
    }
    return vault.seal(_filled(json.dumps(content), ACCOUNT_BYTES), f"account:{look}")


def opened_account(vault: Vault, row: ReporterAccount) -> Account:
    content = json.loads(vault.open(row.sealed or b"", f"account:{row.look}"))
    return Account(
        address=address_in(content),
        reporters=tuple(content["reporters"]),
        consent_version=content["consent_version"],
        consent_at=_moment(content["consent_at"]),
        withdrawn_at=_moment(content["withdrawn_at"]),
    )


async def addresses(
    session: AsyncSession, vault: Vault, ids: Collection[str]
) -> dict[str, tuple[Address, ...]]:
    """Where to answer these reporters; without those whose identity cannot be opened."""
    rows = await session.exec(select(Reporter).where(col(Reporter.id).in_(ids)))
    by_id: dict[str, tuple[Address, ...]] = {}
    for reporter in rows.all():
        with suppress(UnknownKey, ValueError, LookupError):  # the others have to be answered
            by_id[reporter.id] = (address_in(opened(vault, reporter)),)
    return by_id


async def set_unreachable(session: AsyncSession, reporter_id: str, at: datetime) -> None:
    """A message to this reporter was refused that was owed since `at`.

    Whoever handles the open case finds it among what happened, at the moment of their own act:
    when the reporter blocked the bot is kept nowhere, it would lead to whoever did so just then.
    """
    reporter = await session.get(Reporter, reporter_id, with_for_update=True)
    if reporter is None or reporter.unreachable:
        return
    reporter.unreachable = True
    still = col(Case.status).not_in(CLOSED_STATUSES)
    cases = await session.exec(select(Case.id).where(Case.reporter_id == reporter_id, still))
    session.add_all(
        CaseEvent(case_id=case, at=at, what="unreachable", internal=True)
        for case in cases.all()
        if case is not None
    )


async def set_reachable(session: AsyncSession, reporter_id: str) -> None:
    """A message got through, or the reporter added to the case."""
    await session.exec(
        update(Reporter)
        .where(col(Reporter.id) == reporter_id, col(Reporter.unreachable))
        .values(unreachable=False)
    )


async def is_barred(session: AsyncSession, vault: Vault, address: Address) -> bool:
    """Whether this account is on the block list."""
    rows = await session.exec(
        select(BarredReporter.look).where(col(BarredReporter.look).in_(vault.looks(address)))
    )
    return rows.first() is not None


async def unsealed(session: AsyncSession) -> Sequence[ReporterAccount]:
    """Accounts as migration 0004 left them."""
    rows = await session.exec(select(ReporterAccount).where(col(ReporterAccount.unsealed) != ""))
    return rows.all()


async def separate(session: AsyncSession, vault: Vault) -> None:
    """What a version before 0004 kept: seal each account, give each case a reporter of its own."""
    for row in await unsealed(session):
        left = _Left(**json.loads(row.unsealed))
        reporter = await session.get_one(Reporter, left.reporters[0])
        account = Account(
            address=address_in(opened(vault, reporter)),
            reporters=await _one_each(session, vault, reporter),
            consent_version=left.consent_version,
            consent_at=_moment(left.consent_at),
            withdrawn_at=_moment(left.withdrawn_at),
        )
        row.sealed, row.unsealed = sealed_account(vault, row.look, account), ""
        session.add(row)


async def _one_each(session: AsyncSession, vault: Vault, shared: Reporter) -> tuple[str, ...]:
    """Put a new reporter in the place of the shared one in every case; their ids."""
    identity = opened(vault, shared)
    nameless = _at(address_in(identity))
    cases = await session.exec(
        select(Case).where(Case.reporter_id == shared.id).order_by(col(Case.id))
    )
    ids = []
    for case in cases.all():
        own = _new(vault, nameless if case.anonymous else identity, shared.created_at)
        own.unreachable = shared.unreachable
        session.add(own)
        await session.flush()
        case.reporter_id = own.id
        await session.exec(
            update(OutboxMessage)
            .where(
                col(OutboxMessage.reporter_id) == shared.id,
                col(OutboxMessage.subject) == f"case:{case.id}",
            )
            .values(reporter_id=own.id)
        )
        ids.append(own.id)
    await session.flush()
    await session.exec(
        update(OutboxMessage)
        .where(col(OutboxMessage.reporter_id) == shared.id)
        .values(reporter_id=ids[-1] if ids else None)
    )
    await session.delete(shared)
    await session.flush()
    return tuple(ids)


def _new(vault: Vault, identity: dict[str, Any], day: datetime) -> Reporter:
    reporter_id = secrets.token_hex(16)
    return Reporter(id=reporter_id, identity=sealed(vault, reporter_id, identity), created_at=day)


async def _row(
    session: AsyncSession, vault: Vault, address: Address, *, lock: bool = False
) -> ReporterAccount | None:
    query = select(ReporterAccount).where(col(ReporterAccount.look).in_(vault.looks(address)))
    return (await session.exec(query.with_for_update() if lock else query)).first()


def _filled(text: str, size: int) -> str:
    """With spaces behind, which JSON allows, up to the next multiple of `size` bytes."""
    return text + " " * (-len(text.encode()) % size)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
