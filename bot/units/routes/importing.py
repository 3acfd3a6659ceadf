"""Administrators: the list of units as an xlsx file. Everybody else's files are answers to forms.

The file is read again when "Nhập" is pressed, from its copy on disk: what is imported is what was
seen, also after a restart in between.
"""

import asyncio

from bot.conversation.form import FileInput, Wants
from bot.conversation.reply import FormPlace, Reply, ShowCard, below, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command, message
from bot.conversation.routes import begin
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.documents.limits import MAX_UPLOAD_BYTES
from bot.documents.safe_xlsx import BINARY_EXCEL, MACROS, TOO_LARGE
from bot.units.cards import importing as import_cards
from bot.units.forms.change_unit import LIST_FROM_DAY
from bot.units.papers import template
from bot.units.papers.units_file import read_units
from bot.units.papers.units_table import FILE_NAME
from bot.units.services import export, importing, uploads
from bot.units.services.uploads import Upload

TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")


async def explain(request: Request) -> Reply:
    """/nhap: how it is done, and the file to fill in."""
    if not await importing.may_import(request.work, request.actor):
        raise Refused(messages.NOT_ALLOWED)
    data = await asyncio.to_thread(template.template)
    file = document(data, template.FILE_NAME, import_cards.CAPTION)
    card = ShowCard(import_cards.explain(), place=FormPlace(wants=Wants(files=1)))
    return Reply((*file.parts, card))


async def send_list(request: Request) -> Reply:
    """The list as it is, to be changed and imported again."""
    data = await export.unit_list(request.context)
    return document(data, FILE_NAME, import_cards.LIST_CAPTION)


async def preview(request: Request) -> Reply | None:
    """A table: from an administrator a list of units, from others an answer like any file."""
    file = request.user_input.file
    if file is None or not await importing.may_import(request.work, request.actor):
        return None
    _check_name(file)
    data = await request.door.fetch(file)
    rows = await asyncio.to_thread(read_units, data)
    import_preview = await importing.preview(request.work, request.actor, rows, request.now)
    if import_preview.plan.mistakes:
        return below(import_cards.mistakes(import_preview.plan.mistakes))
    upload = Upload(file.reference, file.unique_id, file.name, data)
    # Unbound: the update is done when the preview was shown, not when the file is kept.
    file_id = await uploads.keep(
        Context(request.work.unbound(), request.actor, request.now), upload
    )
    return below(import_cards.preview(import_preview, name=upload.name, file_id=file_id))


async def confirm(request: Request) -> Reply:
    """ "Nhập": the same bytes, if they still do what was seen."""
    file_id, seen_before = request.number(), request.arguments[1]
    upload = await uploads.find(request.work, request.actor, file_id)
    if upload is None:
        raise Refused(import_cards.FILE_GONE)
    stored, data = upload
    rows = await asyncio.to_thread(read_units, data)
    outcome = await importing.confirm(request.work, request.actor, rows, seen_before, request.now)
    if outcome.done:
        return show(import_cards.done(outcome.plan, outcome.change_id))
    if outcome.plan.mistakes:
        return show(import_cards.mistakes(outcome.plan.mistakes))
    card = import_cards.preview(outcome, name=stored.name, file_id=file_id, outdated=outcome.ready)
    return show(card)


async def take_top_code(request: Request) -> Reply:
    """ "Đúng, dùng mã …": the row is the top unit itself, under another code."""
    file_id = request.number()
    upload = await uploads.find(request.work, request.actor, file_id)
    if upload is None:
        raise Refused(import_cards.FILE_GONE)
    stored, data = upload
    rows = await asyncio.to_thread(read_units, data)
    outcome = await importing.take_top_code(request.context, rows)
    if outcome.plan.mistakes:
        return show(import_cards.mistakes(outcome.plan.mistakes))
    return show(import_cards.preview(outcome, name=stored.name, file_id=file_id))


async def choose_day(request: Request) -> Reply:
    """ "Hẹn ngày": the list holds from a day on."""
    file_id = request.number()
    if await uploads.find(request.work, request.actor, file_id) is None:
        raise Refused(import_cards.FILE_GONE)
    return await begin(request, LIST_FROM_DAY, about={"file_id": file_id})


async def drop(request: Request) -> Reply:
    """ "Bỏ": the file is forgotten."""
    await uploads.drop(request.work, request.actor, request.number())
    return show(import_cards.dropped())


def _is_table(request: Request) -> bool:
    """A document whose name says that it is a table, whatever type the sender's phone gave it."""
    file = request.user_input.file
    return file is not None and file.kind == "document" and file.name.lower().endswith(TABLES)


def _check_name(file: FileInput) -> None:
    name = file.name.lower()
    if name.endswith(".xlsm"):
        raise Refused(MACROS)
    if name.endswith(".xlsb"):
        raise Refused(BINARY_EXCEL)
    if not name.endswith(".xlsx"):
        raise Refused(import_cards.NOT_XLSX)
    if file.size and file.size > MAX_UPLOAD_BYTES:
        raise Refused(TOO_LARGE)


ROUTES: tuple[Route, ...] = (
    command("nhap", explain),
    button(r"import:how", explain),
    button(r"import:list", send_list),
    message(preview, when=_is_table),
    button(r"import:go:(\d{1,9}):([0-9a-f]{16})", confirm),
    button(r"import:top:(\d{1,9})", take_top_code),
    button(r"import:later:(\d{1,9})", choose_day),
    button(r"import:drop:(\d{1,9})", drop),
)
