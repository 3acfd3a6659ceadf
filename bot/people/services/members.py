"""Those who came in: who sees whom, and the weekly quota."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.rules.quotas import EVERY_SECOND_WEEK
from bot.core.search import best
from bot.core.work import Work
from bot.people.cards.people import Held, ListedPerson, PersonFacts
from bot.people.rules.web_sessions import is_open
from bot.people.services.quotas import roles_and_units
from storage import invitations, people, web_sessions
from storage.models import Cluster, Membership, Person, Unit

Places = tuple[Membership, Unit | None, Cluster | None]  # a role, and where it is held
PAGE = 10
MOST_QUOTA = 10
MANAGE = Action.INVITE  # who lets people in also sees to their roles and quotas


@dataclass(frozen=True)
class MembersPage:
    """One page of the people in somebody's scope; pages count from 1."""

    people: Sequence[ListedPerson]
    number: int
    pages: int
    total: int
    manages: bool  # may invite and end roles


async def listed(work: Work, actor: Actor, page: int | None) -> MembersPage:
    """The people in scope by name, ten at a time, None: all of them; a page that is gone gives the
    last one."""
    require(actor, Action.SEE_PEOPLE)
    async with work.read() as session:
        names = await people.names_below(session, actor.paths_for(Action.SEE_PEOPLE))
        size = PAGE if page is not None else max(1, len(names))
        pages = max(1, -(-len(names) // size))
        number = min(max(1, page or 1), pages)
        page_names = names[(number - 1) * size : number * size]
        roles = await _roles(session, [key for key, _, _ in page_names])
    entries = [
        ListedPerson(key, name, tuple(h.role for h in roles[key])) for key, name, _ in page_names
    ]
    return MembersPage(entries, number, pages, len(names), actor.may(MANAGE))


async def find(work: Work, actor: Actor, query: str) -> list[tuple[int, str]]:
    """(id, name) of the people in scope most like what was typed."""
    require(actor, Action.SEE_PEOPLE)
    async with work.read() as session:
        names = await people.names_below(session, actor.paths_for(Action.SEE_PEOPLE))
    labels = {key: name for key, name, _ in names}
    return [(key, labels[key]) for key in best(query, [(key, f) for key, _, f in names])]


async def facts(context: Context, person_id: int) -> PersonFacts:
    """Everything shown about one person. Raises Refused for somebody out of scope."""
    async with context.work.read() as session:
        person = await _person_within_scope(session, context.actor, person_id)
        memberships = await people.roles_held(session, [person_id])
        roles, of_unit = await roles_and_units(session, [person_id])
        quota_of = context.work.settings.assignment.quota_of
        top = await top_path(session, context.work)
        leaves = await people.leaves_of(session, person_id, local(context.now).date())
        return PersonFacts(
            person=person,
            roles=[_held(context.actor, membership, top) for membership in memberships],
            quota=quota_of(person.weekly_quota, roles[person_id], of_unit.get(person_id)),
            usual_quota=quota_of(None, roles[person_id], of_unit.get(person_id)),
            may_set_quota=_may_set_quota(context.actor, memberships, top),
            leave=leaves[0] if leaves else None,
            last_active=await people.last_active(session, person),
            web_pages=await _web_pages(session, context, memberships, top),
            may_hand_out_link=context.work.settings.web.is_on
            and _may(context.actor, Action.HAND_OUT_WEB_LINK, memberships, top, all),
        )


async def set_quota(work: Work, actor: Actor, person_id: int, quota: int | None) -> None:
    """How many visits a week an officer gets; None: as configured for everybody."""
    a_number = quota is not None and quota != EVERY_SECOND_WEEK
    if a_number and not 0 <= (quota or 0) <= MOST_QUOTA:
        raise Refused(messages.QUOTA_OUT_OF_RANGE.format(most=MOST_QUOTA))
    async with work.write() as session:
        person = await _person_within_scope(session, actor, person_id)
        memberships = await people.roles_held(session, [person_id])
        if not _may_set_quota(actor, memberships, await top_path(session, work)):
            raise Refused(messages.NOT_ALLOWED)
        person.weekly_quota = quota


async def _person_within_scope(session: AsyncSession, actor: Actor, person_id: int) -> Person:
    """Somebody with a role within the actor's scope."""
    require(actor, Action.SEE_PEOPLE)
    roles = await people.roles_with_paths(session, [person_id])
    if not any(actor.may(Action.SEE_PEOPLE, Subject(path)) for _, _, path in roles):
        raise Refused(messages.NOT_FOUND)
    person = await session.get(Person, person_id)
    assert person is not None
    return person


async def top_path(session: AsyncSession, work: Work) -> str:
    """The path of the whole organisation: a cluster cuts across it, so it needs all of it."""
    root = await invitations.root(session, work.settings.organisation.code)
    return root.path if root else ""


async def _roles(session: AsyncSession, person_ids: Sequence[int]) -> dict[int, list[Held]]:
    roles: dict[int, list[Held]] = defaultdict(list)
    for membership, unit, cluster in await people.roles_held(session, person_ids):
        roles[membership.person_id].append(held_as(membership, unit, cluster, may_end=False))
    return roles


def _held(actor: Actor, row: Places, top: str) -> Held:
    membership, unit, cluster = row
    own = is_own_management(actor, membership)
    may = actor.may(MANAGE, Subject(unit.path if unit else top)) and not own
    return held_as(membership, unit, cluster, may_end=may)


def held_as(
    membership: Membership, unit: Unit | None, cluster: Cluster | None, *, may_end: bool
) -> Held:
    """The role as it is shown."""
    place = place_name(unit, cluster)
    return Held(membership.id or 0, membership.role, place, may_end, cluster is not None)


def is_own_management(actor: Actor, membership: Membership) -> bool:
    """Nobody takes this role from themselves, so there is always somebody left."""
    return membership.role in roles_for(MANAGE) and membership.person_id == actor.person_id


def _may_set_quota(actor: Actor, memberships: Sequence[Places], top: str) -> bool:
    going = roles_for(Action.GO_TO_SITES)
    return any(
        membership.role in going and actor.may(MANAGE, Subject(unit.path if unit else top))
        for membership, unit, _ in memberships
    )


async def _web_pages(
    session: AsyncSession, context: Context, memberships: Sequence[Places], top: str
) -> int:
    """How many web pages of the person are open that the actor may close."""
    if not _may(context.actor, Action.END_WEB_SESSIONS, memberships, top, any):
        return 0
    rows = await web_sessions.not_ended(session, memberships[0][0].person_id, context.now)
    return sum(is_open(r.used_at, r.idle_hours, r.ends_at, context.now) for r, _ in rows)


def _may(
    actor: Actor,
    action: Action,
    memberships: Sequence[Places],
    top: str,
    how_many: Callable[[Iterable[bool]], bool],
) -> bool:
    """Whether the actor may do it in any, or in all, of the roles of a person."""
    return how_many(
        actor.may(action, Subject(unit.path if unit else top)) for _, unit, _ in memberships
    )


def place_name(unit: Unit | None, cluster: Cluster | None) -> str:
    return unit.name if unit else cluster_words(cluster.name) if cluster else ""


def cluster_words(name: str) -> str:
    """A cluster within a sentence: cụm Thi đua ven biển, cụm thi đua số 2, khối doanh nghiệp;
    what is written in capitals stays so."""
    says_so = name.casefold().startswith(CLUSTERS)
    if not says_so:
        return f"cụm {name}"
    return name if name[1].isupper() else name[0].lower() + name[1:]


CLUSTERS = ("cụm ", "khối ")
"""What the words for a cluster begin with."""
