"""What updates are fetched with: it knows when that last worked, and says once when it does not."""

import asyncio
from typing import Any

import structlog
from telegram.error import Conflict, TelegramError
from telegram.request import HTTPXRequest

LATELY_SECONDS = 180
SAY_AGAIN_SECONDS = 600

log = structlog.get_logger()


class Fetching(HTTPXRequest):
    """The connection that asks Telegram for updates, and nothing else."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=1)
        self._succeeded: float | None = None
        self._said: dict[str, float] = {}

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, body = await super().do_request(*args, **kwargs)
        if code == 200:
            self._succeeded = _now()
        return code, body

    def works(self) -> bool:
        """Whether Telegram answered within the last three minutes."""
        return self._succeeded is not None and _now() - self._succeeded < LATELY_SECONDS

    def failed(self, error: TelegramError) -> None:
        """One line for a spell of failures, not one for each of them."""
        kind = type(error).__name__
        if _now() - self._said.get(kind, -SAY_AGAIN_SECONDS) < SAY_AGAIN_SECONDS:
            return
        self._said[kind] = _now()
        if isinstance(error, Conflict):
            log.error("telegram.conflict", advice="another program is using this bot's token")
        else:
            log.warning("updates.not_fetched", error=kind)


def _now() -> float:
    """Seconds that nobody can set: this is about the connection, not about the calendar."""
    return asyncio.get_running_loop().time()
