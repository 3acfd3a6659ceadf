"""Is the machine's clock right? Asked before anything is done that cannot be undone.

Witnesses are Telegram, whose every answer carries its time, the steady clock of the machine, which
nobody can set, and what the database remembers. While they disagree the schedule waits.
"""

import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import structlog

from bot.channels.authorities import trusted
from bot.core import clock_faults
from bot.core.clock import Clock
from bot.core.work import Work
from storage import ahead, marks

NEAR = timedelta(minutes=5)
LONGEST_OFF = timedelta(days=7)  # a longer pause is believed only where a witness confirms it
DAY_SECONDS = 24 * 3600.0  # a clock that nobody can confirm is believed when it ran on so long
ASK_SECONDS = 3600.0  # between two questions while all is well
TELL_SECONDS = 600.0  # a machine sets its clock in the first minutes: that is nobody's trouble
NOTE_EVERY = timedelta(minutes=10)
MARK = "clock"

Witness = Callable[[], Awaitable[datetime | None]]
log = structlog.get_logger()


def telegram_time(base_url: str) -> Witness | None:
    """Asks the server of `base_url` for the time; None where it may be this very machine.

    A Bot API server of one's own speaks plain HTTP and mostly runs on the same clock.
    """
    url = httpx.URL(base_url)
    if url.scheme != "https":
        return None

    async def ask() -> datetime | None:
        try:
            async with httpx.AsyncClient(timeout=5, verify=trusted()) as client:
                answer = await client.head(url.copy_with(path="/", query=None))
            return parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
        except (httpx.HTTPError, ssl.SSLError, KeyError, ValueError):
            return None

    return ask


class ClockWatch:
    """`fault` says in words what is wrong with the machine's clock; empty while all is well."""

    def __init__(self, work: Work, clock: Clock, witness: Witness | None) -> None:
        self._work, self._clock, self._witness = work, clock, witness
        self.fault = ""
        self._asked: float | None = None
        self._doubt: tuple[datetime, float] | None = None  # the machine's and the steady time
        self._started, self._known = clock.steady(), datetime.min.replace(tzinfo=UTC)
        clock.trusted = clock.led

    async def look(self) -> None:
        """Compare the clocks; go by the one that is right. Call it before what is due is run."""
        clock = self._clock
        if clock.led:
            return
        true = await self._ask()
        machine, own = clock.machine(), clock.now()
        jumped = not _near(machine, own)
        if true and _near(machine, true):
            await self._believe(machine)
        elif true and clock.trusted and _near(own, true):
            await self._tell("the machine's clock was set to a wrong time", machine, true)
        elif true:
            clock.go_by(true)
            clock.trusted = False
            await self._tell("the machine's clock and Telegram's disagree", machine, true)
        elif (
            (clock.trusted and not jumped)
            or self._corrected(machine)
            or await self._believable(machine)
        ):
            await self._believe(machine)
        else:
            if not clock.trusted:
                clock.go_by(machine)
            await self._tell("the machine's clock jumped and nobody confirms it", machine, None)

    async def _ask(self) -> datetime | None:
        """Telegram's time; None where it is not needed, nobody can be asked or nobody answers."""
        clock, steady = self._clock, self._clock.steady()
        well = clock.trusted and not self.fault and _near(clock.machine(), clock.now())
        lately = self._asked is not None and steady - self._asked < ASK_SECONDS
        if self._witness is None or (well and lately):
            return None
        self._asked = steady
        return await self._witness()

    async def _believe(self, machine: datetime) -> None:
        clock = self._clock
        went_back = clock.now() - machine > NEAR
        clock.go_by(machine)
        if not clock.trusted or went_back:
            await clock_faults.bring_back(self._work, machine)
        if self.fault or not clock.trusted:
            log.info("clock.trusted", now=machine.isoformat())
        clock.trusted, clock.doubted, self.fault, self._doubt = True, False, "", None
        await self._remember(machine)

    async def _tell(self, fault: str, machine: datetime, true: datetime | None) -> None:
        clock = self._clock
        if self.fault != fault:
            true_time = true.isoformat() if true else "unknown"
            waits = not clock.trusted
            log.error(
                "clock.doubted",
                why=fault,
                machine=machine.isoformat(),
                telegram=true_time,
                waits=waits,
            )
        self.fault, clock.doubted = fault, True
        self._ran_on_for_a_day(machine)
        if self._doubt and clock.steady() - self._doubt[1] >= TELL_SECONDS:
            await clock_faults.tell_administrators(self._work, clock.now())

    async def _believable(self, machine: datetime) -> bool:
        """Where nobody answers. At a start where nobody can be asked: not before what the database
        knows, nor long after it. Anywhere, ever: after a day.
        """
        if self._ran_on_for_a_day(machine):
            return True
        if self._clock.trusted or self._witness is not None:
            return False
        async with self._work.read() as session:
            before = (await marks.all_marks(session)).get(MARK) or await ahead.latest(session)
        if before is None:
            return True
        self._known = before
        return before - NEAR <= machine <= before + LONGEST_OFF

    def _corrected(self, machine: datetime) -> bool:
        """A machine starts with a wrong clock and sets it back when it reaches the network: where
        nobody can be asked, that is believed in the first minutes, as far back as the database
        knows. Forwards nothing is: what is done by a clock that runs ahead cannot be undone.
        """
        early = self._clock.steady() - self._started <= TELL_SECONDS
        back = self._clock.now() - machine > NEAR
        return self._witness is None and early and back and machine + NEAR >= self._known

    def _ran_on_for_a_day(self, machine: datetime) -> bool:
        """Since the doubt began, without another jump."""
        steady = self._clock.steady()
        if self._doubt:
            then, since = self._doubt
            if _near(machine, then + timedelta(seconds=steady - since)):
                return steady - since >= DAY_SECONDS
        self._doubt = (machine, steady)
        return False

    async def _remember(self, machine: datetime) -> None:
        async with self._work.read() as session:
            before = (await marks.all_marks(session)).get(MARK)
        if before is None or not timedelta() <= machine - before < NOTE_EVERY:
            async with self._work.write() as session:
                await marks.set_mark(session, MARK, machine)


def _near(moment: datetime, other: datetime) -> bool:
    return abs(moment - other) <= NEAR
