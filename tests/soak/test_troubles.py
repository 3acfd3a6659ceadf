"""Telegram answers late, wrongly or not at all, the database is locked or restarted: nothing
is lost, nothing is done twice, everybody has their answer in the end.

`SATCOSO_SOAK_ROUNDS` troubles (1000), `SATCOSO_SOAK_MINUTES` at most (60), `SATCOSO_SOAK_SEED`.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from tests.e2e.processes import TOKEN
from tests.soak.living import ROUNDS, Life
from tests.soak.people import Somebody
from tests.soak.processes import QuickTown

FEW = 12
METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates", "*")
KINDS = ("429", "500", "502", "garbled", "drop", "lost", "delay")
BRIEF = {"delay": 0.5, "429": 1, "outage": 2, "locked": 1}
AS_EVER = {"delay": 30, "429": 3, "outage": 120, "locked": 20}
ACTS_BETWEEN_TROUBLES = (1, 4)
PATIENCE = 400  # seconds
BIG_ONE = 50  # every so many rounds: an outage, a lock, a second program on the same token


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    town = QuickTown(tmp_path, start_at="2026-11-16T08:00+07:00")
    yield Life(town)
    town.close()


class Weather:
    """Something else goes wrong every few acts. `seconds`: how long each kind lasts."""

    def __init__(self, life: Life, seconds: dict[str, float], big_one: int) -> None:
        self.rounds = 0
        self.seen: dict[str, int] = {}
        self._life, self._seconds, self._big_one = life, seconds, big_one
        self._lock = threading.Lock()
        self._left = life.chance.randint(*ACTS_BETWEEN_TROUBLES)

    def meets(self, somebody: Somebody) -> None:
        """They wait longer than all that can come together, and press again after that."""
        somebody.patient(PATIENCE, self._again)

    def _again(self) -> None:
        self.seen["pressed again"] = self.seen.get("pressed again", 0) + 1

    def act_done(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left:
                return
            self.rounds += 1
            self._left = self._life.chance.randint(*ACTS_BETWEEN_TROUBLES)
            big = self.rounds % self._big_one == 0
            kind = self._life.chance.choice(("outage", "locked", "409")) if big else ""
            self._happen(kind or self._life.chance.choice(KINDS))
            self._life.look()

    def _happen(self, kind: str) -> None:
        self.seen[kind] = self.seen.get(kind, 0) + 1
        town, seconds = self._life.town, self._seconds.get(kind, 0)
        if kind == "outage":
            for method in ("*", "getUpdates"):
                town.post("/faults", method=method, kind="502", times=100_000)
            time.sleep(seconds)
            town.http.delete("/faults").raise_for_status()
        elif kind == "locked":
            with closing(sqlite3.connect(town.folder / "satcoso.db", timeout=30)) as database:
                database.execute("BEGIN IMMEDIATE")
                time.sleep(seconds)
        elif kind == "409":
            bot = str(town.http.base_url).partition("/sandbox")[0] + f"/bot{TOKEN}"
            for _ in range(3):
                with suppress(httpx.HTTPError):  # what was ordered for the program may meet it
                    httpx.get(f"{bot}/getUpdates", params={"timeout": 0, "offset": 0}, timeout=20)
        else:
            times = 1 if kind == "delay" else self._life.chance.randint(1, 3)
            method = self._life.chance.choice(METHODS)
            town.post("/faults", method=method, kind=kind, times=times, seconds=seconds)


@pytest.mark.soak
def test_nothing_is_lost_or_done_twice_in_a_little_weather(life: Life) -> None:
    weather = Weather(life, BRIEF, big_one=5)
    print(life.live(weather, FEW), weather.seen)


@pytest.mark.soak
def test_nothing_is_lost_or_done_twice_in_all_weathers(life: Life) -> None:
    weather = Weather(life, AS_EVER, BIG_ONE)
    print(life.live(weather, ROUNDS), weather.seen)
