"""Reports as files: docx, xlsx, pdf; made outside of transactions and of the event loop."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.documents import pdf
from bot.documents.drawing import in_turn
from bot.documents.file import File, slug
from bot.summaries.papers import report_docx, report_xlsx
from bot.summaries.papers.drawings import pictures_of
from bot.summaries.rules.papers import Paper
from bot.summaries.services import consolidated, contents, numbers
from bot.summaries.services.obligation_access import Desk, desk
from bot.summaries.services.report_drawings import drawings_of
from storage import summaries
from storage.enums import EDITABLE
from storage.models import Obligation, Unit


async def unit_file(context: Context, obligation_id: int, form: str, version: int = 0) -> File:
    """One unit's report; `form`: docx, xlsx, pdf. `version`: as it was sent then, 0: as it is now.

    What was sent stays as it was; what is being written follows the data. Raises Refused.
    """
    async with context.work.read() as session:
        on = await desk(session, context, obligation_id)
        paper = await _paper(on, version)
        rows = await numbers.as_read_by(session, context.actor, on.unit.path, paper.cases)
        paper = replace(paper, cases=rows)
        name = _name("bao-cao", on.obligation, on.unit.name, version)
    templates = context.work.settings.documents.templates
    content = await asyncio.to_thread(_file_bytes, form, paper, templates)
    return File(f"{name}.{form}", content)


async def all_file(context: Context, obligation_id: int, form: str) -> File:
    """The consolidated report of the group with this obligation. Raises Refused."""
    report = await consolidated.report(context, obligation_id)
    async with context.work.read() as session:
        obligation = await session.get_one(Obligation, obligation_id)
        receiver = await session.get_one(Unit, obligation.to_unit_id)
        drawings = await drawings_of(session, context.work, receiver, report.until)
    templates = context.work.settings.documents.templates
    if form == "xlsx":
        data = await asyncio.to_thread(report_xlsx.consolidated_workbook, report)
    else:
        pictures = await in_turn(lambda: pictures_of(report, drawings))
        data = await asyncio.to_thread(
            _word, form, lambda: report_docx.consolidated(report, templates, pictures)
        )
    return File(f"{_name('tong-hop', obligation, report.head.issuer)}.{form}", data)


def _file_bytes(form: str, paper: Paper, templates: Path) -> bytes:
    if form == "xlsx":
        return report_xlsx.unit_workbook(paper)
    return _word(form, lambda: report_docx.unit_report(paper, templates))


def _word(form: str, make: Callable[[], bytes]) -> bytes:
    if form == "pdf" and pdf.program() is None:
        raise Refused(pdf.MISSING)
    docx = make()
    return pdf.convert(docx) if form == "pdf" else docx


async def _paper(on: Desk, version: int) -> Paper:
    obligation_id = on.obligation.id or 0
    summary = (await summaries.of(on.session, [obligation_id])).get(obligation_id)
    shut = summary is not None and summary.state not in EDITABLE
    wanted = version or (summary.version if summary and shut else 0)
    if not wanted:
        return await contents.paper_of(on.session, on.work, on.obligation, on.now)
    sent = await summaries.version(on.session, summary.id or 0, wanted) if summary else None
    if sent is None:
        raise Refused(messages.NOT_FOUND)
    return contents.from_json(sent.content)


def _name(kind: str, obligation: Obligation, unit: str, version: int = 0) -> str:
    """bao-cao-nam-2026-sat-co-so-cd-cac-kcn-tinh; a request by its title."""
    about = slug(obligation.report or obligation.title)
    year = "" if str(obligation.last_day.year) in about else str(obligation.last_day.year)
    again = f"ban-{version}" if version else ""
    parts = (kind, about, year, slug(obligation.programme), slug(unit), again)
    return "-".join(part for part in parts if part)
