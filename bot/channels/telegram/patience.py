"""A hiccup of the network between an answer and its reader is got over here, at one place.

Calls that belong to the outbox name their lane and are repeated by it; all others are answers.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
from telegram.error import BadRequest, NetworkError
from telegram.ext import BaseRateLimiter

PAUSES = (0.5, 1.0, 2.0)  # seconds before the second, third and fourth try
MOST_SECONDS = 8.0  # the chat's next update waits meanwhile, so no try begins later than this
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
REPEATED = ("send", "edit", "delete")


class PatientLimiter(BaseRateLimiter[int]):
    """Sends and edits are tried again; the answer to a button is not worth a pause.

    Whether a send was done whose answer got lost, nobody can know. A card twice is better than
    none, but then it is enough.
    """

    def __init__(self, limiter: BaseRateLimiter[int]) -> None:
        self._limiter = limiter

    async def initialize(self) -> None:
        await self._limiter.initialize()

    async def shutdown(self) -> None:
        await self._limiter.shutdown()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        call = (callback, args, kwargs, endpoint, data, rate_limit_args)
        pauses = PAUSES if rate_limit_args is None and endpoint.startswith(REPEATED) else ()
        loop = asyncio.get_running_loop()
        latest = loop.time() + MOST_SECONDS
        doubts = 0
        for pause in pauses:
            try:
                return await self._limiter.process_request(*call)
            except NetworkError as error:
                doubts += endpoint.startswith("send") and _perhaps_done(error)
                hopeless = doubts > 1 or loop.time() + pause > latest
                if isinstance(error, BadRequest) or hopeless:
                    raise
            await asyncio.sleep(pause)
        return await self._limiter.process_request(*call)


def _perhaps_done(error: NetworkError) -> bool:
    """Whether the call may have reached Telegram: it gave no answer, but there was a connection."""
    cause = error.__cause__
    return isinstance(cause, httpx.TransportError) and not isinstance(cause, _NOT_CONNECTED)
