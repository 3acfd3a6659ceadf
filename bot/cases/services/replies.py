"""What a reporter is told: each change of state, each question, whoever made it.

Nothing here knows who the reporter is: the message is owed to the reporter's id.
"""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import concerns as concern_cards
from bot.cases.cards.concerns import CaseNews
from bot.core.card import Card
from bot.core.work import Work
from storage import cases, concerns, outbox
from storage.enums import Lane
from storage.models import Case, OutboxMessage


async def tell_reporter(
    session: AsyncSession, work: Work, case: Case, news: CaseNews, now: datetime
) -> None:
    """Owe the reporter a card. Call it after adding the event: once an event is once a message.

    Does nothing for a case without a reporter. Those whose cases were merged into this one hear
    of what became of it too, but a question is for its own reporter alone.
    """
    await session.flush()
    event = await concerns.latest_event_id(session, case.id or 0)
    raised_cases = [case]
    if news.kind not in ("asked", "nameless"):
        raised_cases += await cases.merged_into(session, case.id or 0)
    await outbox.add_all(
        session,
        [
            _message(
                work,
                raised_case,
                concern_cards.notification(raised_case, news),
                f"told:{event}:{news.kind}:{raised_case.id}",
                now,
            )
            for raised_case in raised_cases
            if raised_case.reporter_id
        ],
    )


def _message(work: Work, case: Case, card: Card, key: str, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        dedupe_key=key,
        reporter_id=case.reporter_id,
        subject=f"case:{case.id}",
        lane=Lane.ANSWER,
        text=card.text,
        rows=card.plain_rows(),
        not_before=work.calendar.next_speaking_moment(now),
        created_at=now,
    )
