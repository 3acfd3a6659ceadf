"""Nightly tidying: what is no longer needed goes."""

from datetime import datetime, timedelta

from bot.services import retention
from bot.services.work import Work
from storage import inbox

KEEP_UPDATE_IDS = timedelta(days=3)  # Telegram repeats an update for 24 hours at most


async def tidy(work: Work, now: datetime) -> None:
    """Forget the ids of old updates, and whatever has been kept long enough."""
    async with work.write() as session:
        await inbox.forget_before(session, now - KEEP_UPDATE_IDS)
    await retention.ensure_forgotten(work, now)
    await work.store.settle_log()
