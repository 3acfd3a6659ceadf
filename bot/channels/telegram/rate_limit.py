"""Keeping Telegram's limits: 30 messages in any second over all, about 1 a second to one chat, 20 a
minute to one group.

PTB's own limiter has no lanes and reopens its gate too early after a 429 (measured in 22.8), so
answers to people would wait behind broadcasts. Here the most pressing call goes first. A 429 closes
the chat it was about, and everything only where several chats are refused at about the same time.
"""

import asyncio
import bisect
import heapq
import itertools
import math
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.config.settings import MESSAGES_PER_SECOND
from storage.enums import Lane

log = structlog.get_logger()

PER_SECOND = MESSAGES_PER_SECOND
BURST_SECONDS = 0.15  # so much of a pause of our own is made up for
ENOUGH_ANSWERS = 30  # to know the shortest way there and back ...
SURE = 0.9  # ... or nearly
LONGEST_DOUBT = 1.0  # a call without an answer has reached Telegram by then, or never does
CHAT_PER_SECOND = 1.0
CHAT_BURST = 5.0
GROUP_BURST = 3.0
GROUP_PER_SECOND = (20 - GROUP_BURST) / 60  # so that no minute holds more than 20
MAX_TRIES = 5
SEVERAL = 3  # chats refused ...
TOGETHER_SECONDS = 5.0  # ... within so long: the limit of all chats, not of one
LONGEST_WAIT_SECONDS = 5.0  # what can come again later does not wait longer for a closed chat
# Neither counts towards the limits of messages, and both must be quick.
FREE = frozenset({"getUpdates", "answerCallbackQuery", "getFile", "getMe", "deleteMessage"})


class Bucket:
    """So many at once, refilled at a steady rate. Time is handed in, in seconds."""

    def __init__(self, rate: float, size: float, now: float) -> None:
        self._rate, self._size = rate, size
        self._level, self._at = size, now

    def refill(self, rate: float, size: float) -> None:
        """From now on at another rate."""
        self._rate, self._size = rate, size

    def wait(self, now: float) -> float:
        """Seconds until one may pass; 0 when it may pass now."""
        self._level = min(self._size, self._level + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (1 - self._level) / self._rate)

    def take(self) -> None:
        self._level -= 1


class AnySecond:
    """No more than so many calls in any second of Telegram's. Time is handed in, in seconds.

    Telegram counts a call when it gets there, somewhere between our asking and its answer. Only the
    part of that time which every call needs is in no doubt.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._ends: dict[int, float] = {}  # until when a call counts
        self._order: list[tuple[float, int]] = []  # a heap of them; what was changed since is left
        self._count = itertools.count()
        self._shortest, self._answers = math.inf, 0

    def wait(self, now: float) -> float:
        """Seconds until one more may go, as far as is known; 0 when it may go now."""
        while self._order and (self._order[0][0] <= now or self._changed(*self._order[0])):
            end, call = heapq.heappop(self._order)
            if not self._changed(end, call):
                del self._ends[call]
        return 0.0 if len(self._ends) < self.size else self._order[0][0] - now

    def __len__(self) -> int:
        """How many calls count at the moment."""
        return len(self._ends)

    def enter(self, now: float) -> int:
        """A call goes out."""
        call = next(self._count)
        self._put(call, now + 1 + LONGEST_DOUBT)
        return call

    def leave(self, call: int, now: float) -> None:
        """Its answer is there, whatever it is."""
        if call not in self._ends:
            return
        asked_at = self._ends[call] - 1 - LONGEST_DOUBT
        self._shortest = min(self._shortest, now - asked_at)
        self._answers += 1
        sure = SURE * self._shortest if self._answers > ENOUGH_ANSWERS else 0.0
        self._put(call, min(self._ends[call], now + 1 - sure))

    def _put(self, call: int, end: float) -> None:
        self._ends[call] = end
        heapq.heappush(self._order, (end, call))

    def _changed(self, end: float, call: int) -> bool:
        return self._ends.get(call) != end


@dataclass(order=True)
class _Waiter:
    """Somebody in line: the most pressing lane first, then whoever came first."""

    lane: int
    number: int
    chat: int | str | None = field(compare=False)
    patient: bool = field(compare=False)  # waits however long its chat is closed
    turn: asyncio.Future[int] = field(compare=False)


def _burst(per_second: float) -> float:
    return max(2.0, per_second * BURST_SECONDS)


class LaneLimiter(BaseRateLimiter[int]):
    """`rate_limit_args` is the lane of what can be sent again later; without it: an answer.

    What can be sent again later gets RetryAfter where its chat is closed for long, so that it does
    not hold up what goes to others.
    """

    def __init__(self, per_second: int = PER_SECOND) -> None:
        """`per_second`: messages to all chats together, as many as Telegram allows this bot."""
        self.per_second = self._share = per_second
        self._all = Bucket(per_second, _burst(per_second), time.monotonic())
        self._second = AnySecond(per_second)
        self._chats: dict[int | str, Bucket] = {}
        self._line: list[_Waiter] = []
        self._count = itertools.count()
        self._closed_until = 0.0
        self._chats_closed: dict[int | str, float] = {}  # until when
        self._refusals: deque[tuple[float, int | str]] = deque()  # when, which chat
        self._timer: asyncio.TimerHandle | None = None

    @property
    def demand(self) -> int:
        """How many calls a second this program would make: those of the last, and who waits."""
        return len(self._second) + len(self._line)

    def limit(self, share: int) -> None:
        """Others send beside this program: so many a second are its own. More than before only
        when it is told twice, for the others have to slow down first.
        """
        now_at, self._share = min(share, self._share), share
        self._second.size = now_at
        self._all.refill(now_at, _burst(now_at))

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        if endpoint in FREE:
            return await callback(*args, **kwargs)
        chat = data.get("chat_id")
        for attempt in range(1, MAX_TRIES + 1):
            call = await self._turn(rate_limit_args, chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as busy:
                self._close(busy, chat)
                if attempt == MAX_TRIES:
                    raise
            finally:
                self._second.leave(call, time.monotonic())
                self._let_pass()
        raise AssertionError("unreachable")

    async def _turn(self, lane: int | None, chat: int | str | None) -> int:
        """Wait in line until there is room for a call. Raises RetryAfter: see the class."""
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        place = Lane.ANSWER if lane is None else lane
        waiter = _Waiter(place, next(self._count), chat, lane is None, future)
        bisect.insort(self._line, waiter)
        self._let_pass()
        try:
            return await future
        finally:
            if waiter in self._line:  # cancelled
                self._line.remove(waiter)

    def _let_pass(self) -> None:
        """Everybody whose turn it is, in order; then again when the next place is free."""
        if self._timer:
            self._timer.cancel()
        now = time.monotonic()
        pause = self._closed_until - now
        if pause <= 0:
            pause = self._pass_now(now)
        if self._line:
            self._timer = asyncio.get_running_loop().call_later(pause, self._let_pass)

    def _pass_now(self, now: float) -> float:
        """Returns the seconds until somebody who still waits may pass."""
        pause = math.inf
        for waiter in tuple(self._line):
            if (closed := self._chat_closed(waiter.chat, now)) > 0:
                if closed > LONGEST_WAIT_SECONDS and not waiter.patient:
                    self._line.remove(waiter)
                    if not waiter.turn.done():
                        waiter.turn.set_exception(RetryAfter(math.ceil(closed)))
                else:
                    pause = min(pause, closed)
                continue
            if (full := max(self._all.wait(now), self._second.wait(now))) > 0:
                pause = min(pause, full)
                break
            chat = None if waiter.chat is None else self._chat(waiter.chat, now)
            if chat and (busy := chat.wait(now)) > 0:
                pause = min(pause, busy)
                continue
            self._line.remove(waiter)
            if waiter.turn.done():
                continue  # given up
            self._all.take()
            if chat:
                chat.take()
            waiter.turn.set_result(self._second.enter(now))
        return pause

    def _chat(self, chat: int | str, now: float) -> Bucket:
        if len(self._chats) > 10_000:
            self._chats.clear()
        if chat not in self._chats:
            group = isinstance(chat, int) and chat < 0  # as Telegram numbers them
            rate, burst = (
                (GROUP_PER_SECOND, GROUP_BURST) if group else (CHAT_PER_SECOND, CHAT_BURST)
            )
            self._chats[chat] = Bucket(rate, burst, now)
        return self._chats[chat]

    def _chat_closed(self, chat: int | str | None, now: float) -> float:
        """Seconds until this chat is open again."""
        return max(0.0, self._chats_closed.get(chat, 0.0) - now) if chat is not None else 0.0

    def _close(self, busy: RetryAfter, chat: int | str | None) -> None:
        """No more to this chat, or to nobody, for as long as Telegram says."""
        seconds = busy.retry_after
        pause = seconds.total_seconds() if not isinstance(seconds, int | float) else float(seconds)
        now = time.monotonic()
        until = now + pause
        self._chats_closed = {c: t for c, t in self._chats_closed.items() if t > now}
        if chat is not None:
            self._chats_closed[chat] = max(self._chats_closed.get(chat, 0.0), until)
            self._refusals.append((now, chat))
        while self._refusals and now - self._refusals[0][0] > TOGETHER_SECONDS:
            self._refusals.popleft()
        everybody = chat is None or len({other for _, other in self._refusals}) >= SEVERAL
        if everybody:
            self._closed_until = max(self._closed_until, until)
        log.warning("telegram.busy", retry_after=pause, everybody=everybody)
