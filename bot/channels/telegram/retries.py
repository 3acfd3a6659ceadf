"""How long a message is tried, and what an error says about it and about the connection."""

import time
from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto

import httpx
import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from storage.enums import Lane

# After its moment a message is tried so long. A reminder that comes a day late is pointless, a
# worker's result is not: nobody else tells them.
BY_LANE = {
    Lane.URGENT: timedelta(days=7),
    Lane.ANSWER: timedelta(days=7),
    Lane.NOTICE: timedelta(days=7),
    Lane.REMINDER: timedelta(days=1),
    Lane.BROADCAST: timedelta(days=3),
}
FOR_A_WORKER = timedelta(days=14)

LONGEST_PAUSE = timedelta(minutes=10)  # of one message that fails while others go out
FIRST_PROBE_SECONDS = 1.0
LONGEST_PROBE_SECONDS = 60.0

log = structlog.get_logger()


class Trouble(Enum):
    """Why a message did not go out."""

    NO_LINE = auto()  # Telegram is not reached, or not well: the whole queue waits
    BUSY = auto()  # a limit: this chat waits
    UNREACHABLE = auto()  # this person will not get anything: final
    BROKEN = auto()  # this message will never be taken: final
    OURS = auto()  # a fault of this program; a new version may mend it


def trouble_of(error: Exception) -> Trouble:
    """What an error of sending means."""
    if isinstance(error, RetryAfter):
        return Trouble.BUSY
    if isinstance(error, Forbidden):
        return Trouble.UNREACHABLE
    if isinstance(error, BadRequest):  # a kind of NetworkError for PTB
        return Trouble.UNREACHABLE if "chat not found" in str(error).lower() else Trouble.BROKEN
    if isinstance(error, ChatMigrated):
        return Trouble.BROKEN
    return Trouble.NO_LINE if isinstance(error, TelegramError) else Trouble.OURS


def may_have_arrived(error: Exception) -> bool:
    """Whether the request had left and only its answer is missing."""
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return False
    return isinstance(error, TimedOut) or isinstance(cause, httpx.HTTPError)


def pause_after(attempts: int) -> timedelta:
    """The pause of one message after so many attempts; it grows and ends."""
    return min(LONGEST_PAUSE, timedelta(seconds=2 ** min(attempts, 20)))


class Line:
    """The connection to Telegram: while it is broken, one probe at a time with growing pauses.

    `ticks` are seconds that nobody can set.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._pause = self._until = 0.0

    @property
    def broken(self) -> bool:
        return self._pause > 0

    @property
    def seconds_left(self) -> float:
        """Until the next probe may go; 0 when something may go now."""
        return max(0.0, self._until - self._ticks())

    def failed(self) -> None:
        """Nothing of what was sent had an answer."""
        if not self.broken:
            log.warning("outbox.paused")
        self._pause = min(LONGEST_PROBE_SECONDS, max(FIRST_PROBE_SECONDS, 2 * self._pause))
        self._until = self._ticks() + self._pause

    def answered(self) -> None:
        """Telegram has answered: everything goes on at once."""
        if self.broken:
            log.warning("outbox.resumed")
        self._pause = self._until = 0.0
