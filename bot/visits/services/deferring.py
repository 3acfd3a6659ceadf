"""A leader puts a visit off to the next week, by themselves or because its officer asked.

The visit of this week stays as it is, put off; another one of the next week stands for it, with
reminders of its own. What it counts as where: `rules/deferring.py`.
"""

from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, person_owner, roles_for
from bot.visits.cards import deferring as deferring_cards
from bot.visits.facts.supervision import Decided, Deferral, VisitOnCard
from bot.visits.rules.deferring import may_be_deferred, week_after
from bot.visits.services import reminders
from bot.visits.services.reassignment import already_decided
from bot.visits.services.supervision import (
    VisitChanged,
    keep_unique,
    locked,
    noted,
    refuse_twice,
    require_shown,
    tell,
    visit_key,
)
from storage import directing, drafts, outbox, people, supervision
from storage.enums import VisitOrigin, VisitStatus
from storage.models import Visit

REASON = "deferred"


async def proposed(context: Context, visit_id: int, on_card: VisitOnCard) -> Deferral:
    """What is about to be put off, and to which week, to be asked once."""
    async with context.work.read() as session:
        before = await _deferrable(session, context, visit_id, on_card)
        return await _deferral(session, context, before)


async def defer(context: Context, visit_id: int, on_card: VisitOnCard) -> Deferral:
    """The same officer goes to the same site a week later."""
    async with context.work.write() as session:
        before = await _deferrable(session, context, visit_id, on_card)
        deferral = await _deferral(session, context, before)
        visit, week = before.visit, deferral.week
        await refuse_twice(session, week, before.officer, visit.site_id)
        visit.status, visit.day, visit.remind_at = VisitStatus.DEFERRED, None, None
        visit.swap_asked = visit.excuse_asked = ""
        later = _later(before, week, context)
        reminders.plan_next(context.work, later, context.now)
        await keep_unique(session, later, before.officer, week)
        await _move_drafts(session, visit, later)
        await outbox.cancel(session, f"visit:{visit_id}", outbox.REMINDERS)
        event = await noted(session, context, visit, "deferred", week.key)
        await noted(session, context, later, "put_off_to_here", before.week.key)
        moved = Deferral(replace(before, visit=later), week, before.week)
        card = deferring_cards.told_deferred(moved, context.actor.name)
        await tell(session, context, visit.officer_id, card, f"deferred:{event}")
        return moved


async def _deferral(session: AsyncSession, context: Context, before: Decided) -> Deferral:
    """To which week, and who else has the site then."""
    week = week_after(before.week, context.work.calendar)
    going = await directing.going_to(session, week.monday, before.visit.site_id)
    named = await people.named(session, going - {before.visit.officer_id})
    return Deferral(before, week, before.week, [person.name for person in named.values()])


def _later(before: Decided, week: Week, context: Context) -> Visit:
    visit = before.visit
    reasons = visit.reasons
    if not any(reason[0] == REASON for reason in reasons):
        reasons = [[REASON, f"tuần {before.week.number}"], *reasons]
    return Visit(
        key=visit_key(week, visit.officer_id, visit.site_id),
        week=week.monday,
        site_id=visit.site_id,
        unit_id=before.site.parent_id or visit.site_id,
        officer_id=visit.officer_id,
        origin=VisitOrigin.DEFERRED,
        reasons=reasons,
        created_at=context.now,
    )


async def _deferrable(
    session: AsyncSession, context: Context, visit_id: int, on_card: VisitOnCard
) -> Decided:
    """Raises Refused also for one's own visit, where another leader can be asked."""
    decided = await locked(session, context.actor, visit_id, Action.REASSIGN_VISIT)
    require_shown(decided, on_card)
    own = context.actor.person_id
    if decided.visit.officer_id == own:
        roles = roles_for(Action.REASSIGN_VISIT)
        path = decided.site.path
        if await supervision.nearest_over(session, path, roles, but_not=own):
            raise Refused(messages.OWN_DEFER)
    if decided.visit.status is VisitStatus.DEFERRED:
        raise VisitChanged(await already_decided(session, visit_id))
    this_week = Week.containing(context.now)
    if not may_be_deferred(decided.visit.status, decided.week, this_week):
        raise Refused(messages.NOT_TO_DEFER)
    return decided


async def _move_drafts(session: AsyncSession, visit: Visit, later: Visit) -> None:
    """What the officer began to write goes with the visit."""
    for draft in await drafts.of_owners(session, [person_owner(visit.officer_id)]):
        if draft.about.get("visit_id") == visit.id:
            draft.about = {**draft.about, "visit_id": later.id}
            draft.subject = draft.subject.replace(f"visit:{visit.id}", f"visit:{later.id}")
