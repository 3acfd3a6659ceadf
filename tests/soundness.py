"""Whether a database is sound, as tests and soaks ask at their ends."""

from datetime import datetime, timedelta

from bot.core.rules.permissions import HANDLING_CASES, Action, roles_for
from storage import invariants
from storage.invariants import Broken, Terms
from storage.store import Store


def terms(now: datetime, **more: timedelta) -> Terms:
    """What is asked of this program's databases."""
    return Terms(now, roles_for(*HANDLING_CASES), roles_for(Action.LEAD_CASES), **more)


async def broken(store: Store, now: datetime) -> list[Broken]:
    """What does not hold while nothing is under way: no message may be on its way either."""
    async with store.read() as session:
        return await invariants.broken(session, terms(now, sending=timedelta(0)))
