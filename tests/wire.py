"""Troubles between the program and Telegram that a server cannot play, beside those it can."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from bot.channels.telegram.wire import KeptAlive
from tests.client import Town

FAULTS = ("refused", "drop", "lost", "timeout", "502", "429", "400", "403")
"""No connection; broken before and after the work; done, but no answer in time; busy; odd."""
ON_THE_WAY = ("refused", "timeout")
ANSWERS = (
    *("answerCallbackQuery", "sendMessage", "editMessageText", "deleteMessage"),
    *("sendDocument", "sendPhoto"),
)


class Wire:
    """The next calls of a Bot API method fail as ordered."""

    def __init__(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        self._town = town
        self._orders: dict[str, list[str]] = {}
        kinds = (httpx.AsyncHTTPTransport, KeptAlive)
        carry = {kind: kind.handle_async_request for kind in kinds}

        async def handle(transport: Any, request: httpx.Request) -> httpx.Response:
            fault = self._next(request.url.path.rpartition("/")[2])
            if fault == "refused":
                raise httpx.ConnectError("All connection attempts failed")
            response = await carry[type(transport)](transport, request)
            if fault == "timeout":
                await response.aread()
                raise httpx.ReadTimeout("")
            return response

        for kind in kinds:
            monkeypatch.setattr(kind, "handle_async_request", handle)

    @asynccontextmanager
    async def broken(self, method: str, fault: str) -> AsyncIterator[None]:
        """The next call of a method fails, if it comes before the block is left."""
        async with self._failing((method,), fault, 1):
            yield

    @asynccontextmanager
    async def down(self, fault: str, *methods: str) -> AsyncIterator[None]:
        """All calls of these methods fail until the block is left; of all that answer people."""
        async with self._failing(methods or ANSWERS, fault, 1000):
            yield

    @asynccontextmanager
    async def _failing(
        self, methods: tuple[str, ...], fault: str, times: int
    ) -> AsyncIterator[None]:
        for method in methods:
            if fault in ON_THE_WAY:
                self._orders[method] = [fault] * times
            else:
                await self._town.fault(method, fault, times, seconds=0.01)
        try:
            yield
        finally:
            self._orders.clear()
            await self._town.ask("DELETE", "/sandbox/faults")

    def _next(self, method: str) -> str:
        orders = self._orders.get(method)
        return orders.pop() if orders else ""
