"""Proposals of a visit's report, corrected by whoever brought them while nobody has taken them."""

from collections.abc import Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.context import Context
from storage import visits
from storage.enums import CaseStatus, EventAuthor
from storage.models import Case, CaseEvent

MOST_LETTERS = 4000


async def rewordable(session: AsyncSession, context: Context, visit_id: int) -> Sequence[Case]:
    """The actor's own of this visit that nobody has taken yet."""
    return [case for case in await _own(session, context, visit_id) if _is_free(case)]


async def reword(
    session: AsyncSession, context: Context, visit_id: int, words_by_case: Mapping[int, str]
) -> None:
    """Other words in place of the ones sent, which stay in the history of the case. Where somebody
    has taken it meanwhile, they are added to what that person has read.
    """
    for case in await _own(session, context, visit_id):
        words = words_by_case.get(case.id or 0, "").strip()[:MOST_LETTERS]
        if not words or words == case.text:
            continue
        free = _is_free(case)
        session.add(
            CaseEvent(
                case_id=case.id or 0,
                at=context.now,
                by=EventAuthor.PERSON,
                actor_id=context.actor.person_id,
                what="reworded" if free else "add",
                words=case.text if free else words,
                internal=True,
            )
        )
        if free:
            case.text = words


async def _own(session: AsyncSession, context: Context, visit_id: int) -> Sequence[Case]:
    cases = await visits.cases_of(session, visit_id)
    return [case for case in cases if case.author_id == context.actor.person_id]


def _is_free(case: Case) -> bool:
    return case.status is CaseStatus.RECEIVED and not case.assignee_id
