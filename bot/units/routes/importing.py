"""Administrators: the list of units as an xlsx file. Everybody else's files are answers to forms.

The file is read again when "Nhập" is pressed, from its copy on disk: what is imported is what was
seen, also after a restart in between.
"""

import asyncio

from telegram import Document, Message, Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.channels.telegram.context import Context
from bot.conversation import routes
from bot.core import messages
from bot.core.errors import Refused
from bot.documents.limits import MAX_UPLOAD_BYTES
from bot.documents.safe_xlsx import MACROS, TOO_LARGE
from bot.units.cards import importing as import_cards
from bot.units.papers import template
from bot.units.papers.units_file import read_units
from bot.units.services import importing, uploads
from bot.units.services.uploads import Upload

TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")


class _Table(filters.MessageFilter):
    """A document whose name says that it is a table, whatever type the sender's phone gave it."""

    def filter(self, message: Message) -> bool:
        paper = message.document
        return paper is not None and (paper.file_name or "").lower().endswith(TABLES)


async def explain(update: Update, context: Context) -> None:
    """/nhap: how it is done, and the file to fill in."""
    if not await importing.may_import(context.work, context.actor):
        raise Refused(messages.NOT_ALLOWED)
    data = await asyncio.to_thread(template.template)
    await context.send_file(data, template.FILE_NAME, import_cards.CAPTION)
    await context.show(import_cards.explain())


async def given(update: Update, context: Context) -> None:
    """A table: from an administrator a list of units, from others an answer like any file."""
    message = update.message
    if message is None or message.document is None:
        return
    if not await importing.may_import(context.work, context.actor):
        await routes.said(update, context)
        return
    paper = message.document
    _check_name(paper)
    data = await _fetch(paper)
    file = await asyncio.to_thread(read_units, data)
    found = await importing.preview(context.work, context.actor, file, context.now)
    if found.plan.mistakes:
        await context.send(import_cards.mistakes(found.plan.mistakes))
        return
    upload = Upload(paper.file_id, paper.file_unique_id, paper.file_name or "", data)
    # Not `context.work`: the update is done when the preview was shown, not when the file is kept.
    file_id = await uploads.keep(context.runtime.work, context.actor, upload, context.now)
    card = import_cards.preview(
        found.plan, found.officers, found.following, name=upload.name, file_id=file_id
    )
    await context.send(card)


async def confirm(update: Update, context: Context) -> None:
    """ "Nhập": the same bytes, if they still do what was seen."""
    assert context.match is not None
    file_id, seen = int(context.match.group(1)), context.match.group(2)
    kept = await uploads.find(context.work, context.actor, file_id)
    if kept is None:
        raise Refused(import_cards.FILE_GONE)
    stored, data = kept
    file = await asyncio.to_thread(read_units, data)
    found = await importing.confirm(context.work, context.actor, file, seen, context.now)
    if found.done:
        await context.show(import_cards.done(found.plan))
    elif found.plan.mistakes:
        await context.show(import_cards.mistakes(found.plan.mistakes))
    else:
        card = import_cards.preview(
            found.plan,
            found.officers,
            found.following,
            name=stored.name,
            file_id=file_id,
            outdated=found.ready,
        )
        await context.show(card)


async def drop(update: Update, context: Context) -> None:
    """ "Bỏ": the file is forgotten."""
    assert context.match is not None
    await uploads.drop(context.work, context.actor, int(context.match.group(1)))
    await context.show(import_cards.dropped())


def _check_name(paper: Document) -> None:
    name = (paper.file_name or "").lower()
    if name.endswith((".xlsm", ".xlsb")):
        raise Refused(MACROS)
    if not name.endswith(".xlsx"):
        raise Refused(import_cards.NOT_XLSX)
    if paper.file_size and paper.file_size > MAX_UPLOAD_BYTES:
        raise Refused(TOO_LARGE)


async def _fetch(paper: Document) -> bytes:
    try:
        remote = await paper.get_file()
        return bytes(await remote.download_as_bytearray())
    except TelegramError:
        raise Refused(import_cards.NOT_FETCHED) from None


HANDLERS = (
    CommandHandler("nhap", explain),
    CallbackQueryHandler(explain, pattern=r"^import:how$"),
    MessageHandler(filters.UpdateType.MESSAGE & filters.Document.ALL & _Table(), given),
    CallbackQueryHandler(confirm, pattern=r"^import:go:(\d{1,9}):([0-9a-f]{16})$"),
    CallbackQueryHandler(drop, pattern=r"^import:drop:(\d{1,9})$"),
)
