"""What is noted about an enterprise: the event, the new numbers, the next reminder."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.card import Card
from bot.core.context import Context
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.work import Work
from bot.recruitment.facts.pipeline import RecruitmentNews
from bot.recruitment.rules.steps import next_reminder
from storage import outbox
from storage.enums import RecruitmentState
from storage.models import Recruitment, RecruitmentEvent


def today(context: Context, words: str = "") -> RecruitmentNews:
    """Something of this very day."""
    return RecruitmentNews(local(context.now).date(), words=words)


async def note(
    session: AsyncSession, context: Context, stored: Recruitment, what: str, news: RecruitmentNews
) -> int:
    """Keep what happened; numbers that were not said stay as they were. Returns the event's id."""
    if news.willing is not None:
        stored.willing = news.willing
    if news.applications is not None:
        stored.applications = news.applications
    if news.congress_on is not None:
        stored.congress_on = news.congress_on
    stored.moved_at = context.done_at
    plan_next(context.work, stored, context.now)
    await outbox.cancel(session, about(stored), outbox.REMINDERS)
    event = RecruitmentEvent(
        recruitment_id=stored.id or 0,
        at=context.now,
        actor_id=context.actor.person_id,
        what=what,
        step=stored.step,
        day=news.day,
        willing=news.willing,
        applications=news.applications,
        words=news.words,
        visit_id=news.visit_id,
    )
    session.add(event)
    await session.flush()
    return event.id or 0


def plan_next(work: Work, stored: Recruitment, now: datetime) -> None:
    """Set `remind_at` anew."""
    days = work.settings.recruitment.days.of(stored.step)
    pair = next_reminder(stored.moved_at, days, frozenset(stored.reminded), now, work.calendar)
    stored.remind_at = pair[0] if pair and stored.state is RecruitmentState.OPEN else None


def about(stored: Recruitment) -> str:
    """The subject of its messages."""
    return f"recruitment:{stored.id}"


async def owe(
    session: AsyncSession, context: Context, person_id: int, card: Card, key: str
) -> None:
    """Tell somebody; not the one who did it."""
    if person_id != context.actor.person_id:
        message = notice(context.work.calendar, person_id, card, f"{key}:{person_id}", context.now)
        await outbox.add(session, message)
