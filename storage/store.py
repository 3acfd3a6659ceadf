"""The engine and its transactions: the same promise on SQLite and PostgreSQL.

SQLite: WAL, foreign keys, full sync, and BEGIN IMMEDIATE for writing transactions, because a
deferred transaction that turns into a writing one loses updates or fails at once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ExceptionContext, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import sqlite
from storage.group_commit import GroupCommit
from storage.locks import PATIENCE

OWED = "owed"  # in a session's `info`: its commit is one that the dispatcher waits for


class Store:
    """Opens transactions. Objects loaded in one stay readable after it is over."""

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's: `sqlite+aiosqlite:///data/satcoso.db`, `postgresql+psycopg://…`."""
        self.url = url
        self.engine = _engine(url)
        self._writing_engine = self.engine.execution_options(writes=True)
        self._groups = GroupCommit(self._writing_engine) if self.is_sqlite else None
        self.when_owed: Callable[[], None] = lambda: None  # after a commit that owed a message

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A writing transaction: committed at the end, rolled back when anything is raised."""
        async with self._groups.session() if self._groups else self._alone() as session:
            yield session
        if session.info.get(OWED):
            self.when_owed()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[AsyncSession]:
        async with (
            AsyncSession(self._writing_engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A snapshot to read from; nothing done in it is kept."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    async def settle_log(self) -> None:
        """SQLite: put the log of writes into the file and empty it; it still holds erased words."""
        if not self.is_sqlite:
            return
        async with self.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.pragma("wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        if self._groups:
            await self._groups.wait()
        await self.engine.dispose()


def _engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True, connect_args=PATIENCE)
    # Without a pool for files a connection costs ~1 ms; QueuePool is the default for them.
    options: dict[str, Any] = {"poolclass": NullPool} if ":memory:" in url else {}
    in_place = make_url(url).set(drivername=sqlite.DRIVER)
    engine = create_async_engine(in_place, connect_args=sqlite.CONNECTION, **options)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "handle_error", _keep_connection)
    return engine


def _keep_connection(error: ExceptionContext) -> None:
    """Who is stopped within a statement leaves a connection as good as before: the statement was
    done or not begun. SQLAlchemy would close it, and with it what others did in the transaction.
    """
    if isinstance(error.original_exception, asyncio.CancelledError):
        error.is_disconnect = False


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what was erased is overwritten, not only unlinked
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    raw: Any = connection.connection.dbapi_connection
    raw.begins(writing=writes)
    if writes:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # it cannot fail, so nobody need make an error of it that others understand
        raw.do("BEGIN")


def sqlite_file(url: str) -> Path | None:
    """The database's file; None when it is not SQLite."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite") or not parsed.database:
        return None
    return Path(parsed.database)
