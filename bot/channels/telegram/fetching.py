"""Asking Telegram for updates, until cancelled: as they came, each stored before the next request.

Not python-telegram-bot's own loop: there one update that it cannot read holds up all others for
ever, and one 401 or 404 ends the asking while the program goes on.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.inbox import Inbox, NotStored, Unreadable

LATELY_SECONDS = 180
SAY_AGAIN_SECONDS = 600
FINAL_AFTER_SECONDS = 300  # of nothing but 401 and 404: a proxy's fault would have passed
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
POLL_SECONDS = 10  # Telegram answers at once when there is something
ANSWER_SECONDS = 15  # an answer may come so long after that
STOPPING_SECONDS = 5

log = structlog.get_logger()


class Spell:
    """Failures in a row: pauses that grow, one line in the log, and an end where it is final."""

    def __init__(self) -> None:
        self._pause = 0.0
        self._refused_since: float | None = None
        self._worked_at: float | None = None
        self._logged_at: dict[str, float] = {}

    def worked(self) -> None:
        """It went well: the spell is over."""
        self._pause, self._refused_since, self._worked_at = 0.0, None, _now()

    def works(self) -> bool:
        """Whether it went well within the last three minutes, and no refusal has come since."""
        if self._worked_at is None or self._refused_since is not None:
            return False
        return _now() - self._worked_at < LATELY_SECONDS

    async def failed(self, error: Exception) -> None:
        """Note a failure and wait.

        Raises InvalidToken when Telegram has said nothing but that for five minutes.
        """
        self._note(error)
        if not isinstance(error, InvalidToken):
            self._refused_since = None
        elif self._refused_since is None:
            self._refused_since = _now()
        elif _now() - self._refused_since >= FINAL_AFTER_SECONDS:
            raise error
        self._pause = min(LONGEST_PAUSE, 1.5 * self._pause) or FIRST_PAUSE
        await asyncio.sleep(_seconds(error) if isinstance(error, RetryAfter) else self._pause)

    def _note(self, error: Exception) -> None:
        kind = type(error).__name__
        if _now() - self._logged_at.get(kind, -SAY_AGAIN_SECONDS) < SAY_AGAIN_SECONDS:
            return
        self._logged_at[kind] = _now()
        if isinstance(error, Conflict):
            log.error("telegram.conflict", advice="another program is using this bot's token")
        else:
            log.warning("updates.not_fetched", error=kind, exc_info=error)


class Polling:
    """The connection that asks Telegram for updates, and nothing else."""

    def __init__(self, bot: Bot, inbox: Inbox, request: HTTPXRequest, kinds: Sequence[str]) -> None:
        self.bot, self._inbox, self._request = bot, inbox, request
        self._kinds = json.dumps(kinds)
        self._spell = Spell()
        self._offset = 0

    def works(self) -> bool:
        """Whether updates could be asked for and stored lately."""
        return self._spell.works()

    async def run(self) -> None:
        """Until cancelled.

        Raises InvalidToken: Telegram does not know this token, not for a moment but for good.
        """
        webhook = True  # an earlier run may have had one; while it is there, nothing can be asked
        try:
            while True:
                try:
                    if webhook:
                        webhook = not await self.bot.delete_webhook()
                    # The first time at once: whether Telegram is there need not wait for an update.
                    pause = POLL_SECONDS if self._spell.works() else 0
                    await self._take(await self._ask(pause))
                except Exception as error:  # whatever it is, asking goes on
                    await self._spell.failed(error)
                else:
                    self._spell.worked()
        finally:
            await self._acknowledge()

    async def _ask(self, seconds: int) -> list[Any]:
        """Raises TelegramError, or Unreadable where the answer is not Telegram's at all."""
        parameters = {"offset": self._offset, "timeout": seconds, "allowed_updates": self._kinds}
        answer = await self._request.retrieve(
            f"{self.bot.base_url}/getUpdates?{urlencode(parameters)}",
            read_timeout=seconds + ANSWER_SECONDS,
        )
        try:
            updates = json.loads(answer)["result"]
        except (ValueError, LookupError, TypeError, RecursionError):
            updates = None
        if not isinstance(updates, list):
            # Not chained: the words of the error would be the answer's.
            raise Unreadable("not an answer of Telegram")
        return updates

    async def _take(self, updates: list[Any]) -> None:
        """All at once; where that fails each by itself: what is stored is not asked for again,
        whatever comes after it.

        Raises NotStored, or Unreadable where none has an id that it could be acknowledged by.
        """
        if not updates:
            return
        try:
            # Not the highest: after a quiet week Telegram's ids begin anew.
            self._offset = 1 + await self._inbox.take(*updates)
        except (Unreadable, NotStored):
            if len(updates) == 1:
                raise
        else:
            return
        acknowledged = False
        for update in updates:
            with suppress(Unreadable):
                self._offset = 1 + await self._inbox.take(update)
                acknowledged = True
        if not acknowledged:
            raise Unreadable("updates without an id")

    async def _acknowledge(self) -> None:
        """Telegram need not give again what is stored; where that fails, repeats are dropped."""
        if self._offset:
            with suppress(TelegramError, Unreadable, TimeoutError):
                async with asyncio.timeout(STOPPING_SECONDS):
                    await self._ask(0)


def _seconds(error: RetryAfter) -> float:
    pause = error.retry_after
    return 0.5 + (pause if isinstance(pause, int) else pause.total_seconds())


def _now() -> float:
    """Seconds that nobody can set: this is about the connection, not about the calendar."""
    return asyncio.get_running_loop().time()
