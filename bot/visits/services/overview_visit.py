"""The end of the way down: one visit, its report in every version, its pictures."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.sight import proposals_of
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Actor, Subject
from bot.visits.facts.overview import VisitPage
from bot.visits.facts.supervision import Decided
from bot.visits.rules.deferring import may_be_deferred
from bot.visits.services.nudges import may_remind
from bot.visits.services.reading import may_read, may_see
from bot.visits.services.report_notes import may_remark
from bot.visits.services.site_visits import voucher
from storage import directing, files, overview_lists, people, report_notes, units, visits
from storage.models import Unit, Visit, VisitReport
from storage.nudges import last_nudge


async def visit_page(context: Context, visit_id: int, version: int) -> VisitPage:
    """A visit and one version of its report (0: the one that counts)."""
    async with context.work.read() as session:
        visit, site = await _allowed(session, context.actor, visit_id)
        versions = await overview_lists.versions(session, visit_id)
        report = _chosen(versions, version)
        key = report.id if report and report.id else 0
        cases = await proposals_of(session, context.actor, [visit_id])
        authors = {visit.officer_id, *([report.author_id] if report else [])}
        named = await people.named(session, authors)
        officer = named[visit.officer_id]
        return VisitPage(
            visit=visit,
            site=site,
            officer=officer,
            report=report,
            versions=[stored.version for stored in versions],
            topics=(await visits.topics_of(session, [key])).get(key, ()),
            proposals=cases[visit_id].words if visit_id in cases else (),
            files=await files.of_report(session, key),
            names={person_id: person.name for person_id, person in named.items()},
            topic_words=context.work.topics,
            vouched=await voucher(session, visit_id),
            excused_by=(await directing.excusers(session, [visit])).get(visit_id, ""),
            week_is_over=Week.of(visit.week) < Week.containing(context.now),
            deferrable=may_be_deferred(
                visit.status, Week.of(visit.week), Week.containing(context.now)
            ),
            own=visit.officer_id == context.actor.person_id,
            may_direct=context.actor.may(Action.REASSIGN_VISIT, Subject(site.path)),
            oversees=any(
                context.actor.may(Action.SEE_OVERVIEW, Subject(unit.path))
                for unit in (site, await session.get_one(Unit, visit.unit_id))
            ),
            may_print=may_see(
                context.actor,
                visit,
                await units.by_ids(session, {visit.site_id, visit.unit_id}),
            ),
            may_remark=may_remark(context.actor, Decided(visit, site, officer)),
            notes=await report_notes.of_visit(session, visit_id),
            may_remind=may_remind(context, Decided(visit, site, officer)),
            reminded=await last_nudge(session, visit_id),
            site_opens=context.actor.may(Action.READ_SITE, Subject(site.path)),
        )


async def report_files(context: Context, visit_id: int, version: int) -> VisitPage:
    """The same, for what was sent along. Raises Refused when there is nothing."""
    page = await visit_page(context, visit_id, version)
    if not page.files:
        raise Refused(messages.NO_FILES)
    return page


async def _allowed(session: AsyncSession, actor: Actor, visit_id: int) -> tuple[Visit, Unit]:
    """The visit, for whoever may read it."""
    visit = await session.get(Visit, visit_id)
    if visit is None:
        raise Refused(messages.NOT_FOUND)
    units_by_id = await units.by_ids(session, {visit.site_id, visit.unit_id})
    if not may_read(actor, visit, units_by_id):
        raise Refused(messages.NOT_ALLOWED)
    return visit, units_by_id[visit.site_id]


def _chosen(versions: Sequence[VisitReport], wanted: int) -> VisitReport | None:
    if wanted:
        return next((report for report in versions if report.version == wanted), None)
    return next((report for report in versions if report.latest), None)
