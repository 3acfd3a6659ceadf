"""Minutes of a visit as a paper, for whoever may see the visit."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.errors import Refused
from bot.core.labels import VISIT_KINDS
from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import official_name, spelled
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.documents.file import File, slug
from bot.units.services.letterheads import heads_of
from bot.visits.facts.agreements import agreements_of
from bot.visits.papers.minutes import Minutes, minutes
from bot.visits.services.reading import may_see
from storage import people, units
from storage.enums import UnitKind
from storage.models import Unit, Visit, VisitReport

MAX_ID = 2**31 - 1


async def minutes_file(work: Work, actor: Actor, report_id: int) -> File:
    """The minutes as docx. Raises Refused for whoever may not see the visit."""
    async with work.read() as session:
        report, visit, site, above = await _allowed(session, actor, report_id)
        head = (await heads_of(session, work, [above]))[above.id or 0]
        facts = await _facts(session, head, report, visit, site)
    templates = work.settings.documents.templates
    data = await asyncio.to_thread(minutes, facts, templates)
    return File(f"bien-ban-{slug(site.name)}-{report.visited_on:%Y%m%d}.docx", data)


async def _allowed(
    session: AsyncSession, actor: Actor, report_id: int
) -> tuple[VisitReport, Visit, Unit, Unit]:
    report = await session.get(VisitReport, report_id) if report_id <= MAX_ID else None
    visit = await session.get(Visit, report.visit_id) if report else None
    if report is None or visit is None:
        raise Refused(messages.NOT_FOUND)
    units_by_id = await units.by_ids(session, {visit.site_id, visit.unit_id})
    if not may_see(actor, visit, units_by_id):
        raise Refused(messages.NOT_FOUND)
    return report, visit, units_by_id[visit.site_id], units_by_id[visit.unit_id]


async def _facts(
    session: AsyncSession, head: Head, report: VisitReport, visit: Visit, site: Unit
) -> Minutes:
    officer = (await people.named(session, [visit.officer_id]))[visit.officer_id]
    return Minutes(
        head=_for_minutes(head, site),
        site=official_name(site.name),
        address=official_name(site.address),
        day=report.visited_on,
        kind=spelled(VISIT_KINDS.get(report.kind, report.kind)),
        officers=(officer.name,),
        met_union=report.met_union,
        met_management=report.met_management,
        has_union=site.kind is UnitKind.SITE_UNION,
        agreements=[a.paper_words for a in agreements_of(report.agreements)],
    )


def _for_minutes(head: Head, site: Unit) -> Head:
    """BC-CĐ becomes BB-CĐ; a copy goes to the site."""
    archive_lines: Sequence[str] = [
        recipient for recipient in head.recipients if recipient.startswith("Lưu")
    ]
    return replace(
        head, symbol=head.symbol_of("BB"), recipients=(official_name(site.name), *archive_lines)
    )
