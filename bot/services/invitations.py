"""Invitations: one-time links into a role. Only a hash of the link is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.messages import people_cards, says
from bot.rules.calendar import local
from bot.rules.permissions import Action, Actor, Subject
from bot.services.access import require
from bot.services.notices import notice
from bot.services.work import Work
from storage import invitations, outbox, people, units
from storage.folding import fold
from storage.models import (
    SITE_KINDS,
    Cluster,
    Invitation,
    Membership,
    Person,
    Role,
    Unit,
    UnitKind,
)

log = structlog.get_logger()

CODE_PREFIX = "moi-"  # start parameters of other kinds have other prefixes
_CODE_BYTES = 18
MAX_NAME = 100


@dataclass(frozen=True)
class Created:
    """A new invitation. `code` is Telegram's start parameter; it cannot be read again later."""

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


class OwnInvitation(Refused):
    """The link was opened by whoever made it: by mistake, or to take the role themselves."""

    def __init__(self, invitation_id: int) -> None:
        super().__init__(says.OWN_INVITATION)
        self.invitation_id = invitation_id


@dataclass(frozen=True)
class Open:
    """An invitation that can still be used."""

    invitation_id: int
    role: Role
    place: str
    expires_at: datetime


@dataclass(frozen=True)
class _Place:
    """A unit or a cluster, exactly one of the two."""

    unit: Unit | None = None
    cluster: Cluster | None = None

    @property
    def name(self) -> str:
        return (self.unit.name if self.unit else None) or (
            self.cluster.name if self.cluster else ""
        )


async def create(
    work: Work,
    actor: Actor | None,
    role: Role,
    now: datetime,
    *,
    unit_code: str = "",
    unit_id: int | None = None,
    cluster: str = "",
) -> Created:
    """A link into `role` at a unit or over a cluster; at the root when no place is given.

    `actor` None is the operator at the command line, who lets the first administrator in.
    Raises Refused: not within the actor's scope, no such place, a role that does not fit it.
    """
    async with work.write() as session:
        place = await _find(session, work, actor, now, unit_code, unit_id, cluster)
        await _may_invite(session, work, actor, place)
        _check_fit(role, place)
        return await _keep(session, work, actor, role, place, now)


async def accept(work: Work, code: str, telegram_id: int, name: str, now: datetime) -> Accepted:
    """Let somebody in by their link.

    Raises Refused, saying why the link does not work; OwnInvitation to whoever made it.
    """
    async with work.write() as session:
        invitation = await invitations.by_hash_locked(session, _hash(code))
        person = await people.by_telegram_id(session, telegram_id)
        if invitation and person and person.id:
            await _not_in_yet(session, person.id, invitation)
        invitation = _usable(invitation, now)
        if person and person.id == invitation.created_by:
            raise OwnInvitation(invitation.id or 0)
        person = person or _newcomer(telegram_id, name, now)
        return await _join(session, work, invitation, person, now)


async def accept_own(work: Work, actor: Actor, invitation_id: int, now: datetime) -> Accepted:
    """Who made a link takes the role themselves, now that they were asked."""
    async with work.write() as session:
        invitation = await invitations.get_locked(session, invitation_id)
        person = await session.get(Person, actor.person_id)
        if invitation is None or person is None or invitation.created_by != person.id:
            raise Refused(says.NOT_FOUND)
        return await _join(session, work, _usable(invitation, now), person, now)


async def revoke(work: Work, actor: Actor, invitation_id: int, now: datetime) -> Open:
    """Make a link useless. Raises Refused when it was used already or is out of scope."""
    async with work.write() as session:
        invitation = await invitations.get_locked(session, invitation_id)
        if invitation is None:
            raise Refused(says.NOT_FOUND)
        place = await _place_of(session, invitation)
        await _may_invite(session, work, actor, place)
        if invitation.used_at:
            raise Refused(says.INVITATION_USED_TOO_LATE)
        invitation.revoked_at = invitation.revoked_at or now
        return _open(invitation, place)


async def open_invitations(work: Work, actor: Actor, now: datetime) -> list[Open]:
    """The links within the administrator's scope that can still be used."""
    require(actor, Action.INVITE)
    async with work.read() as session:
        top = await invitations.root(session, work.settings.organisation.code)
        all_of_it = top is not None and actor.may(Action.INVITE, Subject(top.path))
        paths = actor.paths(Role.ADMINISTRATOR)
        rows = await invitations.open_below(session, paths, all_of_it, now)
    return [_open(row, _Place(unit, cluster)) for row, unit, cluster in rows]


async def check_link(work: Work, actor: Actor, invitation_id: int, code: str) -> Open:
    """The open invitation a link belongs to, for showing it again. Raises Refused otherwise."""
    async with work.read() as session:
        invitation = await invitations.get_locked(session, invitation_id)
        if invitation is None or invitation.code_hash != _hash(code):
            raise Refused(says.NOT_FOUND)
        place = await _place_of(session, invitation)
        await _may_invite(session, work, actor, place)
        if invitation.used_at or invitation.revoked_at:
            raise Refused(says.INVITATION_CLOSED)
        return _open(invitation, place)


async def _find(
    session: AsyncSession,
    work: Work,
    actor: Actor | None,
    now: datetime,
    unit_code: str,
    unit_id: int | None,
    cluster: str,
) -> _Place:
    if cluster:
        found = await invitations.cluster_named(session, cluster)
        if found is None:
            raise Refused(says.NO_SUCH_CLUSTER.format(name=cluster))
        return _Place(cluster=found)
    if unit_id is not None:
        unit = await session.get(Unit, unit_id)
    elif unit_code:
        unit = await units.by_code(session, unit_code)
    else:
        unit = await invitations.root(session, work.settings.organisation.code)
    if unit is None and actor is None and unit_code in ("", work.settings.organisation.code):
        unit = await _first_unit(session, work, now)
    if unit is None:
        raise Refused(says.NO_SUCH_UNIT.format(name=unit_code))
    return _Place(unit=unit)


async def _first_unit(session: AsyncSession, work: Work, now: datetime) -> Unit:
    """The top of the tree, so that the first administrator has a place before any import."""
    organisation = work.settings.organisation
    unit = Unit(
        code=organisation.code,
        name=organisation.name,
        folded=fold(organisation.name),
        kind=UnitKind.FEDERATION,
        known_since=local(now).date(),
    )
    session.add(unit)
    await session.flush()
    unit.path = f"/{unit.id}/"
    return unit


async def _may_invite(
    session: AsyncSession, work: Work, actor: Actor | None, place: _Place
) -> None:
    """Within the scope; a cluster cuts across the tree, so it needs the whole of it."""
    if actor is None:
        return
    at = place.unit or await invitations.root(session, work.settings.organisation.code)
    require(actor, Action.INVITE, Subject(at.path if at else ""))


def _check_fit(role: Role, place: _Place) -> None:
    if place.cluster:
        if role is not Role.SUPERVISOR:
            raise Refused(says.CLUSTER_IS_FOR_SUPERVISORS)
        return
    assert place.unit is not None
    if place.unit.dissolved_on:
        raise Refused(says.UNIT_IS_DISSOLVED.format(name=place.unit.name))
    if role is Role.REPRESENTATIVE and place.unit.kind is not UnitKind.SITE_UNION:
        raise Refused(says.REPRESENTATIVE_NEEDS_A_SITE)
    if role is not Role.REPRESENTATIVE and place.unit.kind in SITE_KINDS:
        raise Refused(says.ROLE_NEEDS_AN_UPPER_UNIT)


async def _keep(
    session: AsyncSession, work: Work, actor: Actor | None, role: Role, place: _Place, now: datetime
) -> Created:
    code = CODE_PREFIX + secrets.token_urlsafe(_CODE_BYTES)
    invitation = Invitation(
        code_hash=_hash(code),
        role=role,
        unit_id=place.unit.id if place.unit else None,
        cluster_id=place.cluster.id if place.cluster else None,
        created_by=actor.person_id if actor else None,
        created_at=now,
        expires_at=now + timedelta(days=work.settings.invitations.valid_days),
    )
    session.add(invitation)
    await session.flush()
    return Created(invitation.id or 0, code, invitation.expires_at, role, place.name)


async def _not_in_yet(session: AsyncSession, person_id: int, invitation: Invitation) -> None:
    if await invitations.membership(session, person_id, invitation):
        raise Refused(says.ALREADY_IN)


def _usable(invitation: Invitation | None, now: datetime) -> Invitation:
    """The invitation, if it still lets somebody in. Raises Refused, saying why it does not."""
    if invitation is None:
        raise Refused(says.INVITATION_UNKNOWN)
    if invitation.used_at:
        raise Refused(says.INVITATION_USED)
    if invitation.revoked_at:
        raise Refused(says.INVITATION_REVOKED)
    if invitation.expires_at <= now:
        raise Refused(says.INVITATION_EXPIRED)
    return invitation


def _newcomer(telegram_id: int, name: str, now: datetime) -> Person:
    name = " ".join(name.split())[:MAX_NAME].strip() or says.NO_NAME
    return Person(telegram_id=telegram_id, name=name, folded=fold(name)[:MAX_NAME], joined_at=now)


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
    invitation.used_by, invitation.used_at = person.id, now
    place = await _place_of(session, invitation)
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


async def _place_of(session: AsyncSession, invitation: Invitation) -> _Place:
    if invitation.cluster_id is not None:
        return _Place(cluster=await session.get(Cluster, invitation.cluster_id))
    return _Place(unit=await session.get(Unit, invitation.unit_id))


def _open(invitation: Invitation, place: _Place) -> Open:
    return Open(invitation.id or 0, invitation.role, place.name, invitation.expires_at)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
