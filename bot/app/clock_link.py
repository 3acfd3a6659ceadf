"""Following the sandbox's clock over HTTP: it says where to go, the schedule walks there."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import httpx
import structlog

from bot.channels.authorities import trusted_at
from bot.core.clock import Clock

LONG_POLL_SECONDS = 2
BESIDE_SECONDS = 0.5
log = structlog.get_logger()

Advance = Callable[[datetime, Callable[[datetime], Awaitable[None]]], Awaitable[None]]


async def read_clock(url: str, clock: Clock, patience: int = 100) -> None:
    """Set the clock to the sandbox's time, waiting for a sandbox that is still starting.

    Raises httpx.TransportError when nobody answers.
    """
    async with httpx.AsyncClient(verify=trusted_at(url)) as client:
        while True:
            try:
                answer = (await client.get(url)).raise_for_status().json()
                break
            except httpx.TransportError:
                if (patience := patience - 1) < 0:
                    raise
                await asyncio.sleep(0.1)
    clock.set(_moment(answer["now"]))


async def follow_clock(
    url: str, advance: Advance, clock: Clock, leads: Callable[[], bool] = lambda: True
) -> None:
    """Until cancelled: wait for the clock to be moved, go there, say that we are there; who does
    not lead only goes by the time it reads.
    """
    version = -1
    patience = LONG_POLL_SECONDS + 10
    async with httpx.AsyncClient(timeout=patience, verify=trusted_at(url)) as client:
        while True:
            try:
                if leads():
                    version = await _follow_once(client, url, version, advance, clock)
                else:
                    answer = (await client.get(url)).raise_for_status().json()
                    clock.set(_moment(answer["now"]))
                    await asyncio.sleep(BESIDE_SECONDS)
            except (httpx.HTTPError, KeyError, ValueError) as error:
                log.warning("clock.unreachable", error=type(error).__name__)
                await asyncio.sleep(1)


async def _follow_once(
    client: httpx.AsyncClient, url: str, version: int, advance: Advance, clock: Clock
) -> int:
    parameters = {"after": version, "timeout": LONG_POLL_SECONDS}
    answer = (await client.get(url, params=parameters)).raise_for_status().json()
    new = int(answer["version"])

    async def arrived(moment: datetime, done: bool = False) -> None:
        body = {"version": new, "now": moment.isoformat(), "done": done}
        (await client.post(f"{url}/reached", json=body)).raise_for_status()

    if answer["moving"]:
        target = _moment(answer["target"])
        await advance(target, arrived)
        await arrived(target, done=True)
    elif new != version:
        clock.set(_moment(answer["now"]))
    return new


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
