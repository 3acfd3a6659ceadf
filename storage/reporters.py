"""Reporters: found by a keyed hash; opened only to reach them or, if named, to be shown."""

import json
import secrets
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import CLOSED_STATUSES, BarredReporter, Case, CaseEvent, Reporter
from storage.vault import UnknownKey, Vault


async def find(session: AsyncSession, vault: Vault, telegram_id: int) -> Reporter | None:
    """The reporter behind a Telegram account, whichever key the hash was made with."""
    found = await session.exec(
        select(Reporter).where(col(Reporter.look).in_(vault.looks(telegram_id)))
    )
    return found.first()


async def get_or_add(
    session: AsyncSession, vault: Vault, telegram_id: int, now: datetime
) -> Reporter:
    """The reporter, made with nothing but the way to answer them."""
    known = await find(session, vault, telegram_id)
    if known:
        return known
    reporter = Reporter(
        id=secrets.token_hex(16), look=vault.look(telegram_id), identity=b"", created_at=now
    )
    reporter.identity = sealed(vault, reporter.id, {"chat": telegram_id})
    session.add(reporter)
    await session.flush()
    return reporter


def sealed(vault: Vault, reporter_id: str, identity: dict[str, Any]) -> bytes:
    return vault.seal(json.dumps(identity, ensure_ascii=False), f"reporter:{reporter_id}")


def name(vault: Vault, reporter: Reporter, *, name: str, phone: str) -> None:
    """The reporter agreed to be named to those who handle the case."""
    identity = {**opened(vault, reporter), "name": name, "phone": phone}
    reporter.identity = sealed(vault, reporter.id, identity)


def unname(vault: Vault, reporter: Reporter) -> None:
    """Only the way to answer is left."""
    reporter.identity = sealed(vault, reporter.id, {"chat": opened(vault, reporter)["chat"]})


def opened(vault: Vault, reporter: Reporter) -> dict[str, Any]:
    """Who the reporter is: chat, and name and phone where they gave them. Log each use."""
    identity: dict[str, Any] = json.loads(vault.open(reporter.identity, f"reporter:{reporter.id}"))
    return identity


async def chats(session: AsyncSession, vault: Vault, ids: Collection[str]) -> dict[str, int]:
    """Where to answer these reporters; without those whose identity cannot be opened."""
    rows = await session.exec(select(Reporter).where(col(Reporter.id).in_(ids)))
    chats = {}
    for reporter in rows.all():
        with suppress(UnknownKey, ValueError, LookupError):  # the others have to be answered
            chats[reporter.id] = int(opened(vault, reporter)["chat"])
    return chats


async def set_unreachable(session: AsyncSession, reporter_id: str, now: datetime | None) -> None:
    """Since when Telegram refuses our messages to this reporter; None: it takes them again.

    Whoever handles their open cases finds it among what happened.
    """
    reporter = await session.get(Reporter, reporter_id, with_for_update=True)
    if reporter is None or (reporter.unreachable_at is None) == (now is None):
        return
    reporter.unreachable_at = now
    still = col(Case.status).not_in(CLOSED_STATUSES)
    cases = await session.exec(select(Case.id).where(Case.reporter_id == reporter_id, still))
    session.add_all(
        CaseEvent(case_id=case, at=now, what="unreachable", internal=True)
        for case in cases.all()
        if case is not None and now is not None
    )


async def is_barred(session: AsyncSession, vault: Vault, telegram_id: int) -> bool:
    """Whether this account is on the block list."""
    found = await session.exec(
        select(BarredReporter.look).where(col(BarredReporter.look).in_(vault.looks(telegram_id)))
    )
    return found.first() is not None
