"""Nightly tidying: what is no longer needed goes."""

from datetime import datetime, timedelta

from bot.services.work import Work
from storage import inbox

KEEP_UPDATE_IDS = timedelta(days=3)  # Telegram repeats an update for 24 hours at most


async def tidy(work: Work, now: datetime) -> None:
    """Forget the ids of old updates."""
    async with work.write() as session:
        await inbox.forget_before(session, now - KEEP_UPDATE_IDS)
