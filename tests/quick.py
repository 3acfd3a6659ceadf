"""What makes hundreds of starts of the whole program cheap, and changes nothing they do.

Each start would read the certificates of all authorities three times, compile every statement
anew and ask a migrated database for its migrations; each stop would sleep for a fifth of a second.
Each commit on SQLite would go to a thread and back, each request look through the whole path for a
library that is not there; each plan would be read again, each file be TOML anew.

With SATCOSO_TESTS_AS_EVER=1 none of this is done: slower, and as the program is in the field. What
tests need to know the moment of everything (the ticking, which the town does itself) stays.
"""

import asyncio
import gc
import os
import resource
import socket
import sqlite3
import ssl
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import psycopg
import pytest
import structlog
import uvicorn.server
from hypothesis import HealthCheck
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

import bot.app.logs
import bot.programmes
import storage.migrations
import storage.sqlite
import storage.store
from bot.app.memory import give_back
from bot.app.wiring import build
from bot.config.settings import Programmes, Settings
from bot.core.clock import Clock
from bot.core.rules.programmes import Programme
from storage.models import metadata
from storage.store import Store, sqlite_file
from tests import cast

AS_EVER = os.environ.get("SATCOSO_TESTS_AS_EVER") == "1"
MUCH = 1_000_000  # bytes; so much is gone faster with its file
MUCH_LEFT = 100_000_000  # bytes


def starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the program, on a database that is known to be at the newest schema."""

    async def migrated(_store: object) -> None: ...

    # The town itself runs what is due, at each start and move of its clock.
    monkeypatch.setattr("bot.app.wiring._ticking", lambda _program: asyncio.Event().wait())
    monkeypatch.setattr("bot.app.wiring.HealthWatch.run", lambda _self: asyncio.Event().wait())
    monkeypatch.setattr("bot.app.wiring._menus", lambda _program: asyncio.Event().wait())
    if AS_EVER:
        return
    monkeypatch.setattr("bot.app.wiring.upgrade", migrated)
    monkeypatch.setattr("bot.channels.telegram.fetching.FIRST_PAUSE", 0.01)  # before it asks again
    monkeypatch.setattr(ssl, "create_default_context", _certificates)


async def settle(
    settings: Settings, clock: Clock, inhabitants: Callable[[Store], Awaitable[None]]
) -> bool:
    """The people move in. The usual ones do it once for each moment: what the program does by
    itself at that moment is done and kept as well, nothing of it is sent yet. Whether it was.
    """
    moment, rest = _of_all(settings, clock)
    file = Path(settings.database.url.partition("///")[2])
    usual = inhabitants is cast.settle and str(file.parent) not in rest and not AS_EVER
    if usual and _kept(file, moment):
        return True
    store = Store(settings.database.url)
    await inhabitants(store)
    await store.close()
    if usual and store.is_sqlite:
        program = await build(settings, clock)
        await program.schedule.run_due()
        await program.work.store.close()
        _keep(file, moment)
        return True
    return False


def _kept(file: Path, moment: str) -> bool:
    if moment in _settled:
        file.write_bytes(_settled[moment])
    return moment in _settled


def _keep(file: Path, moment: str) -> None:
    _settled[moment] = file.read_bytes()


def cast_in_new_databases() -> None:
    """The cast moves into a new SQLite database once; for the next ones its file is copied."""
    if AS_EVER:
        return
    move_in = cast.settle
    files: list[tuple[bytes, bytes]] = []  # a new one, and the same with the cast in it

    async def settle(store: Store) -> None:
        new = _untouched(store)
        for before, after in files:
            if new == before:
                return _write(store, after)
        await move_in(store)
        if new and not files:
            files.append((new, _with_its_log(store)))

    cast.settle = settle


def _untouched(store: Store) -> bytes | None:
    """The whole file, where nobody has it open: an open one has its log beside it."""
    file = sqlite_file(store.url)
    if file is None or not file.is_file() or file.with_name(f"{file.name}-wal").exists():
        return None
    return file.read_bytes()


def _write(store: Store, content: bytes) -> None:
    file = sqlite_file(store.url)
    assert file
    file.write_bytes(content)


def _with_its_log(store: Store) -> bytes:
    with closing(sqlite3.connect(str(sqlite_file(store.url)))) as database:
        return database.serialize()


def keeps(settings: Settings, clock: Clock) -> bool:
    """Whether a town with these settings need not be settled again at this moment."""
    return _of_all(settings, clock)[0] in _settled


def _of_all(settings: Settings, clock: Clock) -> tuple[str, str]:
    """What towns that begin alike have in common: moment and settings, and the settings alone."""
    rest = settings.model_dump_json(exclude=_OF_ONE_TEST)
    return f"{clock.now()} {rest}", rest


def servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the sandbox: they answer and stop without a pause."""
    if AS_EVER:
        return
    brisk = SimpleNamespace(**vars(asyncio))
    # uvicorn looks ten times a second whether it should stop
    brisk.sleep = lambda seconds: asyncio.sleep(seconds / 20)
    monkeypatch.setattr(uvicorn.server, "asyncio", brisk)
    monkeypatch.setattr(socket, "create_server", _listener_without_delay)


def statements() -> None:
    """Compiled once for all databases of one kind instead of once for each."""
    if AS_EVER:
        return
    make = storage.store._engine
    first: dict[str, AsyncEngine] = {}

    def engine(url: str) -> AsyncEngine:
        made = make(url).sync_engine
        if made.dialect.name == "sqlite":
            event.listen(made, "connect", lambda *given: _unsafe(*given))
        shared = first.setdefault(made.dialect.name, AsyncEngine(made)).sync_engine
        made.dialect, made._compiled_cache = shared.dialect, shared._compiled_cache
        return AsyncEngine(made)

    storage.store._engine = engine


def empty(admin: psycopg.Connection[Any]) -> None:
    """Take everything out of a migrated PostgreSQL database, whoever still holds something."""
    admin.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    look = "(SELECT {0}, pg_relation_size({2}) FROM {1} LIMIT 1)"
    tables = [
        SQL(look).format(t, Identifier(t), Identifier(t).as_string()) for t in metadata.tables
    ]
    with admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")  # in whatever order
        for table, size in admin.execute(SQL(" UNION ALL ").join(tables)).fetchall():
            way = "DELETE FROM {}" if size < MUCH else "TRUNCATE {} CASCADE"
            admin.execute(SQL(way).format(Identifier(table)))
    admin.execute("SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence")


def sqlite() -> None:
    """It does not go to another thread to wait for a disk that it does not wait for."""
    if not AS_EVER:
        storage.sqlite.Connection.commit = sqlite3.Connection.commit


def sqlite_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk, in another thread: only for the tests of one folder."""
    monkeypatch.setattr(storage.sqlite.Connection, "commit", _commit)
    monkeypatch.setattr("tests.quick._unsafe", lambda *_: None)


def logs() -> None:
    """Exceptions are shown as Python does, not with a picture of every local variable."""
    # A test that runs the program sets the logs up as it does. A logger that remembers that would
    # tell no later test what it says.
    configure = structlog.configure
    structlog.configure = lambda **options: configure(
        **{**options, "cache_logger_on_first_use": False}
    )
    line = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, line])
    bot.app.logs.catch_all = lambda: None  # in this process warnings and lost errors are pytest's


def migrations(monkeypatch: pytest.MonkeyPatch, migrated: Path) -> None:
    """A new SQLite database becomes by one script what all migrations, one by one, make of it."""
    if AS_EVER:
        return
    step_by_step = storage.migrations._upgrade
    with closing(sqlite3.connect(migrated)) as database:
        *statements, _commit = list(database.iterdump())[1:]

    def upgrade(connection: Connection, revision: str) -> None:
        if revision != "head" or connection.dialect.name != "sqlite" or _holds_any(connection):
            return step_by_step(connection, revision)
        for statement in statements:
            connection.exec_driver_sql(statement)

    monkeypatch.setattr(storage.migrations, "_upgrade", upgrade)


def _holds_any(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar())


def requests() -> None:
    """httpcore tries to import sniffio for each, and a failed import is never remembered."""
    if AS_EVER:
        return
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]


def plans() -> None:
    """The program's own are read once; an operator's are looked for each time, as ever."""
    if AS_EVER:
        return
    read, folder = bot.programmes._read, bot.programmes.OWN
    remembered: dict[Path, tuple[Path, Programme]] = {}

    def read_once(key: str, section: Programmes) -> tuple[Path, Programme]:
        file = bot.programmes.file_of(key, section)
        if file.parent != folder:
            return read(key, section)
        if file not in remembered:
            remembered[file] = read(key, section)
        return remembered[file]

    bot.programmes._read = read_once


def examples() -> None:
    """What hypothesis tries says the same about the same program every time, however busy the
    machine: a slow moment is no mistake. SATCOSO_TESTS_AT_RANDOM=1 looks for new examples.
    """
    at_random = os.environ.get("SATCOSO_TESTS_AT_RANDOM") == "1"
    slow = [HealthCheck.too_slow]
    hypothesis.settings.register_profile(
        "house", deadline=None, derandomize=not at_random, suppress_health_check=slow
    )
    hypothesis.settings.load_profile("house")


def memory() -> None:
    """What is imported or collected is there to stay: it need not be looked through for rubbish
    every time."""
    global _held
    if not AS_EVER:
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 20, 20)
        _held = _resident()


def tidy() -> None:
    """After a test: what much of it has left behind goes. A Word paper is megabytes of the C
    library's that hang on a few objects, so that Python sees no reason to look for them.
    """
    global _held
    if AS_EVER or _resident() < _held + MUCH_LEFT:
        return
    gc.collect()
    give_back()
    _held = _resident()


def _resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def rows_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for in no order comes the other way round from SQLite, for whatever is tried on
    both databases: PostgreSQL gives it in any order, and now and then in another one.
    """
    monkeypatch.setattr("tests.quick._reversed", True)


def _unsafe(connection: Any, _record: object) -> None:
    """Nobody pulls the plug on a test: the disk need not be waited for."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    if _reversed:
        cursor.execute("PRAGMA reverse_unordered_selects=ON")
    cursor.close()


_OF_ONE_TEST: dict[str, Any] = {
    "database": {"url", "files"},
    "privacy": {"key_file"},
    "documents": {"templates"},
    "health": {"file"},
    "backup": {"folder"},
    # No message names them.
    "email": {"port"},
    "telegram": {"webhook_port", "webhook_url"},
    "web": {"port"},
}
_settled: dict[str, bytes] = {}
_reversed = False
_held = 0
_commit = storage.sqlite.Connection.commit
_certificates = cache(ssl.create_default_context)
_create_server = socket.create_server


def _listener_without_delay(*given: Any, **named: Any) -> socket.socket:
    """asyncio sends small packets at once only on sockets it made itself; else it is 40 ms each."""
    listener = _create_server(*given, **named)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
