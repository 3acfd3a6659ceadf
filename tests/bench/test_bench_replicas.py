"""Two programs on one PostgreSQL against one: the presses of `test_bench_press`, brought by webhook
to each in turn.

Programs, database and Bot API server share this machine's cores, so two programs can be faster than
one only where cores are left over. What a press costs says more: how much CPU the programs need for
it when they are alone, when they share the database, and when there are two.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from storage.vault import new_key
from tests.bench.press.ours import settle
from tests.bench.test_bench_press import (
    PRESSES,
    ROUNDS,
    TO_THE_CHECKLIST,
    WARM_UP,
    Runner,
    _cpu_seconds,
    _process,
    _spread,
)
from tests.e2e.replicas import Cluster
from tests.ports import free_port

SEVERAL = "tests.bench.press.several"
KILLS = 5
SETUPS = {"one, alone": (1, True), "one, sharing": (1, False), "two, sharing": (2, False)}


class Programs(Runner):
    """Several bots behind one Bot API server."""

    def __init__(self, name: str, api: str, pids: list[int]) -> None:
        super().__init__(name, api, None)  # type: ignore[arg-type]
        self._pids = pids

    def run(self, presses: int) -> None:
        before = sum(map(_cpu_seconds, self._pids))
        outcome = self.press(presses)
        cpu = sum(map(_cpu_seconds, self._pids)) - before
        self.cpu_ms.append(1000 * cpu / outcome["presses"])
        self.rates.append(outcome["presses"] / outcome["seconds"])
        self.p95_ms.append(outcome["p95_ms"])


@contextmanager
def together(name: str, url: str, folder: Path, count: int, alone: bool) -> Iterator[Programs]:
    folder.mkdir()
    (folder / "satcoso.key").write_text(new_key())
    asyncio.run(settle(url))
    ports = [free_port() for _ in range(count)]
    server = _process("tests.bench.press.bot_api", *TO_THE_CHECKLIST, "--bring", *map(str, ports))
    assert server.stdout is not None
    api = f"http://127.0.0.1:{int(server.stdout.readline())}"
    how = ("--alone",) if alone else ()
    bots = [_process(SEVERAL, api, url, str(folder), str(port), *how) for port in ports]
    try:
        for bot in bots:
            assert bot.stdout is not None
            while bot.stdout.readline() != "ready\n":
                assert bot.poll() is None
        yield Programs(name, api, [bot.pid for bot in bots])
    finally:
        for process in (*bots, server):
            process.terminate()
        for process in (*bots, server):
            process.wait(30)


@pytest.mark.bench
def test_two_programs_against_one(postgres: str, tmp_path: Path) -> None:
    with psycopg.connect(postgres, autocommit=True) as admin:
        for number in range(len(SETUPS)):
            admin.execute(f"DROP DATABASE IF EXISTS several{number}".encode())
            admin.execute(f"CREATE DATABASE several{number}".encode())
    address = postgres.replace("postgresql://", "postgresql+psycopg://")
    with ExitStack() as stack:
        runners = []
        for number, (name, (count, alone)) in enumerate(SETUPS.items()):
            url = address.replace("/migrated?", f"/several{number}?")
            folder = tmp_path / str(number)
            runners.append(stack.enter_context(together(name, url, folder, count, alone)))
        for runner in runners:
            runner.press(WARM_UP)
        for _ in range(ROUNDS):
            for runner in runners:
                runner.run(PRESSES)
    print(f"\n{ROUNDS} rounds of {PRESSES} presses by 50 people, {os.cpu_count()} cores for all,")
    print("the database does not wait for its disk; median (least–most)")
    print(f"{'':20}{'presses/s':>18}{'CPU ms':>8}{'p95 ms':>8}  of one that shares, by round")
    one = runners[1]
    for runner in runners:
        print(
            f"{runner.name:20}{_spread(runner.rates, 0):>18}"
            f"{statistics.median(runner.cpu_ms):8.1f}{statistics.median(runner.p95_ms):8.0f}"
            f"  {_spread(runner.beside(one), 2)}"
        )
    assert all(len(runner.rates) == ROUNDS for runner in runners)


@pytest.mark.bench
def test_how_soon_another_program_leads_when_the_leader_is_killed(
    postgres_url: str, tmp_path: Path
) -> None:
    asyncio.run(settle(postgres_url))
    cluster = Cluster(tmp_path, "2026-11-16T08:00+07:00", postgres_url)
    seconds = []
    try:
        cluster.start()
        for _ in range(KILLS):
            leader = cluster.leader()
            leader.kill()
            killed_at = time.monotonic()
            assert cluster.leader() is not leader
            seconds.append(time.monotonic() - killed_at)
            leader.start()
            leader.wait_until_there()
    finally:
        cluster.close()
    print(f"\n{KILLS} leaders killed: another leads after {_spread(seconds, 1)} s; 15 asked for")
    assert len(seconds) == KILLS
