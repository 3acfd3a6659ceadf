"""Cards that are owed to somebody, by Telegram: what the dispatcher's door does here."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.channels.retries import NotSent, Trouble
from bot.channels.telegram.cards import MAX_CAPTION, fit, markup
from bot.core.card import Card
from bot.core.copies import copy_path
from storage.addresses import TELEGRAM
from storage.models import StoredFile

Media = str | bytes  # Telegram's id of a file, or the file itself


class TelegramSender:
    """Sends one card to one chat. `folder`: where our copies of files lie."""

    def __init__(self, bot: ExtBot[int], folder: Path = Path()) -> None:
        self._bot, self._folder = bot, folder
        self._uploaded: dict[int, str] = {}  # stored file -> Telegram's id of what was sent up

    async def send(self, mailbox: str, card: Card, lane: int) -> None:
        """Raises NotSent. The lane says that it is repeated by the outbox, and when it goes."""
        try:
            if card.file:
                await self._send_with_file(int(mailbox), card, card.file, lane)
            else:
                await self._bot.send_message(
                    int(mailbox),
                    fit(card.text),
                    reply_markup=markup(card.rows),
                    rate_limit_args=lane,
                )
        except TelegramError as error:
            raise _not_sent(error) from error

    async def _send_with_file(self, chat: int, card: Card, file: StoredFile, lane: int) -> None:
        """One message: the file with the text below it. By Telegram's id where there is one, else
        from our copy, which goes up once for all its readers.
        """

        async def show(media: Media) -> Any:
            return await self._method(file)(
                chat,
                media,
                caption=fit(card.text, MAX_CAPTION),
                reply_markup=markup(card.rows),
                rate_limit_args=lane,
                **_named(file, media),
            )

        own = file.reference if file.channel == TELEGRAM else ""
        if reference := self._uploaded.get(file.id or 0) or own:
            try:
                await show(reference)
            except BadRequest as error:  # an id of another bot, or one that Telegram has dropped
                if trouble_of(error) is Trouble.UNREACHABLE or not file.sha256:
                    raise
            else:
                return
        sent = await show(await asyncio.to_thread(self._copy, file))
        media = sent.effective_attachment
        largest = media[-1] if isinstance(media, tuple | list) else media
        self._uploaded[file.id or 0] = largest.file_id

    def _method(self, file: StoredFile) -> Callable[..., Any]:
        bot = self._bot
        methods: dict[str, Callable[..., Any]] = {
            "photo": bot.send_photo,
            "video": bot.send_video,
            "audio": bot.send_audio,
            "voice": bot.send_voice,
        }
        return methods.get(file.kind, bot.send_document)

    def _copy(self, file: StoredFile) -> bytes:
        """Raises NotSent: there is none, or not yet."""
        path = copy_path(self._folder, file.sha256) if file.sha256 else None
        if path is None or not path.is_file():
            raise NotSent(Trouble.OURS, "NoCopy")
        return path.read_bytes()


def _not_sent(error: TelegramError) -> NotSent:
    failure = NotSent(
        trouble_of(error),
        type(error).__name__,
        _pause(error) if isinstance(error, RetryAfter) else None,
        perhaps=may_have_arrived(error),
    )
    if isinstance(error, ChatMigrated):
        failure.moved_to = str(error.new_chat_id)
    return failure


def _named(file: StoredFile, media: Media) -> dict[str, str]:
    """Telegram knows the name of what it has; of a picture it keeps none."""
    nameless = isinstance(media, str) or file.kind in ("photo", "voice") or not file.name
    return {} if nameless else {"filename": file.name}


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
