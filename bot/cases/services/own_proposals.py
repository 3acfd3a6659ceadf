"""Proposals of a visit's report, corrected by whoever brought them while nobody has taken them."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import cases as case_cards
from bot.cases.services import concern_notices
from bot.cases.services.notifications import CaseNotice, tell
from bot.core.context import Context
from storage import cases, visits
from storage.enums import OPEN_CASES, CaseStatus, EventAuthor
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


async def ask_to_withdraw(
    session: AsyncSession, context: Context, visit_id: int, case_ids: Collection[int]
) -> None:
    """Say in the case that its author wants it back, and tell whoever handles it; once. It stays a
    case: its handler decides, for somebody may be waiting for an answer to it.
    """
    for case in await _own(session, context, visit_id):
        if case.id not in case_ids or case.status not in OPEN_CASES:
            continue
        events = await cases.events_of(session, case.id or 0)
        if any(event.what == WITHDRAWAL for event in events):
            continue
        session.add(
            CaseEvent(
                case_id=case.id or 0,
                at=context.now,
                by=EventAuthor.PERSON,
                actor_id=context.actor.person_id,
                what=WITHDRAWAL,
                internal=True,
            )
        )
        card = case_cards.told_withdrawal(case, context.actor.name)
        receivers = await concern_notices.those_to_tell(session, case)
        others = [person for person in receivers if person != context.actor.person_id]
        case_notice = CaseNotice(case, card, WITHDRAWAL)
        await tell(session, context.work, case_notice, others, context.now)


WITHDRAWAL = "withdraw_asked"


async def _own(session: AsyncSession, context: Context, visit_id: int) -> Sequence[Case]:
    brought = await visits.cases_of(session, visit_id)
    return [case for case in brought if case.author_id == context.actor.person_id]


def _is_free(case: Case) -> bool:
    return case.status is CaseStatus.RECEIVED and not case.assignee_id
