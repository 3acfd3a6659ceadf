"""Is the program well? The same facts for /healthz, /metrics, `satcoso health` and its file.

Nothing of people is in them, and no ids: numbers and moments only.
"""

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

import structlog

from bot.app import alive
from bot.app.backups import is_old, newest
from bot.core.clock import Clock
from bot.core.measures import measured
from bot.core.rules.permissions import HANDLING_CASES, Action, roles_for
from bot.core.work import Work
from storage import health
from storage.health import Backlog

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 20.0  # seconds; while it is not well yet they grow
FRESH_SECONDS = 1.0  # whoever asks again sooner is told the same
STARTING_SECONDS = 30.0  # so long a program that was not heard of yet is called one that starts
LONGEST_TICK = 300.0  # seconds since what is due was last looked at
PATIENCE = timedelta(minutes=15)  # for a message that is due
NOTHING = Backlog({}, None, 0, 0, {}, 0, 0)

log = structlog.get_logger()


@dataclass(frozen=True)
class HealthFacts:
    """How the program is at `at`.

    `writable`: the database takes what is written. `fetched`: Telegram was asked, or knows where to
    bring updates. `ticked_seconds`: since what is due was last looked at; None: not yet.
    `acts`: this process is the one that does what is due. `clock_fault`: words, or empty.
    `running_seconds`: since it started.
    """

    at: datetime
    writable: bool
    fetched: bool
    acts: bool
    ticked_seconds: float | None
    clock_fault: str
    waiting: Backlog
    backed_up_at: datetime | None
    running_seconds: float

    def faults(self) -> list[str]:
        """What keeps the program from working now, in words."""
        ticks = self.ticked_seconds is not None and self.ticked_seconds < LONGEST_TICK
        fetches, looks = "Telegram cannot be reached", "what is due is not looked at"
        if self.running_seconds < STARTING_SECONDS:
            fetches = "just started: Telegram was not reached yet"
            looks = "just started: what is due was not looked at yet"
        judged = {
            "the database cannot be written to": not self.writable,
            fetches: not self.fetched,
            looks: self.acts and not ticks,
            f"the machine's clock is wrong: {self.clock_fault}": bool(self.clock_fault),
        }
        return [words for words, wrong in judged.items() if wrong]

    def warnings(self) -> list[str]:
        """What somebody should look at, while the program works."""
        waits, since = self.waiting, self.waiting.due_since
        aside = sum(waits.set_aside.values())
        judged = {
            "no backup since last night": is_old(self.backed_up_at, self.at),
            f"the oldest message waits since {since:%d/%m/%Y %H:%M} UTC" if since else "": bool(
                since and self.at - since > PATIENCE
            ),
            f"overdue cases that nobody can be reached about: {waits.ownerless}": waits.ownerless,
            f"updates of the last days that were not handled: {aside}": aside,
        }
        return [words for words, wrong in judged.items() if wrong]

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        facts = asdict(self) | {"waiting": asdict(self.waiting)}
        facts["waiting"]["due"] = {
            lane.name.lower(): count for lane, count in self.waiting.due.items()
        }
        judged = {"well": not self.faults(), "faults": self.faults(), "warnings": self.warnings()}
        plain: dict[str, Any] = json.loads(json.dumps(judged | facts, default=str))
        return plain


class HealthWatch:
    """Looks again and again, and writes what it saw into the file of the settings."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock
        self.fetched: Callable[[], bool] = lambda: False
        self.clock_fault: Callable[[], str] = lambda: ""
        self.acts: Callable[[], bool] = lambda: True
        self._ticked_at: float | None = None
        self._started_at = clock.steady()
        self._looking = asyncio.Lock()
        self._newest: tuple[float, HealthFacts] | None = None
        self._lock: TextIO | None = None  # so that others see that this process lives

    def ticked(self) -> None:
        """What is due was looked at, to the end."""
        self._ticked_at = self._clock.steady()

    async def look(self) -> HealthFacts:
        """How the program is now; at most a second old."""
        async with self._looking:
            if self._newest and self._clock.steady() - self._newest[0] < FRESH_SECONDS:
                return self._newest[1]
            with measured("health"):
                facts = await self._look()
            self._newest = (self._clock.steady(), facts)
            return facts

    async def _look(self) -> HealthFacts:
        now, steady = self._clock.now(), self._clock.steady()
        waiting, writable = NOTHING, True
        try:
            async with self._work.write() as session:
                await health.try_to_write(session)
            async with self._work.read() as session:
                leading = roles_for(Action.LEAD_CASES)
                waiting = await health.waiting(session, now, roles_for(*HANDLING_CASES), leading)
        except Exception as error:
            log.warning("health.not_writable", error=type(error).__name__)
            writable = False
        folder = self._work.settings.backup.folder
        ticked = self._ticked_at
        return HealthFacts(
            at=now,
            writable=writable,
            fetched=self.fetched(),
            acts=self.acts(),
            ticked_seconds=None if ticked is None else self._clock.steady() - ticked,
            clock_fault=self.clock_fault(),
            waiting=waiting,
            backed_up_at=await asyncio.to_thread(newest, folder),
            running_seconds=steady - self._started_at,
        )

    async def run(self) -> None:
        """Until cancelled: look and write it down; at first often, so that a start is seen soon."""
        pause, file = FIRST_PAUSE, self._work.settings.health.file
        while True:
            try:
                facts = await self.look()
                self._lock = self._lock or alive.hold(file)
                _write(file, facts, alive.machine() if self._lock else "")
                pause = min(2 * pause, LONGEST_PAUSE) if facts.faults() else LONGEST_PAUSE
            except Exception as error:  # a full disk: the file grows old, which says enough
                log.warning("health.not_written", error=type(error).__name__)
            await asyncio.sleep(pause)

    def stopped(self) -> None:
        """A program that stopped is not taken for one that runs."""
        self._work.settings.health.file.unlink(missing_ok=True)
        if self._lock:
            self._lock.close()
            self._lock = None


def _write(file: Path, facts: HealthFacts, machine: str) -> None:
    """`machine`: the one on which a lock shows that the writer lives; empty where none does."""
    unfinished = file.with_name(f"{file.name}.new")
    text = json.dumps(facts.plain() | {"machine": machine}, ensure_ascii=False)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        new.write(text)
    unfinished.replace(file)
