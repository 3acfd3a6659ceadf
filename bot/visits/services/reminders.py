"""Reminders from columns: each open visit knows when its next one is due."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, roles_for
from bot.core.work import Work
from bot.visits.cards import visits as visit_cards
from bot.visits.rules.reminders import Reminder, VisitFacts, next_reminder
from storage import outbox, people, units, visits
from storage.models import Lane, Person, Unit, Visit, VisitEvent, VisitStatus

BATCH = 200


async def ensure_reminders(work: Work, now: datetime) -> None:
    """Send what is due by now, and note for each visit when its next one is."""
    while await _some(work, now):
        pass


async def next_due(work: Work) -> datetime | None:
    """When the next reminder of all is due."""
    async with work.read() as session:
        return await visits.next_reminder_at(session)


def plan_next(work: Work, visit: Visit, now: datetime) -> None:
    """Set `visit.remind_at`; called whenever something about the visit has changed."""
    reminder = _next(work, visit, now)
    visit.remind_at = reminder.at if reminder else None


async def _some(work: Work, now: datetime) -> bool:
    async with work.write() as session:
        due = await visits.remind_due(session, now, BATCH)
        sites = await units.by_ids(session, {visit.site_id for visit in due})
        ids, going = {visit.officer_id for visit in due}, roles_for(Action.GO_TO_SITES)
        officers = await people.holding_among(session, ids, going)
        for visit in due:
            reminder = _next(work, visit, now)
            if reminder and reminder.at <= now:
                _note(session, visit, reminder, now)
                person = officers.get(visit.officer_id)  # None: the role has ended meanwhile
                if person and work.calendar.next_speaking_moment(now) < reminder.until:
                    await _send(session, work, visit, reminder, person, sites[visit.site_id], now)
            _plan_later(work, visit, now)
    return len(due) == BATCH


def _note(session: AsyncSession, visit: Visit, reminder: Reminder, now: datetime) -> None:
    """The reminder is over, whoever hears it; the last one closes the visit."""
    visit.reminded = [*visit.reminded, reminder.tag]
    if reminder.kind == "missed":
        visit.status = VisitStatus.MISSED
        session.add(VisitEvent(visit_id=visit.id or 0, at=now, what="missed"))


async def _send(
    session: AsyncSession,
    work: Work,
    visit: Visit,
    reminder: Reminder,
    person: Person,
    site: Unit,
    now: datetime,
) -> None:
    card = visit_cards.reminder(reminder.kind, person.name, visit, site)
    key = f"remind:{visit.id}:{reminder.tag}"
    subject = f"visit:{visit.id}"
    message = notice(
        work.calendar, person.id or 0, card, key, now, lane=Lane.REMINDER, subject=subject
    )
    await outbox.add(session, message)


def _plan_later(work: Work, visit: Visit, now: datetime) -> None:
    """The one after; never in the past, so that one visit cannot keep the program busy."""
    plan_next(work, visit, now)
    if visit.remind_at and visit.remind_at <= now:
        visit.remind_at = now + timedelta(minutes=1)


def _next(work: Work, visit: Visit, now: datetime) -> Reminder | None:
    facts = VisitFacts(
        Week.of(visit.week), visit.status.value, visit.day, visit.created_at, visit.day_set_at
    )
    sent = frozenset(visit.reminded)
    return next_reminder(facts, sent, now, work.settings.reminders, work.calendar)
