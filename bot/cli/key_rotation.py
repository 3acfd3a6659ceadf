"""A new key on top of the key file, and everything sealed anew with it.

A run that was interrupted is taken up where it stopped: what the current key already holds is
passed over. Meanwhile no bot may run: with the old keys it would answer nobody and take everybody
for somebody new. The command holds the lock that a running bot holds.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config.keys import KEY_VARIABLE, open_vault
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from storage import conversations, inbox, resealing
from storage.addresses import UpdateKey
from storage.models import InboxUpdate, VaultKey
from storage.store import Store
from storage.vault import UnknownKey, Vault, new_key, read_keys

BATCH = 500


@dataclass(frozen=True)
class Rotated:
    """`key`: the current key's id. `dropped`: older keys taken out of the file."""

    key: str
    key_added: bool
    reporters: int
    updates: int
    dropped: int


async def rotate(store: Store, settings: Settings, now: datetime, *, drop_old: bool) -> Rotated:
    """Rotate, or finish an interrupted rotation; `drop_old` only finishes and drops.

    Raises ConfigError: a key is missing, the old ones are still needed.
    """
    vault = await open_vault(store, settings, now)
    key_added = not drop_old and not await _left_over(store, vault)
    if key_added:
        _add_key(settings.privacy.key_file)
        vault = await open_vault(store, settings, now)
    reporters, updates = (
        await _reseal_reporters(store, vault),
        await _reseal_inbox(store, vault),
    )
    still_needed = await _forget_old(store, vault)
    dropped = _drop_old(settings, still_needed) if drop_old else 0
    return Rotated(vault.current.hex(), key_added, reporters, updates, dropped)


async def _left_over(store: Store, vault: Vault) -> bool:
    """Whether an earlier run was interrupted: a key is on top that does not hold everything."""
    async with store.read() as session:
        reporters = await resealing.reporters_after(session, "", BATCH)
        while reporters:
            if any(
                reporter.identity and not vault.seals(reporter.identity) for reporter in reporters
            ):
                return True
            reporters = await resealing.reporters_after(session, reporters[-1].id, BATCH)
        return not all(vault.seals(row.sealed or b"") for row in await resealing.accounts(session))


async def _reseal_reporters(store: Store, vault: Vault) -> int:
    last, count = "", 0
    while True:
        async with store.write() as session:
            reporters = await resealing.reporters_after(session, last, BATCH)
            for reporter in reporters:
                count += await resealing.reseal_reporter(session, vault, reporter)
        if len(reporters) < BATCH:
            break
        last = reporters[-1].id
    async with store.write() as session:
        for account in await resealing.accounts(session):
            await resealing.reseal_account(session, vault, account)
        await conversations.reseal(session, vault)
    return count


async def _reseal_inbox(store: Store, vault: Vault) -> int:
    last, count = UpdateKey("", -1), 0
    while True:
        async with store.write() as session:
            updates = await resealing.payloads_after(session, last, BATCH)
            for update in updates:
                with suppress(UnknownKey):  # no program can read it, none is held up by it
                    count += _reseal(vault, update)
                    session.add(update)
        if len(updates) < BATCH:
            return count
        last = inbox.key_of(updates[-1])


def _reseal(vault: Vault, update: InboxUpdate) -> bool:
    """Whether anything of it was under an old key. Raises UnknownKey."""
    old = False
    if update.payload and not vault.seals(update.payload):
        row, old = inbox.payload_row(inbox.key_of(update)), True
        update.payload = vault.seal(vault.open(update.payload, row), row)
    if update.answer and not vault.seals(update.answer):
        row, old = inbox.answer_row(inbox.key_of(update)), True
        update.answer = vault.seal(vault.open(update.answer, row), row)
    return old


async def _forget_old(store: Store, vault: Vault) -> int:
    """The database asks for no key that nothing in it needs: a backup made from now on opens with
    the current one alone. How many entries of the block list still need an older one, which is
    asked for as long."""
    current = vault.current.hex()
    async with store.write() as session:
        row = await session.get_one(VaultKey, current)
        barred = await resealing.barred_under_old_keys(session, row)
        if not barred:
            await resealing.forget_keys(session, current)
    return barred


def _drop_old(settings: Settings, still_needed: int) -> int:
    """Out of the file, when it is out of the database: a key too many does no harm."""
    if still_needed:
        raise ConfigError(
            f"{still_needed} entries of the block list can be recognised with the old key only; "
            "they expire after privacy.barred_months, the key can go then"
        )
    if os.environ.get(KEY_VARIABLE):
        return 0  # the operator's own to change
    file = settings.privacy.key_file
    keys = _lines(file)
    _write(file, [line for line in file.read_text("utf-8").splitlines() if line not in keys[1:]])
    return len(keys) - 1


def _add_key(file: Path) -> None:
    if os.environ.get(KEY_VARIABLE):
        raise ConfigError(
            f"{KEY_VARIABLE} holds the keys, so this program cannot add one: put a new one before "
            "the old, parted by a comma (`openssl rand -base64 32` makes one), and run this again"
        )
    _write(file, [new_key(), *file.read_text("utf-8").splitlines()])


def _lines(file: Path) -> list[str]:
    """The lines with keys, the current one first."""
    read_keys(file.read_text("utf-8"))
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [line for line in lines if not line.lstrip().startswith("#")]


def _write(file: Path, lines: list[str]) -> None:
    """Whole or not at all, and nobody but the owner can read it meanwhile."""
    unfinished = file.with_name(file.name + ".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write("\n".join(lines) + "\n")
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(file)
