"""What lies too long on its way to a union is reminded of: its officer, later the leaders too."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, roles_for
from bot.core.streams import Stream
from bot.core.work import Work
from bot.recruitment.cards import pipeline as cards
from bot.recruitment.rules.steps import days_since, next_reminder
from bot.recruitment.services.access import is_unionless
from bot.recruitment.services.history import about, plan_next
from bot.recruitment.services.pipeline import leaders_of
from storage import outbox, people, recruitments, units
from storage.enums import Lane, RecruitmentState
from storage.models import Recruitment, RecruitmentEvent, Unit


async def _remind(
    session: AsyncSession, work: Work, due: Sequence[Recruitment], now: datetime
) -> None:
    """Who is in charge; two weeks later, or where nobody is, the nearest leaders."""
    sites = await units.by_ids(session, {row.site_id for row in due})
    going = await people.holding_among(
        session, {row.owner_id or 0 for row in due}, roles_for(Action.GO_TO_SITES)
    )
    for row in due:
        site = sites[row.site_id]
        if not is_unionless(site):
            _close(session, row, site, now)
            continue
        days = work.settings.recruitment.days.of(row.step)
        pair = next_reminder(row.moved_at, days, frozenset(row.reminded), now, work.calendar)
        if pair and pair[0] <= now:
            row.reminded = [*row.reminded, pair[1].tag]
            in_charge = row.owner_id if row.owner_id in going else None
            readers = [in_charge] if in_charge else []
            if pair[1].kind == "again" or not in_charge:
                readers += await leaders_of(session, site)  # few lie as long as this
            for person in dict.fromkeys(readers):
                card = cards.still(row, site, days_since(row.moved_at, now))
                key = f"{about(row)}:{person}:{pair[1].tag}"
                message = notice(
                    work.calendar, person, card, key, now, lane=Lane.REMINDER, subject=about(row)
                )
                await outbox.add(session, message)
        plan_next(work, row, now)
        if row.remind_at and row.remind_at <= now:
            row.remind_at = now + timedelta(minutes=1)


def _close(session: AsyncSession, row: Recruitment, site: Unit, now: datetime) -> None:
    """The list of units says that the enterprise has its union, or is no more."""
    row.remind_at = None
    if site.union_since:
        row.state, row.founded_on, row.founded_at = RecruitmentState.FOUNDED, site.union_since, now
    else:
        row.state = RecruitmentState.STOPPED
    event = RecruitmentEvent(
        recruitment_id=row.id or 0,
        at=now,
        what="listed",
        step=row.step,
        day=site.union_since or local(now).date(),
    )
    session.add(event)


STREAM = Stream("recruitments", Recruitment, recruitments.OPEN, _remind)
