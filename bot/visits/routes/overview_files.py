"""Showing what was sent along with a report: by Telegram's id, else from the stored copy."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import structlog
from telegram import InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from bot.cases.routes.case_files import what_is_missing
from bot.channels.telegram import cards
from bot.channels.telegram.context import Context
from storage.models import StoredFile

log = structlog.get_logger()

ALBUM = 10  # Telegram's limit

Media = str | bytes  # Telegram's id, or the file itself


async def send_files(context: Context, found: Sequence[StoredFile]) -> None:
    """Albums of pictures and papers, voice messages one by one; what fails is said."""
    query = context.incoming.callback_query
    if query:
        await cards.answer(query)
    missing: list[StoredFile] = []
    for batch in _batches(found):
        missing += await _send(context, batch)
    for sentence in what_is_missing(missing):
        await context.say(sentence)


def _batches(found: Sequence[StoredFile]) -> Iterator[list[StoredFile]]:
    """Files of one kind, at most an album at a time; a voice message always alone."""
    order = sorted(found, key=lambda file: (file.kind, file.id or 0))
    for kind, files in groupby(order, key=lambda file: file.kind):
        alike, size = list(files), 1 if kind == "voice" else ALBUM
        yield from (alike[i : i + size] for i in range(0, len(alike), size))


async def _send(context: Context, batch: Sequence[StoredFile]) -> Sequence[StoredFile]:
    """Those that could not be shown."""
    try:
        await _show(context, [(file, file.telegram_file_id) for file in batch])
    except BadRequest as error:  # an id of another bot, or one that Telegram has dropped
        log.info("files.id_refused", error=type(error).__name__, count=len(batch))
    else:
        return ()
    missing = list(batch)
    for file in batch:  # one by one: an album of them would be ten times 20 MB in memory
        try:
            if path := _copy(context, file):
                await _show(context, [(file, path.read_bytes())])
                missing.remove(file)
        except BadRequest as error:
            log.warning("files.copy_refused", id=file.id, error=type(error).__name__)
    return missing


def _copy(context: Context, file: StoredFile) -> Path | None:
    if file.sha256 is None:
        return None
    path = context.runtime.files.path(file.sha256)
    return path if path.is_file() else None


async def _show(context: Context, batch: Sequence[tuple[StoredFile, Media]]) -> None:
    chat = context.incoming.effective_chat
    if chat is None:
        return
    file, media = batch[0]
    if file.kind == "voice":
        await context.bot.send_voice(chat.id, media)
    elif len(batch) > 1:
        await context.bot.send_media_group(chat.id, [_in_album(*one) for one in batch])
    elif file.kind == "photo":
        await context.bot.send_photo(chat.id, media)
    else:
        await context.bot.send_document(chat.id, media, filename=file.name or None)


def _in_album(file: StoredFile, media: Media) -> InputMediaPhoto | InputMediaDocument:
    if file.kind == "photo":
        return InputMediaPhoto(media)
    return InputMediaDocument(media, filename=file.name or None)
