"""One program at a time: a lock that the system lets go of however its holder ends.

It can be lost while the program runs: a PostgreSQL server that restarts forgets it, a file can be
deleted under its holder. So the holder looks again and again, and stops when it is gone.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.app.background import Background
from bot.core.errors import ConfigError
from storage.store import sqlite_file

BEAT_SECONDS = 10.0  # between two looks at the lock
PATIENCE_SECONDS = 30.0  # for the server's answer to one
LOST_FILE = (
    "{file}: it was deleted, moved or replaced while the bot ran, so the bot stopped; {what}"
)
LOCK_AGAIN = "start the bot again"
DATABASE_BACK = "put the database back, or restore a backup, before you start the bot again"
LOST_SERVER = (
    "database.url: the server was restarted or cannot be reached, and with it the lock against a "
    "second bot was lost; the bot stopped and can be started again"
)

PG_KEY = 0x5A7C0501  # any number, the same in every program of this kind
PG_LOCK = text("SELECT pg_try_advisory_lock(:key)")
PG_STILL_HELD = text(
    "SELECT count(*) FROM pg_locks "
    "WHERE locktype = 'advisory' AND granted AND objid = :key AND pid = pg_backend_pid()"
)
PG_HOLDER = text(
    "SELECT coalesce(host(a.client_addr), 'this machine') || ', server process ' || a.pid "
    "FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :key "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)

log = structlog.get_logger()
Look = Callable[[], Awaitable[str]]


@contextmanager
def held(file: Path, what: str, note: str) -> Iterator[TextIO]:
    """Hold the lock on `file`; `note` tells others who does.

    Raises ConfigError when somebody else holds it: `what` and their note.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigError(
                f"{what} ({lock.read().strip() or 'by an unknown program'})"
            ) from None
        lock.truncate(0)
        lock.write(note)
        lock.flush()
        yield lock


@asynccontextmanager
async def database_held(
    url: str, stop: Callable[[], None] = lambda: None, beat: float = BEAT_SECONDS
) -> AsyncIterator[None]:
    """One running bot for each database. Raises ConfigError, naming who else runs on it.

    Every `beat` seconds it looks whether lock and database are still there. When they are not,
    it calls `stop`, and leaving the block raises ConfigError, which says what was lost.
    """
    file = sqlite_file(url)
    hold = _server_held(url) if file is None else _file_held(file.resolve())
    lost: list[str] = []
    watch = partial(_watch, lost=lost, stop=stop, beat=beat)
    async with hold as look, Background().run("lock", lambda: watch(look)):
        try:
            yield
        except ConfigError:
            raise
        except Exception as error:
            if lost:  # what failed in the meantime failed because of that
                raise ConfigError(lost[0]) from error
            raise
    if lost:
        raise ConfigError(lost[0])


async def _watch(look: Look, lost: list[str], stop: Callable[[], None], beat: float) -> None:
    while not lost:
        await asyncio.sleep(beat)
        if words := await look():
            log.critical("lock.lost", why=words)
            lost.append(words)
            stop()


@asynccontextmanager
async def _file_held(file: Path) -> AsyncIterator[Look]:
    """The lock beside the database's real file, by whatever links it was reached."""
    path = file.with_name(file.name + ".lock")
    who = f"{file}: a bot is running on this database already"
    with held(path, who, f"pid {os.getpid()}") as lock:
        own = _inode(os.fstat(lock.fileno()))
        before = _inode_at(file)  # None before a first start has made it

        async def look() -> str:
            nonlocal before
            now = _inode_at(file)
            if before and now != before:
                return LOST_FILE.format(file=file, what=DATABASE_BACK)
            before = now
            if _inode_at(path) != own:
                return LOST_FILE.format(file=path, what=LOCK_AGAIN)
            return ""

        yield look


@asynccontextmanager
async def _server_held(url: str) -> AsyncIterator[Look]:
    # A connection of its own, outside any transaction: the lock lasts as long as it does.
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            if not await connection.scalar(PG_LOCK, {"key": PG_KEY}):
                who = await connection.scalar(PG_HOLDER, {"key": PG_KEY})
                raise ConfigError(
                    f"database.url: a bot is running on this database already ({who or 'unknown'})"
                )

            async def look() -> str:
                return "" if await _still_held(connection) else LOST_SERVER

            yield look
    finally:
        await engine.dispose()


async def _still_held(connection: AsyncConnection) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return bool(await connection.scalar(PG_STILL_HELD, {"key": PG_KEY}))
    except (SQLAlchemyError, OSError):  # TimeoutError is an OSError
        return False


def _inode(there: os.stat_result) -> tuple[int, int]:
    return there.st_dev, there.st_ino


def _inode_at(file: Path) -> tuple[int, int] | None:
    try:
        return _inode(file.stat())
    except FileNotFoundError:
        return None
