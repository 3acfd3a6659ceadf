"""Which failures of the database are worth another try; the real errors of both."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.faults import passes
from storage.store import Store


async def done(store: Store, *statements: str) -> None:
    async with store.write() as session:
        for statement in statements:
            await (await session.connection()).execute(text(statement))


async def failure(store: Store, *statements: str) -> Exception:
    with pytest.raises((DBAPIError, sqlite3.Error)) as caught:
        await done(store, *statements)
    return caught.value


async def test_a_lock_that_somebody_else_has_passes(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.db"
    ours, other = Store(url), Store(url)
    async with other.write():
        error = await failure(ours, "PRAGMA busy_timeout = 1", "CREATE TABLE a (b INTEGER)")
    assert passes(error)
    await ours.close()
    await other.close()


async def test_a_file_that_cannot_grow_and_a_statement_that_is_wrong_do_not_pass(
    any_store: Store,
) -> None:
    assert not passes(await failure(any_store, "SELECT no_such_column FROM person"))
    assert not passes(await failure(any_store, "INSERT INTO tally (nothing) VALUES (1)"))
    assert not passes(OSError("no space left on device"))


async def test_a_full_disk_does_not_pass(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/a.db")
    full = (
        "CREATE TABLE a (b BLOB)",
        "PRAGMA max_page_count = 3",
        "INSERT INTO a VALUES (zeroblob(1000000))",
    )
    assert not passes(await failure(store, *full))
    await store.close()


@pytest.mark.xdist_group("postgres")
async def test_a_server_that_ends_the_connection_passes(postgres_url: str) -> None:
    store, other = Store(postgres_url), Store(postgres_url)
    end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid = :pid"

    async def cut_off() -> None:
        async with store.write() as session:
            connection = await session.connection()
            pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            async with other.write() as second:
                await (await second.connection()).execute(text(end), {"pid": pid})
            await connection.execute(text("SELECT 1"))

    with pytest.raises(DBAPIError) as caught:
        await cut_off()
    assert passes(caught.value)
    await store.close()
    await other.close()


async def test_a_server_that_is_not_there_passes(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    store = Store(f"postgresql+psycopg://somebody@/a?host={tmp_path}")
    assert passes(await failure(store, "SELECT 1"))
    await store.close()
