"""The keys of this installation: from the environment or a file, checked against the database."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import structlog
from sqlmodel import select

from bot.config.ownership import why_not
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from storage import reporters
from storage.migrations import is_new
from storage.models import VaultKey
from storage.store import Store, sqlite_file
from storage.vault import UnknownKey, Vault, new_key, read_keys

KEY_VARIABLE = "SATCOSO_KEY"
CHECKED = "satcoso"  # what the check of a key opens to

LOST = (
    "database.url: {where}: there is no database here or nothing in it, but the key file {file} "
    "says that there was one; put the database back or restore a backup; if it is gone for good, "
    "or this is to be a new beginning, move the key file away: the first start makes a new one"
)

ONLY_BACKUPS = (
    "database.url: {where}: there is no database here, but {backup} is a backup of one: "
    "{key_first}`satcoso restore {backup}`; for a new beginning move the backups away"
)

log = structlog.get_logger()


async def open_vault(store: Store, settings: Settings, now: datetime) -> Vault:
    """The vault of this database; a first start makes a key file.

    Raises ConfigError: something here is sealed with a key that is not at hand, or what should
    be a key is none. Starting without it would lose the way to everybody who raised a concern.
    """
    async with store.read() as session:
        used = (await session.exec(select(VaultKey))).all()
        left = await reporters.unsealed(session)
    vault = Vault(_keys(settings.privacy.key_file, [row.key_id for row in used]))
    for row in used:
        _check(vault, row.key_id, row.check, settings.privacy.key_file)
    current = vault.current.hex()
    if current not in {row.key_id for row in used}:
        check = vault.seal(CHECKED, f"key:{current}")
        async with store.write() as session:
            session.add(VaultKey(key_id=current, check=check, since=now))
    if left:
        async with store.write() as session:
            await reporters.separate(session, vault)
    return vault


def mistakes(settings: Settings) -> Iterator[str]:
    """What is wrong with the keys, and whether the database they belong to is gone; nothing
    where there are none yet. A server is not asked.
    """
    try:
        if words := _what_was_lost(settings):
            yield words
    except ConfigError as error:
        yield str(error)


async def refuse_a_lost_database(settings: Settings) -> None:
    """Ask before the database is made: a key file tells that there was one before.

    Raises ConfigError where there is a key file and no database, or an empty one: a fresh
    one would hide that everything is gone. A key in the environment tells nothing; nightly
    backups, where neither is there, tell as much: a disk is not mounted, a folder was deleted.
    """
    if words := _what_was_lost(settings):
        raise ConfigError(words)
    file = settings.privacy.key_file
    if os.environ.get(KEY_VARIABLE) or not _at_hand(file) or _file_is_gone(settings):
        return
    store = Store(settings.database.url)
    try:
        if not await is_new(store):
            return
    finally:
        await store.close()
    database = sqlite_file(settings.database.url)
    raise ConfigError(LOST.format(where=database or "the database", file=file))


def _what_was_lost(settings: Settings) -> str:
    """Words, where there is no file of a database and something tells that there was one; or none.
    Raises ConfigError: what should be a key is none."""
    file, place = settings.privacy.key_file, sqlite_file(settings.database.url)
    keys = _at_hand(file)  # also where nothing was lost: `check` must tell what is no key
    if not _file_is_gone(settings):
        return ""
    if keys and not os.environ.get(KEY_VARIABLE):
        return LOST.format(where=place, file=file)
    backups = sorted(settings.backup.folder.glob("satcoso-????-??-??/satcoso.db"))
    if backups:
        key_first = "" if keys else f"put your copy of the key into {file}, then "
        return ONLY_BACKUPS.format(where=place, backup=backups[-1].parent, key_first=key_first)
    return ""


def refuse_a_foreign_database(file: Path, used: Sequence[tuple[str, bytes]]) -> None:
    """`used`: (key id, check) of every key that a database is sealed with.

    Raises ConfigError: one of them is not at hand.
    """
    if not used:
        return
    vault = Vault(_keys(file, [key_id for key_id, _ in used]))
    for key_id, check in used:
        _check(vault, key_id, check, file)


def _file_is_gone(settings: Settings) -> bool:
    """Of SQLite: no file, or one with nothing in it."""
    database = sqlite_file(settings.database.url)
    return database is not None and not (database.exists() and database.stat().st_size)


def _keys(file: Path, used: Sequence[str]) -> list[bytes]:
    keys = _at_hand(file)
    if not keys and used:
        raise ConfigError(
            f"privacy.key_file: there is no key in {file} nor in {KEY_VARIABLE}, but this database "
            f"is sealed with key {', '.join(used)}; put your copy of the key file back"
        )
    return keys or read_keys(_first_key(file))


def _at_hand(file: Path) -> list[bytes]:
    """The keys of the environment, else of the file; none where neither is there."""
    text = os.environ.get(KEY_VARIABLE, "")
    where = KEY_VARIABLE if text else f"privacy.key_file {file}"
    try:
        if not text and not file.exists():
            return []
        return read_keys(text or file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{where}: {why_not(error, file)}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{where}: this is no text, so there is no key in it") from None
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None


def _first_key(file: Path) -> str:
    """A key file only its owner can read."""
    text = new_key() + "\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
    log.warning("keys.made", file=str(file), advice="keep a copy apart from the backups")
    return text


def _check(vault: Vault, key_id: str, check: bytes, file: Path) -> None:
    try:
        vault.open(check, f"key:{key_id}")
    except UnknownKey:
        raise ConfigError(
            f"privacy.key_file {file}: this database is sealed with key {key_id}, which is not "
            "there; put your copy of the key file back, old keys below new ones"
        ) from None
