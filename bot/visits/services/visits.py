"""The officer's week: look at a visit, confirm it, set its day, ask for another, say why not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.visits.cards import excuses as excuse_cards
from bot.visits.cards import visits as visit_cards
from bot.visits.facts.supervision import Decided
from bot.visits.facts.visits import OfficerWeek, OpenForm, VisitFacts
from bot.visits.rules.deferring import may_be_deferred
from bot.visits.services import asked_for, promises, reminders
from bot.visits.services.supervision import excused
from bot.visits.services.visit_facts import days_left, facts_of
from storage import directing, drafts, outbox, people, supervision, visits
from storage.enums import OPEN_STATUSES, VisitStatus
from storage.models import Person, Unit, Visit, VisitEvent

# Until Monday 07:00, and over all of Tết, nobody has called last week's visits missed yet.
UNREPORTED = (*OPEN_STATUSES, VisitStatus.MISSED)


class PlaceChanged(Refused):
    """The card that was pressed shows another place than the visit leads to now."""


async def my_week(context: Context) -> OfficerWeek:
    """This week's visits of the officer, and older ones whose work can still be entered."""
    week = Week.containing(context.now)
    first = week.monday - timedelta(weeks=context.work.settings.visits.late_weeks)
    async with context.work.read() as session:
        pairs = await visits.of_officer_since(session, context.actor.person_id, first)
        promised = await promises.counts_of(session, context.actor.person_id, context.now)
        lying = await _left_lying(session, context)
        excusers = await directing.excusers(session, [visit for visit, _ in pairs])
    return OfficerWeek(
        week,
        [(v, s) for v, s in pairs if v.week >= week.monday],
        [(v, s) for v, s in pairs if v.week < week.monday and v.status in UNREPORTED],
        lying,
        promised,
        excusers,
    )


async def left_lying(context: Context) -> list[OpenForm]:
    """The actor's own open forms, the one touched last first."""
    async with context.work.read() as session:
        return await _left_lying(session, context)


async def _left_lying(session: AsyncSession, context: Context) -> list[OpenForm]:
    own = await drafts.of_owners(session, context.actor.owners)
    return [(draft.id or 0, draft.form, draft.about) for draft in own]


async def open_visit(context: Context, visit_id: int) -> VisitFacts:
    """Everything about one visit that its officer (or a supervisor) needs on the way there."""
    async with context.work.read() as session:
        visit, site = await _visit(session, visit_id)
        await require_own(session, context.actor, Action.SEE_VISIT, visit, site)
        facts = (await facts_of(session, context, [(visit, site)]))[0]
        report = await visits.latest_report(session, visit_id)
        if report is None:
            return facts
        requests = await asked_for.of_visit(session, context, visit, site, report)
        return replace(facts, requests=requests)


async def confirm(context: Context, visit_id: int, place: int) -> VisitFacts:
    """The officer takes the visit. `place`: the site that the card showed."""

    def change(visit: Visit) -> None:
        if visit.status is VisitStatus.PLANNED:
            visit.status = VisitStatus.CONFIRMED

    return await _change(context, visit_id, "confirmed", change, place=place)


async def set_day(context: Context, visit_id: int, day: date, place: int) -> VisitFacts:
    """The day the officer will go; it must lie in the visit's week and not be over."""

    def change(visit: Visit) -> None:
        if day not in days_left(Week.of(visit.week), context.now):
            raise Refused(messages.DAY_NOT_IN_WEEK)
        visit.day, visit.day_set_at = day, context.now
        visit.status = VisitStatus.CONFIRMED

    words = day.isoformat()
    return await _change(context, visit_id, "day_set", change, words, place)


async def same_place(context: Context, visit_id: int, place: int) -> VisitFacts:
    """One's own open visit, before a form about it begins; `place` 0: not said by the button."""
    async with context.work.read() as session:
        visit, site = await _own_open(session, context.actor, visit_id, place)
        return (await facts_of(session, context, [(visit, site)]))[0]


async def ask_excuse(context: Context, visit_id: int, why: str) -> tuple[VisitFacts, list[str]]:
    """ "Không đi được, vì …": a wish, until a leader says yes. Also returns who was asked.

    Nobody: no other leader is above, and the visit need not take place from now on.
    """
    async with context.work.write() as session:
        visit, site = await _own_open(session, context.actor, visit_id)
        if visit.excuse_asked:
            raise Refused(messages.EXCUSE_WAITING)
        visit.excuse_asked = why[:500]
        officer = await session.get_one(Person, visit.officer_id)
        is_over = not days_left(Week.of(visit.week), context.now)
        card = excuse_cards.told_request(Decided(visit, site, officer), week_is_over=is_over)
        names = await _tell_nearest(session, context, site, card, f"cannot:{visit.id}")
        if not names:
            excused(visit, 0, why)
        _noted(session, context, visit, "excuse_asked" if names else "excused", why)
        reminders.plan_next(context.work, visit, context.now)
        await outbox.cancel(session, f"visit:{visit.id}", outbox.REMINDERS)
        return (await facts_of(session, context, [(visit, site)]))[0], names


async def go_after_all(context: Context, visit_id: int, place: int) -> tuple[VisitFacts, list[str]]:
    """ "Tôi đi được": while its week lasts an excused visit is open again, a wish withdrawn."""
    async with context.work.write() as session:
        visit, site = await _own(session, context.actor, visit_id, place)
        left = days_left(Week.of(visit.week), context.now)
        wished = bool(visit.excuse_asked) and visit.status in OPEN_STATUSES
        if not left or not (wished or visit.status is VisitStatus.EXCUSED):
            raise Refused(messages.VISIT_CLOSED)
        if visit.day not in left:
            visit.day = None
        if not wished:
            visit.status = VisitStatus.CONFIRMED if visit.day else VisitStatus.PLANNED
            visit.day_set_at = context.now if visit.day else None
        visit.excuse, visit.excused_by, visit.excuse_asked = "", None, ""
        visit.created_at = context.now  # what was due before is not reminded of
        _noted(session, context, visit, "excuse_withdrawn" if wished else "reopened", "")
        reminders.plan_next(context.work, visit, context.now)
        card = visit_cards.told_can(context.actor.name, visit, site)
        names = await _tell_nearest(session, context, site, card, f"can:{visit.id}")
        return (await facts_of(session, context, [(visit, site)]))[0], names


async def ask_swap(
    context: Context, visit_id: int, why: str, *, next_week: bool = False
) -> tuple[VisitFacts, list[str]]:
    """Ask the nearest supervisors for another site, or for this one a week later. Also returns
    their names.
    """
    async with context.work.write() as session:
        visit, site = await _own_open(session, context.actor, visit_id)
        if visit.swap_asked:
            raise Refused(messages.SWAP_WAITING)
        if next_week and not may_be_deferred(
            visit.status, Week.of(visit.week), Week.containing(context.now)
        ):
            raise Refused(messages.NOT_TO_DEFER)
        visit.swap_asked, visit.wants_next_week = why[:500], next_week
        _noted(session, context, visit, "swap_asked", why)
        card = visit_cards.swap_request(context.actor.name, visit, site)
        names = await _tell_nearest(session, context, site, card, f"swap:{visit.id}")
        if not names:  # no other leader is above: they may give the visit away themselves
            key = f"swap:{visit.id}:{context.now.isoformat()}"
            own = notice(context.work.calendar, visit.officer_id, card, key, context.now)
            await outbox.add(session, own)
        return (await facts_of(session, context, [(visit, site)]))[0], names


async def withdraw_swap(
    context: Context, visit_id: int, place: int
) -> tuple[VisitFacts, list[str]]:
    """The officer goes where they were to go after all; whoever was asked is told."""
    async with context.work.write() as session:
        visit, site = await _own_open(session, context.actor, visit_id, place)
        if not visit.swap_asked:
            raise Refused(messages.NO_SWAP_ASKED)
        visit.swap_asked = ""
        _noted(session, context, visit, "swap_withdrawn", "")
        card = visit_cards.told_withdrawn(context.actor.name, visit, site)
        names = await _tell_nearest(session, context, site, card, f"withdrawn:{visit.id}")
        return (await facts_of(session, context, [(visit, site)]))[0], names


async def _tell_nearest(
    session: AsyncSession, context: Context, site: Unit, card: Card, about: str
) -> list[str]:
    """Owe the card to those who lead the officer, else to the nearest who lead the site; their
    names. A province's officer answers to the province, wherever the site lies."""
    roles, own = roles_for(Action.REASSIGN_VISIT), context.actor.person_id
    path = officers_path(context.actor, site.path)
    nearest = await supervision.to_tell(session, path, roles, but_not=own)
    for person in nearest:
        key = f"{about}:{context.now.isoformat()}:{person}"
        await outbox.add(session, notice(context.work.calendar, person, card, key, context.now))
    named = await people.named(session, nearest)
    return [named[person].name for person in nearest if person in named]


def officers_path(officer: Actor, site_path: str) -> str:
    """The unit above the site that somebody goes out for, the closest one; the site itself where
    they come from elsewhere (a cluster)."""
    going = roles_for(Action.GO_TO_SITES)
    paths = [
        path
        for grant in officer.grants
        if grant.role in going and not grant.cluster
        for path in grant.paths
        if site_path.startswith(path)
    ]
    return max(paths, key=len, default=site_path)


def subject_of(visit: Visit, site: Unit) -> Subject:
    """A visit in the permission table: where its site lies, whose it is."""
    return Subject(site.path, visit.officer_id)


async def require_own(
    session: AsyncSession, actor: Actor, action: Action, visit: Visit, site: Unit
) -> None:
    """As `require`; whoever had the visit before is told whose it is now."""
    if actor.may(action, subject_of(visit, site)):
        return
    if await directing.was_given_away(session, visit.id or 0, actor.name):
        now_with = await people.named(session, [visit.officer_id])
        raise Refused(messages.VISIT_GIVEN_AWAY.format(name=now_with[visit.officer_id].name))
    raise Refused(messages.NOT_ALLOWED)


async def _change(
    context: Context,
    visit_id: int,
    what: str,
    change: Callable[[Visit], None],
    words: str = "",
    place: int = 0,
) -> VisitFacts:
    """One change of one's own open visit, noted, with the reminders planned anew."""
    async with context.work.write() as session:
        visit, site = await _own_open(session, context.actor, visit_id, place)
        change(visit)
        _noted(session, context, visit, what, words)
        reminders.plan_next(context.work, visit, context.now)
        await outbox.cancel(session, f"visit:{visit.id}", outbox.REMINDERS)
        return (await facts_of(session, context, [(visit, site)]))[0]


async def _own_open(
    session: AsyncSession, actor: Actor, visit_id: int, place: int = 0
) -> tuple[Visit, Unit]:
    visit, site = await _own(session, actor, visit_id, place)
    if visit.status not in OPEN_STATUSES:
        raise Refused(messages.VISIT_CLOSED)
    return visit, site


async def _own(
    session: AsyncSession, actor: Actor, visit_id: int, place: int
) -> tuple[Visit, Unit]:
    """`place`: the site that the card showed, 0 where none was said."""
    visit, site = await _visit(session, visit_id)
    await require_own(session, actor, Action.WORK_VISIT, visit, site)
    if place and place != site.id:
        raise PlaceChanged(messages.PLACE_CHANGED)
    return visit, site


async def _visit(session: AsyncSession, visit_id: int) -> tuple[Visit, Unit]:
    visit = await visits.get_locked(session, visit_id)
    site = await session.get(Unit, visit.site_id) if visit else None
    if visit is None or site is None:
        raise Refused(messages.NOT_FOUND)
    return visit, site


def _noted(session: AsyncSession, context: Context, visit: Visit, what: str, words: str) -> None:
    session.add(
        VisitEvent(
            visit_id=visit.id or 0,
            at=context.now,
            actor_id=context.actor.person_id,
            what=what,
            words=words[:500],
        )
    )
