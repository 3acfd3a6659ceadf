"""How long a message is tried, and what went wrong, in the words of no channel."""

import time
from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto

import structlog

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
MOST_AT_ONCE = 30
FIRST_PROBE_SECONDS = 1.0
LONGEST_PROBE_SECONDS = 60.0

log = structlog.get_logger()


class Trouble(Enum):
    """Why a message did not go out."""

    NO_LINE = auto()  # the channel is not reached, or not well: the whole queue waits
    BUSY = auto()  # a limit: this reader waits
    UNREACHABLE = auto()  # this person will not get anything: final
    BROKEN = auto()  # this message will never be taken: final
    OURS = auto()  # a fault of this program; a new version may mend it


class NotSent(Exception):  # noqa: N818 - it reads as what happened
    """A door could not deliver a card. `kind` names the error for the log and the operator;
    `again`: after what pause the channel itself wants to be tried; `perhaps`: it may have arrived
    all the same; `moved_to`: what the channel calls the mailbox from now on.
    """

    moved_to = ""

    def __init__(
        self, trouble: Trouble, kind: str, again: timedelta | None = None, *, perhaps: bool = False
    ) -> None:
        super().__init__(kind)
        self.trouble, self.kind, self.again, self.perhaps = trouble, kind, again, perhaps


def pause_after(attempts: int) -> timedelta:
    """The pause of one message after so many attempts; it grows and ends."""
    return min(LONGEST_PAUSE, timedelta(seconds=2 ** min(attempts, 20)))


class ChannelLine:
    """The connection to the channels: while it is broken, one probe at a time with growing pauses.
    After that twice as many at once with each answer: who has just got up again is not run over.

    `ticks` are seconds that nobody can set.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._pause = self._until = 0.0
        self._at_once = MOST_AT_ONCE

    @property
    def at_once(self) -> int:
        """How many may be under way at the same time."""
        return self._at_once

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
        self._at_once = 1

    def answered(self) -> None:
        """A channel has answered: everything goes on."""
        if self.broken:
            log.warning("outbox.resumed")
        self._pause = self._until = 0.0
        self._at_once = min(MOST_AT_ONCE, 2 * self._at_once)
