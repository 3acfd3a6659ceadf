"""How somebody stands to a case, and whether they may do what they ask for.

Permission is decided here, at every use, from the case as it is now; buttons only invite.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.messages import says
from bot.rules.cases import (
    CaseAction,
    CaseStatus,
    Category,
    IllegalTransition,
    Relation,
    may_act,
    next_status,
)
from bot.rules.permissions import Actor
from bot.services.work import Work
from storage import cases, reporters
from storage.models import Case


async def case_for(
    session: AsyncSession, work: Work, actor: Actor, case_id: int, action: CaseAction
) -> tuple[Case, Relation]:
    """The case, locked, if the actor may do this to it.

    Raises Refused for a case that is not there and for one that is not theirs in the same words:
    nobody learns which codes exist.
    """
    case = await cases.get_locked(session, case_id) if case_id < 2**31 else None
    if case is None:
        raise Refused(says.NOT_FOUND)
    relation = await relation_to(session, work, actor, case)
    category = Category(case.category)
    if not may_act(relation, CaseAction.SEE, category):
        raise Refused(says.NOT_FOUND)
    if not may_act(relation, action, category):
        raise Refused(says.NOT_ALLOWED)
    return case, relation


async def relation_to(session: AsyncSession, work: Work, actor: Actor, case: Case) -> Relation:
    """The strongest way in which the actor stands to the case; being named in it wins over all."""
    if case.about_id is not None and case.about_id == actor.person_id:
        return Relation.NAMED
    if actor.person_id and case.assignee_id == actor.person_id:
        return Relation.ASSIGNEE
    paths = await cases.unit_paths(session, {case.unit_id, case.home_id})
    if (relation := _by_scope(actor, case, paths)) is not Relation.NONE:
        return relation
    known = await reporters.find(session, work.vault, actor.telegram_id)
    if known and known.id == case.reporter_id:
        return Relation.REPORTER
    return Relation.NONE


def step(case: Case, action: CaseAction) -> None:
    """Move the case's status. Raises Refused in words where the action does not fit it."""
    try:
        case.status = next_status(CaseStatus(case.status), action)
    except IllegalTransition:
        raise Refused(says.CASE_MOVED_ON) from None


def _by_scope(actor: Actor, case: Case, paths: dict[int, str]) -> Relation:
    """By the roles: supervisors over the level that has the case, officers of that very level.

    Who led the case at a level below sees it no more than anybody else once it has climbed.
    """
    owning = paths.get(case.unit_id, "")
    for grant in actor.grants:
        if grant.role == "supervisor" and owning and grant.covers(owning):
            return Relation.SUPERVISOR if owning in grant.paths else Relation.ABOVE
    for grant in actor.grants:
        if grant.role == "officer" and owning in grant.paths:
            return Relation.UNIT_QUEUE
    return Relation.NONE
