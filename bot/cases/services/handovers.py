"""Cases in somebody's hand, when they hand over to a colleague who handles cases there.

What has to be kept quiet and what is about the colleague are not handed over: their leaders decide.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.sight import is_quiet
from bot.core.access import grants_of
from bot.core.rules.permissions import HANDLING_CASES, Actor, Subject
from bot.people.services.handovers import Handover, InHand
from storage import cases
from storage.enums import EventAuthor
from storage.models import Case, CaseEvent


async def _open(session: AsyncSession, person_id: int, path: str) -> list[tuple[Case, str]]:
    """With the path of the unit that has each."""
    rows = await cases.in_hand_of(session, person_id)
    return [
        (case, unit_path)
        for case, unit_path in rows
        if unit_path.startswith(path) and not is_quiet(case)
    ]


async def _count(session: AsyncSession, person_id: int, path: str) -> int:
    return len(await _open(session, person_id, path))


async def _give(handover: Handover) -> int:
    session, context = handover.session, handover.context
    giver_id, taker_id = handover.giver.id or 0, handover.taker.id or 0
    grants = (await grants_of(session, [taker_id])).get(taker_id, ())
    taker = Actor(taker_id, grants=grants)
    handed = [
        case
        for case, path in await _open(session, giver_id, handover.path)
        if case.about_id != taker_id
        and any(taker.may(action, Subject(path)) for action in HANDLING_CASES)
    ]
    for case in handed:
        case.assignee_id, case.taken_at = taker_id, None
        session.add(
            CaseEvent(
                case_id=case.id or 0,
                at=context.now,
                by=EventAuthor.PERSON,
                actor_id=context.actor.person_id,
                what="pass",
                internal=True,
                data={"before": giver_id, "after": taker_id},
            )
        )
    return len(handed)


CASES = InHand("phản ánh, kiến nghị đang xử lý", _count, _give)
