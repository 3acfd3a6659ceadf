"""Waiting for a change without polling."""

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Signal:
    """Wakes everybody who waits for something to become true."""

    def __init__(self) -> None:
        self.fired = 0
        self._closed = False
        self._event = asyncio.Event()

    def fire(self) -> None:
        self.fired += 1
        self._event.set()
        self._event = asyncio.Event()

    def close(self) -> None:
        """End all waits, now and later, so that a server can stop at once."""
        self._closed = True
        self.fire()

    async def wait(self, ready: Callable[[], bool], timeout: float) -> bool:  # noqa: ASYNC109
        """True as soon as ready() holds; False after the timeout (seconds) or when closed."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not ready():
            left = deadline - loop.time()
            if left <= 0 or self._closed:
                return False
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._event.wait()
        return True
