"""SIGTERM at any moment: the real process ends by itself, idle and under load.

`SATCOSO_STOPS=60 .venv/bin/python -m pytest -m bench -s tests/e2e/test_stop.py` counts them.
"""

import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.processes import Phone, Town

STOPS = int(os.environ.get("SATCOSO_STOPS", "6"))
SEED = int(os.environ.get("SATCOSO_STOP_SEED", str(random.randrange(10_000))))
PHONES = 4
LONGEST_STOP = 30  # seconds; what is under way may take five


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path, start_at="2026-11-16T08:00+07:00")
    yield town
    town.close()


def idle(town: Town, over: threading.Event) -> None:
    """Nobody writes."""


def busy(town: Town, over: threading.Event) -> None:
    """Several people write without a pause."""

    def write(phone: Phone) -> None:
        while not over.is_set():
            phone.send("/start")
            time.sleep(0.2)

    phones = [Phone(town, 1000 + n, f"Người {n}") for n in range(PHONES)]
    for phone in phones:
        town.post("/people", id=int(phone.url.split("/")[-1]), started=True)
        threading.Thread(target=write, args=(phone,), daemon=True).start()


@pytest.mark.bench
@pytest.mark.parametrize("load", [idle, busy])
def test_the_process_ends_at_every_sigterm(
    town: Town, load: Callable[[Town, threading.Event], None]
) -> None:
    chance, over, ends = random.Random(SEED), threading.Event(), Counter[str]()
    longest = 0.0
    load(town, over)
    try:
        for _ in range(STOPS):
            town.start()
            assert town.program is not None
            time.sleep(chance.uniform(0, 0.4))  # the random moment itself
            start = time.monotonic()
            town.program.send_signal(signal.SIGTERM)
            try:
                ends[f"exit {town.program.wait(LONGEST_STOP)}"] += 1
            except subprocess.TimeoutExpired:
                ends["never"] += 1
                town.kill()
            longest = max(longest, time.monotonic() - start)
    finally:
        over.set()
    print(f"\n{load.__name__}: {STOPS} stops, seed {SEED}: {dict(ends)}, longest {longest:.1f} s")
    assert ends == {"exit 0": STOPS}, town.log()[-3000:]
