"""SQLite is answered in the asking thread while that is quick; what is long holds up nobody."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from storage import sqlite
from storage.models import ScheduleMark
from storage.sqlite import _kind
from storage.store import Store
from tests import cast

LONG = """
WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 300000)
SELECT count(thread(n)) FROM counter
"""
SHORT = LONG.replace("300000", "3")


@pytest.fixture
def threads(store: Store) -> list[int]:
    """In which threads SQLite worked: the statements above ask a function of ours."""
    worked: list[int] = []

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.create_function("thread", 1, lambda _: worked.append(threading.get_ident()))

    event.listen(store.engine.sync_engine, "connect", connected)
    return worked


async def test_a_short_query_is_answered_in_the_thread_that_asks(
    store: Store, threads: list[int]
) -> None:
    async with store.read() as session:
        await (await session.connection()).execute(text(SHORT))
    assert set(threads) == {threading.get_ident()}


async def test_a_long_query_is_broken_off_and_asked_again_in_another_thread(
    store: Store, threads: list[int]
) -> None:
    async with store.read() as session:
        await (await session.connection()).execute(text(LONG))
    elsewhere = [thread for thread in threads if thread != threading.get_ident()]
    assert len(elsewhere) == 300_000, "the whole of it"
    assert len(threads) - len(elsewhere) < 300_000, "not the whole of it in the loop"


async def test_the_loop_goes_on_while_a_long_query_runs(store: Store, threads: list[int]) -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(turn())
    async with store.read() as session:
        await (await session.connection()).execute(text(LONG))
    other.cancel()
    assert turns > 2


async def test_what_was_written_before_a_long_query_in_its_transaction_stays(
    store: Store, threads: list[int]
) -> None:
    async with store.write() as session:
        session.add(ScheduleMark(name="before", ran_at=cast.MONDAY))
        await session.flush()
        await (await session.connection()).execute(text(LONG))
    assert {threading.get_ident()} < set(threads)
    async with store.read() as session:
        assert (await session.exec(select(ScheduleMark.name))).all() == ["before"]


async def test_who_stops_waiting_for_a_long_query_leaves_nothing_under_way(
    store: Store, threads: list[int]
) -> None:
    async def ask() -> None:
        async with store.read() as session:
            await (await session.connection()).execute(text(LONG))

    asking = asyncio.create_task(ask())
    while not set(threads) - {threading.get_ident()}:  # noqa: ASYNC110 - until it is asked there
        await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    count = len(threads)
    async with store.read() as session:
        await (await session.connection()).execute(text(SHORT))
    assert len(threads) == count + 3


async def test_a_lock_of_another_program_is_waited_for_without_holding_up_anybody(
    store: Store, sqlite_url: str
) -> None:
    other = sqlite3.connect(Path(sqlite_url.partition("///")[2]), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with store.write() as session:
            session.add(ScheduleMark(name="late", ran_at=cast.MONDAY))

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.05)  # the loop goes on
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    await writing


async def test_a_lock_that_is_never_given_back_is_an_error(
    store: Store, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 10)
    other = sqlite3.connect(Path(sqlite_url.partition("///")[2]), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        async with store.write() as session:
            session.add(ScheduleMark(name="late", ran_at=cast.MONDAY))
    other.close()


async def test_many_rows_are_streamed_in_portions(store: Store, threads: list[int]) -> None:
    async with store.read() as session:
        rows = await session.stream(text(LONG.replace("count(thread(n))", "thread(n)")))
        first = await anext(rows.partitions(20))
    assert len(first) == 20
    assert len(threads) < 30, "no row is looked for long before it is asked for"
    assert threading.get_ident() not in threads


@pytest.mark.parametrize(
    ("statement", "reads", "few"),
    [
        ("SELECT a FROM t", True, False),
        ("WITH x AS (SELECT 1) SELECT * FROM x", True, False),
        ("WITH x AS (SELECT 1) DELETE FROM t WHERE id IN x", False, False),
        ("INSERT INTO t (a) VALUES (?) RETURNING id", False, True),
        ("INSERT INTO t (a) SELECT a FROM u", False, False),
        ("UPDATE t SET a=? WHERE t.id = ?", False, True),
        ("UPDATE t SET a=? WHERE t.channel = ? AND t.update_id = ?", False, True),
        ("UPDATE t SET a=? WHERE t.state = ?", False, False),
        ("DELETE FROM t WHERE t.id = ?", False, True),
        ("DELETE FROM t", False, False),
        ("DELETE FROM t WHERE t.id = ? OR t.b IN (SELECT 1)", False, False),
        ("PRAGMA wal_checkpoint(TRUNCATE)", False, False),
        ("VACUUM", False, False),
        ("CREATE INDEX i ON t (a)", False, False),
    ],
)
def test_what_is_quick_is_known_by_its_words(statement: str, reads: bool, few: bool) -> None:
    assert _kind(statement) == (reads, few)


async def test_what_begins_a_transaction_is_never_broken_off(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite counts the steps of a prepared statement over all the times it was run: "BEGIN" too
    comes to the look at the clock, when the time of the question before is long over."""
    monkeypatch.setattr(sqlite, "STEPS", 50)
    monkeypatch.setattr(sqlite, "HOLDS_UP", 0)
    for _ in range(200):
        async with store.read() as session:
            await (await session.connection()).execute(text("SELECT 1"))
        async with store.write() as session, session.begin_nested():
            await (await session.connection()).execute(text("SELECT 1"))
