"""Copies of what people send: fetched in the background, kept whole or not at all."""

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from sqlmodel import select
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.files import GIVEN_UP_AFTER, LONGEST_PAUSE, MAX_INTERRUPTED, FileKeeper
from storage.addresses import TELEGRAM
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

    async def came(self, *names: str, data: bytes = b"a photo", **values: Any) -> None:
        """Somebody has sent these files."""
        async with self.store.write() as session:
            for name in names:
                self.bot.files[name] = data
                at = self.clock.now()
                session.add(
                    StoredFile(
                        channel=TELEGRAM,
                        reference=name,
                        unique_id=name,
                        kind="photo",
                        created_at=at,
                        retry_at=at,
                        **values,
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


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> "Reading":
    return Reading(monkeypatch)


class Reading:
    """Watches pictures being read, and can do something in the middle of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = self.most = self.count = 0
        self.meanwhile: Callable[[], Any] = lambda: None
        monkeypatch.setattr("bot.channels.telegram.files.anew", self._anew)
        monkeypatch.setattr("bot.channels.telegram.files.asyncio.to_thread", self._thread)

    def _anew(self, data: bytes, *, photo: bool) -> bytes:
        self.count += 1
        return data + b" made anew"

    async def _thread(self, function: Any, *values: Any, **options: Any) -> Any:
        if function != self._anew:
            return function(*values, **options)
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(20):  # whoever may come in between does
            await asyncio.sleep(0)
        if asyncio.iscoroutine(waiting := self.meanwhile()):
            await waiting
        self.now -= 1
        return function(*values, **options)


async def test_pictures_are_read_one_at_a_time(cabinet: Cabinet, reading: Reading) -> None:
    await cabinet.came(*(f"f{n}" for n in range(8)), private=True)
    await cabinet.keeper.fetch_missing()
    assert (reading.count, reading.most) == (8, 1)


async def test_a_try_is_counted_before_the_picture_is_read(
    cabinet: Cabinet, reading: Reading
) -> None:
    await cabinet.came("a", private=True)
    meanwhile: list[StoredFile] = []

    async def look() -> None:
        meanwhile.append(await cabinet.row("a"))

    reading.meanwhile = look
    await cabinet.keeper.fetch_missing()
    (during,) = meanwhile
    assert (during.attempts, during.interrupted) == (1, 1)
    assert during.retry_at
    assert during.retry_at > people.MONDAY, "the next start does not begin with it"
    after = await cabinet.row("a")
    assert (after.interrupted, after.retry_at, bool(after.sha256)) == (0, None, True)


async def test_a_picture_that_the_program_died_of_three_times_is_given_up(
    cabinet: Cabinet, reading: Reading
) -> None:
    await cabinet.came("a", private=True, attempts=3, interrupted=MAX_INTERRUPTED)
    await cabinet.came("b", private=True, attempts=2, interrupted=MAX_INTERRUPTED - 1)
    await cabinet.keeper.fetch_missing()
    given_up = await cabinet.row("a")
    assert (given_up.sha256, given_up.retry_at, given_up.reference) == (None, None, "")
    assert (await cabinet.row("b")).sha256
    assert reading.count == 1


async def test_a_stop_in_good_order_counts_as_no_try(cabinet: Cabinet, reading: Reading) -> None:
    await cabinet.came("a", private=True)
    begun = asyncio.Event()

    async def long() -> None:
        begun.set()
        await asyncio.Event().wait()

    reading.meanwhile = long
    task = asyncio.create_task(cabinet.keeper.run())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    waiting = await cabinet.row("a")
    assert (waiting.attempts, waiting.interrupted) == (0, 0)
    assert waiting.retry_at == people.MONDAY


async def test_a_download_that_the_program_died_of_is_not_begun_with_at_once(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cabinet.came("a")
    meanwhile: list[StoredFile] = []
    get_file = cabinet.bot.get_file

    async def look(file_id: str) -> Any:
        meanwhile.append(await cabinet.row(file_id))
        return await get_file(file_id)

    monkeypatch.setattr(cabinet.bot, "get_file", look)
    await cabinet.keeper.fetch_missing()
    (during,) = meanwhile
    assert during.attempts == 1
    assert during.retry_at
    assert during.retry_at > people.MONDAY
