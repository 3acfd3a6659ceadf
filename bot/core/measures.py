"""What the program counts of itself while it runs: how long steps take, which troubles it logged.

Numbers only, under names that stand in the code: nothing of people, and no ids.
"""

import asyncio
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

BOUNDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)  # seconds


@dataclass
class Durations:
    """How often something took up to each of `BOUNDS`, or longer; all of it together."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds


@dataclass
class Measures:
    """`steps` by name; `troubles`: log lines of level warning and above, by their event."""

    steps: dict[str, Durations] = field(default_factory=lambda: defaultdict(Durations))
    troubles: Counter[str] = field(default_factory=Counter)


MEASURES = Measures()
"""This process's own, since it started."""


@contextmanager
def measured(step: str) -> Iterator[None]:
    """Add what the block takes, also where it fails; inside a running loop."""
    loop = asyncio.get_running_loop()
    since = loop.time()
    try:
        yield
    finally:
        MEASURES.steps[step].add(loop.time() - since)
