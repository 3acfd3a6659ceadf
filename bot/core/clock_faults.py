"""What a clock that was wrong leaves behind, and who is told of it."""

from datetime import datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import upkeep_cards
from bot.core.card import Card
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, roles_for
from bot.core.work import Work
from storage import ahead, outbox, people

SMALL_STEP = timedelta(minutes=1)  # clocks are set back a little all the time

log = structlog.get_logger()


async def bring_back(work: Work, now: datetime) -> None:
    """Where the clock ran ahead once, nothing it left there holds anything up. Else nothing."""
    async with work.write() as session:
        if await ahead.anything(session, now + SMALL_STEP):
            await ahead.bring_back(session, now, work.calendar.next_speaking_moment(now))
            log.warning("clock.ran_ahead", advice="moments ahead of now were brought back")


async def tell_administrators(work: Work, now: datetime) -> None:
    """That the machine's clock is wrong; once a day."""
    async with work.write() as session:
        await owe(session, work, upkeep_cards.wrong_clock(), "clock", now)


async def owe(session: AsyncSession, work: Work, card: Card, what: str, now: datetime) -> None:
    """A notice to every administrator, once a day for each `what`."""
    day = local(now).date()
    for person in await people.holding(session, roles_for(Action.HEAR_OF_UPKEEP)):
        key = f"{what}:{day}:{person.id}"
        await outbox.add(session, notice(work.calendar, person.id or 0, card, key, now))
