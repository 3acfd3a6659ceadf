"""Reminders from columns: each open visit knows when its next one is due."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.card import Card
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, roles_for
from bot.core.streams import Stream
from bot.core.work import Work
from bot.visits.cards import visits as visit_cards
from bot.visits.rules.reminders import RemindedVisit, Reminder, next_reminder
from storage import outbox, people, units
from storage.enums import OPEN_STATUSES, Lane, VisitStatus
from storage.models import OutboxMessage, Visit, VisitEvent


def plan_next(work: Work, visit: Visit, now: datetime) -> None:
    """Set `visit.remind_at`; called whenever something about the visit has changed."""
    reminder = _next(work, visit, now)
    visit.remind_at = reminder.at if reminder else None


async def _remind(session: AsyncSession, work: Work, due: Sequence[Visit], now: datetime) -> None:
    sites = await units.by_ids(session, {visit.site_id for visit in due})
    ids, going = {visit.officer_id for visit in due}, roles_for(Action.GO_TO_SITES)
    officers = await people.holding_among(session, ids, going)
    for visit in due:
        reminder = _next(work, visit, now)
        if reminder and reminder.at <= now:
            _note(session, visit, reminder, now)
            person = officers.get(visit.officer_id)  # None: the role has ended meanwhile
            if person and work.calendar.next_speaking_moment(now) < reminder.until:
                site, kind = sites[visit.site_id], reminder.kind
                card = visit_cards.reminder(kind, person.name, visit, site, work.calendar)
                await outbox.add(session, _message(work, visit, reminder, card, now))
        _plan_later(work, visit, now)


def _note(session: AsyncSession, visit: Visit, reminder: Reminder, now: datetime) -> None:
    """The reminder is over, whoever hears it; the last one closes the visit."""
    visit.reminded = [*visit.reminded, reminder.tag]
    if reminder.kind == "missed":
        visit.status = VisitStatus.MISSED
        session.add(VisitEvent(visit_id=visit.id or 0, at=now, what="missed"))


def _message(
    work: Work, visit: Visit, reminder: Reminder, card: Card, now: datetime
) -> OutboxMessage:
    return notice(
        work.calendar,
        visit.officer_id,
        card,
        f"remind:{visit.id}:{reminder.tag}",
        now,
        lane=Lane.REMINDER,
        subject=f"visit:{visit.id}",
    )


def _plan_later(work: Work, visit: Visit, now: datetime) -> None:
    """The one after; never in the past, so that one visit cannot keep the program busy."""
    plan_next(work, visit, now)
    if visit.remind_at and visit.remind_at <= now:
        visit.remind_at = now + timedelta(minutes=1)


def _next(work: Work, visit: Visit, now: datetime) -> Reminder | None:
    facts = RemindedVisit(
        Week.of(visit.week),
        visit.status,
        visit.day,
        visit.created_at,
        visit.day_set_at,
        bool(visit.excuse_asked),
    )
    sent = frozenset(visit.reminded)
    return next_reminder(facts, sent, now, work.settings.reminders, work.calendar)


STREAM = Stream("reminders", Visit, col(Visit.status).in_(OPEN_STATUSES), _remind)
