"""Sealed values that an older key still holds, some at a time."""

from collections.abc import Sequence

from sqlalchemy import delete, func, tuple_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import reporters
from storage.addresses import UpdateKey
from storage.models import BarredReporter, Draft, InboxUpdate, Reporter, ReporterAccount, VaultKey
from storage.vault import Vault


async def reporters_after(session: AsyncSession, last: str, limit: int) -> Sequence[Reporter]:
    rows = await session.exec(
        select(Reporter).where(col(Reporter.id) > last).order_by(col(Reporter.id)).limit(limit)
    )
    return rows.all()


async def accounts(session: AsyncSession) -> Sequence[ReporterAccount]:
    """Every account. They are small; hashing one anew moves it, so no batch could follow them."""
    return (await session.exec(select(ReporterAccount))).all()


async def payloads_after(
    session: AsyncSession, last: UpdateKey, limit: int
) -> Sequence[InboxUpdate]:
    rows = await session.exec(
        select(InboxUpdate)
        .where(
            tuple_(col(InboxUpdate.channel), col(InboxUpdate.update_id))
            > (last.channel, last.update_id),
            col(InboxUpdate.payload).is_not(None) | col(InboxUpdate.answer).is_not(None),
        )
        .order_by(col(InboxUpdate.channel), col(InboxUpdate.update_id))
        .limit(limit)
    )
    return rows.all()


async def reseal_reporter(session: AsyncSession, vault: Vault, reporter: Reporter) -> bool:
    """Seal anew what an older key holds."""
    if not reporter.identity or vault.seals(reporter.identity):
        return False
    identity = reporters.opened(vault, reporter)
    reporter.identity = reporters.sealed(vault, reporter.id, identity)
    session.add(reporter)
    return True


async def reseal_account(session: AsyncSession, vault: Vault, row: ReporterAccount) -> bool:
    """Seal and hash anew what an older key holds, with whatever is found by the old hash."""
    account = reporters.opened_account(vault, row)
    looks = vault.looks(account.address)
    if vault.seals(row.sealed or b"") and row.look == looks[0]:
        return False
    await session.delete(row)
    await session.flush()
    new = ReporterAccount(look=looks[0])
    new.sealed = reporters.sealed_account(vault, new.look, account)
    session.add(new)
    await session.exec(
        update(BarredReporter).where(col(BarredReporter.look).in_(looks[1:])).values(look=looks[0])
    )
    await session.exec(
        update(Draft)
        .where(col(Draft.owner).in_([f"r:{old}" for old in looks[1:]]))
        .values(owner=f"r:{looks[0]}")
    )
    return True


async def barred_under_old_keys(session: AsyncSession, current: VaultKey) -> int:
    """Entries of the block list that only an older key can recognise: nobody's identity is left."""
    rows = await session.exec(
        select(func.count())
        .select_from(BarredReporter)
        .where(
            col(BarredReporter.at) < current.since,
            col(BarredReporter.look).not_in(select(ReporterAccount.look)),
        )
    )
    return rows.one()


async def forget_keys(session: AsyncSession, current: str) -> int:
    """Nothing is sealed with the other keys any more. How many there were."""
    rows = await session.exec(
        delete(VaultKey).where(col(VaultKey.key_id) != current).returning(col(VaultKey.key_id))
    )
    return len(rows.all())
