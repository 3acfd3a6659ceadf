"""Who hears of what happened to a case: those who raised it, and colleagues."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import cases as case_cards
from bot.cases.cards.concerns import CaseNews
from bot.cases.rules.deadlines import calendar_of
from bot.cases.services.replies import tell_reporter
from bot.core.card import Card
from bot.core.notices import notice
from bot.core.work import Work
from storage import cases, outbox
from storage.enums import Lane
from storage.models import Case, OutboxMessage


@dataclass(frozen=True)
class CaseNotice:
    """What colleagues are to read of a case; `key`: what it is about, so that it is owed once."""

    case: Case
    card: Card
    key: str


async def tell_those_who_raised(
    session: AsyncSession, work: Work, case: Case, news: CaseNews, now: datetime
) -> None:
    """Everybody who raised a case or one that was folded into it; a question is for one alone.

    A worker hears in a worker's words, an officer whose visit brought it in a cadre's.
    """
    await tell_reporter(session, work, case, news, now)
    raised_cases = (
        [case] if news.kind == "asked" else [case, *await cases.merged_into(session, case.id or 0)]
    )
    if news.kind == "nameless":  # of the worker's standing alone
        return
    for raised_case in raised_cases:
        if raised_case.author_id not in (None, case.assignee_id, case.about_id):
            card = case_cards.told_author(raised_case, news.kind, news.words)
            case_notice = CaseNotice(raised_case, card, news.kind)
            await tell(session, work, case_notice, [raised_case.author_id or 0], now)


async def tell(
    session: AsyncSession,
    work: Work,
    case_notice: CaseNotice,
    person_ids: Collection[int],
    now: datetime,
) -> None:
    """Owe a card to colleagues; never to the person whom the case is about."""
    await outbox.add_all(session, notices(work, case_notice, person_ids, now))


def notices(
    work: Work,
    case_notice: CaseNotice,
    person_ids: Collection[int],
    now: datetime,
    *,
    lane: Lane = Lane.NOTICE,
) -> Sequence[OutboxMessage]:
    """The messages themselves, for whoever owes many at once. Of an urgent case colleagues hear on
    days off too.
    """
    case = case_notice.case
    calendar = calendar_of(case.severity, work.calendar)
    return [
        notice(
            calendar,
            person,
            case_notice.card,
            f"case:{case.id}:{case_notice.key}:{now:%Y%m%d%H%M%S%f}:{person}",
            now,
            lane=lane,
            subject=f"case:{case.id}",
        )
        for person in dict.fromkeys(person_ids)
        if person != case.about_id
    ]
