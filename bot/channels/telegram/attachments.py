"""Files to somebody's chat: by Telegram's id where there is one, else from bytes or our copy."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import groupby

import structlog
from telegram import InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.conversation.reply import Attachment
from bot.core import messages
from storage.addresses import TELEGRAM

ALBUM = 10  # Telegram's limit
_ALONE = ("voice", "audio", "video", "video_note")
NAMELESS = "tep-dinh-kem"

Media = str | bytes  # Telegram's id, or the file itself

log = structlog.get_logger()


async def send_files(bot: ExtBot[int], chat: int, files: Sequence[Attachment]) -> list[Attachment]:
    """Albums of pictures and papers, voice messages one by one; returns what could not be had.

    Raises TelegramError: Telegram is not reached, or refuses a file made just now.
    """
    missing: list[Attachment] = []
    for batch in _batches(files):
        missing += await _send(bot, chat, batch)
    return missing


def what_is_missing(files: Sequence[Attachment]) -> list[str]:
    """What is said of files that cannot be shown: some will be there soon, some never."""
    given_up = sum(file.given_up for file in files)
    later = len(files) - given_up
    return [messages.FILES_GONE.format(count=later)] * bool(later) + [
        messages.FILES_GIVEN_UP.format(count=given_up)
    ] * bool(given_up)


def _batches(files: Sequence[Attachment]) -> Iterator[list[Attachment]]:
    """Files of one kind, at most an album at a time; what is heard or played always alone."""
    for kind, group in groupby(sorted(files, key=lambda file: file.kind), lambda file: file.kind):
        alike, size = list(group), 1 if kind in _ALONE else ALBUM
        yield from (alike[i : i + size] for i in range(0, len(alike), size))


async def _send(bot: ExtBot[int], chat: int, batch: Sequence[Attachment]) -> Sequence[Attachment]:
    """Those that could not be shown."""
    if all(file.reference and file.channel == TELEGRAM for file in batch):
        try:
            await _show(bot, chat, [(file, file.reference) for file in batch])
        except BadRequest as error:  # an id of another bot, or one that Telegram has dropped
            log.info("files.id_refused", error=type(error).__name__, count=len(batch))
        else:
            return ()
    missing = list(batch)
    for file in batch:  # one by one: an album of them would be ten times 20 MB in memory
        data = file.data or await asyncio.to_thread(_copy, file)
        if data is None:
            continue
        try:
            await _show(bot, chat, [(file, data)])
        except BadRequest as error:
            if file.data:
                raise  # made just now: whoever asked hears that it failed
            log.warning("files.copy_refused", error=type(error).__name__)
        else:
            missing.remove(file)
    return missing


def _copy(file: Attachment) -> bytes | None:
    return file.path.read_bytes() if file.path and file.path.is_file() else None


async def _show(bot: ExtBot[int], chat: int, batch: Sequence[tuple[Attachment, Media]]) -> None:
    file, media = batch[0]
    caption = file.caption or None
    if file.kind == "voice":
        await bot.send_voice(chat, media)
    elif file.kind == "audio":
        await bot.send_audio(chat, media, filename=file.name or None, caption=caption)
    elif file.kind == "video":
        await bot.send_video(chat, media, filename=file.name or None, caption=caption)
    elif file.kind == "video_note":
        await bot.send_video_note(chat, media)
    elif len(batch) > 1:
        await bot.send_media_group(chat, [_in_album(*pair) for pair in batch])
    elif file.kind == "photo":
        name = None if isinstance(media, str) else file.name or None
        await bot.send_photo(chat, media, filename=name, caption=caption)
    else:
        name = file.name or (None if isinstance(media, str) else NAMELESS)
        await bot.send_document(chat, media, filename=name, caption=caption)


def _in_album(file: Attachment, media: Media) -> InputMediaPhoto | InputMediaDocument:
    if file.kind == "photo":
        return InputMediaPhoto(media)
    return InputMediaDocument(media, filename=file.name or None)
