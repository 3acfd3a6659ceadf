"""One table: when -> service. What was missed is made up, in order; a repeat does no harm.

APScheduler's triggers say when a row is due after a moment; the moment is that of its last run,
kept in the database. Its own scheduler would forget what came while the program was down, and
stops ticking after the clock was set back.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcements.services import sending
from bot.app import upkeep
from bot.cases.services import alerts, duty
from bot.channels.outbox import Dispatcher
from bot.config.settings import Settings
from bot.core.clock import Clock
from bot.core.rules.calendar import ZONE, Calendar
from bot.core.streams import RETRY, Chore, Lookout, Stream
from bot.core.work import Work
from bot.groups.services import telling
from bot.plans.services import tasks
from bot.recruitment.services import reminders as recruitment
from bot.summaries.services import obligations, prompts
from bot.units.services import changes
from bot.visits.rules.monthly import MonthlyTime
from bot.visits.rules.overview import DigestTime
from bot.visits.services import assignment, digest, monthly, promises, reminders, terms
from storage import marks, outbox

log = structlog.get_logger()

T = TypeVar("T")
Service = Callable[[Work, datetime], Awaitable[None]]
LOOK_BACK = timedelta(days=7)  # how far a first start looks for what it has missed
# What rows ask for, in this order at every tick.
STREAMS: tuple[Stream | Chore, ...] = (
    changes.STREAM,
    reminders.STREAM,
    promises.STREAM,
    terms.STREAM,
    tasks.STREAM,
    recruitment.STREAM,
    duty.MOVES,
    duty.STREAM,
    duty.ORPHANS,
    prompts.STREAM,
    alerts.STREAM,
    sending.STREAM,
)
LOOKOUT = Lookout(STREAMS)


@dataclass(frozen=True)
class Entry:
    name: str
    trigger: BaseTrigger
    service: Service
    final: bool = False  # what it does cannot be undone: it waits while the clock is doubted

    def due_after(self, moment: datetime) -> datetime:
        """The first time this entry is due after `moment`."""
        due: datetime = self.trigger.get_next_fire_time(None, moment + timedelta(microseconds=1))
        return due


def table(settings: Settings) -> tuple[Entry, ...]:
    """Everything the program does by itself."""
    plan, calendar = settings.assignment, settings.make_calendar()
    return (
        Entry("assign_week", _weekly(plan.day, plan.time), assignment.ensure_week_assigned),
        Entry("digest", Moments(digest.digest_time(settings), calendar), digest.ensure_digests),
        Entry("monthly", Moments(monthly.TIME, calendar), monthly.ensure_monthly),
        Entry(
            "group_digest",
            Moments(digest.digest_time(settings), calendar),
            telling.ensure_digests,
        ),
        Entry(
            obligations.ENTRY,
            CronTrigger(hour=0, minute=30, timezone=ZONE),
            obligations.ensure_obligations,
        ),
        Entry("upkeep", CronTrigger(hour=3, timezone=ZONE), upkeep.tidy, final=True),
    )


class Moments(BaseTrigger):
    """Moments of a rule that knows the days off."""

    def __init__(self, rule: DigestTime | MonthlyTime, calendar: Calendar) -> None:
        self._rule, self._calendar = rule, calendar

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return self._rule.next(now - timedelta(microseconds=1), self._calendar)


def _weekly(day: str, time: object) -> CronTrigger:
    return CronTrigger(
        day_of_week=day,
        hour=getattr(time, "hour", 0),
        minute=getattr(time, "minute", 0),
        timezone=ZONE,
    )


class Schedule:
    """Runs what is due by the clock."""

    def __init__(
        self, work: Work, clock: Clock, dispatcher: Dispatcher, entries: Sequence[Entry]
    ) -> None:
        self._work, self._clock, self._dispatcher = work, clock, dispatcher
        self._entries = entries
        self._running = asyncio.Lock()  # a tick and a moved clock may want the same at once
        self._not_before: dict[str, datetime] = {}  # entries that failed

    async def run_due(self) -> None:
        """Everything due by now, once each, in the order of their times. Safe to call any time."""
        async with self._running:
            if self._clock.trusted:  # else what is done now could not be undone
                await self._run_due(self._clock.now())
        self._dispatcher.wake()

    async def _run_due(self, now: datetime) -> None:
        async with self._work.read() as session:
            times = await self._times(session)
            streams = await LOOKOUT.due(session, now)
        due = sorted(
            (at, entry.name, entry)
            for entry, at in times
            if at <= now and not (entry.final and self._clock.doubted)
        )
        for _, _, entry in due:
            await self._guarded(entry.name, self._run(entry, now), now)
        await self._run_streams(now, None if due else streams)

    async def _run_streams(self, now: datetime, due: set[str] | None) -> None:
        """In their order. `due`: the names of those that have something to do, as far as that is
        known; whatever one of them does may be something for the next.
        """
        for stream in STREAMS:
            if self._held_back(stream.name, now):
                continue
            if isinstance(stream, Chore):
                acted = await self._guarded(stream.name, stream.ensure(self._work, now), now)
            else:
                if due is None:
                    async with self._work.read() as session:
                        due = await LOOKOUT.due(session, now)
                if acted := stream.name in due:
                    await self._guarded(stream.name, stream.ensure(self._work, now), now)
            if acted is not False:
                due = None

    def _held_back(self, name: str, now: datetime) -> bool:
        """After a failure, for a while; a clock that was set back does not make it longer."""
        return now < self._not_before.get(name, now) <= now + RETRY

    async def _guarded(self, name: str, work: Awaitable[T], now: datetime) -> T | None:
        """What `work` gives; None where it failed, which is logged."""
        try:
            result = await work
        except Exception:
            log.exception("schedule.failed", entry=name)
            self._not_before[name] = now + RETRY
            return None
        self._not_before.pop(name, None)
        return result

    async def advance(
        self, target: datetime, arrived: Callable[[datetime], Awaitable[None]]
    ) -> None:
        """Move the clock to `target`, stopping at everything due in between, in order.

        `arrived` is awaited at each stop, before anything is done there.
        """
        await self._dispatcher.drain()  # what is due already is no stop
        while (stop := await self._next_stop()) and stop <= target:
            await self._be_at(max(stop, self._clock.now()), arrived)
        await self._be_at(target, arrived)

    async def _be_at(
        self, moment: datetime, arrived: Callable[[datetime], Awaitable[None]]
    ) -> None:
        self._clock.set(moment)
        await arrived(moment)
        await self.run_due()
        await self._dispatcher.drain()

    async def _next_stop(self) -> datetime | None:
        async with self._work.read() as session:  # one for all: there may be hundreds of stops
            times = [at for _, at in await self._times(session)]
            times += [t for t in (await outbox.next_due(session, self._clock.now()),) if t]
            streams = await LOOKOUT.earliest(session)
        times += [self._after_failure(name, due) for name, due in streams.items()]
        return min(times, default=None)

    async def _times(self, session: AsyncSession) -> list[tuple[Entry, datetime]]:
        now = self._clock.now()
        last = await marks.up_to(session, now)
        start = now - LOOK_BACK
        return [
            (e, self._after_failure(e.name, e.due_after(last.get(e.name, start))))
            for e in self._entries
        ]

    def _after_failure(self, name: str, due: datetime) -> datetime:
        held_until = self._not_before.get(name, due)
        return max(due, held_until) if held_until <= self._clock.now() + RETRY else due

    async def _run(self, entry: Entry, now: datetime) -> None:
        log.info("schedule.run", entry=entry.name)
        await entry.service(self._work, now)
        async with self._work.write() as session:
            await marks.set_mark(session, entry.name, now)
