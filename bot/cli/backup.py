"""A copy of the database and the files, made while the program runs, and proven readable."""

import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import ConfigError
from storage.store import sqlite_file

DATABASE, FILES = "satcoso.db", "files"
USE_PG_DUMP = (
    "database.url: this is PostgreSQL; back it up with its own tool, "
    "`pg_dump --format=custom --file=satcoso.dump DATABASE`, and copy the folder {files} as well"
)
NOT_READ = (
    "{database}: cannot be copied ({error}); run this as the user the bot runs as, who may write "
    "to the database's folder"
)


@dataclass(frozen=True)
class BackedUp:
    """What the copy holds; `units` as a word on what is in the database."""

    path: Path
    files: int
    bytes: int
    units: int


def back_up(url: str, files: Path, target: Path) -> BackedUp:
    """Copy into the folder `target`, or into one file if it ends in .tar.gz.

    Raises ConfigError: not SQLite, nothing there to copy, the target exists, a damaged copy.
    """
    database = sqlite_file(url)
    if database is None:
        raise ConfigError(USE_PG_DUMP.format(files=files))
    if not database.is_file():
        raise ConfigError(f"{database}: there is no database yet")
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise ConfigError(f"{target}: exists already; a backup never overwrites anything")
    packed = target.name.endswith((".tar.gz", ".tgz"))
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place until it is whole: what bears the name of a backup is one.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as work:
        folder = Path(work) / "satcoso"
        folder.mkdir(mode=0o700)
        try:
            units = _copy_database(database, folder / DATABASE)
        except sqlite3.Error as error:
            raise ConfigError(NOT_READ.format(database=database, error=error)) from None
        copied = _copy_files(files, folder / FILES)
        if packed:
            _pack(folder, target)
        else:
            shutil.rmtree(target, ignore_errors=True)
            folder.replace(target)
    return BackedUp(target, copied, _size(target), units)


def _copy_database(source: Path, copy: Path) -> int:
    """SQLite's own online copy: a moment of the database, also while it is written to."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as old,
        closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        (verdict,) = new.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise ConfigError(f"the copy of {source} is damaged: {verdict}")
        (units,) = new.execute("SELECT count(*) FROM unit").fetchone()
    return int(units)


def _copy_files(source: Path, copy: Path) -> int:
    """After the database, so that every file it names is there. Unfinished ones stay out."""
    copy.mkdir()
    count = 0
    for file in sorted(source.rglob("*")) if source.is_dir() else ():
        if file.is_file() and file.suffix != ".part":
            place = copy / file.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, place)
            count += 1
    return count


def _pack(folder: Path, target: Path) -> None:
    unfinished = folder.parent / target.name
    with tarfile.open(unfinished, "w:gz") as archive:
        archive.add(folder, folder.name)
    unfinished.replace(target)


def _size(target: Path) -> int:
    if target.is_file():
        return target.stat().st_size
    return sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
