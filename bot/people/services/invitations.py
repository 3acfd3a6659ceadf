"""Invitations: one-time links into a role. Only a hash of the link is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

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
from bot.people.facts.web_sessions import Entered
from bot.people.rules.web_sessions import HANDED_OUT
from bot.people.services.invitation_places import (
    InvitationPlace,
    NamedPlace,
    check_fit,
    cluster_place,
    may_invite,
    place_of,
    unit_place,
)
from bot.people.services.members import top_path
from bot.people.services.named_officers import take_charge
from bot.people.services.own_details import official_name
from bot.people.services.web_sessions import begin
from storage import invitations, outbox, people, web_sessions
from storage.addresses import WEB, Address
from storage.enums import Device, Role
from storage.folding import fold
from storage.models import Invitation, Membership, Person

log = structlog.get_logger()

CODE_PREFIX = "moi-"  # start parameters of other kinds have other prefixes
_CODE_BYTES = 18
MAX_NAME = 100


@dataclass(frozen=True)
class Created:
    """A new invitation. `code` is what its link carries; it cannot be read again later."""

    invitation_id: int
    code: str
    expires_at: datetime
    role: Role
    place: str


@dataclass(frozen=True)
class Accepted:
    """Somebody came in."""

    person_id: int
    name: str
    role: Role
    place: str


class LinkOver(Refused):
    """The link can no longer be used, so there is nothing left to do about it."""


class OwnInvitation(Refused):
    """The link was opened by whoever made it: by mistake, or to take the role themselves."""

    def __init__(self, invitation_id: int) -> None:
        super().__init__(messages.OWN_INVITATION)
        self.invitation_id = invitation_id


@dataclass(frozen=True)
class Open:
    """An invitation that can still be used."""

    invitation_id: int
    role: Role
    place: str
    expires_at: datetime


async def create(
    work: Work,
    actor: Actor | None,
    role: Role,
    named_place: NamedPlace,
    now: datetime,
) -> Created:
    """A link into `role` at a unit or over a cluster.

    `actor` None is the operator at the command line, who lets the first administrator in.
    Raises Refused: not within the actor's scope, no such place, a role that does not fit it.
    """
    async with work.write() as session:
        if named_place.cluster or named_place.cluster_id is not None:
            place = await cluster_place(session, named_place)
        else:
            place = await unit_place(session, work, actor, named_place, now)
        await may_invite(session, work, actor, place)
        check_fit(role, place)
        context = Context(work, actor or Actor(), now)
        invitation, code = new_invitation(context, role, place)
        session.add(invitation)
        await session.flush()
        return Created(invitation.id or 0, code, invitation.expires_at, role, place.name)


async def create_for_committee(context: Context, site_id: int) -> Created:
    """A link into the committee (BCH) of a site. Raises Refused as `create`."""
    (role,) = roles_for(Action.SEE_OWN_SITES)
    place = NamedPlace(unit_id=site_id)
    return await create(context.work, context.actor, Role(role), place, context.now)


def new_invitation(
    context: Context, role: Role, place: InvitationPlace, *, name: str = ""
) -> tuple[Invitation, str]:
    """A row to keep, and the code that its link carries. `name`: of who is meant, where known."""
    code = CODE_PREFIX + secrets.token_urlsafe(_CODE_BYTES)
    valid = timedelta(days=context.work.settings.invitations.valid_days)
    invitation = Invitation(
        code_hash=_hash(code),
        role=role,
        unit_id=place.unit.id if place.unit else None,
        cluster_id=place.cluster.id if place.cluster else None,
        name=name[:MAX_NAME],
        created_by=context.actor.person_id or None,
        created_at=context.now,
        expires_at=context.now + valid,
    )
    return invitation, code


async def accept(work: Work, code: str, address: Address, name: str, now: datetime) -> Accepted:
    """Let somebody in by their link.

    Raises Refused, saying why the link does not work; OwnInvitation to whoever made it. A stranger
    of the web is a worker at their page: whoever has the receipt would act in the role for good.
    """
    async with work.write() as session:
        if address.channel == WEB and await people.by_address(session, address) is None:
            raise Refused(messages.OPEN_INVITATION_ITSELF)
        return await _accept(session, work, code, (address, name), now)


async def accept_on_web(
    work: Work, code: str, name: str, device: Device, now: datetime
) -> tuple[Accepted, Entered]:
    """The same for somebody who is known nowhere yet: they come in, and their pages are open.

    Raises Refused: why the link does not work, or a name is missing.
    """
    async with work.write() as session:
        invitation = _usable(await invitations.by_hash_locked(session, _hash(code)), now)
        if not invitation.name:
            name = official_name(name)
        newcomer = Address(WEB, web_sessions.new_address_id())
        accepted = await _accept(session, work, code, (newcomer, name), now)
        person = await session.get_one(Person, accepted.person_id)
        how = (invitation.created_by, HANDED_OUT, device)
        return accepted, await begin(session, work, person, how, now)


async def look_at(work: Work, code: str, now: datetime) -> tuple[Open, bool]:
    """What a link leads to, before it is used; and whether its reader still has to say their name.

    Raises Refused, saying why it leads nowhere.
    """
    async with work.read() as session:
        invitation = _usable(await invitations.by_hash_locked(session, _hash(code)), now)
        return _open(invitation, await place_of(session, invitation)), not invitation.name


async def _accept(
    session: AsyncSession, work: Work, code: str, who: tuple[Address, str], now: datetime
) -> Accepted:
    address, name = who
    invitation = await invitations.by_hash_locked(session, _hash(code))
    person = await people.by_address(session, address)
    if invitation and person and person.id:
        await _not_in_yet(session, person.id, invitation)
    invitation = _usable(invitation, now)
    if person and person.id == invitation.created_by:
        raise OwnInvitation(invitation.id or 0)
    person = person or await _newcomer(session, address, invitation.name or name, now)
    return await _join(session, work, invitation, person, now)


async def accept_own(context: Context, invitation_id: int) -> Accepted:
    """Who made a link takes the role themselves, now that they were asked."""
    async with context.work.write() as session:
        invitation = await invitations.get_locked(session, invitation_id)
        person = await session.get(Person, context.actor.person_id)
        if invitation is None or person is None or invitation.created_by != person.id:
            raise Refused(messages.NOT_FOUND)
        return await _join(
            session, context.work, _usable(invitation, context.now), person, context.now
        )


async def revoke(context: Context, invitation_id: int) -> Open:
    """Make a link useless. Raises Refused when it was used already or is out of scope."""
    async with context.work.write() as session:
        invitation = await invitations.get_locked(session, invitation_id)
        if invitation is None:
            raise Refused(messages.NOT_FOUND)
        place = await place_of(session, invitation)
        await may_invite(session, context.work, context.actor, place)
        if invitation.used_at:
            raise LinkOver(messages.INVITATION_USED_TOO_LATE)
        invitation.revoked_at = invitation.revoked_at or context.now
        return _open(invitation, place)


async def open_invitations(context: Context) -> list[Open]:
    """The links within the administrator's scope that can still be used."""
    require(context.actor, Action.INVITE)
    async with context.work.read() as session:
        all_of_it = context.actor.may(Action.INVITE, Subject(await top_path(session, context.work)))
        paths = context.actor.paths_for(Action.INVITE)
        usable = await invitations.open_below(session, paths, all_of_it, context.now)
    return [
        _open(invitation, InvitationPlace(unit, cluster)) for invitation, unit, cluster in usable
    ]


async def check_link(context: Context, invitation_id: int, code: str) -> Open:
    """The open invitation a link belongs to, for showing it again. Raises Refused otherwise."""
    async with context.work.read() as session:
        invitation = await invitations.get_locked(session, invitation_id)
        if invitation is None or invitation.code_hash != _hash(code):
            raise Refused(messages.NOT_FOUND)
        place = await place_of(session, invitation)
        await may_invite(session, context.work, context.actor, place)
        if invitation.used_at or invitation.revoked_at or invitation.expires_at <= context.now:
            raise LinkOver(messages.INVITATION_CLOSED)
        return _open(invitation, place)


async def _not_in_yet(session: AsyncSession, person_id: int, invitation: Invitation) -> None:
    if await invitations.membership(session, person_id, invitation):
        raise Refused(messages.ALREADY_IN)


def _usable(invitation: Invitation | None, now: datetime) -> Invitation:
    """The invitation, if it still lets somebody in. Raises Refused, saying why it does not."""
    if invitation is None:
        raise Refused(messages.INVITATION_UNKNOWN)
    if invitation.used_at:
        raise Refused(messages.INVITATION_USED)
    if invitation.revoked_at:
        raise Refused(messages.INVITATION_REVOKED)
    if invitation.expires_at <= now:
        raise Refused(messages.INVITATION_EXPIRED)
    return invitation


async def _newcomer(session: AsyncSession, address: Address, name: str, now: datetime) -> Person:
    name = " ".join(name.split())[:MAX_NAME].strip() or messages.NO_NAME
    person = Person(name=name, folded=fold(name)[:MAX_NAME], joined_at=now)
    session.add(person)
    await session.flush()
    session.add(people.address_row(person.id or 0, address))
    return person


async def _join(
    session: AsyncSession, work: Work, invitation: Invitation, person: Person, now: datetime
) -> Accepted:
    if person.id:
        await _not_in_yet(session, person.id, invitation)
    person.blocked_at = None
    session.add(person)
    await session.flush()
    session.add(
        Membership(
            person_id=person.id or 0,
            role=invitation.role,
            unit_id=invitation.unit_id,
            cluster_id=invitation.cluster_id,
        )
    )
    await session.flush()
    await take_charge(session, person)
    invitation.used_by, invitation.used_at, invitation.name = person.id, now, ""
    place = await place_of(session, invitation)
    accepted = Accepted(person.id or 0, person.name, invitation.role, place.name)
    await _tell_inviter(session, work, invitation, accepted, now)
    log.info("person.joined", person=accepted.person_id, role=str(accepted.role))
    return accepted


async def _tell_inviter(
    session: AsyncSession, work: Work, invitation: Invitation, accepted: Accepted, now: datetime
) -> None:
    if invitation.created_by in (None, accepted.person_id):
        return
    card = people_cards.joined(accepted.person_id, accepted.name, accepted.role, accepted.place)
    key = f"joined:{invitation.id}"
    await outbox.add(session, notice(work.calendar, invitation.created_by, card, key, now))


def links(work: Work, link: str, code: str) -> tuple[str, ...]:
    """Where an invitation can be opened. `link`: by the door it was made in, without its code; on
    the web too, where that is another one."""
    own, web = link + code, work.settings.web
    by_web = f"{web.address}/m/{code}"
    return (own, by_web) if web.is_on and by_web != own else (own,)


def _open(invitation: Invitation, place: InvitationPlace) -> Open:
    return Open(invitation.id or 0, invitation.role, place.name, invitation.expires_at)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
