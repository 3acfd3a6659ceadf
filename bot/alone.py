"""One program at a time: a lock that the system lets go of however its holder ends."""

import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import ConfigError
from bot.services.backup import sqlite_file

PG_KEY = 0x5A7C0501  # any number, the same in every program of this kind
PG_LOCK = text("SELECT pg_try_advisory_lock(:key)")
PG_HOLDER = text(
    "SELECT coalesce(host(a.client_addr), 'this machine') || ', server process ' || a.pid "
    "FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :key "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@contextmanager
def held(file: Path, what: str, note: str) -> Iterator[None]:
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
        yield


@asynccontextmanager
async def database_held(url: str) -> AsyncIterator[None]:
    """One running bot for each database. Raises ConfigError, naming who else runs on it."""
    file = sqlite_file(url)
    if file is not None:
        lock = file.with_name(file.name + ".lock")
        with held(lock, f"{file}: a bot is running on this database already", f"pid {os.getpid()}"):
            yield
        return
    # A connection of its own, outside any transaction: the lock lasts as long as it does.
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            took = await connection.scalar(
                text("SELECT pg_try_advisory_lock(:key)"), {"key": PG_KEY}
            )
            if not took:
                who = await connection.scalar(PG_HOLDER, {"key": PG_KEY})
                raise ConfigError(
                    f"database.url: a bot is running on this database already ({who or 'unknown'})"
                )
            yield
    finally:
        await engine.dispose()
