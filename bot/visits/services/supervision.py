"""What a supervisor may do about visits: give one on top, excuse one (`sat-co-so`, IV.2.1)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Actor, Subject, given_visits
from bot.core.search import best
from bot.core.work import Work
from bot.visits.cards import supervision
from bot.visits.facts.supervision import Decided, VisitOnCard
from bot.visits.services import reminders
from storage import directing, outbox, overview_staff, people, units, visits
from storage.enums import OPEN_STATUSES, VisitOrigin, VisitStatus
from storage.models import Person, Unit, Visit, VisitEvent

ANY_VISIT = VisitOnCard()
EXCUSABLE = (*OPEN_STATUSES, VisitStatus.MISSED)


async def officers_like(work: Work, actor: Actor, query: str) -> list[tuple[int, str]]:
    """(id, name) of the officers that the supervisor leads and whose names fit."""
    async with work.read() as session:
        officers = await led_officers(session, actor, Action.DIRECT_VISIT)
    names = {person.id: person.name for person in officers if person.id}
    keys = best(query, [(person.id, person.folded) for person in officers if person.id])
    return [(key, names[key]) for key in keys]


async def sites_like(work: Work, actor: Actor, query: str) -> list[tuple[int, str]]:
    """(id, name) of the sites that the supervisor watches over and whose names fit."""
    async with work.read() as session:
        names = await units.site_names(session, actor.paths_for(Action.DIRECT_VISIT))
    labels = {key: name for key, name, _ in names}
    keys = best(query, [(key, folded) for key, _, folded in names])
    return [(key, labels[key]) for key in keys]


async def names_of(work: Work, officer_id: int, site_id: int) -> tuple[str, str]:
    """An officer's and a site's name, to read before something is sent off."""
    async with work.read() as session:
        person, site = await session.get(Person, officer_id), await session.get(Unit, site_id)
    return person.name if person else "", site.name if site else ""


async def others_there(
    work: Work, actor: Actor, officer_id: int, site_id: int, monday: date
) -> list[str]:
    """Names of the colleagues who have this site this week already."""
    async with work.read() as session:
        site = await session.get(Unit, site_id)
        if site is None or not actor.may(Action.DIRECT_VISIT, Subject(site.path)):
            return []
        going = await directing.going_to(session, monday, site_id)
        named = await people.named(session, going - {officer_id})
    return [person.name for person in named.values()]


async def direct(
    context: Context, officer_id: int, site_id: int, monday: date, why: str
) -> Decided:
    """Give an officer a visit on top of the plan. The officer is told at once."""
    week = _this_or_next(monday, context.now)
    async with context.work.write() as session:
        site = await session.get(Unit, site_id)
        if site is None or site.dissolved_on:
            raise Refused(messages.NOT_FOUND)
        require(context.actor, Action.DIRECT_VISIT, Subject(site.path))
        officer = await led_officer(session, context.actor, Action.DIRECT_VISIT, officer_id)
        await refuse_twice(session, week, officer, site_id)
        visit = _directed(week, officer_id, site, why, context.now)
        reminders.plan_next(context.work, visit, context.now)
        await keep_unique(session, visit, officer, week)
        await noted(session, context, visit, "directed", why)
        decided = Decided(visit, site, officer, await is_reached(session, officer))
        card = supervision.told_directed(decided, context.actor.name, why)
        await tell(session, context, officer_id, card, f"directed:{visit.id}")
        return decided


def _this_or_next(monday: date, now: datetime) -> Week:
    this = Week.containing(now)
    if Week.of(monday) not in (this, this.next()):
        raise Refused(messages.WEEK_IS_OVER)
    return Week.of(monday)


def _directed(week: Week, officer_id: int, site: Unit, why: str, now: datetime) -> Visit:
    site_id = site.id or 0
    return Visit(
        key=visit_key(week, officer_id, site_id),
        week=week.monday,
        site_id=site_id,
        unit_id=site.parent_id or site_id,
        officer_id=officer_id,
        origin=VisitOrigin.DIRECTED,
        reasons=[["directed", why]],
        created_at=now,
    )


async def excuse(
    context: Context, visit_id: int, why: str, on_card: VisitOnCard = ANY_VISIT
) -> Decided:
    """A visit need not take place; also one that was missed with good reason."""
    async with context.work.write() as session:
        decided = await locked(session, context.actor, visit_id, Action.EXCUSE_VISIT)
        require_shown(decided, on_card)
        visit = decided.visit
        require_excusable(context.actor, visit)
        excused(visit, context.actor.person_id, why)
        reminders.plan_next(context.work, visit, context.now)
        await outbox.cancel(session, f"visit:{visit_id}", outbox.REMINDERS)
        event = await noted(session, context, visit, "excused", why)
        card = supervision.told_excused(decided, context.actor.name)
        await tell(session, context, visit.officer_id, card, f"excused:{event}")
        return decided


async def to_excuse(
    work: Work, actor: Actor, visit_id: int, on_card: VisitOnCard = ANY_VISIT
) -> Decided:
    """The visit that a supervisor is about to excuse."""
    async with work.read() as session:
        decided = await locked(session, actor, visit_id, Action.EXCUSE_VISIT)
    require_shown(decided, on_card)
    require_excusable(actor, decided.visit)
    return decided


def require_excusable(actor: Actor, visit: Visit) -> None:
    """Raises Refused where nothing is left to excuse, or where it is the actor's own visit."""
    if visit.officer_id == actor.person_id:
        raise Refused(messages.OWN_EXCUSE)
    if visit.status not in EXCUSABLE:
        raise Refused(messages.VISIT_CLOSED)


def excused(visit: Visit, by: int, why: str) -> None:
    """The visit need not take place. `by`: the leader who says so, 0 where nobody has to."""
    visit.status, visit.excuse, visit.excused_by = VisitStatus.EXCUSED, why[:500], by
    visit.swap_asked = visit.excuse_asked = ""


class VisitChanged(Refused):
    """The card that was pressed is overtaken: another officer or place, or a wish that was answered
    meanwhile. The visit is shown as it stands now."""


def require_shown(decided: Decided, on_card: VisitOnCard) -> None:
    """Raises VisitChanged: what was pressed is about somebody or somewhere else."""
    if on_card.officer and on_card.officer != decided.visit.officer_id:
        raise VisitChanged(messages.VISIT_MOVED.format(name=decided.officer.name))
    if on_card.site and on_card.site != decided.visit.site_id:
        raise VisitChanged(messages.PLACE_CHANGED)


async def locked(session: AsyncSession, actor: Actor, visit_id: int, action: Action) -> Decided:
    """A visit that the actor may decide about, kept from others until the transaction is over."""
    visit = await visits.get_locked(session, visit_id)
    site = await session.get(Unit, visit.site_id) if visit else None
    officer = await session.get(Person, visit.officer_id) if visit else None
    if visit is None or site is None or officer is None:
        raise Refused(messages.NOT_FOUND)
    require(actor, action, Subject(site.path, visit.officer_id))
    return Decided(visit, site, officer, await is_reached(session, officer))


async def is_reached(session: AsyncSession, officer: Person) -> bool:
    """Whether messages come to the officer: else whoever decides is told to call."""
    return officer.id in await people.reached(session, [officer.id or 0])


async def led_officers(session: AsyncSession, actor: Actor, action: Action) -> Sequence[Person]:
    """Those who can be given visits within the units where the actor may do this."""
    return await overview_staff.officers_at(session, actor.paths_for(action), given_visits())


async def led_officer(
    session: AsyncSession, actor: Actor, action: Action, officer_id: int
) -> Person:
    """One of these. Raises Refused for anybody else."""
    for person in await led_officers(session, actor, action):
        if person.id == officer_id:
            return person
    raise Refused(messages.OFFICER_OUTSIDE)


async def refuse_twice(session: AsyncSession, week: Week, officer: Person, site_id: int) -> None:
    """The same officer goes to the same site once a week."""
    if await directing.has_visit(session, week.monday, officer.id or 0, site_id):
        raise _twice(officer, week)


async def keep_unique(session: AsyncSession, visit: Visit, officer: Person, week: Week) -> None:
    """Save a visit; somebody else may have given the same one a moment ago."""
    session.add(visit)
    try:
        await session.flush()
    except IntegrityError:
        raise _twice(officer, week) from None


def _twice(officer: Person, week: Week) -> Refused:
    return Refused(messages.ALREADY_THERE.format(name=officer.name, week=week.label()))


def visit_key(week: Week, officer_id: int, site_id: int) -> str:
    """The same as Monday's plan gives: who goes where is unique in a week."""
    return f"{week.key}:{officer_id}:{site_id}"


async def noted(
    session: AsyncSession, context: Context, visit: Visit, what: str, words: str
) -> int:
    """Who decided what and when; the event's id makes the keys of its messages."""
    event = VisitEvent(
        visit_id=visit.id or 0,
        at=context.now,
        actor_id=context.actor.person_id,
        what=what,
        words=words[:500],
    )
    session.add(event)
    await session.flush()
    return event.id or 0


async def tell(
    session: AsyncSession, context: Context, person_id: int, card: Card, key: str
) -> None:
    await outbox.add(session, notice(context.work.calendar, person_id, card, key, context.now))
