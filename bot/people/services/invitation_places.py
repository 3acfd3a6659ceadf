"""The places invitations lead to: a unit or a cluster, and which role fits which."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.official_names import capital
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.search import best
from bot.core.work import Work
from bot.people.services.members import cluster_words, place_name, top_path
from storage import importing, invitations
from storage.enums import SITE_KINDS, Role, UnitKind
from storage.folding import fold
from storage.models import Cluster, Invitation, Unit


@dataclass(frozen=True)
class InvitationPlace:
    """A unit or a cluster, exactly one of the two."""

    unit: Unit | None = None
    cluster: Cluster | None = None

    @property
    def name(self) -> str:
        return place_name(self.unit, self.cluster)


@dataclass(frozen=True)
class NamedPlace:
    """The place that somebody asked for, by its id or as it is typed at the command line: a
    unit's code, a cluster's name. Nothing: the root.
    """

    unit_id: int | None = None
    unit_code: str = ""
    cluster_id: int | None = None
    cluster: str = ""


async def places(work: Work, actor: Actor, role: Role, query: str) -> list[tuple[str, str]]:
    """(key, name) of the places in scope for a role, most like what was typed.

    The key is a unit's id, or "c" and a cluster's id.
    """
    require(actor, Action.INVITE)
    async with work.read() as session:
        candidates = await invitations.units_below(
            session, actor.paths_for(Action.INVITE), sites=role is Role.REPRESENTATIVE
        )
        top = await top_path(session, work)
        if role is Role.SUPERVISOR and actor.may(Action.INVITE, Subject(top)):
            candidates += [
                (-(cluster.id or 0), capital(cluster_words(cluster.name)), fold(cluster.name))
                for cluster in await invitations.clusters(session)
            ]
    names = {key: name for key, name, _ in candidates}
    picked = best(query, [(key, folded) for key, _, folded in candidates])
    return [(str(key) if key > 0 else f"c{-key}", names[key]) for key in picked]


async def cluster_place(session: AsyncSession, place: NamedPlace) -> InvitationPlace:
    if place.cluster_id is not None:
        cluster = await session.get(Cluster, place.cluster_id)
    else:
        cluster = await invitations.cluster_named(session, place.cluster)
    if cluster is None:
        raise Refused(messages.NO_SUCH_CLUSTER.format(name=place.cluster))
    return InvitationPlace(cluster=cluster)


async def unit_place(
    session: AsyncSession, work: Work, actor: Actor | None, place: NamedPlace, now: datetime
) -> InvitationPlace:
    code = place.unit_code
    if place.unit_id is not None:
        unit = await session.get(Unit, place.unit_id)
    else:
        top = work.settings.organisation.code
        ids = await importing.ids_by_code(session)  # whatever the case, as in lists of units
        if code:
            unit = await session.get(Unit, ids.get(code.strip().casefold(), 0))
        else:
            unit = await invitations.root(session, top)
        if not ids and actor is None and code.strip().casefold() in ("", top.casefold()):
            unit = await _first_unit(session, work, now)
    if unit is None:
        raise Refused(messages.NO_SUCH_UNIT.format(name=code))
    return InvitationPlace(unit=unit)


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


async def may_invite(
    session: AsyncSession, work: Work, actor: Actor | None, place: InvitationPlace
) -> None:
    """Within the scope; a cluster cuts across the tree, so it needs the whole of it."""
    if actor is None:
        return
    path = place.unit.path if place.unit else await top_path(session, work)
    require(actor, Action.INVITE, Subject(path))


def check_fit(role: Role, place: InvitationPlace) -> None:
    if place.cluster:
        if role is not Role.SUPERVISOR:
            raise Refused(messages.CLUSTER_IS_FOR_SUPERVISORS)
        return
    assert place.unit is not None
    if place.unit.dissolved_on:
        raise Refused(messages.UNIT_IS_DISSOLVED.format(name=place.unit.name))
    if role is Role.REPRESENTATIVE and place.unit.kind is not UnitKind.SITE_UNION:
        raise Refused(messages.REPRESENTATIVE_NEEDS_A_SITE)
    if role is not Role.REPRESENTATIVE and place.unit.kind in SITE_KINDS:
        raise Refused(messages.ROLE_NEEDS_AN_UPPER_UNIT)


async def place_of(session: AsyncSession, invitation: Invitation) -> InvitationPlace:
    if invitation.cluster_id is not None:
        return InvitationPlace(cluster=await session.get(Cluster, invitation.cluster_id))
    return InvitationPlace(unit=await session.get(Unit, invitation.unit_id))
