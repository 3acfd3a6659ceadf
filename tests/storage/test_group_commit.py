"""Several writers wait for the disk once, and none of them for the others' mistakes."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from storage.enums import Role
from storage.models import Membership, ScheduleMark
from storage.store import Store
from tests import cast


@pytest.fixture
def commits(store: Store) -> list[object]:
    commits: list[object] = []
    event.listen(store.engine.sync_engine, "commit", commits.append)
    return commits


@pytest.fixture
async def second(sqlite_url: str) -> AsyncIterator[sqlite3.Connection]:
    """What is in the file, as anybody else sees it."""
    connection = sqlite3.connect(Path(sqlite_url.partition("///")[2]), isolation_level=None)
    yield connection
    connection.close()


async def mark(store: Store, name: str) -> None:
    async with store.write() as session:
        session.add(ScheduleMark(name=name, ran_at=cast.MONDAY))


async def marks(store: Store) -> set[str]:
    async with store.read() as session:
        return set((await session.exec(select(ScheduleMark.name))).all())


async def test_who_is_alone_is_committed_at_once(
    store: Store, second: sqlite3.Connection, commits: list[object]
) -> None:
    await mark(store, "one")
    assert second.execute("SELECT name FROM schedule_mark").fetchall() == [("one",)]
    await mark(store, "two")
    assert len(commits) == 2


async def test_those_who_wait_for_their_turn_are_committed_together(
    store: Store, commits: list[object]
) -> None:
    await asyncio.gather(*(mark(store, f"{n}") for n in range(20)))
    assert await marks(store) == {f"{n}" for n in range(20)}
    assert len(commits) < 5


async def test_what_fails_takes_nobody_along(store: Store) -> None:
    async def fail() -> None:
        async with store.write() as session:
            session.add(ScheduleMark(name="lost", ran_at=cast.MONDAY))
            await session.flush()
            session.add(Membership(person_id=4711, role=Role.OFFICER))

    outcomes = await asyncio.gather(
        mark(store, "a"), fail(), mark(store, "b"), fail(), mark(store, "c"), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [
        *(type(None), IntegrityError, type(None), IntegrityError, type(None))
    ]
    assert await marks(store) == {"a", "b", "c"}


async def test_who_is_stopped_takes_nobody_along(store: Store) -> None:
    async def wait() -> None:
        async with store.write() as session:
            session.add(ScheduleMark(name="lost", ran_at=cast.MONDAY))
            await session.flush()
            await asyncio.Event().wait()

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0.05)
    others = [asyncio.create_task(mark(store, name)) for name in "ab"]
    await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.gather(*others)
    assert await marks(store) == {"a", "b"}


async def test_who_is_stopped_within_a_statement_is_stopped_and_nothing_worse(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLAlchemy gives up the connection then. An error in place of the stop would be taken for a
    failure, and what was to end would go on: a program that no signal ends."""
    monkeypatch.setattr("storage.sqlite.HOLDS_UP", -1)  # each statement lets others go first

    async def write() -> None:
        async with store.write() as session:
            session.add(ScheduleMark(name="lost", ran_at=cast.MONDAY))
            while True:
                await session.exec(select(ScheduleMark.name))

    for turns in range(1, 8):
        writing = asyncio.create_task(write())
        await asyncio.sleep(0.01)
        for _ in range(turns):
            await asyncio.sleep(0)
        writing.cancel()
        (outcome,) = await asyncio.gather(writing, return_exceptions=True)
        assert isinstance(outcome, asyncio.CancelledError), turns
    await mark(store, "a")
    assert await marks(store) == {"a"}


async def test_who_is_stopped_within_a_statement_takes_nobody_of_its_group_along(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.HOLDS_UP", -1)

    async def write() -> None:
        async with store.write() as session:
            session.add(ScheduleMark(name="lost", ran_at=cast.MONDAY))
            while True:
                await session.exec(select(ScheduleMark.name))

    async def first() -> None:
        """Leaves the transaction open for the others in line."""
        async with store.write() as session:
            session.add(ScheduleMark(name="first", ran_at=cast.MONDAY))
            await asyncio.sleep(0.02)

    for turns in range(1, 8):
        opens = asyncio.create_task(first() if turns == 1 else mark(store, f"open {turns}"))
        await asyncio.sleep(0)
        writing = asyncio.create_task(write())
        others = [asyncio.create_task(mark(store, f"{turns}{name}")) for name in "ab"]
        await asyncio.sleep(0.05)
        for _ in range(turns):
            await asyncio.sleep(0)
        writing.cancel()
        outcomes = await asyncio.gather(writing, opens, *others, return_exceptions=True)
        assert isinstance(outcomes[0], asyncio.CancelledError), turns
        assert outcomes[1:] == [None, None, None], turns
    assert len(await marks(store)) == 3 * 7
    assert "lost" not in await marks(store)


async def test_nobody_is_told_that_it_is_done_before_it_is_in_the_file(
    store: Store, second: sqlite3.Connection
) -> None:
    async def written(name: str) -> bool:
        await mark(store, name)
        query = "SELECT 1 FROM schedule_mark WHERE name = ?"
        return second.execute(query, (name,)).fetchone() is not None

    assert all(await asyncio.gather(*(written(f"{n}") for n in range(20))))


async def test_where_the_database_gives_up_the_transaction_all_in_it_are_told(
    store: Store,
) -> None:
    """As it does when the disk is full."""

    async def full() -> None:
        async with store.write() as session:
            connection = await session.connection()
            await connection.execute(text("ROLLBACK"))
            raise OSError("no space left on device")

    outcomes = await asyncio.gather(
        mark(store, "a"), mark(store, "b"), full(), mark(store, "c"), return_exceptions=True
    )
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [True, True, True, False]
    assert await marks(store) == {"c"}, "who came after it begins anew"


async def test_a_commit_that_fails_is_everybodys_failure(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_connection: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("storage.sqlite.Connection.commit", full)
        outcomes = await asyncio.gather(
            *(mark(store, name) for name in "abc"), return_exceptions=True
        )
    assert all(isinstance(outcome, Exception) for outcome in outcomes)
    assert await marks(store) == set()
    await mark(store, "afterwards")
    assert await marks(store) == {"afterwards"}
