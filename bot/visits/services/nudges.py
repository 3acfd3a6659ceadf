"""A leader reminds officers of visits without a report (`sat-co-so`, IV.2: đôn đốc)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import Week, at, local
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.visits.cards import nudges as nudge_cards
from bot.visits.facts.nudges import LateVisits, Nudge, Nudges
from bot.visits.facts.supervision import Decided
from bot.visits.services.overview import look
from bot.visits.services.supervision import locked
from bot.visits.services.visit_facts import can_report
from storage import nudges, outbox, people
from storage.enums import Lane
from storage.models import OutboxMessage, Visit, VisitEvent
from storage.nudges import AWAITED, NUDGED
from storage.overview import Scope

AGAIN = timedelta(hours=1)
BLOCKED, NEVER_IN = "đã chặn tin hoặc bỏ tài khoản", "chưa vào hệ thống"


async def preview(context: Context, meant: LateVisits) -> Nudges:
    """Who would be told, and who not and why. Raises Refused where no report is waited for."""
    async with context.work.read() as session:
        sorted_nudges = await _sorted(session, context, meant, await _late(session, context, meant))
    if not sorted_nudges.anybody:
        raise Refused(messages.NO_REPORT_AWAITED)
    return sorted_nudges


async def send(context: Context, meant: LateVisits) -> Nudges:
    """Tell them: one message an officer, at most one an hour from whichever leader.

    Raises Refused where nobody is left to tell.
    """
    async with context.work.write() as session:
        late = await _late(session, context, meant, for_change=True)
        sorted_nudges = await _sorted(session, context, meant, late)
        if not sorted_nudges.to_remind:
            just_reminded = sorted_nudges.just_reminded
            raise Refused(messages.JUST_REMINDED if just_reminded else messages.NO_REPORT_AWAITED)
        for nudge in sorted_nudges.to_remind:
            session.add_all(
                VisitEvent(
                    visit_id=late_visit.visit.id or 0,
                    at=context.now,
                    actor_id=context.actor.person_id,
                    what=NUDGED,
                )
                for late_visit in nudge.visits
            )
        reminders = [_message(context, sorted_nudges, nudge) for nudge in sorted_nudges.to_remind]
        await outbox.add_all(session, reminders)
    return sorted_nudges


async def waiting(session: AsyncSession, context: Context, scope: Scope) -> Nudges:
    """The same as a preview, for a list that is being shown."""
    meant = LateVisits(scope.week)
    rows = await nudges.awaited(session, scope)
    late = [Decided(*row) for row in rows]
    return await _sorted(session, context, meant, _remindable(context, late))


def may_remind(context: Context, late_visit: Decided) -> bool:
    """Whether the actor may remind of this visit, and a report of it is waited for."""
    return bool(_remindable(context, [late_visit]))


async def _late(
    session: AsyncSession, context: Context, meant: LateVisits, *, for_change: bool = False
) -> list[Decided]:
    if meant.visit_id:
        late = [await locked(session, context.actor, meant.visit_id, Action.REMIND_OFFICERS)]
    else:
        if not context.actor.may(Action.REMIND_OFFICERS):
            raise Refused(messages.NOT_ALLOWED)
        looking = await look(session, context, meant.monday, meant.unit_id)
        rows = await nudges.awaited(session, looking.scope, locked=for_change)
        late = [Decided(*row) for row in rows]
    return _remindable(context, late)


def _remindable(context: Context, late: Iterable[Decided]) -> list[Decided]:
    """Those of the visits that the actor may remind of, and that can still be reported. Nobody
    reminds themselves."""
    return [
        late_visit
        for late_visit in late
        if late_visit.visit.officer_id != context.actor.person_id
        and _may(context.actor, late_visit)
        and _is_awaited(context, late_visit.visit)
    ]


def _may(actor: Actor, late_visit: Decided) -> bool:
    subject = Subject(late_visit.site.path, late_visit.visit.officer_id)
    return actor.may(Action.REMIND_OFFICERS, subject)


def _is_awaited(context: Context, visit: Visit) -> bool:
    has_begun = Week.of(visit.week) <= Week.containing(context.now)
    waits = visit.status in AWAITED and not visit.excuse_asked
    return waits and has_begun and can_report(context.work, visit, context.now)


async def _sorted(
    session: AsyncSession, context: Context, meant: LateVisits, late: Sequence[Decided]
) -> Nudges:
    """Each officer in one place, in the order of their first visit."""
    visits: dict[int, list[Decided]] = defaultdict(list)
    for late_visit in late:
        visits[late_visit.visit.officer_id].append(late_visit)
    today = local(context.now).date()
    ids = list(visits)
    going = await people.holding_among(session, ids, roles_for(Action.GO_TO_SITES))
    away = {leave.person_id for leave in await people.leaves_between(session, today, today, ids)}
    reached = await people.addresses(session, ids)
    last = await nudges.last_nudges(session, ids, _first_week(context), _since(context.now))
    places: dict[str, list[Nudge]] = defaultdict(list)
    for officer_id, own in visits.items():
        officer, moment = own[0].officer, last.get(officer_id)
        why = BLOCKED if officer.blocked_at else "" if officer_id in reached else NEVER_IN
        if officer_id not in going:
            place = "ended"
        elif officer_id in away:
            place = "on_leave"
        elif why:
            place = "unreachable"
        else:
            place = "just_reminded" if moment and context.now - moment < AGAIN else "to_remind"
        of_today = moment if moment and local(moment).date() == today else None
        reminded_at = of_today if place != "just_reminded" else moment
        places[place].append(Nudge(officer, own, reminded_at, why))
    monday = meant.monday or (late[0].visit.week if late else today)
    return Nudges(
        meant, Week.of(monday), context.actor.name, context.work.calendar, context.now, **places
    )


def _since(now: datetime) -> datetime:
    """Early enough for today and for the last hour."""
    return min(at(local(now).date(), time.min), now - AGAIN)


def _first_week(context: Context) -> date:
    """The earliest week whose visits can still be reported."""
    weeks = timedelta(weeks=context.work.settings.visits.late_weeks)
    return Week.containing(context.now).monday - weeks


def _message(context: Context, all_nudges: Nudges, nudge: Nudge) -> OutboxMessage:
    """Of a single visit it is dropped with its other reminders, as when the report comes first."""
    officer, visits = nudge.officer.id or 0, nudge.visits
    subject = f"visit:{visits[0].visit.id}" if len(visits) == 1 else f"nudge:{officer}"
    return notice(
        context.work.calendar,
        officer,
        nudge_cards.reminder(all_nudges, nudge),
        f"nudge:{officer}:{context.now:%Y%m%d%H%M%S}",
        context.now,
        lane=Lane.REMINDER,
        subject=subject,
    )
