"""A press on the report's checklist: stored, committed, answered, the card edited; the floors are
stock bots that keep nothing and only answer and edit.

All are processes of their own, each with a small Bot API server of its own, and take turns, so
that whatever else this machine does meets them alike. Ratios count. SATCOSO_BENCH_ROUNDS (5) and
SATCOSO_BENCH_PRESSES (300 a round) make it longer. What a commit costs alone is said beside it.
"""

import json
import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

ROUNDS = int(os.environ.get("SATCOSO_BENCH_ROUNDS", "5"))
PRESSES = int(os.environ.get("SATCOSO_BENCH_PRESSES", "300"))
WARM_UP = 250  # from the first button to the checklist, and a while on it
COUNTED = 100
TO_THE_CHECKLIST = (
    *("--begin", "report:start:{n}", "--again", r"f:\d+:topics:(?!=).*"),
    *("--label", "Hôm nay", "--label", "Dự họp BCH", "--label", "10"),
)
OURS = "tests.bench.press.ours"
AIOGRAM, ITS_FOLDER = "tests.bench.press.stock_aiogram", Path(__file__).parents[2] / ".venv/floor"
COMMITS = 300


@dataclass
class Runner:
    """A bot under way, and what its rounds gave."""

    name: str
    api: str
    bot: subprocess.Popen[str]
    rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    p95_ms: list[float] = field(default_factory=list)

    def run(self, presses: int) -> None:
        before = _cpu_seconds(self.bot.pid)
        outcome = self.press(presses)
        self.cpu_ms.append(1000 * (_cpu_seconds(self.bot.pid) - before) / outcome["presses"])
        self.rates.append(outcome["presses"] / outcome["seconds"])
        self.p95_ms.append(outcome["p95_ms"])

    def beside(self, floor: "Runner") -> list[float]:
        """How many times as fast as a floor it was, round by round."""
        return [ours / theirs for ours, theirs in zip(self.rates, floor.rates, strict=True)]

    def press(self, presses: int) -> dict[str, Any]:
        request = urllib.request.Request(f"{self.api}/press?times={presses}", method="POST")
        with urllib.request.urlopen(request, timeout=300) as answer:
            result: dict[str, Any] = json.load(answer)["result"]
            return result


@contextmanager
def running(name: str, module: str, *arguments: str) -> Iterator[Runner]:
    """A bot and its Bot API server, until the block is left."""
    to_the_card = TO_THE_CHECKLIST if module == OURS else ()
    server = _process("tests.bench.press.bot_api", *to_the_card)
    assert server.stdout is not None
    api = f"http://127.0.0.1:{int(server.stdout.readline())}"
    bot = _process(module, api, *arguments)
    try:
        while module == OURS and bot.stdout and bot.stdout.readline() not in ("ready\n", ""):
            pass
        yield Runner(name, api, bot)
    finally:
        for process in (bot, server):
            process.terminate()
            process.wait(30)


def _process(module: str, *arguments: str) -> subprocess.Popen[str]:
    paths = [os.environ.get("PYTHONPATH", "")]
    if module == AIOGRAM:  # with versions of its own, which nobody else gets to see
        paths.insert(0, str(ITS_FOLDER))
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def durable_postgres(postgres: str) -> Iterator[str]:
    """An empty database on the server of the tests, which here waits for its disk."""
    with psycopg.connect(postgres, autocommit=True) as admin:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            admin.execute(f"ALTER SYSTEM SET {setting} = on".encode())
        admin.execute("SELECT pg_reload_conf()")
        for name in ("press", "counted"):
            admin.execute(f"DROP DATABASE IF EXISTS {name}".encode())
            admin.execute(f"CREATE DATABASE {name}".encode())
    yield postgres.replace("postgresql://", "postgresql+psycopg://")
    with psycopg.connect(postgres, autocommit=True) as admin:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        admin.execute("SELECT pg_reload_conf()")


def per_press(url: str, folder: Path) -> dict[str, float]:
    """What the database is sent for one press."""
    folder.mkdir()
    with running("", OURS, url, str(folder), "--count") as counted:
        assert counted.bot.stdout is not None
        counted.press(WARM_UP)
        counted.bot.send_signal(signal.SIGUSR1)
        while counted.bot.stdout.readline() != "counting\n":
            pass
        counted.press(COUNTED)
        counted.bot.terminate()
        said = next(line for line in counted.bot.stdout if line.startswith("{"))
        return {what: number / COUNTED for what, number in json.loads(said).items()}


@pytest.mark.bench
def test_a_press_beside_stock_bots(durable_postgres: str, tmp_path: Path) -> None:
    floors = {"stock PTB": "tests.bench.press.stock_ptb"}
    if ITS_FOLDER.is_dir():
        floors["stock aiogram"] = AIOGRAM
    else:
        print("\nno aiogram beside it: `make .venv/installed-floor` brings it")
    urls = {
        "ours, SQLite": f"sqlite+aiosqlite:///{tmp_path / 'press.db'}",
        "ours, PostgreSQL": durable_postgres.replace("/migrated?", "/press?"),
    }
    with ExitStack() as stack:
        runners = []
        for name, url in urls.items():
            folder = tmp_path / str(len(runners))
            folder.mkdir()
            runners.append(stack.enter_context(running(name, OURS, url, str(folder))))
        for name, module in floors.items():
            runners.append(stack.enter_context(running(name, module)))
        for runner in runners:
            runner.press(WARM_UP)
        for _ in range(ROUNDS):
            for runner in runners:
                runner.run(PRESSES)

    print(f"\n{ROUNDS} rounds of {PRESSES} presses by 50 people, median (least–most)")
    print(f"{'':20}{'presses/s':>18}{'CPU ms':>8}{'p95 ms':>8}  of the floors, by round")
    for runner in runners:
        ratios = "  ".join(
            f"{floor.name} {_spread(runner.beside(floor), 2)}"
            for floor in runners
            if floor.name in floors and floor is not runner
        )
        print(
            f"{runner.name:20}{_spread(runner.rates, 0):>18}"
            f"{statistics.median(runner.cpu_ms):8.1f}{statistics.median(runner.p95_ms):8.0f}"
            f"  {ratios}"
        )
    for name, url in (
        ("SQLite", f"sqlite+aiosqlite:///{tmp_path / 'counted.db'}"),
        ("PostgreSQL", durable_postgres.replace("/migrated?", "/counted?")),
    ):
        counts = per_press(url, tmp_path / name)
        print(f"{name}, a press: " + ", ".join(f"{v:.2f} {k}" for k, v in counts.items()))
    waits = sorted(commit_ms(tmp_path / "commits.db"))
    print(
        "a commit of one row by itself, with full durability: "
        f"median {statistics.median(waits):.1f}, p95 {waits[len(waits) * 95 // 100]:.1f}, "
        f"slowest {waits[-1]:.1f} ms"
    )
    assert all(len(runner.rates) == ROUNDS for runner in runners)


def commit_ms(file: Path) -> Iterator[float]:
    """How long SQLite waits for this disk, time after time."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
            database.execute(statement)
        database.execute("CREATE TABLE row (number)")
        for number in range(COMMITS):
            start = time.perf_counter()
            database.execute("INSERT INTO row VALUES (?)", [number])
            yield 1000 * (time.perf_counter() - start)


def _spread(numbers: list[float], digits: int) -> str:
    return (
        f"{statistics.median(numbers):.{digits}f} ({min(numbers):.{digits}f}–"
        f"{max(numbers):.{digits}f})"
    )
