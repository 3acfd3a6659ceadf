"""An obligation on somebody's desk: found, allowed, and locked where it is to be changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import moment
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from bot.summaries.cards import messages as says
from bot.summaries.services import obligations
from storage import people, summaries
from storage.enums import EDITABLE, SummaryState
from storage.models import Obligation, Summary, Unit

# Whoever may write or send it sees it too.
_SEEING = (
    Action.SEE_SUMMARY,
    Action.FOLLOW_OWN_OBLIGATIONS,
    Action.WRITE_SUMMARY,
    Action.SEND_SUMMARY,
)


@dataclass(frozen=True)
class Desk:
    """One obligation with the unit that owes it and the unit that receives it."""

    session: AsyncSession
    work: Work
    actor: Actor
    obligation: Obligation
    unit: Unit
    receiver: Unit
    now: datetime
    receives: bool  # leads the receiver, or the unit that chases for it

    def may(self, action: Action) -> bool:
        """Something about the unit that owes."""
        return self.actor.may(action, Subject(self.unit.path))

    def require(self, action: Action) -> None:
        """Raises Refused."""
        require(self.actor, action, Subject(self.unit.path))

    def require_receiver(self) -> None:
        """Raises Refused unless the actor decides about what was sent."""
        if not self.receives:
            raise Refused(says.NOT_ALLOWED)

    @property
    def mine(self) -> bool:
        """The actor's own role sits at the unit, not above it."""
        return self.may(Action.FOLLOW_OWN_OBLIGATIONS)


async def desk(
    session: AsyncSession, context: Context, obligation_id: int, *, lock: bool = False
) -> Desk:
    """Raises Refused in the same words for what is not there and for what is not theirs to see."""
    obligation = await summaries.obligation(session, obligation_id, lock=lock)
    unit = await session.get(Unit, obligation.unit_id) if obligation else None
    receiver = await session.get(Unit, obligation.to_unit_id) if obligation else None
    if obligation is None or unit is None or receiver is None:
        raise Refused(says.NOT_FOUND)
    receives, sees_board = [
        await obligations.may_as_receiver(session, context.work, context.actor, action, receiver)
        for action in (Action.RECEIVE_SUMMARY, Action.SEE_BOARD)
    ]
    on = Desk(
        session, context.work, context.actor, obligation, unit, receiver, context.now, receives
    )
    if not (receives or sees_board or any(on.may(action) for action in _SEEING)):
        raise Refused(says.NOT_FOUND)
    return on


@asynccontextmanager
async def editing(context: Context, obligation_id: int) -> AsyncIterator[tuple[Desk, Summary]]:
    """The unit's one draft, to be changed in this transaction. Raises Refused once it was sent."""
    async with context.work.write() as session:
        on = await desk(session, context, obligation_id, lock=True)
        on.require(Action.WRITE_SUMMARY)
        summary = await summaries.locked(session, on.obligation, context.now)
        await require_editable(on, summary)
        summary.updated_at = context.now
        yield on, summary


async def require_editable(on: Desk, summary: Summary) -> None:
    """Raises Refused with who sent it and when, and what to do."""
    if summary.state in EDITABLE:
        return
    sent = await summaries.version(on.session, summary.id or 0, summary.version)
    name = await name_of(on.session, sent.sent_by) if sent else ""
    when = moment(sent.sent_at) if sent else ""
    sentence = says.ACCEPTED_LOCKED if summary.state == SummaryState.ACCEPTED else says.SENT_LOCKED
    raise Refused(sentence.format(name=name, when=when, receiver=on.receiver.name))


async def name_of(session: AsyncSession, person_id: int) -> str:
    persons = await people.named(session, [person_id])
    return persons[person_id].name if person_id in persons else ""
