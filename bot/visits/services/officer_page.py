"""The page of an officer: their weeks, where they went, what they kept to, whom they met.

An officer sees their own, a leader those of their scope: of whoever holds a role or made a visit
there, and of the visits only those within it.
"""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Subject
from bot.visits.facts.officer_page import OfficerPage, OfficerRecord
from bot.visits.facts.overview import ListedVisit, ListPage
from bot.visits.facts.site_page import ROWS
from bot.visits.rules.overview import OfficerWeekCount, outermost, streak
from bot.visits.services.reading import may_read
from storage import directing, officer_pages, overview_staff, people, units
from storage.models import Person

LOOKED_BACK = 12  # weeks that the figures are about
MAX_ID = 2**31 - 1


async def officer_page(context: Context, officer_id: int, page: int) -> OfficerPage:
    """A page of somebody's visits; 0 means one's own. Raises Refused for whoever may not see."""
    own = officer_id in (0, context.actor.person_id)
    key = context.actor.person_id if own else officer_id
    if own:
        require(context.actor, Action.SEE_OWN_WEEK, Subject(owner_id=key))
    else:
        require(context.actor, Action.SEE_OVERVIEW)
    paths = None if own else outermost(context.actor.paths_for(Action.SEE_OVERVIEW))
    within = officer_pages.seen_from(paths)
    async with context.work.read() as session:
        person = await session.get(Person, key) if key <= MAX_ID else None
        rows = await officer_pages.visits_of(session, key, within, ROWS + 1, page * ROWS)
        if person is None or not (own or rows or await _holds_a_role_here(session, context, key)):
            raise Refused(messages.NOT_FOUND)
        this = Week.containing(context.now)
        first = this.monday - timedelta(weeks=LOOKED_BACK - 1)
        due, done, late, excused, missed, agreed, unplanned = await officer_pages.tally_of(
            session, key, within, first
        )
        everywhere = await overview_staff.officer_weeks(session, [key], first, this.monday)
        above = await units.by_ids(
            session, {unit for visit, *_ in rows for unit in (visit.site_id, visit.unit_id)}
        )
        allowed = await directing.excusers(session, [visit for visit, *_ in rows])
    weeks = [
        OfficerWeekCount(Week(monday), expected, made_then)
        for _, monday, _, expected, made_then in everywhere
    ]
    due_weeks = [week for week in weeks if week.expected]
    record = OfficerRecord(
        due=due,
        agreed=agreed,
        done=done,
        late=late,
        excused=excused,
        missed=missed,
        unplanned=unplanned,
        weeks=len(due_weeks),
        weeks_met=sum(week.is_met for week in due_weeks),
        streak=streak(weeks, this, context.work.calendar),
        elsewhere=max(0, sum(planned for _, _, planned, _, _ in everywhere) - due),
    )
    listed = [
        (
            ListedVisit(visit, site, person, report, excused_by=allowed.get(visit.id or 0, "")),
            may_read(context.actor, visit, above),
        )
        for visit, site, report in rows[:ROWS]
    ]
    return OfficerPage(person, own, record, listed, ListPage(page, len(rows) > ROWS))


async def _holds_a_role_here(session: AsyncSession, context: Context, person_id: int) -> bool:
    roles = await people.roles_with_paths(session, [person_id])
    return any(context.actor.may(Action.SEE_OVERVIEW, Subject(path)) for *_, path in roles)
