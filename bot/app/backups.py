"""Copies of the database and the files, made while the program runs, and proven readable.

Of SQLite; PostgreSQL has a tool of its own. A copy is for its maker's eyes alone, and holds neither
key nor configuration: who finds a backup must not find the key to it.
"""

import asyncio
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.config.settings import Backup
from bot.core import clock_faults, upkeep_cards
from bot.core.clock import Clock
from bot.core.errors import ConfigError
from bot.core.rules.calendar import at, local
from bot.core.work import Work
from storage.store import sqlite_file

if TYPE_CHECKING:
    from tarfile import TarInfo

DATABASE, FILES, TOP = "satcoso.db", "files", "satcoso"
UNFINISHED = ".backup-"  # begins the name of what is no backup yet
EVERY_DAY = 7  # days of which each one's backup is kept; of those before, one a week
FIRST_LOOK_SECONDS, LOOK_SECONDS, AFTER_FAILURE_SECONDS = 60.0, 60.0, 3600.0
USE_PG_DUMP = (
    "database.url: this is PostgreSQL; back it up with its own tool, "
    "`pg_dump --format=custom --file=satcoso-DATE.dump DATABASE` into backup.folder, where the bot "
    "looks for it, and copy the folder {files} as well"
)
NOT_READ = (
    "{database}: cannot be copied ({error}); run this as the user the bot runs as, who may write "
    "to the database's folder"
)

log = structlog.get_logger()


@dataclass(frozen=True)
class BackedUp:
    """What the copy holds; `units` as a word on what is in the database."""

    path: Path
    files: int
    bytes: int
    units: int


def back_up(url: str, files: Path, target: Path, before: Path | None = None) -> BackedUp:
    """Copy into the folder `target`, or into one file if it ends in .tar.gz.

    `before`: an earlier backup, a folder; files that it has as well take no room a second time.

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
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Beside its place until it is whole: what bears the name of a backup is one.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=UNFINISHED) as unfinished:
        folder = Path(unfinished) / TOP
        folder.mkdir(mode=0o700)
        try:
            units = _copy_database(database, folder / DATABASE)
        except sqlite3.Error as error:
            raise ConfigError(NOT_READ.format(database=database, error=error)) from None
        copied = _copy_files(files, folder / FILES, before and before / FILES)
        os.sync()  # on the disk before it is called a backup
        if packed:
            _pack(folder, target)
        else:
            shutil.rmtree(target, ignore_errors=True)
            folder.replace(target)
    return BackedUp(target, copied, _size(target), units)


def _copy_database(source: Path, copy: Path) -> int:
    """SQLite's own online copy: a moment of the database, also while it is written to."""
    copy.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as old,
        closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    return proven(copy)


def proven(database: Path) -> int:
    """Look through the whole of a copy; returns how many units are in it.

    Raises ConfigError: it is damaged. Raises sqlite3.Error: it is no such database.
    """
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise ConfigError(f"{database}: this copy is damaged: {verdict}")
        if copy.execute("PRAGMA foreign_key_check").fetchone():
            raise ConfigError(f"{database}: this copy is damaged: references to nothing")
        (units,) = copy.execute("SELECT count(*) FROM unit").fetchone()
    return int(units)


def _copy_files(source: Path, copy: Path, before: Path | None) -> int:
    """After the database, so that every file it names is there. Unfinished ones stay out.

    A file never changes under its name, so an earlier copy of it serves as well.
    """
    copy.mkdir(mode=0o700)
    count = 0
    for file in sorted(source.rglob("*")) if source.is_dir() else ():
        if file.is_file() and file.suffix != ".part":
            name = file.relative_to(source)
            (copy / name.parent).mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # erased by its sender in the meantime
                _copy_file(file, copy / name, before and before / name)
                count += 1
    return count


def _copy_file(file: Path, copy: Path, before: Path | None) -> None:
    if before and before.is_file() and before.stat().st_size == file.stat().st_size:
        with suppress(OSError):  # another disk, or one that knows no links
            os.link(before, copy)
            return
    shutil.copy2(file, copy)
    copy.chmod(0o600)


def _pack(folder: Path, target: Path) -> None:
    import tarfile

    unfinished = folder.parent / target.name
    unfinished.touch(mode=0o600)
    with tarfile.open(unfinished, "w:gz") as archive:
        archive.add(folder, folder.name, filter=_nobodys)
    with tarfile.open(unfinished, "r:gz") as archive:
        for _ in archive:
            pass  # read to its end: every block has a sum of its own
    unfinished.replace(target)


def _nobodys(member: "TarInfo") -> "TarInfo":
    """Whoever unpacks it owns it, and nobody else reads it."""
    member.mode = 0o700 if member.isdir() else 0o600
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _size(target: Path) -> int:
    if target.is_file():
        return target.stat().st_size
    return sum(file.stat().st_size for file in target.rglob("*") if file.is_file())


# ---- Every night ---------------------------------------------------------------------------

_NIGHTLY = re.compile(r"satcoso-(\d{4}-\d\d-\d\d)")


def name_of(day: date) -> str:
    """What a night's backup is called."""
    return f"satcoso-{day:%Y-%m-%d}"


def newest(folder: Path) -> datetime | None:
    """When the last backup in a folder was made, by whatever tool; None: there is none."""
    if not folder.is_dir():
        return None
    made_at = [each.stat().st_mtime for each in folder.glob("satcoso-*")]
    return datetime.fromtimestamp(max(made_at), UTC) if made_at else None


def outdated(days: Collection[date], today: date, keep_days: int) -> set[date]:
    """Of which days backups go: after a week all but the first of each week, after `keep_days`
    those as well. The newest of all stays.
    """
    over: set[date] = set()
    weeks: set[tuple[int, int]] = set()
    for day in sorted(days):
        age, week = (today - day).days, day.isocalendar()[:2]
        if age > keep_days or (age > EVERY_DAY and week in weeks):
            over.add(day)
        else:
            weeks.add(week)
    return over - {max(days, default=today)}


def nightly(url: str, files: Path, backup: Backup, today: date) -> BackedUp | None:
    """Make today's backup and let go of those that are kept no longer; None: it is there already.

    Raises what `back_up` does, and OSError. Nothing goes before a new one is there.
    """
    folder = backup.folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(f"{UNFINISHED}*"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    before = _nightly_in(folder)
    if today in before:
        return None
    last = before[max(before)] if before else None
    done = back_up(url, files, folder / name_of(today), before=last)
    nightly = _nightly_in(folder)
    for day in outdated(nightly, today, backup.keep_days):
        shutil.rmtree(nightly[day], ignore_errors=True)
    return done


def _nightly_in(folder: Path) -> dict[date, Path]:
    by_day = {}
    for path in folder.iterdir():
        if path.is_dir() and (match := _NIGHTLY.fullmatch(path.name)):
            with suppress(ValueError):
                by_day[date.fromisoformat(match[1])] = path
    return by_day


class NightlyBackup:
    """Makes a night's backup as soon as its time has come, and tells administrators when not."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.sleep(FIRST_LOOK_SECONDS)
        while True:
            pause = LOOK_SECONDS if await self.look() else AFTER_FAILURE_SECONDS
            await asyncio.sleep(pause)

    async def look(self) -> bool:
        """Make the backup that is due; False: it could not be made."""
        settings, now = self._work.settings, self._clock.now()
        today = local(now).date()
        database, clock = settings.database, self._clock
        possible = settings.backup.nightly and sqlite_file(database.url)
        # What goes by a wrong clock cannot be brought back.
        certain = clock.trusted and not clock.doubted
        if not (possible and certain) or now < at(today, settings.backup.time):
            return True
        try:
            done = await asyncio.to_thread(
                nightly, database.url, database.files, settings.backup, today
            )
        except Exception as error:  # a full disk, for one; it is tried again
            log.error("backup.failed", error=type(error).__name__, exc_info=error)
            await self._tell(now)
            return False
        if done:
            log.info("backup.made", files=done.files, bytes=done.bytes)
        return True

    async def _tell(self, now: datetime) -> None:
        made_at = newest(self._work.settings.backup.folder)
        card = upkeep_cards.no_backup(made_at and local(made_at).date())
        try:
            async with self._work.write() as session:
                await clock_faults.owe(session, self._work, card, "backup", now)
        except Exception:  # the database's disk is full as well
            log.exception("backup.not_told")


def is_old(made_at: datetime | None, now: datetime) -> bool:
    """Whether a night has gone by without a backup."""
    return made_at is None or now - made_at > timedelta(hours=36)
