"""SQLite, answered in the thread that asks for as long as that takes no time.

A thread for each statement costs more than most statements do. So what is quick is done at once,
and what may be slow is done in another thread, where it holds up nobody: a query that turns out
to be long is broken off and asked again there, changes of many rows and the disk's part of a
commit are there from the beginning.
"""

import asyncio
import re
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache, partial
from time import perf_counter
from typing import Any, TypeVar

from sqlalchemy import URL, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool, StaticPool
from sqlalchemy.util import await_only

DRIVER = "sqlite+inplace"
BUSY_TIMEOUT_MS = 15_000  # how long others' locks are waited for, in the other thread
HOLDS_UP = 0.005  # seconds that everybody else may be held up by one statement, or by several
STEPS = 5_000  # of SQLite's machine between two looks at the clock: less than a millisecond
MANY = 100  # rows changed by one statement

_READS = re.compile(r"(?s)\s*(SELECT\b|WITH\b(?!.*\b(INSERT|UPDATE|DELETE)\b))")
_FEW = re.compile(  # rows that are changed: those given, or those of one key
    r"(?s)\s*(BEGIN\b|SAVEPOINT\b|RELEASE\b|ROLLBACK\b|INSERT INTO (?!.*\bSELECT\b)|"
    r"(UPDATE|DELETE FROM) (?!.*\b(SELECT|OR)\b).*\bWHERE .*\b\w*id = \?)"
)
_TRY_AGAIN = (sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_threads = ThreadPoolExecutor(8, thread_name_prefix="sqlite")

T = TypeVar("T")


class Connection(sqlite3.Connection):
    """Used by one task at a time, and by whichever thread does its work."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._until = self._since = 0.0
        self._writing = False
        self._watch()

    def cursor(self, factory: Any = None, *, streamed: bool = False) -> Any:
        return super().cursor(factory or (StreamingCursor if streamed else Cursor))

    def answer(self, statement: str, work: Callable[[], T], *, many: bool = False) -> T:
        """What `work` gives, which is to do this statement; in this thread or in another."""
        reads, few = _kind(statement)
        if many or not (reads or few):
            return self.elsewhere(work)
        now = perf_counter()
        if now - self._since > HOLDS_UP:
            await_only(asyncio.sleep(0))  # others first
            now = self._since = perf_counter()
        else:
            await_only(_nothing())  # SQLAlchemy takes a driver that never waits for a mistake
        # A change that is broken off would take its transaction along.
        self._until = now + HOLDS_UP if reads else float("inf")
        try:
            return work()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _TRY_AGAIN:
                raise
        return self.elsewhere(work)

    def begins(self, *, writing: bool) -> None:
        """Whether the transaction that begins now has something to commit."""
        self._writing = writing

    def elsewhere(self, work: Callable[[], T]) -> T:
        """What `work` gives, done in another thread."""
        return await_only(_to_the_end(_threads.submit(self._patiently, work)))

    async def pragma(self, setting: str) -> None:
        """Outside of any transaction, in another thread."""
        work = partial(self.do, f"PRAGMA {setting}")
        await _to_the_end(_threads.submit(self._patiently, work))

    def commit(self) -> None:
        if self._writing and self.in_transaction:
            self.elsewhere(super().commit)  # it waits for the disk
        else:
            super().commit()

    def _patiently(self, work: Callable[[], T]) -> T:
        """Nothing is broken off, and others' locks are waited for."""
        self.set_progress_handler(None, STEPS)
        self.do(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        try:
            return work()
        finally:
            self.do("PRAGMA busy_timeout=0")
            self._watch()

    def do(self, statement: str) -> None:
        """In this thread, whatever it is, and not to be broken off: SQLite adds up the steps of a
        statement over all the times it was run, so "BEGIN" comes to the look at the clock too."""
        self._until = float("inf")
        sqlite3.Cursor(self).execute(statement).fetchall()

    def _watch(self) -> None:
        self.set_progress_handler(lambda: perf_counter() > self._until, STEPS)


class Cursor(sqlite3.Cursor):
    """Fetches all rows at once: stepping from one to the next is what takes the time."""

    connection: Connection
    _rows: deque[Any]

    def execute(self, statement: str, parameters: Any = ()) -> "Cursor":
        self._rows = self.connection.answer(statement, lambda: self._all(statement, parameters))
        return self

    def executemany(self, statement: str, parameters: Sequence[Any]) -> "Cursor":  # type: ignore[override]
        def work() -> None:
            super(Cursor, self).executemany(statement, parameters)

        self.connection.answer(statement, work, many=len(parameters) > MANY)
        self._rows = deque()
        return self

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        count = min(len(self._rows), self.arraysize if size is None else size)
        return [self._rows.popleft() for _ in range(count)]

    def fetchall(self) -> list[Any]:
        rows, self._rows = list(self._rows), deque()
        return rows

    async def _async_soft_close(self) -> None:
        """SQLAlchemy's; all rows are here, so nothing is open."""

    def _all(self, statement: str, parameters: Any) -> deque[Any]:
        super().execute(statement, parameters)
        return deque(super().fetchall())


class StreamingCursor(sqlite3.Cursor):
    """Holds no more rows than asked for; each portion is fetched in another thread."""

    connection: Connection

    def execute(self, statement: str, parameters: Any = ()) -> "StreamingCursor":
        def work() -> None:
            super(StreamingCursor, self).execute(statement, parameters)

        self.connection.elsewhere(work)
        return self

    def fetchone(self) -> Any:
        return self.connection.elsewhere(super().fetchone)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        count = self.arraysize if size is None else size
        fetch = super().fetchmany
        return self.connection.elsewhere(lambda: fetch(count))

    def fetchall(self) -> list[Any]:
        return self.connection.elsewhere(super().fetchall)

    async def _async_soft_close(self) -> None:
        """SQLAlchemy's; closing an SQLite cursor waits for nothing."""
        self.close()


class _Execution(SQLiteExecutionContext):
    def create_server_side_cursor(self) -> Any:
        return self._dbapi_connection.cursor(streamed=True)


class Dialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's for the standard library's driver, usable from its asyncio extension."""

    driver = "inplace"
    is_async = True
    supports_statement_cache = True
    supports_server_side_cursors = True
    execution_ctx_cls = _Execution

    # What SQLAlchemy would put together, compile and remember for each of these costs twenty times
    # what SQLite needs for it.

    def do_savepoint(self, connection: Any, name: str) -> None:
        connection.connection.dbapi_connection.do(f"SAVEPOINT {name}")

    def do_rollback_to_savepoint(self, connection: Any, name: str) -> None:
        connection.connection.dbapi_connection.do(f"ROLLBACK TO SAVEPOINT {name}")

    def do_release_savepoint(self, connection: Any, name: str) -> None:
        connection.connection.dbapi_connection.do(f"RELEASE SAVEPOINT {name}")

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool if cls._is_url_file_db(url) else StaticPool


registry.register(DRIVER.replace("+", "."), __name__, "Dialect")
CONNECTION = {
    "factory": Connection,
    "check_same_thread": False,
    "isolation_level": None,
    "timeout": 0,
}
"""How the driver is to connect."""


@lru_cache(4096)
def _kind(statement: str) -> tuple[bool, bool]:
    """Whether it reads only; whether it changes but a few rows."""
    return bool(_READS.match(statement)), bool(_FEW.match(statement))


async def _nothing() -> None: ...


async def _to_the_end(work: "Future[T]") -> T:
    """Whoever is cancelled waits all the same: nothing else may use the connection meanwhile."""
    result = asyncio.wrap_future(work)
    try:
        return await asyncio.shield(result)
    except asyncio.CancelledError:
        while not result.done():
            with suppress(asyncio.CancelledError):  # told again
                await asyncio.wait({result})
        raise
