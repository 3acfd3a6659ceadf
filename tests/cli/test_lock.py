"""One bot on one database, on SQLite and PostgreSQL."""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.cli import lock
from bot.cli.lock import database_held, starting
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from storage.store import Store


async def test_the_second_is_refused_and_told_who_is_there(any_store: Store) -> None:
    async with database_held(any_store.url):
        with pytest.raises(ConfigError) as said:
            async with database_held(any_store.url):
                pass
    assert "a bot is running on this database already" in str(said.value)
    assert re.search(rf"\(pid {os.getpid()}\)|server process \d+\)", str(said.value))
    async with database_held(any_store.url):
        pass  # it is free again


async def test_several_that_share_a_server_get_along_and_keep_one_that_is_alone_out(
    postgres_url: str,
) -> None:
    async with database_held(postgres_url, shared=True) as first:
        async with database_held(postgres_url, shared=True) as second:
            assert first
            assert second
            assert await first.holders() == await second.holders() == {first.holder, second.holder}
        with pytest.raises(ConfigError, match=r"already \(.*server process"):
            async with database_held(postgres_url):
                pass
    async with database_held(postgres_url) as alone:
        assert alone is None
        with pytest.raises(ConfigError, match=r"database\.shared must be true for each"):
            async with database_held(postgres_url, shared=True):
                pass


async def test_of_several_that_start_at_once_one_makes_the_schema(
    postgres_url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = settings.database.model_copy(update={"url": postgres_url, "shared": True})
    settings = settings.model_copy(update={"database": database})
    makes: list[str] = []

    async def is_newest(_store: Store) -> bool:
        return bool(makes)

    async def upgrade(store: Store) -> None:
        makes.append("begun")
        await asyncio.sleep(0.05)
        makes.append("done")

    monkeypatch.setattr(lock, "STARTING_SECONDS", 0.01)
    monkeypatch.setattr(lock, "is_newest", is_newest)
    monkeypatch.setattr(lock, "upgrade", upgrade)

    async def start(waiting: set[int], parties: int) -> None:
        async with database_held(postgres_url, shared=True) as locks:
            waiting.add(id(locks))
            while len(waiting) < parties:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            async with starting(settings, locks):
                assert makes == ["begun", "done"]

    waiting: set[int] = set()
    await asyncio.gather(start(waiting, 2), start(waiting, 2))
    makes.clear()
    async with database_held(postgres_url, shared=True):  # runs on the schema of before
        with pytest.raises(ConfigError, match="stop all of them"):
            await start(set(), 1)


async def test_one_that_comes_while_another_makes_the_schema_waits_for_it(
    postgres_url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = settings.database.model_copy(update={"url": postgres_url, "shared": True})
    settings = settings.model_copy(update={"database": database})
    monkeypatch.setattr(lock, "STARTING_SECONDS", 0.01)
    makes, made = asyncio.Event(), asyncio.Event()

    async def is_newest(_store: Store) -> bool:
        return made.is_set()

    async def upgrade(_store: Store) -> None:
        makes.set()
        await asyncio.sleep(0.2)
        made.set()

    monkeypatch.setattr(lock, "is_newest", is_newest)
    monkeypatch.setattr(lock, "upgrade", upgrade)

    async def start() -> None:
        async with database_held(postgres_url, shared=True) as locks, starting(settings, locks):
            assert made.is_set()

    first = asyncio.create_task(start())
    await makes.wait()
    await start()
    await first


async def test_an_end_by_mistake_lets_go_too(any_store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database_held(any_store.url):
            raise ZeroDivisionError
    async with database_held(any_store.url):
        pass


# ---- A lock that is lost while the program runs --------------------------------------------

BEAT = 0.01  # seconds; nothing is measured, the test goes on as soon as the program stops


async def stops(url: str, lose: Callable[[], Awaitable[None]]) -> str:
    """Hold the database as the program does, lose something; what the operator reads."""
    stop = asyncio.Event()

    async def run() -> None:
        async with asyncio.timeout(60), database_held(url, stop.set, beat=BEAT):
            await asyncio.sleep(5 * BEAT)
            assert not stop.is_set()
            await lose()
            await stop.wait()

    with pytest.raises(ConfigError) as said:
        await run()
    return str(said.value)


async def test_who_comes_through_a_link_is_refused_as_well(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "satcoso.db")
    (tmp_path / "folder").symlink_to(tmp_path)
    async with database_held(sqlite_url):
        for name in ("link.db", "folder/satcoso.db"):
            with pytest.raises(ConfigError, match="already"):
                async with database_held(f"sqlite+aiosqlite:///{tmp_path / name}"):
                    pass


@pytest.mark.parametrize("name", ["satcoso.db", "satcoso.db.lock"])
@pytest.mark.parametrize("replaced", [True, False])
async def test_a_file_that_is_deleted_or_replaced_stops_the_program(
    sqlite_url: str, tmp_path: Path, name: str, replaced: bool
) -> None:
    file = tmp_path / name

    async def lose() -> None:
        file.rename(tmp_path / "old")
        if replaced:
            file.touch()

    said = await stops(sqlite_url, lose)
    assert said.startswith(f"{file}: it was deleted, moved or replaced")
    assert ("restore a backup" in said) == (name == "satcoso.db")


async def test_a_first_start_may_make_its_database(tmp_path: Path) -> None:
    stop = asyncio.Event()
    url = f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    async with database_held(url, stop.set, beat=BEAT):
        await asyncio.sleep(3 * BEAT)
        (tmp_path / "new.db").touch()
        await asyncio.sleep(3 * BEAT)
        assert not stop.is_set()


async def test_a_server_that_ends_the_connection_of_the_lock_stops_the_program(
    postgres_url: str,
) -> None:
    async def lose() -> None:
        engine = create_async_engine(postgres_url)
        async with engine.connect() as other:
            await other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks "
                    "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            )
        await engine.dispose()

    assert "the lock against a second bot was lost" in await stops(postgres_url, lose)


async def test_what_fails_because_the_lock_was_lost_is_told_as_that(
    sqlite_url: str, tmp_path: Path
) -> None:
    stop = asyncio.Event()

    async def run() -> None:
        async with database_held(sqlite_url, stop.set, beat=BEAT):
            (tmp_path / "satcoso.db").unlink()
            await stop.wait()
            raise RuntimeError("no such table")

    with pytest.raises(ConfigError, match="it was deleted"):
        await run()
