"""The folders and files that the program has to write to, looked at before it begins."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.config.ownership import remedy
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from storage.store import sqlite_file

BESIDE = ("", "-wal", "-shm", ".lock")  # the database's file and what belongs to it


def mistakes(settings: Settings) -> Iterator[str]:
    """What this user may not write to, each line with its key. Changes nothing."""
    yield from _folders(settings)
    yield from _database(settings)


def check(settings: Settings) -> None:
    """Raises ConfigError, a line for each place that cannot be used."""
    if lines := [*mistakes(settings)]:
        raise ConfigError("\n".join(lines))


def _folders(settings: Settings) -> Iterator[str]:
    database = sqlite_file(settings.database.url)
    folders = {
        "database.url": database and database.parent,
        "database.files": settings.database.files,
        "privacy.key_file": settings.privacy.key_file.parent,
        "health.file": settings.health.file.parent,
    }
    for key, folder in folders.items():
        if folder is None:
            continue
        there = next(place for place in (folder, *folder.parents) if place.exists())
        if not there.is_dir():
            yield f"{key}: {there} is not a folder"
        elif key != "privacy.key_file" or not settings.privacy.key_file.exists():
            # A key that is there is only read: it may lie on a read-only disk.
            yield from _read_only(key, there, os.W_OK | os.X_OK)


def _database(settings: Settings) -> Iterator[str]:
    database = sqlite_file(settings.database.url)
    if database is None:
        return
    if database.is_dir():
        yield f"database.url: {database} is a folder"
        return
    real = database.resolve()
    for file in (real.with_name(real.name + end) for end in BESIDE):
        if file.exists():
            yield from _read_only("database.url", file, os.R_OK | os.W_OK)


def _read_only(key: str, place: Path, mode: int) -> Iterator[str]:
    if not os.access(place, mode, effective_ids=os.access in os.supports_effective_ids):
        yield f"{key}: {place} may not be written to by this user{remedy(place)}"
