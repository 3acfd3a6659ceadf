"""The officer's week: look at a visit, confirm it, set its day, ask for another, say why not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.facts import OfficerWeek, VisitFacts
from bot.messages import says, visit_cards
from bot.rules.calendar import Week
from bot.rules.permissions import Action, Actor, Subject
from bot.services import reminders
from bot.services.access import require
from bot.services.handing_in import end_draft
from bot.services.notices import notice
from bot.services.visit_facts import days_left, facts_of
from bot.services.work import Work
from storage import drafts, outbox, supervision, visits
from storage.models import OPEN_STATUSES, Unit, Visit, VisitEvent, VisitStatus


async def my_week(work: Work, actor: Actor, now: datetime) -> OfficerWeek:
    """This week's visits of the officer, and older ones whose work can still be entered."""
    week = Week.containing(now)
    first = week.monday - timedelta(weeks=work.settings.visits.late_weeks)
    async with work.read() as session:
        found = await visits.of_officer_since(session, actor.person_id, first)
        lying = await drafts.of_owners(session, actor.owners)
    return OfficerWeek(
        week,
        [(v, s) for v, s in found if v.week >= week.monday],
        [(v, s) for v, s in found if v.week < week.monday and v.status is VisitStatus.MISSED],
        [(d.id or 0, d.form, d.about) for d in lying],
    )


async def open_visit(work: Work, actor: Actor, visit_id: int, now: datetime) -> VisitFacts:
    """Everything about one visit that its officer (or a supervisor) needs on the way there."""
    async with work.read() as session:
        visit, site = await _visit(session, visit_id)
        require(actor, Action.SEE_VISIT, subject_of(visit, site))
        return (await facts_of(session, work, [(visit, site)], now))[0]


async def confirm(work: Work, actor: Actor, visit_id: int, now: datetime) -> VisitFacts:
    """The officer takes the visit."""

    def change(visit: Visit) -> None:
        if visit.status is VisitStatus.PLANNED:
            visit.status = VisitStatus.CONFIRMED

    return await _change(work, actor, visit_id, now, "confirmed", change)


async def set_day(work: Work, actor: Actor, visit_id: int, day: date, now: datetime) -> VisitFacts:
    """The day the officer will go; it must lie in the visit's week and not be over."""

    def change(visit: Visit) -> None:
        if day not in days_left(Week.of(visit.week), now):
            raise Refused(says.DAY_NOT_IN_WEEK)
        visit.day, visit.day_set_at = day, now
        visit.status = VisitStatus.CONFIRMED

    return await _change(work, actor, visit_id, now, "day_set", change, day.isoformat())


async def excuse(
    work: Work, actor: Actor, visit_id: int, why: str, now: datetime, draft_id: int | None = None
) -> VisitFacts:
    """ "Không đi được, vì …": the supervisors see it in the overview."""

    def change(visit: Visit) -> None:
        visit.status, visit.excuse = VisitStatus.EXCUSED, why[:500]

    return await _change(work, actor, visit_id, now, "excused", change, why, draft_id)


async def ask_swap(
    work: Work, actor: Actor, visit_id: int, why: str, now: datetime, draft_id: int | None = None
) -> VisitFacts:
    """Ask the nearest supervisors for another site."""
    async with work.write() as session:
        visit, site = await _own_open(session, actor, visit_id)
        if visit.swap_asked:
            raise Refused(says.SWAP_WAITING)
        visit.swap_asked = why[:500]
        _noted(session, visit, actor, now, "swap_asked", why)
        await end_draft(session, actor, draft_id)
        for person in await supervision.nearest_supervisors(session, site.path):
            card = visit_cards.swap_request(actor.name, visit, site)
            key = f"swap:{visit.id}:{now.isoformat()}:{person}"
            await outbox.add(session, notice(work.calendar, person, card, key, now))
        return (await facts_of(session, work, [(visit, site)], now))[0]


def subject_of(visit: Visit, site: Unit) -> Subject:
    """A visit in the permission table: where its site lies, whose it is."""
    return Subject(site.path, visit.officer_id)


async def _change(
    work: Work,
    actor: Actor,
    visit_id: int,
    now: datetime,
    what: str,
    change: Callable[[Visit], None],
    words: str = "",
    draft_id: int | None = None,
) -> VisitFacts:
    """One change of one's own open visit, noted, with the reminders planned anew."""
    async with work.write() as session:
        visit, site = await _own_open(session, actor, visit_id)
        change(visit)
        _noted(session, visit, actor, now, what, words)
        reminders.plan_next(work, visit, now)
        await outbox.cancel(session, f"visit:{visit.id}", outbox.REMINDERS)
        await end_draft(session, actor, draft_id)
        return (await facts_of(session, work, [(visit, site)], now))[0]


async def _own_open(session: AsyncSession, actor: Actor, visit_id: int) -> tuple[Visit, Unit]:
    visit, site = await _visit(session, visit_id)
    require(actor, Action.WORK_VISIT, subject_of(visit, site))
    if visit.status not in OPEN_STATUSES:
        raise Refused(says.VISIT_CLOSED)
    return visit, site


async def _visit(session: AsyncSession, visit_id: int) -> tuple[Visit, Unit]:
    visit = await visits.get_locked(session, visit_id)
    site = await session.get(Unit, visit.site_id) if visit else None
    if visit is None or site is None:
        raise Refused(says.NOT_FOUND)
    return visit, site


def _noted(
    session: AsyncSession, visit: Visit, actor: Actor, now: datetime, what: str, words: str
) -> None:
    session.add(
        VisitEvent(
            visit_id=visit.id or 0, at=now, actor_id=actor.person_id, what=what, words=words[:500]
        )
    )
