"""A leader answers an officer who asked to be excused from a visit (`sat-co-so`, IV.2.1).

Until then the visit stays due; where nobody answers, the week ends and it counts as not made. The
wish stays on the leaders' list all the same: a yes still excuses it afterwards.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action
from bot.visits.cards import excuses as excuse_cards
from bot.visits.facts.excuses import ExcuseRequest, ExcuseRequests
from bot.visits.facts.overview import ListPage
from bot.visits.facts.supervision import Decided, VisitOnCard
from bot.visits.services import reminders
from bot.visits.services.reassignment import already_decided
from bot.visits.services.supervision import (
    ANY_VISIT,
    VisitChanged,
    excused,
    locked,
    noted,
    require_shown,
    tell,
)
from storage import excuses, outbox

PER_PAGE = 10


async def waiting(context: Context, page: int) -> ExcuseRequests:
    """Whatever week it is about: who waits for an answer that the actor may give."""
    require(context.actor, Action.EXCUSE_VISIT)
    paths, own = context.actor.paths_for(Action.EXCUSE_VISIT), context.actor.person_id
    async with context.work.read() as session:
        rows = await excuses.waiting(session, paths, own, PER_PAGE + 1, page * PER_PAGE)
    requests = [_facts(context, Decided(*row)) for row in rows[:PER_PAGE]]
    return ExcuseRequests(requests, ListPage(page, len(rows) > PER_PAGE))


async def opened(context: Context, visit_id: int, on_card: VisitOnCard) -> ExcuseRequest:
    """One wish, to be decided. Raises Refused where it was."""
    async with context.work.read() as session:
        return _facts(context, await _undecided(session, context, visit_id, on_card))


async def allow(context: Context, visit_id: int, on_card: VisitOnCard) -> Decided:
    """Yes: the visit need not take place, for the reason that the officer gave."""
    async with context.work.write() as session:
        decided = await _undecided(session, context, visit_id, on_card)
        visit = decided.visit
        excused(visit, context.actor.person_id, visit.excuse_asked)
        reminders.plan_next(context.work, visit, context.now)
        await outbox.cancel(session, f"visit:{visit_id}", outbox.REMINDERS)
        event = await noted(session, context, visit, "excused", visit.excuse)
        card = excuse_cards.told_allowed(decided, context.actor.name)
        await tell(session, context, visit.officer_id, card, f"excused:{event}")
        return decided


async def refuse(context: Context, visit_id: int, why: str, on_card: VisitOnCard) -> ExcuseRequest:
    """No: the visit stays due, or stays missed. The officer reads the reason."""
    async with context.work.write() as session:
        decided = await _undecided(session, context, visit_id, on_card)
        visit = decided.visit
        visit.excuse_asked = ""
        visit.created_at = context.now  # what was due meanwhile is not reminded of
        reminders.plan_next(context.work, visit, context.now)
        event = await noted(session, context, visit, "excuse_refused", why)
        facts = _facts(context, decided)
        card = excuse_cards.told_refused(facts, context.actor.name, why)
        await tell(session, context, visit.officer_id, card, f"not_excused:{event}")
        return facts


def _facts(context: Context, decided: Decided) -> ExcuseRequest:
    return ExcuseRequest(decided, decided.week < Week.containing(context.now))


async def _undecided(
    session: AsyncSession, context: Context, visit_id: int, on_card: VisitOnCard = ANY_VISIT
) -> Decided:
    decided = await locked(session, context.actor, visit_id, Action.EXCUSE_VISIT)
    require_shown(decided, on_card)
    if decided.visit.officer_id == context.actor.person_id:
        raise Refused(messages.EXCUSE_OWN_REQUEST)
    if not decided.visit.excuse_asked:
        raise VisitChanged(await already_decided(session, visit_id))
    return decided
