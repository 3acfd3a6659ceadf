"""Visits still to be made, when their officer hands over to a colleague."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.rules.calendar import Week
from bot.people.services.handovers import Handover, InHand
from bot.visits.services import reminders
from bot.visits.services.supervision import visit_key
from storage import merging, outbox, people
from storage.models import Unit, Visit, VisitEvent


async def _open(session: AsyncSession, person_id: int, path: str) -> list[tuple[Visit, Unit]]:
    visits = await people.open_visits(session, person_id)
    return [(visit, site) for visit, site in visits if site.path.startswith(path)]


async def _count(session: AsyncSession, person_id: int, path: str) -> int:
    return len(await _open(session, person_id, path))


async def _give(handover: Handover) -> int:
    """Those that the colleague does not have anyway; each keeps its day."""
    session, context = handover.session, handover.context
    giver, taker = handover.giver, handover.taker
    visits = await _open(session, giver.id or 0, handover.path)
    keys = {
        visit.id: visit_key(Week.of(visit.week), taker.id or 0, visit.site_id)
        for visit, _ in visits
    }
    taken_keys = await merging.taken_keys(session, set(keys.values()))
    handed = [visit for visit, _ in visits if keys[visit.id] not in taken_keys]
    for visit in handed:
        visit.officer_id, visit.key = taker.id or 0, keys[visit.id]
        visit.reasons = [reason for reason in visit.reasons if reason[0] != "in_charge"]
        reminders.plan_next(context.work, visit, context.now)
        await outbox.cancel(session, f"visit:{visit.id}", outbox.REMINDERS)
        session.add(
            VisitEvent(
                visit_id=visit.id or 0,
                at=context.now,
                what="reassigned",
                actor_id=context.actor.person_id,
                words=f"{giver.name} → {taker.name}",
            )
        )
    return len(handed)


VISITS = InHand("lượt đi sắp tới", _count, _give)
