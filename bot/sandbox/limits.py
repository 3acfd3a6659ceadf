"""Telegram's flood limits, in real time, and faults on demand."""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from math import ceil
from time import monotonic

from bot.sandbox.errors import Json, Refusal, too_many

# Answered so, and nothing was done.
REFUSED = ("400", "401", "403", "404", "429", "500", "502")
KINDS = (*REFUSED, "drop", "delay", "lost", "garbled")


@dataclass
class Bucket:
    """Tokens that come back with time."""

    level: float
    at: float

    def refill(self, now: float, burst: float, rate: float) -> None:
        self.level = min(burst, self.level + (now - self.at) * rate)
        self.at = now


@dataclass
class Limits:
    """About one message a second to a chat, twenty a minute to a group, thirty a second over all,
    with a burst.

    `any_second`: no more than so many in any second, however rested; 0 asks for nothing so strict.
    `refused` counts the calls that were too many.
    """

    enabled: bool = True
    chat_burst: float = 20
    chat_rate: float = 1
    group_burst: float = 20
    group_rate: float = 20 / 60
    overall_burst: float = 60
    overall_rate: float = 30
    any_second: float = 0
    refused: int = 0
    ticks: Callable[[], float] = monotonic
    _buckets: dict[int, Bucket] = field(default_factory=dict)
    _lately: deque[tuple[float, float]] = field(default_factory=deque)  # when, and what it cost

    def take(self, chat_id: int, cost: float) -> None:
        """Pay for a call, or refuse it with the seconds to wait; a refusal costs nothing."""
        if not self.enabled:
            return
        burst, rate = (
            (self.group_burst, self.group_rate)
            if chat_id < 0
            else (self.chat_burst, self.chat_rate)
        )
        chat = self._bucket(chat_id, burst, rate)
        overall = self._bucket(0, self.overall_burst, self.overall_rate)
        chat_wait = (min(cost, burst) - chat.level) / rate
        wait = max(chat_wait, (cost - overall.level) / self.overall_rate, self._strict_wait(cost))
        if wait > 0:
            self.refused += 1
            raise too_many(ceil(wait))
        chat.level -= cost
        overall.level -= cost

    def _strict_wait(self, cost: float) -> float:
        if not self.any_second:
            return 0
        now = self.ticks()
        while self._lately and self._lately[0][0] <= now - 1:
            self._lately.popleft()
        if sum(paid for _, paid in self._lately) + cost > self.any_second:
            return 1
        self._lately.append((now, cost))
        return 0

    def change(self, changes: Json) -> None:
        for key, value in changes.items():
            if key == "enabled" and isinstance(value, bool):
                self.enabled = value
            elif key in _FIGURES and isinstance(value, int | float) and value > 0:
                setattr(self, key, value)
            else:
                raise Refusal(f"no such limit: {key}={value!r}")
        self._buckets.clear()

    def view(self) -> Json:
        return {key: getattr(self, key) for key in ("enabled", "refused", *_FIGURES)}

    def _bucket(self, key: int, burst: float, rate: float) -> Bucket:
        bucket = self._buckets.setdefault(key, Bucket(burst, self.ticks()))
        bucket.refill(self.ticks(), burst, rate)
        return bucket


_FIGURES = (
    *("chat_burst", "chat_rate", "group_burst", "group_rate"),
    *("overall_burst", "overall_rate", "any_second"),
)


@dataclass
class Fault:
    """What goes wrong with the next calls of a method ("*" is any method but getUpdates)."""

    method: str
    kind: str
    times: int
    seconds: float = 1

    def meets(self, method: str) -> bool:
        if self.method == "*":
            return method != "getupdates"
        return self.method.lower() == method


class Faults:
    """Troubles ordered in advance, used up one call at a time."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def order(self, method: str, kind: str, times: int, seconds: float) -> None:
        if kind not in KINDS:
            raise Refusal(f"kind is one of {', '.join(KINDS)}")
        if times < 1 or seconds < 0:
            raise Refusal("times is 1 or more, seconds 0 or more")
        self._faults.append(Fault(method, kind, times, seconds))

    def next(self, method: str) -> Fault | None:
        for fault in self._faults:
            if fault.meets(method):
                fault.times -= 1
                self._faults = [left for left in self._faults if left.times > 0]
                return fault
        return None

    def clear(self) -> None:
        self._faults.clear()

    def view(self) -> list[Json]:
        return [asdict(fault) for fault in self._faults]
