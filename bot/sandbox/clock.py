"""The sandbox's time: real time plus an offset, moved forward only.

A connected bot steps through everything that falls due on the way and reports each step, so
that its messages carry the right dates. Without a bot the time moves by itself.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

from bot.sandbox.errors import Json, Refusal
from bot.sandbox.moments import VIETNAM, parse_iso
from bot.sandbox.signal import Signal

CONNECTED_FOR = 5.0  # seconds after its last contact a bot still counts as connected


def real_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """now() for the whole sandbox, and the conversation with the bot about moving it."""

    def __init__(
        self,
        real: Callable[[], datetime] = real_now,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self._real = real
        self._ticks = ticks
        self._offset = timedelta()
        self._held: datetime | None = None  # set while frozen or moving
        self.frozen = False
        self.version = 1
        self.target: datetime | None = None
        self.moving = False
        self.signal = Signal()
        self.listeners = 0
        self._last_contact = float("-inf")

    def now(self) -> datetime:
        return self._held or self._real() + self._offset

    def timestamp(self) -> int:
        return int(self.now().timestamp())

    def contact(self) -> None:
        """The bot has just been heard of."""
        self._last_contact = self._ticks()

    def connected(self) -> bool:
        return self.listeners > 0 or self._ticks() - self._last_contact < CONNECTED_FOR

    def set(self, now: datetime) -> None:
        """Choose the first moment; only sensible while nothing has happened yet."""
        self._put(now)
        self._announce()

    def freeze(self, frozen: bool) -> None:
        now = self.now()
        self.frozen = frozen
        if not self.moving:
            self._put(now)
        self._announce()

    def move(self, target: datetime) -> None:
        """Go to a later moment: the bot leads there, or nobody being connected, at once."""
        if target < (self.target if self.moving and self.target else self.now()):
            raise Refusal("the clock moves forward only")
        self._held = self.now()
        self.target, self.moving = target, True
        if not self.connected():
            self._arrive(target)
        self._announce()

    def reached(self, version: int, now: datetime, done: bool) -> None:
        """The bot has done everything due up to now (and, when done, everything to the target)."""
        self.contact()
        if version != self.version or not self.moving:
            raise Refusal(f"no move with version {version} is under way", 409)
        self._held = max(now, self.now())  # work made up for from before does not turn it back
        if done:
            self._arrive(max(now, self.target or now))
        self.signal.fire()

    def view(self) -> Json:
        target = self.target.astimezone(VIETNAM).isoformat() if self.target else None
        return {
            "version": self.version,
            "now": self.now().astimezone(VIETNAM).isoformat(),
            "target": target,
            "moving": self.moving,
            "frozen": self.frozen,
            "connected": self.connected(),
        }

    def dump(self) -> Json:
        """A move that was under way is not continued: the time it had reached is kept."""
        held = self.now().isoformat() if self.frozen else None
        offset = (self.now() - self._real()).total_seconds()
        return {"offset": offset, "held": held, "version": self.version}

    def load(self, saved: Json) -> None:
        self._offset = timedelta(seconds=saved["offset"])
        self._held = parse_iso(saved["held"]) if saved["held"] else None
        self.frozen = self._held is not None
        self.version = saved["version"] + 1

    def _arrive(self, moment: datetime) -> None:
        self.moving = False
        self._put(moment)

    def _put(self, now: datetime) -> None:
        self._held = now if self.frozen else None
        self._offset = now - self._real()

    def _announce(self) -> None:
        self.version += 1
        self.signal.fire()
