"""The same concern brought twice or by many: linked, or folded into one that answers them all.

Likeness only proposes; a person decides.
"""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.rules.cases import CaseAction, Relation, may_act
from bot.cases.services.access import case_to_handle, place_of, relation_to, step
from bot.cases.services.clocks import plan_next
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.likeness import alike
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage import cases
from storage.enums import CLOSED_STATUSES, EventAuthor
from storage.models import Case, CaseEvent

NEAR = timedelta(days=14)
MOST = 100  # cases of one site that are compared


async def likely(
    session: AsyncSession, work: Work, actor: Actor, case: Case
) -> list[tuple[Case, float]]:
    """Open cases of the same site within 14 days that say the same and that the actor may see."""
    if case.site_id is None:
        return []
    since, until = case.created_at - NEAR, case.created_at + NEAR
    candidates = await cases.near(session, case, since, until, MOST)
    by_id = {candidate.id or 0: candidate for candidate in candidates}
    scored = alike(case.text, [(key, candidate.text) for key, candidate in by_id.items()])
    return [
        (by_id[key], score)
        for key, score in scored
        if await _sees(session, work, actor, by_id[key])
    ]


async def _sees(session: AsyncSession, work: Work, actor: Actor, case: Case) -> bool:
    relation = await relation_to(session, work, actor, case)
    return relation is not Relation.REPORTER and may_act(
        relation, CaseAction.SEE, case.category, case.kind
    )


async def link(context: Context, case_id: int, other_id: int) -> None:
    """Note on both that they belong together."""
    async with context.work.write() as session:
        case, _ = await case_to_handle(
            session, context.work, context.actor, case_id, CaseAction.LINK
        )
        other, _ = await case_to_handle(
            session, context.work, context.actor, other_id, CaseAction.LINK
        )
        if case_id == other_id:
            raise Refused(messages.NOT_FOUND)
        session.add(_event(case, context.actor, "link", other, context.now))
        session.add(_event(other, context.actor, "link", case, context.now))


async def merge(context: Context, case_id: int, into_id: int) -> None:
    """Fold a case into another one of the same site that is still being handled."""
    async with context.work.write() as session:
        into, _ = await case_to_handle(
            session, context.work, context.actor, into_id, CaseAction.LINK
        )
        await _fold(session, context, case_id, into)


async def gather(context: Context, case_id: int) -> int:
    """Fold every likely duplicate into this case; returns how many."""
    async with context.work.write() as session:
        into, _ = await case_to_handle(
            session, context.work, context.actor, case_id, CaseAction.LINK
        )
        duplicates = await likely(session, context.work, context.actor, into)
        if not duplicates:
            raise Refused(messages.CASE_NOTHING_ALIKE)
        for other, _ in duplicates:
            await _fold(session, context, other.id or 0, into)
    return len(duplicates)


async def _fold(session: AsyncSession, context: Context, case_id: int, into: Case) -> None:
    case, _ = await case_to_handle(session, context.work, context.actor, case_id, CaseAction.MERGE)
    if into.status in CLOSED_STATUSES or into.merged_into or case_id == into.id:
        raise Refused(messages.CASE_OTHER_CLOSED)
    if case.site_id is None or case.site_id != into.site_id:
        raise Refused(messages.CASE_OTHER_SITE)
    step(case, CaseAction.MERGE)
    for follower in await cases.merged_into(session, case_id):
        follower.merged_into = into.id
    case.merged_into = into.id
    if (case.affected or 0) > (into.affected or 0):
        into.affected, into.affected_group = case.affected, case.affected_group
    session.add(_event(case, context.actor, "merge", into, context.now))
    session.add(_event(into, context.actor, "merged", case, context.now))
    plan_next(context.work, case, context.now, top=(await place_of(session, case)).top)


def _event(case: Case, actor: Actor, what: str, other: Case, now: datetime) -> CaseEvent:
    return CaseEvent(
        case_id=case.id or 0,
        at=now,
        by=EventAuthor.PERSON,
        actor_id=actor.person_id,
        what=what,
        internal=True,
        data={"case": other.id, "code": other.code},
    )
