"""Cards that are owed to somebody, by Telegram: what the dispatcher's door does here."""

from datetime import timedelta

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.channels.retries import NotSent, Trouble
from bot.channels.telegram.cards import fit, markup
from bot.core.card import Card


class TelegramSender:
    """Sends one card to one chat."""

    def __init__(self, bot: ExtBot[int]) -> None:
        self._bot = bot

    async def send(self, mailbox: str, card: Card, lane: int) -> None:
        """Raises NotSent. The lane says that it is repeated by the outbox, and when it goes."""
        try:
            await self._bot.send_message(
                int(mailbox), fit(card.text), reply_markup=markup(card.rows), rate_limit_args=lane
            )
        except TelegramError as error:
            raise NotSent(
                trouble_of(error),
                type(error).__name__,
                _pause(error) if isinstance(error, RetryAfter) else None,
                perhaps=may_have_arrived(error),
            ) from error


def trouble_of(error: TelegramError) -> Trouble:
    """What an error of sending means."""
    if isinstance(error, RetryAfter):
        return Trouble.BUSY
    if isinstance(error, Forbidden):
        return Trouble.UNREACHABLE
    if isinstance(error, BadRequest):  # a kind of NetworkError for PTB
        return Trouble.UNREACHABLE if "chat not found" in str(error).lower() else Trouble.BROKEN
    if isinstance(error, ChatMigrated):
        return Trouble.BROKEN
    return Trouble.NO_LINE


def may_have_arrived(error: TelegramError) -> bool:
    """Whether the request had left and only its answer is missing."""
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return False
    return isinstance(error, TimedOut) or isinstance(cause, httpx.HTTPError)


def _pause(error: RetryAfter) -> timedelta:
    seconds = error.retry_after
    return seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
