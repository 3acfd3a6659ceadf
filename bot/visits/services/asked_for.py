"""What the committee of a site asked for, answered by the visit that was made for it.

Plan `sat-co-so`, IV.2.3: the committee may ask for support. Whoever came and reported has done
what an invitation asked; it must not go on waiting for somebody.
"""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.facts.site_requests import AskedFor
from bot.cases.services import site_requests
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Subject
from storage import visits
from storage.models import Unit, Visit, VisitReport


async def of_visit(
    session: AsyncSession, context: Context, visit: Visit, site: Unit, report: VisitReport
) -> Sequence[AskedFor]:
    """What this reported visit may have been the answer to, for the officer who made it."""
    if not context.actor.may(Action.WORK_VISIT, Subject(site.path, visit.officer_id)):
        return []
    return await site_requests.to_answer_by_coming(
        session, context, visit.site_id, report.visited_on
    )


async def answer(context: Context, visit_id: int, case_id: int) -> None:
    """The committee hears that it was done in this visit. Raises Refused: the visit has no report,
    or the request is none that it answers and that the actor may settle."""
    async with context.work.read() as session:
        visit = await session.get(Visit, visit_id)
        report = await visits.latest_report(session, visit_id)
        if visit is None or report is None:
            raise Refused(messages.NOT_FOUND)
        site = await session.get_one(Unit, visit.site_id)
        waiting = await of_visit(session, context, visit, site, report)
    if case_id not in [request.case.id for request in waiting]:
        raise Refused(messages.CASE_MOVED_ON)
    await site_requests.answer_by_coming(context, case_id, report.visited_on)
