"""Ending a role: what an officer leaves open goes to the supervisors."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.work import Work
from bot.people.cards import people as people_cards
from bot.people.cards.people import Held
from bot.people.services.members import MANAGE, held_as, is_own_management, place_name, top_path
from storage import outbox, people, recruitments, web_sessions
from storage.addresses import Address
from storage.coarse import hour_of
from storage.enums import Role
from storage.models import Cluster, Membership, Person, Unit, Visit
from storage.supervision import to_tell

log = structlog.get_logger()


@dataclass(frozen=True)
class Ended:
    """A role that is over, and the open visits nobody has now."""

    person_id: int
    addresses: tuple[Address, ...]
    name: str
    role: Role
    place: str
    visits: int
    left: Mapping[int, Sequence[tuple[Visit, Unit]]]  # by the supervisors who can move them


async def role_to_end(work: Work, actor: Actor, membership_id: int) -> tuple[Person, Held]:
    """The role behind the first of two taps. Raises Refused where the actor may not end it."""
    async with work.read() as session:
        membership, unit, cluster = await endable(session, work, actor, membership_id)
        person = await session.get(Person, membership.person_id)
        assert person is not None
        return person, held_as(membership, unit, cluster, may_end=True)


async def end(context: Context, membership_id: int) -> Ended:
    """End a role. An officer's open visits stay, and their supervisors are asked to move them."""
    async with context.work.write() as session:
        membership, unit, cluster = await endable(
            session, context.work, context.actor, membership_id
        )
        ended = await close_within(session, context, membership, unit, cluster)
        await tell_person(session, context, membership, ended.place)
        await tell_supervisors(session, context, membership, ended)
        return ended


async def close_within(
    session: AsyncSession,
    context: Context,
    membership: Membership,
    unit: Unit | None,
    cluster: Cluster | None = None,
) -> Ended:
    """The same in the caller's transaction, which has asked for permission (`endable`); whoever
    held the role and the supervisors hear of it from the caller.
    """
    person = await session.get_one(Person, membership.person_id)
    membership.ended_at = context.now
    await session.flush()
    await web_sessions.end_all(session, membership.person_id, hour_of(context.now))
    left: list[tuple[Visit, Unit]] = []
    if membership.role in roles_for(Action.GO_TO_SITES):
        left = await _let_go(session, person)
    place = place_name(unit, cluster)
    addresses = await people.addresses(session, [membership.person_id])
    log.info("role.ended", person=person.id, role=str(membership.role), visits=len(left))
    return Ended(
        person_id=membership.person_id,
        addresses=addresses.get(membership.person_id, ()),
        name=person.name,
        role=membership.role,
        place=place,
        visits=len(left),
        left=await _by_supervisor(session, left),
    )


async def endable(
    session: AsyncSession, work: Work, actor: Actor, membership_id: int
) -> tuple[Membership, Unit | None, Cluster | None]:
    """A present role that the actor may end, with its place. Raises Refused."""
    require(actor, MANAGE)
    membership = await session.get(Membership, membership_id, with_for_update=True)
    if membership is None or membership.ended_at:
        raise Refused(messages.ROLE_IS_OVER)
    unit = await session.get(Unit, membership.unit_id) if membership.unit_id else None
    cluster = await session.get(Cluster, membership.cluster_id) if membership.cluster_id else None
    require(actor, MANAGE, Subject(unit.path if unit else await top_path(session, work)))
    if is_own_management(actor, membership):
        raise Refused(messages.OWN_ADMINISTRATION)
    return membership, unit, cluster


async def _let_go(session: AsyncSession, person: Person) -> list[tuple[Visit, Unit]]:
    """Nobody is in charge of their sites now; the open visits there, still in their name."""
    person_id = person.id or 0
    roles = await people.roles_with_paths(session, [person_id])
    going = roles_for(Action.GO_TO_SITES)
    covered = tuple(path for _, role, path in roles if role in going)
    for unit in await people.in_charge_of(session, person_id):
        if not unit.path.startswith(covered):
            unit.officer_id = None
    for recruitment, site in await recruitments.owned(session, person_id):
        if not site.path.startswith(covered):
            recruitment.owner_id = None
    visits = await people.open_visits(session, person_id)
    left = [(visit, site) for visit, site in visits if not site.path.startswith(covered)]
    for visit, _ in left:
        await outbox.cancel(session, f"visit:{visit.id}", outbox.REMINDERS)
    return left


async def _by_supervisor(
    session: AsyncSession, left: Sequence[tuple[Visit, Unit]]
) -> Mapping[int, Sequence[tuple[Visit, Unit]]]:
    by_supervisor: dict[int, list[tuple[Visit, Unit]]] = defaultdict(list)
    roles = roles_for(Action.REASSIGN_VISIT)
    for visit, site in left:
        for supervisor in await to_tell(session, site.path, roles):
            by_supervisor[supervisor].append((visit, site))
    return by_supervisor


async def tell_supervisors(
    session: AsyncSession,
    context: Context,
    membership: Membership,
    ended: Ended,
    but_not: Collection[int] = (),
) -> None:
    """Of the visits that nobody has now; `but_not`: who hears of them otherwise."""
    for supervisor, visits in ended.left.items():
        if supervisor in but_not:
            continue
        card = people_cards.visits_left(ended.name, visits)
        key = f"left:{membership.id}:{supervisor}"
        message = notice(context.work.calendar, supervisor, card, key, context.now)
        await outbox.add(session, message)


async def tell_person(
    session: AsyncSession, context: Context, membership: Membership, place: str
) -> None:
    """That the role is over, where they did not end it themselves."""
    if membership.person_id == context.actor.person_id:
        return
    card = people_cards.role_over(membership.role, place)
    key = f"role-over:{membership.id}"
    await outbox.add(
        session, notice(context.work.calendar, membership.person_id, card, key, context.now)
    )
