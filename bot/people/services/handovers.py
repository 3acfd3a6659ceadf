"""What somebody has in hand goes to a colleague in one step, when they move or leave.

Sites in charge and roles are handed over here; other areas register what follows of theirs
(`HANDOVERS`). Cases that have to be kept quiet are nobody's to hand over but their leaders'.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.work import Work
from bot.people.cards import handovers as handover_cards
from bot.people.cards.handovers import HandedOver, HandoverFacts
from bot.people.services import role_endings
from bot.people.services.invitation_places import InvitationPlace, check_fit, may_invite
from storage import outbox, people, supervision
from storage.models import Membership, Person, Unit

log = structlog.get_logger()


@dataclass(frozen=True)
class Handover:
    """From whom to whom, of what lies at or below `path`; within one transaction."""

    session: AsyncSession
    context: Context
    giver: Person
    taker: Person
    path: str


@dataclass(frozen=True)
class InHand:
    """One thing that people have in hand: what it is called; how many there are; handing over.

    `give` returns how many were given: some cannot be.
    """

    words: str
    count: Callable[[AsyncSession, int, str], Awaitable[int]]
    give: Callable[[Handover], Awaitable[int]]


async def _count_sites(session: AsyncSession, person_id: int, path: str) -> int:
    return len(await _sites(session, person_id, path))


async def _give_sites(handover: Handover) -> int:
    sites = await _sites(handover.session, handover.giver.id or 0, handover.path)
    for site in sites:
        site.officer_id = handover.taker.id
    return len(sites)


async def _sites(session: AsyncSession, person_id: int, path: str) -> list[Unit]:
    in_charge = await people.in_charge_of(session, person_id)
    return [unit for unit in in_charge if unit.path.startswith(path)]


SITES = InHand("cơ sở phụ trách", _count_sites, _give_sites)
HANDOVERS: list[InHand] = [SITES]  # the wiring adds what other areas have


async def offered(context: Context, membership_id: int) -> HandoverFacts:
    """What the person has in hand in this role, and the colleagues who could take it."""
    async with context.work.read() as session:
        membership, unit = await _held(session, context.work, context.actor, membership_id)
        person = await session.get_one(Person, membership.person_id)
        counts = [
            (kind.words, await kind.count(session, membership.person_id, unit.path))
            for kind in HANDOVERS
        ]
        others = await _colleagues(session, membership, unit)
        return HandoverFacts(
            membership_id, person.id or 0, person.name, membership.role, unit.name, counts, others
        )


async def takers(work: Work, actor: Actor, membership_id: int) -> Sequence[tuple[int, str]]:
    """(id, name) of the colleagues who could take over."""
    async with work.read() as session:
        membership, unit = await _held(session, work, actor, membership_id)
        return await _colleagues(session, membership, unit)


async def place_name(work: Work, actor: Actor, unit_id: int) -> str:
    """The name of a unit where the actor may place people; empty for any other."""
    async with work.read() as session:
        unit = await session.get(Unit, unit_id)
    return unit.name if unit and actor.may(Action.INVITE, Subject(unit.path)) else ""


async def hand_over(
    context: Context, membership_id: int, taker_id: int, new_unit_id: int | None = None
) -> HandedOver:
    """Everything in hand goes to a colleague and the role ends; with `new_unit_id` the person has
    the same role there from now on. Both are told, and their leaders. Raises Refused.
    """
    async with context.work.write() as session:
        membership, unit = await _held(session, context.work, context.actor, membership_id)
        if taker_id not in dict(await _colleagues(session, membership, unit)):
            raise Refused(messages.NOT_FOUND)
        giver = await session.get_one(Person, membership.person_id)
        taker = await session.get_one(Person, taker_id)
        handover = Handover(session, context, giver, taker, unit.path)
        handed = [(kind.words, await kind.give(handover)) for kind in HANDOVERS]
        place = await _move(session, context, membership, new_unit_id) if new_unit_id else None
        new_place = place.name if place else ""
        after = HandedOver(
            giver.id or 0, giver.name, taker.name, unit.name, new_place, handed, taker_id
        )
        await _end(session, context, membership, (unit, place), after)
    log.info("person.handed_over", person=after.person_id, taker=taker_id)
    return after


async def move(context: Context, membership_id: int, new_unit_id: int) -> HandedOver:
    """The same role at another unit; what lies outside of it is left to the leaders there."""
    async with context.work.write() as session:
        membership, unit = await _held(session, context.work, context.actor, membership_id)
        person = await session.get_one(Person, membership.person_id)
        place = await _move(session, context, membership, new_unit_id)
        after = HandedOver(person.id or 0, person.name, "", unit.name, place.name, [])
        await _end(session, context, membership, (unit, place), after)
        return after


async def _end(
    session: AsyncSession,
    context: Context,
    membership: Membership,
    places: tuple[Unit, Unit | None],
    after: HandedOver,
) -> None:
    """The role at the old unit is over; who held it, who takes over and the leaders of both units
    hear how, each in one message.

    `places`: the old unit and the new one, where there is one.
    """
    unit, place = places
    calendar, person_id, role = context.work.calendar, membership.person_id, membership.role
    ended = await role_endings.close_within(session, context, membership, unit)
    if place is None:
        await role_endings.tell_person(session, context, membership, ended.place)
    else:
        card = handover_cards.told_moved(role, after)
        key = f"moved-to:{membership.id}:{place.id}"
        await outbox.add(session, notice(calendar, person_id, card, key, context.now))
    leaders: dict[int, None] = {}
    for path in [unit.path, *([place.path] if place else [])]:
        leaders |= dict.fromkeys(
            await supervision.to_tell(session, path, roles_for(Action.REASSIGN_VISIT))
        )
    hearing = [p for p in leaders if p not in (person_id, context.actor.person_id, after.taker_id)]
    cards = {
        leader: (
            f"staff:{membership.id}",
            handover_cards.told_leader(role, after, ended.left.get(leader, ())),
        )
        for leader in hearing
    }
    if after.taker_id:
        left = ended.left.get(after.taker_id, ())
        key = f"handover:{membership.id}"
        cards[after.taker_id] = (key, handover_cards.told_taker(role, after, left))
    await outbox.add_all(
        session,
        [
            notice(calendar, reader, card, f"{key}:{reader}", context.now)
            for reader, (key, card) in cards.items()
        ],
    )
    await role_endings.tell_supervisors(session, context, membership, ended, cards)


async def _move(
    session: AsyncSession, context: Context, membership: Membership, unit_id: int
) -> Unit:
    unit = await session.get(Unit, unit_id)
    if unit is None or unit_id == membership.unit_id:
        raise Refused(messages.NOT_FOUND)
    place = InvitationPlace(unit=unit)
    await may_invite(session, context.work, context.actor, place)
    check_fit(membership.role, place)
    held = await people.roles_held(session, [membership.person_id])
    if not any(row.role == membership.role and row.unit_id == unit_id for row, *_ in held):
        session.add(
            Membership(person_id=membership.person_id, role=membership.role, unit_id=unit_id)
        )
        await session.flush()
    return unit


async def _held(
    session: AsyncSession, work: Work, actor: Actor, membership_id: int
) -> tuple[Membership, Unit]:
    """A present role at a unit that the actor may end. Raises Refused."""
    membership, unit, _ = await role_endings.endable(session, work, actor, membership_id)
    if unit is None or membership.role not in roles_for(Action.GO_TO_SITES):
        raise Refused(messages.NOT_FOUND)
    return membership, unit


async def _colleagues(
    session: AsyncSession, membership: Membership, unit: Unit
) -> Sequence[tuple[int, str]]:
    """(id, name) of those with a role over the same unit who may do the same work there."""
    rows = await supervision.covering(session, unit.path, roles_for(Action.GO_TO_SITES))
    return [(person.id or 0, person.name) for person in rows if person.id != membership.person_id]
