"""The disk is full, cannot be written to, or the database is locked: nobody is told that something
was done which was not, and all goes on when there is room again.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import func, select

from storage.models import Case, VisitReport
from storage.store import sqlite_file
from tests import soundness
from tests.client import Person, Town
from tests.soak.living import LINK
from tests.storage.test_whole_program import HONEST

FAILED = "Hệ thống gặp lỗi"
REPORT = ("Báo cáo", "Hôm nay", "Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua")
PRAGMAS = {
    "full": "PRAGMA max_page_count = 1",  # no page more than there are
    "read-only": "PRAGMA query_only = ON",
    "well": "PRAGMA query_only = OFF; PRAGMA max_page_count = 1073741823",
}
TROUBLES = ("full", "read-only", "locked")
SHORT = 0.3  # seconds


class Disk:
    """Each transaction begins on a disk as it is just now."""

    def __init__(self, town: Town) -> None:
        self.state = "well"
        self._town = town
        self._listen()

    @asynccontextmanager
    async def is_(self, trouble: str) -> AsyncIterator[None]:
        if trouble == "locked":
            file = sqlite_file(self._town.settings.database.url)
            assert file
            with closing(sqlite3.connect(file)) as other:
                other.execute("BEGIN IMMEDIATE")
                yield
                other.rollback()
            return
        self.state = trouble
        yield
        self.state = "well"

    def _listen(self) -> None:
        engine = self._town.program.work.store.engine.sync_engine

        def begin(connection: Any) -> None:
            for pragma in PRAGMAS[self.state].split(";"):
                connection.exec_driver_sql(pragma)

        event.listen(engine, "begin", begin, insert=True)


async def to_the_last_tap(town: Town) -> tuple[Person, Person]:
    """An officer and a worker who have only to press "Gửi"."""
    an, lan = await town.person("An"), await town.person("Lan")
    for label in REPORT:
        await an.click(label)
    await an.send(HONEST)
    await lan.send(f"/start {LINK}")
    if "Đồng ý" in lan.buttons:
        await lan.click("Đồng ý")
    await lan.send("Công ty trả lương chậm hai tháng")
    for label in ("Vài người", "Đúng", "Không nêu tên"):
        await lan.click(label)
    return an, lan


async def counts(town: Town) -> tuple[int, int]:
    async with town.program.work.read() as session:
        reports = (await session.exec(select(func.count()).select_from(VisitReport))).one()
        cases = (await session.exec(select(func.count()).select_from(Case))).one()
    return reports, cases


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_what_is_sent_while_nothing_can_be_written_is_done_afterwards(
    town: Town, trouble: str
) -> None:
    an, lan = await to_the_last_tap(town)
    disk = Disk(town)
    async with disk.is_(trouble):
        await an.click("Gửi báo cáo", wait=False)
        await lan.click("Gửi Công đoàn", wait=False)
        await asyncio.sleep(SHORT)
    await town.settle()
    for person, label in ((an, "Gửi báo cáo"), (lan, "Gửi Công đoàn")):
        if any(FAILED in words for words in (*person.cards, *person.toasts)):
            await person.click(label)  # they were told, so they press again
    assert any("Đã nhận báo cáo" in card for card in an.cards)
    assert any("Mã phản ánh" in card for card in lan.cards)
    assert await counts(town) == (1, 1)
    assert await soundness.broken(town.program.work.store, town.clock.now()) == []
