"""The keys of this installation: from the environment or a file, checked against the database."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import structlog
from sqlmodel import select

from bot.errors import ConfigError
from bot.settings import Settings
from storage import reporters
from storage.models import VaultKey
from storage.store import Store
from storage.vault import UnknownKey, Vault, new_key, read_keys

KEY_VARIABLE = "SATCOSO_KEY"
CHECKED = "satcoso"  # what the check of a key opens to

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
        _check(vault, row, settings.privacy.key_file)
    current = vault.current.hex()
    if current not in {row.key_id for row in used}:
        check = vault.seal(CHECKED, f"key:{current}")
        async with store.write() as session:
            session.add(VaultKey(key_id=current, check=check, since=now))
    if left:
        async with store.write() as session:
            await reporters.separate(session, vault)
    return vault


def mistakes(file: Path) -> Iterator[str]:
    """What is wrong with the keys; nothing where there are none yet."""
    try:
        _at_hand(file)
    except ConfigError as error:
        yield str(error)


def _keys(file: Path, used: Sequence[str]) -> list[bytes]:
    found = _at_hand(file)
    if not found and used:
        raise ConfigError(
            f"privacy.key_file: there is no key in {file} nor in {KEY_VARIABLE}, but this database "
            f"is sealed with key {', '.join(used)}; put your copy of the key file back"
        )
    return found or read_keys(_first_key(file))


def _at_hand(file: Path) -> list[bytes]:
    """The keys of the environment, else of the file; none where neither is there."""
    text = os.environ.get(KEY_VARIABLE, "")
    where = KEY_VARIABLE if text else f"privacy.key_file {file}"
    try:
        if not text and not file.exists():
            return []
        return read_keys(text or file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{where}: {error.strerror}") from None
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


def _check(vault: Vault, row: VaultKey, file: Path) -> None:
    try:
        vault.open(row.check, f"key:{row.key_id}")
    except UnknownKey:
        raise ConfigError(
            f"privacy.key_file {file}: this database is sealed with key {row.key_id}, which is not "
            "there; put your copy of the key file back, old keys below new ones"
        ) from None
