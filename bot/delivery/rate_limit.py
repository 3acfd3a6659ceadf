"""Keeping Telegram's limits: about 30 messages a second over all, 1 a second to one chat.

PTB's own limiter has no lanes and reopens its gate too early after a 429 (measured in 22.8), so
answers to people would wait behind broadcasts. Here the most pressing call goes first.
"""

import asyncio
import bisect
import itertools
import math
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from storage.models import Lane

log = structlog.get_logger()

PER_SECOND = 28.0
CHAT_PER_SECOND = 1.0
CHAT_BURST = 5.0
MAX_TRIES = 5
# Neither counts towards the limits of messages, and both must be quick.
FREE = frozenset({"getUpdates", "answerCallbackQuery", "getFile", "getMe", "deleteMessage"})


class Bucket:
    """So many at once, refilled at a steady rate. Time is handed in, in seconds."""

    def __init__(self, rate: float, size: float, now: float) -> None:
        self._rate, self._size = rate, size
        self._level, self._at = size, now

    def wait(self, now: float) -> float:
        """Seconds until one may pass; 0 when it may pass now."""
        self._level = min(self._size, self._level + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (1 - self._level) / self._rate)

    def take(self) -> None:
        self._level -= 1


@dataclass(order=True)
class _Waiter:
    """Somebody in line: the most pressing lane first, then whoever came first."""

    lane: int
    number: int
    chat: int | str | None = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)


class LaneLimiter(BaseRateLimiter[int]):
    """`rate_limit_args` is the lane; without it a call is an answer."""

    def __init__(self) -> None:
        self._all = Bucket(PER_SECOND, PER_SECOND, time.monotonic())
        self._chats: dict[int | str, Bucket] = {}
        self._line: list[_Waiter] = []
        self._count = itertools.count()
        self._closed_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

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
        lane = Lane.ANSWER if rate_limit_args is None else rate_limit_args
        for attempt in range(1, MAX_TRIES + 1):
            await self._turn(lane, data.get("chat_id"))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as busy:
                self._close(busy)
                if attempt == MAX_TRIES:
                    raise
        raise AssertionError("unreachable")

    async def _turn(self, lane: int, chat: int | str | None) -> None:
        """Wait in line until both buckets have room."""
        future = asyncio.get_running_loop().create_future()
        waiter = _Waiter(lane, next(self._count), chat, future)
        bisect.insort(self._line, waiter)
        self._let_pass()
        try:
            await future
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
            if (full := self._all.wait(now)) > 0:
                return full
            chat = None if waiter.chat is None else self._chat(waiter.chat, now)
            if chat and (busy := chat.wait(now)) > 0:
                pause = min(pause, busy)
                continue
            self._all.take()
            if chat:
                chat.take()
            self._line.remove(waiter)
            if not waiter.turn.done():
                waiter.turn.set_result(None)
        return pause

    def _chat(self, chat: int | str, now: float) -> Bucket:
        if len(self._chats) > 10_000:
            self._chats.clear()
        return self._chats.setdefault(chat, Bucket(CHAT_PER_SECOND, CHAT_BURST, now))

    def _close(self, busy: RetryAfter) -> None:
        seconds = busy.retry_after
        pause = seconds.total_seconds() if not isinstance(seconds, int | float) else float(seconds)
        self._closed_until = max(self._closed_until, time.monotonic() + pause)
        log.warning("telegram.busy", retry_after=pause)
