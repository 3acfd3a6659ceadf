"""Copies of what people send: fetched in the background, kept whole or not at all."""

import hashlib
from pathlib import Path
from typing import Any, cast

import pytest
from sqlmodel import select
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.delivery.files import GIVEN_UP_AFTER, LONGEST_PAUSE, FileKeeper
from storage.models import StoredFile
from storage.store import Store
from tests import cast as people


class Bot:
    """Holds files, and refuses what it is told to."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.trouble: dict[str, list[Exception]] = {}
        self.asked: list[str] = []

    async def get_file(self, file_id: str) -> Any:
        self.asked.append(file_id)
        if self.trouble.get(file_id):
            raise self.trouble[file_id].pop(0)
        return self._Remote(self.files[file_id])

    class _Remote:
        def __init__(self, data: bytes) -> None:
            self._data = data

        async def download_as_bytearray(self) -> bytearray:
            return bytearray(self._data)


class Cabinet:
    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.bot = store, folder, Bot()
        self.clock = people.clock_at(people.MONDAY)
        self.keeper = FileKeeper(store, self.clock, cast("ExtBot[int]", self.bot), folder)

    async def came(self, *names: str, data: bytes = b"a photo") -> None:
        """Somebody has sent these files."""
        async with self.store.write() as session:
            for name in names:
                self.bot.files[name] = data
                at = self.clock.now()
                session.add(
                    StoredFile(
                        telegram_file_id=name,
                        unique_id=name,
                        kind="photo",
                        created_at=at,
                        retry_at=at,
                    )
                )

    async def row(self, name: str) -> StoredFile:
        async with self.store.read() as session:
            found = await session.exec(select(StoredFile).where(StoredFile.unique_id == name))
            return found.one()


@pytest.fixture
async def cabinet(store: Store, tmp_path: Path) -> Cabinet:
    return Cabinet(store, tmp_path / "files")


async def test_a_file_is_kept_under_its_hash_once(cabinet: Cabinet) -> None:
    await cabinet.came("a", "b")
    await cabinet.keeper.fetch_missing()
    kept = await cabinet.row("a")
    assert kept.sha256 == hashlib.sha256(b"a photo").hexdigest()
    assert (kept.size, kept.retry_at) == (7, None)
    assert cabinet.keeper.path(kept.sha256).read_bytes() == b"a photo"
    assert len([path for path in cabinet.folder.rglob("*") if path.is_file()]) == 1
    await cabinet.keeper.fetch_missing()
    assert sorted(cabinet.bot.asked) == ["a", "b"]


async def test_many_files_come_in_one_go(cabinet: Cabinet) -> None:
    await cabinet.came(*(f"f{n}" for n in range(30)))
    await cabinet.keeper.fetch_missing()
    assert all([(await cabinet.row(f"f{n}")).sha256 for n in range(30)])


async def test_what_fails_for_now_is_fetched_later(cabinet: Cabinet) -> None:
    await cabinet.came("a")
    cabinet.bot.trouble["a"] = [NetworkError("reset")]
    await cabinet.keeper.fetch_missing()
    waiting = await cabinet.row("a")
    assert waiting.sha256 is None
    assert waiting.retry_at
    assert waiting.retry_at > people.MONDAY
    cabinet.clock.freeze(waiting.retry_at)
    await cabinet.keeper.fetch_missing()
    assert (await cabinet.row("a")).sha256


async def test_a_file_that_telegram_refuses_is_given_up_at_once(cabinet: Cabinet) -> None:
    await cabinet.came("a")
    cabinet.bot.trouble["a"] = [BadRequest("file is too big")]
    await cabinet.keeper.fetch_missing()
    assert (await cabinet.row("a")).retry_at is None


@pytest.mark.parametrize(
    "error", [NetworkError("reset"), BadRequest("Bad Request: file is temporarily unavailable")]
)
async def test_an_outage_is_survived_and_only_age_gives_a_file_up(
    cabinet: Cabinet, error: TelegramError
) -> None:
    await cabinet.came("a", "b")
    cabinet.bot.trouble["a"] = [error] * 99
    cabinet.bot.trouble["b"] = [error] * 20
    for _ in range(21):
        retry_at = (await cabinet.row("a")).retry_at
        assert retry_at
        assert retry_at - cabinet.clock.now() <= LONGEST_PAUSE
        cabinet.clock.freeze(retry_at)
        await cabinet.keeper.fetch_missing()
    assert (await cabinet.row("b")).sha256
    cabinet.clock.freeze(people.MONDAY + GIVEN_UP_AFTER + LONGEST_PAUSE)
    await cabinet.keeper.fetch_missing()
    assert (await cabinet.row("a")).retry_at is None


async def test_one_that_cannot_be_kept_holds_up_nobody(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cabinet.came("a", data=b"full")
    await cabinet.came("b", data=b"fits")
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if self.read_bytes() == b"full":
            raise OSError("no space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    await cabinet.keeper.fetch_missing()
    assert (await cabinet.row("b")).sha256
    waiting = await cabinet.row("a")
    assert waiting.sha256 is None
    assert waiting.retry_at
    assert waiting.retry_at > people.MONDAY
    assert list(cabinet.folder.rglob("*.part")) == [], "a full disk is not filled up further"
