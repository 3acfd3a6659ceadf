"""One thing after the other for each visitor, as a chat is handled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PLACES = 256


class Turns:
    """Those whose keyed hashes begin alike wait for each other: no list grows with visitors."""

    def __init__(self) -> None:
        self._locks = [asyncio.Lock() for _ in range(PLACES)]

    @asynccontextmanager
    async def of(self, look: str) -> AsyncIterator[None]:
        async with self._locks[int(look[:8] or "0", 16) % PLACES]:
            yield
