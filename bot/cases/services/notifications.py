"""Who hears of what happened to a case: those who raised it, and colleagues."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import cases as case_cards
from bot.cases.cards.concerns import Told
from bot.cases.rules.deadlines import calendar_of
from bot.cases.services.replies import tell_reporter
from bot.core.card import Card
from bot.core.notices import notice
from bot.core.work import Work
from storage import cases, outbox
from storage.enums import Lane
from storage.models import Case, OutboxMessage


async def tell_those_who_raised(
    session: AsyncSession, work: Work, case: Case, kind: Told, words: str, now: datetime
) -> None:
    """Everybody who raised a case or one that was folded into it; a question is for one alone.

    A worker hears in a worker's words, an officer whose visit brought it in a cadre's.
    """
    await tell_reporter(session, work, case, kind, words, now)
    raised_cases = (
        [case] if kind == "asked" else [case, *await cases.merged_into(session, case.id or 0)]
    )
    if kind == "nameless":  # of the worker's standing alone
        return
    for raised_case in raised_cases:
        if raised_case.author_id not in (None, case.assignee_id, case.about_id):
            card = case_cards.told_author(raised_case, kind, words)
            await tell(session, work, raised_case, [raised_case.author_id or 0], card, kind, now)


async def tell(
    session: AsyncSession,
    work: Work,
    case: Case,
    person_ids: Collection[int],
    card: Card,
    key: str,
    now: datetime,
    *,
    lane: Lane = Lane.NOTICE,
) -> None:
    """Owe a card to colleagues; never to the person whom the case is about."""
    await outbox.add_all(session, notices(work, case, person_ids, card, key, now, lane=lane))


def notices(
    work: Work,
    case: Case,
    person_ids: Collection[int],
    card: Card,
    key: str,
    now: datetime,
    *,
    lane: Lane = Lane.NOTICE,
) -> Sequence[OutboxMessage]:
    """The messages themselves, for whoever owes many at once. Of an urgent case colleagues hear on
    days off too.
    """
    calendar = calendar_of(case.severity, work.calendar)
    return [
        notice(
            calendar,
            person,
            card,
            f"case:{case.id}:{key}:{now:%Y%m%d%H%M%S%f}:{person}",
            now,
            lane=lane,
            subject=f"case:{case.id}",
        )
        for person in dict.fromkeys(person_ids)
        if person != case.about_id
    ]
