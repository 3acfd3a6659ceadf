"""The database breaks off what handles an update: whoever sent it is not told to send it again, for
it may have been done; it is handled again, or its answer given, when the database is back.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels.telegram import inbox
from bot.core.work import Work
from storage.models import Case
from tests.cases.routes.test_concerns import LINK, WAGES, rows
from tests.client import WAIT, Person, Town

FAILED = "Hệ thống gặp lỗi"


def broken() -> OperationalError:
    """As SQLAlchemy tells of a connection that the server has ended."""
    cause = ConnectionError("terminating connection due to unexpected postmaster exit")
    return OperationalError("COMMIT", {}, cause, connection_invalidated=True)


class Database:
    """It breaks off the next transactions of updates, `before` their commit or after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._write: Callable[[Work], Any] = Work.write
        self._left, self._before, self.broke_off = 0, False, 0
        monkeypatch.setattr(Work, "write", self._writing())
        monkeypatch.setattr(inbox, "AGAIN_PAUSE", 0.01)

    @contextmanager
    def breaks_off(self, times: int, *, before: bool) -> Iterator[None]:
        self._left, self._before = times, before
        yield
        self._left = 0

    def _writing(self) -> Any:
        @asynccontextmanager
        async def write(work: Work) -> AsyncIterator[AsyncSession]:
            async with self._write(work) as session:
                yield session
                if work.update and self._left and self._before:
                    self._count()
            if work.update and self._left:
                self._count()

        return write

    def _count(self) -> None:
        self._left -= 1
        self.broke_off += 1
        raise broken()


@pytest.fixture
def database(town: Town, monkeypatch: pytest.MonkeyPatch) -> Database:
    return Database(monkeypatch)


async def to_the_last_tap(lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.send(WAGES)
    for label in ("Vài người", "Đúng", "Không nêu tên"):
        await lan.click(label)


def nobody_told_of_failure(person: Person) -> bool:
    return not any(FAILED in words for words in (*person.cards, *person.toasts))


@pytest.mark.wide
@pytest.mark.parametrize("before", [True, False], ids=["before the commit", "after it"])
async def test_what_the_database_broke_off_is_done_once_and_answered(
    town: Town, database: Database, before: bool
) -> None:
    lan = await town.person("Lan")
    await to_the_last_tap(lan)
    with database.breaks_off(1, before=before):
        await lan.click("Gửi Công đoàn")
    await town.settle()
    await town.program.answers.deliver()
    assert database.broke_off == 1
    assert len(await rows(town, Case)) == 1
    assert nobody_told_of_failure(lan)
    assert any("Mã phản ánh" in card for card in lan.cards) or not before
    assert "Gửi Công đoàn" not in str(lan.buttons)


@pytest.mark.parametrize("before", [True, False], ids=["before the commit", "after it"])
async def test_words_that_were_stored_when_the_connection_broke_are_not_asked_for_again(
    town: Town, database: Database, before: bool
) -> None:
    """Else a worker sends them twice, into one text."""
    lan = await town.person("Lan")
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    with database.breaks_off(2, before=before):
        await lan.send(WAGES)
    await town.settle()
    await town.program.answers.deliver()
    assert nobody_told_of_failure(lan)
    assert "ảnh hưởng đến bao nhiêu người" in lan.card
    for label in ("Vài người", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await lan.click(label)
    (case,) = await rows(town, Case)
    assert case.text == WAGES


@pytest.mark.wide
async def test_what_a_chat_sends_meanwhile_waits_for_what_was_broken_off(
    town: Town, database: Database
) -> None:
    lan = await town.person("Lan")
    await to_the_last_tap(lan)
    with database.breaks_off(3, before=True):
        await lan.click("Gửi Công đoàn", wait=False)
        await lan.send("/start", wait=False)
        await town.settle()
    assert database.broke_off == 3
    (case,) = await rows(town, Case)
    assert case.text == WAGES


async def test_a_lock_that_never_ends_is_said_to_be_a_failure(
    town: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LONGEST_AGAIN", 0.05)
    lan = await town.person("Lan")
    await to_the_last_tap(lan)
    with database.breaks_off(10_000, before=True):
        await lan.click("Gửi Công đoàn")
    assert not nobody_told_of_failure(lan)
    assert not await rows(town, Case)
    await lan.click("Gửi Công đoàn")
    assert len(await rows(town, Case)) == 1


async def test_a_program_that_stops_meanwhile_leaves_it_to_the_next_start(
    town: Town, database: Database
) -> None:
    lan = await town.person("Lan")
    await to_the_last_tap(lan)
    with database.breaks_off(10_000, before=True):
        await lan.click("Gửi Công đoàn", wait=False)
        await town.taken()
        while not database.broke_off:  # noqa: ASYNC110 - it is about to
            await asyncio.sleep(0.001)
        await asyncio.wait_for(town.stop(), WAIT)
    assert not await rows(town, Case)
    await town.start()
    await town.settle()
    assert len(await rows(town, Case)) == 1
    assert nobody_told_of_failure(lan)
