"""Two real programs on one PostgreSQL behind one address, and kill -9 of either at any moment.

`SATCOSO_REPLICA_REPORTS=200 .venv/bin/python -m pytest -s tests/e2e/test_replicas.py` is the long
version.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.store import Store
from tests.e2e import test_kill
from tests.e2e.processes import PATIENCE
from tests.e2e.replicas import Cluster
from tests.e2e.test_kill import Officer, Reaper, is_reminder, until_nothing_is_owed, words_for

REPORTS = int(os.environ.get("SATCOSO_REPLICA_REPORTS", "4"))
SEED = int(os.environ.get("SATCOSO_REPLICA_SEED", str(random.randrange(10_000))))
OFFICERS = test_kill.OFFICERS
EACH = -(-REPORTS // OFFICERS)
HOME = "Đi cơ sở tuần"  # how the answer to /start begins
ANSWERS = {"/start": HOME, "/trogiup": "Trợ giúp"}  # command -> how its answer begins
BURST = ("/start", "/trogiup", "/trogiup", "/start", "/trogiup", "/start", "/start", "/trogiup")


class Perilous(Cluster):
    """Its `kill` and `start` are those of some program, while the others go on."""

    def __init__(self, folder: Path, start_at: str, database: str, chance: random.Random) -> None:
        super().__init__(folder, start_at, database)
        self._chance, self._victims = chance, list(self.programs)
        self.begun = False

    def kill(self) -> None:
        self._victims = self._chance.sample(self.programs, 1)
        self._victims[0].kill()

    def start(self) -> None:
        if not self.begun:
            super().start()
            self.begun = True
            return
        self._victims[0].start()  # others answer meanwhile


@pytest.fixture
def chance() -> random.Random:
    print(f"seed {SEED}")
    return random.Random(SEED)


@pytest.fixture
def cluster(
    tmp_path: Path, postgres_url: str, empty: Callable[[], None], chance: random.Random
) -> Iterator[Perilous]:
    test_kill.settle_officers(Store(postgres_url), EACH)
    cluster = Perilous(tmp_path, "2026-11-16T08:00+07:00", postgres_url, chance)
    yield cluster
    cluster.close()
    empty()


def test_two_programs_lose_nothing_and_do_nothing_twice_while_either_is_killed(
    cluster: Perilous, chance: random.Random
) -> None:
    cluster.start()
    officers = [Officer(cluster, n, Reaper(cluster, chance)) for n in range(1, OFFICERS + 1)]
    for officer in officers:
        cluster.post("/people", id=1000 + officer.number, started=True)
        officer.phone.send("/start")
        officer.phone.wait_for(HOME)
    until_nothing_is_owed(cluster.rows)
    planned = visits(cluster)

    with ThreadPoolExecutor(OFFICERS) as pool:
        for done in [pool.submit(answered_in_order, officer) for officer in officers]:
            done.result()

    reaper = Reaper(cluster, chance)
    for officer in officers:
        officer.reaper = reaper
    with ThreadPoolExecutor(OFFICERS) as pool:
        for done in [pool.submit(work_through, cluster, officer, planned) for officer in officers]:
            done.result()
    for program in cluster.programs:
        program.wait_until_there()

    before = cluster.leader()
    killed_at = time.monotonic()
    before.kill()
    after = cluster.leader()
    print(f"{reaper.kills} kills, {OFFICERS * EACH} reports; updates brought to each:")
    print(f"{dict(cluster.proxy.brought)}; taken over after {time.monotonic() - killed_at:.1f} s")
    assert after is not before
    cluster.move_clock(to="2026-11-20T15:30+07:00")
    before.start()
    before.wait_until_there()
    cluster.move_clock(to="2026-11-23T08:00+07:00")

    assert all(cluster.proxy.brought[program.port] for program in cluster.programs)
    expected = sorted(words_for(v) for n in range(1, OFFICERS + 1) for v in planned[n][:EACH])
    assert sorted(w for (w,) in cluster.rows("SELECT situation FROM visit_report")) == expected
    assert cluster.rows("SELECT COUNT(*) FROM draft") == [(0,)]
    assert cluster.rows("SELECT COUNT(*) FROM visit WHERE status = 'missed'") == [(OFFICERS,)]
    left = "SELECT COUNT(*) FROM inbox_update WHERE answered_at IS NULL OR chat IS NOT NULL"
    assert cluster.rows(left) == [(0,)]
    for officer in officers:
        texts = [m["text"] for m in officer.phone.messages]
        reminders = Counter(t for t in texts if is_reminder(t) and not t.startswith(HOME))
        assert set(reminders.values()) == {1}, reminders


def answered_in_order(officer: Officer) -> None:
    """What one person sends in a hurry, taken by both programs in turn."""
    before = len(officer.phone.messages)
    for command in BURST:
        officer.phone.send(command)
    officer.phone.town.get("/state", wait="idle", timeout=30)
    end = time.monotonic() + PATIENCE
    while len(answered(officer, before)) < len(BURST) and time.monotonic() < end:
        time.sleep(0.1)
    assert answered(officer, before) == list(BURST)


def answered(officer: Officer, before: int) -> list[str]:
    """The commands that were answered since the officer had `before` messages, in order of the
    answers. Monday's plan, which may come in between, answers none."""
    texts = [message["text"] for message in officer.phone.messages[before:]]
    return [
        command
        for text in texts
        for command, beginning in ANSWERS.items()
        if text.startswith(beginning)
    ]


def work_through(cluster: Cluster, officer: Officer, planned: dict[int, list[int]]) -> None:
    for visit_id in planned[officer.number][:EACH]:
        query = "SELECT u.name FROM unit u JOIN visit v ON v.site_id = u.id WHERE v.id = "
        [(place,)] = cluster.rows(f"{query}{visit_id}")
        officer.report(visit_id, place)


def visits(cluster: Cluster) -> dict[int, list[int]]:
    """Officer -> their visits."""
    planned: dict[int, list[int]] = {}
    for officer, visit in cluster.rows("SELECT officer_id, id FROM visit ORDER BY id"):
        planned.setdefault(officer, []).append(visit)
    return planned
