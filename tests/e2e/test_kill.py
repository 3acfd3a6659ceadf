"""kill -9 at any moment: every answered step is there, no report twice, no reminder twice.

`SATCOSO_KILL_REPORTS=200 .venv/bin/python -m pytest tests/e2e/test_kill.py` is the long version.
"""

import asyncio
import os
import random
import shutil
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage.addresses import TELEGRAM, Address
from storage.enums import Role, UnitKind
from storage.folding import fold
from storage.migrations import upgrade
from storage.models import Membership, Person, Unit
from storage.people import address_row
from storage.store import Store
from tests.e2e.processes import PATIENCE, Phone, Town
from tests.soak.processes import QuickTown

REPORTS = int(os.environ.get("SATCOSO_KILL_REPORTS", "4"))
SEED = int(os.environ.get("SATCOSO_KILL_SEED", str(random.randrange(10_000))))
OFFICERS = 4
EACH = -(-REPORTS // OFFICERS)
ACTS_BETWEEN_KILLS = (8, 24)

OWED = (  # on Monday morning, to be sent at once
    "SELECT COUNT(*) FROM outbox_message"
    " WHERE state IN ('pending', 'sending') AND not_before < '2026-11-16 02:00+00'"
)

# What is pressed, and what the card asks afterwards.
SCRIPT = (
    ("Hôm nay", "Hình thức đi cơ sở?"),
    ("Dự họp BCH", "bao nhiêu người lao động?"),
    ("10", "Bấm để đánh dấu"),
    ("Xong", "tâm tư, nguyện vọng"),
    ("Bỏ qua", "Tình hình tại cơ sở"),
)


@pytest.fixture
def town(tmp_path: Path, migrated: Path) -> Iterator[Town]:
    """Its program starts in a moment: `test_story` starts it as an operator does."""
    town = QuickTown(tmp_path, start_at="2026-11-16T08:00+07:00")
    shutil.copy(migrated, tmp_path / "satcoso.db")
    settle_officers(Store(f"sqlite+aiosqlite:///{tmp_path.as_posix()}/satcoso.db"), EACH)
    yield town
    town.close()


def settle_officers(store: Store, each: int) -> None:
    """Officers who have one visit more than the `each` that they will report."""
    asyncio.run(_settle(store, each))


async def _settle(store: Store, each: int) -> None:
    await upgrade(store)
    async with store.write() as session:
        session.add_all(_unit(n) for n in range(1, 2 + OFFICERS * (each + 1)))
        await session.flush()
        session.add_all(_officer(n, each) for n in range(1, OFFICERS + 1))
        await session.flush()
        for n in range(1, OFFICERS + 1):
            session.add(address_row(n, Address(TELEGRAM, str(1000 + n))))
            session.add(Membership(person_id=n, role=Role.OFFICER, unit_id=1))
    await store.close()


def _unit(n: int) -> Unit:
    name = f"Nơi {n}"
    return Unit(
        id=n,
        code=f"U{n}",
        name=name,
        folded=fold(name),
        kind=UnitKind.UPPER if n == 1 else UnitKind.SITE_UNION,
        path="/1/" if n == 1 else f"/1/{n}/",
        known_since=date(2026, 1, 5),
    )


def _officer(n: int, each: int) -> Person:
    name = f"Cán bộ {n}"
    joined = datetime(2026, 1, 5, tzinfo=UTC)
    return Person(
        id=n,
        name=name,
        folded=fold(name),
        weekly_quota=each + 1,
        joined_at=joined,
    )


class Reaper:
    """Kills the program every so many acts, a few milliseconds into the last one."""

    def __init__(self, town: Town, chance: random.Random) -> None:
        self.kills = 0
        self._town, self._chance = town, chance
        self._lock, self._left = threading.Lock(), chance.randint(*ACTS_BETWEEN_KILLS)

    def act_done(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left == 0:
                time.sleep(self._chance.uniform(0, 0.04))  # the random moment itself
                self._town.kill()
                self._town.start()
                self.kills += 1
                self._left = self._chance.randint(*ACTS_BETWEEN_KILLS)


class Officer:
    """Reports visit after visit and never repeats an act: what was sent must not be lost."""

    def __init__(self, town: Town, number: int, reaper: Reaper) -> None:
        self.phone = Phone(town, 1000 + number, f"Cán bộ {number}")
        self.number, self.reaper = number, reaper

    def report(self, visit_id: int, place: str) -> None:
        url = f"{self.phone.url}/click"
        newest = self.phone.messages[-1]["message_id"]
        press = {"message_id": newest, "data": f"report:start:{visit_id}", "forged": True}
        self.phone.town.post(url, **press)
        self._then(place, "Đồng chí đi cơ sở ngày nào?")
        for label, question in SCRIPT:
            self.phone.click(label)
            self._then(place, question)
        self.phone.send(words_for(visit_id))
        self._then(place, "Đồng chí xem lại rồi bấm")
        self.phone.click("Gửi báo cáo")
        self._then(place, "Đã nhận báo cáo", "Đi cơ sở tuần")  # home, when it was drawn again

    def _then(self, place: str, *expected: str) -> None:
        """A receipt killed before it was noted comes again, maybe below the next visit's card."""
        self.reaper.act_done()
        self.phone.wait_until_newest_has(*expected, about=place)


def words_for(visit_id: int) -> str:
    return f"Lượt số {visit_id}: công nhân đề nghị tăng tiền ăn ca, sửa quạt thông gió ở xưởng"


def test_reports_and_reminders_survive_kill_9(town: Town) -> None:
    print(f"seed {SEED}")
    town.start()
    reaper = Reaper(town, random.Random(SEED))
    officers = [Officer(town, n, reaper) for n in range(1, OFFICERS + 1)]
    for officer in officers:
        town.post("/people", id=1000 + officer.number, started=True)
        officer.phone.send("/start")
        officer.phone.wait_for("Đi cơ sở tuần")
    until_nothing_is_owed(lambda query: rows(town, query))
    planned = visits(town)

    with ThreadPoolExecutor(OFFICERS) as pool:
        jobs = [pool.submit(work_through, officer, planned) for officer in officers]
    for job in jobs:
        job.result()
    town.move_clock(to="2026-11-20T15:30+07:00")
    town.kill()
    town.start()
    town.move_clock(to="2026-11-23T08:00+07:00")
    town.stop()

    print(f"{reaper.kills} kills, {OFFICERS * EACH} reports")
    assert reaper.kills > 0
    expected = sorted(words_for(v) for n in range(1, OFFICERS + 1) for v in planned[n][:EACH])
    assert sorted(row[0] for row in rows(town, "SELECT situation FROM visit_report")) == expected
    assert rows(town, "SELECT COUNT(*) FROM draft") == [(0,)]
    assert rows(town, "SELECT COUNT(*) FROM visit WHERE status = 'missed'") == [(OFFICERS,)]
    for officer in officers:
        said = Counter(m["text"] for m in officer.phone.messages if is_reminder(m["text"]))
        assert set(said.values()) == {1}, said


def until_nothing_is_owed(rows: Callable[[str], list[tuple]]) -> None:
    """Monday's plan names the places too: a card that came before it would not be the newest."""
    end = time.monotonic() + PATIENCE
    while rows(OWED) != [(0,)]:
        assert time.monotonic() < end, "Monday's plan is never sent"
        time.sleep(0.1)


def work_through(officer: Officer, planned: dict[int, list[int]]) -> None:
    for visit_id in planned[officer.number][:EACH]:
        query = (
            f"SELECT u.name FROM unit u JOIN visit v ON v.site_id = u.id WHERE v.id = {visit_id}"
        )
        [(place,)] = rows(officer.phone.town, query)
        officer.report(visit_id, place)


def is_reminder(text: str) -> bool:
    return "chưa hẹn ngày" in text or "chưa cập nhật kết quả" in text or "chưa có báo cáo" in text


def visits(town: Town) -> dict[int, list[int]]:
    """Officer -> their visits."""
    found: dict[int, list[int]] = {}
    for officer, visit in rows(town, "SELECT officer_id, id FROM visit ORDER BY id"):
        found.setdefault(officer, []).append(visit)
    return found


def rows(town: Town, query: str) -> list[tuple]:
    with closing(sqlite3.connect(town.folder / "satcoso.db")) as database:
        return database.execute(query).fetchall()
