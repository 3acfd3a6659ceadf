"""How somebody stands to a case, and whether they may do what they ask for.

Permission is decided here, at every use, from the case as it is now; buttons only invite.
"""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.rules.cases import CaseAction, IllegalTransition, Relation, may_act, next_status
from bot.cases.rules.escalation import chain
from bot.core import messages
from bot.core.errors import Refused
from bot.core.rules.permissions import HANDLING_CASES, Action, Actor, Subject
from bot.core.work import Work
from storage import cases, reporters
from storage.models import Case, Unit
from storage.paths import ids_of

MOST_MERGERS = 10  # followed one after another

HANDLERS = (Relation.ASSIGNEE, Relation.SUPERVISOR, Relation.ABOVE)
"""Who answers for a case, as opposed to who might take it."""


@dataclass(frozen=True)
class CasePlace:
    """Where a case stands in the tree as it is today.

    `levels`: the upper union over its site first, the province last; `unit_id` is the one of them
    that has the case, `path` that unit's path. `former`: paths of the levels that had it and
    passed it up; `watched`: those by which a cluster covers it, of the site and of that unit.
    """

    levels: tuple[int, ...]
    unit_id: int
    path: str
    former: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()

    @property
    def home_id(self) -> int:
        return self.levels[0]

    @property
    def top(self) -> int:
        return self.levels[-1]


async def case_for(
    session: AsyncSession, work: Work, actor: Actor, case_id: int, action: CaseAction
) -> tuple[Case, Relation]:
    """The case, locked, if the actor may do this to it.

    Raises Refused for a case that is not there and for one that is not theirs in the same words:
    nobody learns which codes exist. A case whose site belongs to another union by now goes there
    before anything is done to it.
    """
    case = await cases.get_locked(session, case_id) if case_id < 2**31 else None
    if case is None:
        raise Refused(messages.NOT_FOUND)
    relation = await relation_to(session, work, actor, case)
    if not may_act(relation, CaseAction.SEE, case.category, case.kind):
        raise Refused(messages.NOT_FOUND)
    if not may_act(relation, action, case.category, case.kind):
        raise Refused(messages.NOT_ALLOWED)
    if action is not CaseAction.SEE:  # looking changes nothing
        follow(case, await place_of(session, case))
    return case, relation


async def case_to_handle(
    session: AsyncSession, work: Work, actor: Actor, case_id: int, action: CaseAction
) -> tuple[Case, Relation]:
    """`case_for` for cadres: whoever raised the case has a page of their own and not this one."""
    _, relation = await case_for(session, work, actor, case_id, CaseAction.SEE)
    if relation is Relation.REPORTER:
        raise Refused(messages.NOT_FOUND)
    return await case_for(session, work, actor, case_id, action)


async def place_of(session: AsyncSession, case: Case) -> CasePlace:
    """The levels of a case, from the site's path at this moment."""
    site = await _site(session, case)
    ids = ids_of(site.path) if site else [case.home_id]
    if site is not None and len(ids) > 1:
        ids = ids[:-1]
    home = await _living(session, ids[-1])
    ids = ids_of(home.path) if home else ids
    levels = chain(ids)
    unit_id = case.unit_id if case.unit_id in levels else levels[0]
    path = _path(ids, unit_id)
    return CasePlace(
        levels,
        unit_id,
        path,
        former=tuple(_path(ids, level) for level in _passed(case, levels, unit_id)),
        watched=(path, site.path) if site else (path,),
    )


def _path(ids: list[int], unit_id: int) -> str:
    return "/" + "/".join(str(key) for key in ids[: ids.index(unit_id) + 1]) + "/"


def _passed(case: Case, levels: tuple[int, ...], unit_id: int) -> tuple[int, ...]:
    """The levels from the one that passed it up first to the one below where it is now."""
    if case.passed_up_by not in levels:
        return ()
    return levels[levels.index(case.passed_up_by) : levels.index(unit_id)]


def is_nameless(case: Case) -> bool:
    """Whether a worker brought it who is not named."""
    return case.reporter_id is not None and case.anonymous


def follow(case: Case, place: CasePlace) -> None:
    """Write down where the case stands."""
    if (case.home_id, case.unit_id) != (place.home_id, place.unit_id):
        case.home_id, case.unit_id = place.home_id, place.unit_id
        if case.passed_up_by not in place.levels:  # another union's by now, which never had it
            case.passed_up_by = None


async def _site(session: AsyncSession, case: Case) -> Unit | None:
    """The site, or what it was merged into."""
    return await merged(session, await session.get(Unit, case.site_id)) if case.site_id else None


async def merged(session: AsyncSession, unit: Unit | None) -> Unit | None:
    """What a unit was merged into, one after another; itself where it was not."""
    for _ in range(MOST_MERGERS):
        if unit is None or not unit.dissolved_on or unit.successor_id is None:
            break
        unit = await session.get(Unit, unit.successor_id)
    return unit


async def _living(session: AsyncSession, unit_id: int) -> Unit | None:
    """The unit, what it was merged into, or the nearest above that is not dissolved."""
    unit = await merged(session, await session.get(Unit, unit_id))
    while unit is not None and unit.dissolved_on and unit.parent_id:
        unit = await merged(session, await session.get(Unit, unit.parent_id))
    return unit


async def relation_to(session: AsyncSession, work: Work, actor: Actor, case: Case) -> Relation:
    """The strongest way in which the actor stands to the case; being named in it wins over all."""
    if case.about_id is not None and case.about_id == actor.person_id:
        return Relation.NAMED
    handles = actor.may_any(*HANDLING_CASES)  # whose role has ended has nothing in hand
    if handles and case.assignee_id == actor.person_id:
        return Relation.ASSIGNEE
    place = await place_of(session, case)
    relation = _by_scope(actor, place, names_somebody=case.about_id is not None)
    if relation is not Relation.NONE:
        return relation
    account = await reporters.find(session, work.vault, actor.address)
    if account and case.reporter_id in account.reporters:
        return Relation.REPORTER
    return Relation.NONE


def step(case: Case, action: CaseAction) -> None:
    """Move the case's status. Raises Refused in words where the action does not fit it."""
    try:
        case.status = next_status(case.status, action)
    except IllegalTransition:
        raise Refused(messages.CASE_MOVED_ON) from None


def _by_scope(actor: Actor, place: CasePlace, *, names_somebody: bool) -> Relation:
    """By the permission table: who leads the level that has the case or one above, who takes
    cases at that very level, who watches over a cluster; at last who handles cases at a level that
    passed it up, unless it is about a cadre: they see what becomes of it and do nothing about it.
    """
    if actor.may(Action.LEAD_CASES, Subject(place.path)):
        own = place.path in actor.paths_for(Action.LEAD_CASES)
        return Relation.SUPERVISOR if own else Relation.ABOVE
    if actor.may(Action.TAKE_CASES, Subject(place.path)):
        return Relation.UNIT_QUEUE
    if any(actor.may(Action.WATCH_CASES, Subject(path)) for path in place.watched):
        return Relation.WATCHER
    former = [Subject(path) for path in place.former if not names_somebody]
    handled = any(actor.may(action, subject) for subject in former for action in HANDLING_CASES)
    return Relation.FORMER if handled else Relation.NONE
