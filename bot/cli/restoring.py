"""`satcoso restore`: a backup takes the place of what is there, which is kept aside.

Everything is unpacked and proven before anything is moved; what is restored is for the bot's user
alone to read, whoever packed it and however.
"""

import gzip
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from bot.app.backups import DATABASE, FILES, proven
from bot.cli.lock import held
from bot.config.keys import refuse_a_foreign_database
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from bot.core.rules.calendar import local
from storage.migrations import NEWER, knows
from storage.store import sqlite_file

USE_PG_RESTORE = (
    "database.url: this is PostgreSQL; restore it with its own tools while the bot is stopped: "
    "`createdb NEW`, `pg_restore --no-owner --dbname=NEW satcoso-DATE.dump`, write NEW into "
    "database.url, and copy the files back into {files}"
)
NO_BACKUP = "{backup}: this is no backup of the bot; one is a folder with satcoso.db, or a .tar.gz"
LIVE_COPY = (
    "{backup}: satcoso.db-wal lies beside satcoso.db, so somebody copied it while the bot ran, and "
    "half of it may be missing; take what `satcoso backup` or the nightly backup made"
)
DAMAGE = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError)
"""What reading an archive comes upon, where it is opened and in the middle of a file of it."""
RUNS = "{database}: a bot is running on this database; stop it first"


@dataclass(frozen=True)
class Restored:
    """What is in place now, and where what was there before lies; empty where nothing was."""

    units: int
    files: int
    made_at: datetime
    aside: tuple[Path, ...]


def restore(settings: Settings, backup: Path, now: datetime) -> Restored:
    """Put a backup, a folder or a .tar.gz, in the place of database and files.

    Raises ConfigError: a bot runs, this is PostgreSQL, the backup is none, or damaged, or of a
    newer version, or the key does not fit it. Nothing is changed then.
    """
    database, files = sqlite_file(settings.database.url), settings.database.files
    if database is None:
        raise ConfigError(USE_PG_RESTORE.format(files=files))
    database = database.resolve()
    lock = database.with_name(f"{database.name}.lock")
    with (
        _room_beside(database) as room,
        _room_beside(files) as room_for_files,
        held(lock, RUNS.format(database=database), f"pid {os.getpid()}, restoring"),
    ):
        copy, files_copy = room / DATABASE, room_for_files / FILES
        files_copy.mkdir(mode=0o700)
        try:
            made_at, count = _unpack(backup, copy, files_copy)
        except DAMAGE as error:
            raise ConfigError(f"{NO_BACKUP.format(backup=backup)} ({error})") from None
        units = _looked_through(backup, copy, settings)
        os.sync()
        _give_to_owner(room, lock, owner=database.parent)
        _give_to_owner(room_for_files, owner=files.parent)
        aside = tuple(_put_aside((database, files), f"{local(now):%Y-%m-%d-%H%M%S}"))
        files_copy.rename(files)
        copy.rename(database)  # last: a bot does not start on what is half restored
        os.sync()
    return Restored(units, count, made_at, aside)


@contextmanager
def _room_beside(place: Path) -> Iterator[Path]:
    """On the same disk, so that moving into place is one step."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".restore-") as room:
        yield Path(room)


def _unpack(backup: Path, database: Path, files: Path) -> tuple[datetime, int]:
    """When the backup was made, and how many files are in it."""
    made_at, count = None, 0
    for name, modified, content in _members(backup):
        with content:
            if name.parts == (DATABASE,):
                target, made_at = database, modified
            elif name.parts == (f"{DATABASE}-wal",):
                raise ConfigError(LIVE_COPY.format(backup=backup))
            elif name.parts[:1] == (FILES,) and ".." not in name.parts:
                target, count = files.joinpath(*name.parts[1:]), count + 1
            else:
                continue
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
                shutil.copyfileobj(content, new)
            os.utime(target, (modified, modified))
    if made_at is None:
        raise ConfigError(NO_BACKUP.format(backup=backup))
    return datetime.fromtimestamp(made_at, UTC), count


def _members(backup: Path) -> Iterator[tuple[PurePosixPath, float, IO[bytes]]]:
    """(name below the top, when modified, content) of every file of a backup; nothing else."""
    if backup.is_dir():
        for file in sorted(backup.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield PurePosixPath(file.relative_to(backup)), file.stat().st_mtime, file.open("rb")
        return
    with tarfile.open(backup) as archive:
        for member in archive:
            if content := member.isfile() and archive.extractfile(member):
                yield PurePosixPath(*_below_the_top(member.name)), float(member.mtime), content


def _below_the_top(name: str) -> tuple[str, ...]:
    return tuple(part for part in PurePosixPath(name).parts if part != ".")[1:]


def _looked_through(backup: Path, database: Path, settings: Settings) -> int:
    """How many units are in it. Raises ConfigError where the bot could not go on with it."""
    try:
        with closing(sqlite3.connect(database)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
            schema = copy.execute("SELECT version_num FROM alembic_version").fetchall()
            keys = copy.execute('SELECT key_id, "check" FROM vault_key').fetchall()
        units = proven(database)
        _close_web_pages(database)
    except sqlite3.Error as error:
        raise ConfigError(f"{backup}: its database cannot be read ({error})") from None
    if not all(knows(revision) for (revision,) in schema):
        raise ConfigError(f"{backup}: {NEWER}")
    refuse_a_foreign_database(settings.privacy.key_file, keys)
    return units


def _close_web_pages(database: Path) -> None:
    """Pages that were closed after the backup must not be open again; their people come in anew."""
    with closing(sqlite3.connect(database)) as copy, copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
        for table in tables & {"web_session", "web_link"}:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - one of these two names


def _put_aside(places: tuple[Path, ...], stamp: str) -> Iterator[Path]:
    for place in places:
        away = place.with_name(f"{place.name}.replaced-{stamp}")
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                place.with_name(place.name + end).rename(away.with_name(away.name + end))
        if away.exists():
            yield away


def _give_to_owner(*tops: Path, owner: Path) -> None:
    """Restored by root, it belongs to whoever owns the folder: that is whom the bot runs as."""
    if os.geteuid():
        return
    who = owner.stat()
    for top in tops:
        for path in (top, *top.rglob("*")):
            os.chown(path, who.st_uid, who.st_gid)
