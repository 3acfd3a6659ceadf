"""kill -9 at random moments while people report, bring concerns, ask for reports and import lists.

Nothing that was acknowledged is lost, nothing is done twice, the database is sound after each kill.
`SATCOSO_SOAK_ROUNDS` kills (1000), `SATCOSO_SOAK_MINUTES` at most (60), `SATCOSO_SOAK_SEED`.
"""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.living import LINK, ROUNDS, Life
from tests.soak.people import Somebody
from tests.soak.processes import QuickTown

FEW = 4
ACTS_BETWEEN_KILLS = (1, 7)
LONGEST_WAIT_SECONDS = 0.25  # between an act and the kill


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    town = QuickTown(tmp_path, start_at="2026-11-16T08:00+07:00")
    yield Life(town)
    town.close()


class Reaper:
    """Kills the program every few acts, at a random moment of the last one, and looks closely."""

    def __init__(self, life: Life) -> None:
        self.rounds = 0
        self._life, self._lock = life, threading.Lock()
        self._left = life.chance.randint(*ACTS_BETWEEN_KILLS)

    def meets(self, somebody: Somebody) -> None:
        """They press nothing twice."""

    def act_done(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left:
                return
            time.sleep(self._life.chance.uniform(0, LONGEST_WAIT_SECONDS))  # the moment itself
            self._life.town.kill()
            try:
                self._life.look()
            finally:
                self._life.town.start()
            self.rounds += 1
            self._left = self._life.chance.randint(*ACTS_BETWEEN_KILLS)


@pytest.mark.soak
def test_nothing_is_lost_or_done_twice_in_a_few_kills(life: Life) -> None:
    print(life.live(Reaper(life), FEW))


@pytest.mark.soak
def test_nothing_is_lost_or_done_twice_in_a_thousand_kills(life: Life) -> None:
    print(life.live(Reaper(life), ROUNDS))


def test_without_its_key_the_program_says_so_and_with_it_goes_on(life: Life) -> None:
    """Killed in the middle of things; the key is found again later."""
    town, key = life.town, life.town.folder / "satcoso.key"
    na = Somebody(town, 7_200_000_001, "Na", lambda: None)
    town.start()
    na.send(f"/start {LINK}")
    na.wait_for("mời anh/chị đọc")
    town.kill()
    key.rename(key.with_suffix(".away"))
    na.click("Đồng ý")
    town.spawn()
    assert town.ended(), "it runs without the key of what is sealed"
    assert "satcoso.key" in town.log()
    key.with_suffix(".away").rename(key)
    town.start()
    na.wait_for("đang gặp khó khăn")
    life.look()
