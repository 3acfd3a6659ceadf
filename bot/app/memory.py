"""Memory that the program no longer uses goes back to the machine.

A Word paper is made of megabytes of small pieces. They are freed with it, but the C library keeps
them for the next one: thirty reports leave a program at 180 MB that needs 80.
"""

import asyncio
import ctypes

PAUSE_SECONDS = 600.0


def give_back() -> None:
    """Only glibc knows how; elsewhere nothing is done."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


async def keep_small() -> None:
    """Until cancelled: every ten minutes, in another thread."""
    while True:
        await asyncio.sleep(PAUSE_SECONDS)
        await asyncio.to_thread(give_back)
