"""Waiting to be woken, in a way that a stop always ends."""

import asyncio
from contextlib import suppress


async def woken(event: asyncio.Event, seconds: float) -> None:
    """Return when the event is set or `seconds` are over; the event is clear afterwards.

    Not asyncio.wait_for: Python 3.11's swallows a cancellation that meets the wake.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    event.clear()
