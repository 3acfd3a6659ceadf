"""How many cases are overdue and how many alerts are not over: for a digest, an overview."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.facts.cases import Pressing
from bot.cases.services import alerts
from bot.cases.services.sight import HIDDEN, sight_of
from bot.core.context import Context
from bot.core.rules.permissions import SEEING_CASES, Action
from storage import alerts as stored_alerts
from storage import case_lists


async def pressing_for(session: AsyncSession, context: Context) -> Pressing:
    """As many as the actor finds in `/kiennghi`, "Quá hạn", and in `/canhbao`."""
    actor, overdue = context.actor, 0
    if actor.may_any(*SEEING_CASES):
        overdue = (await case_lists.counts(session, sight_of(actor), context.now))[2]
    sees = actor.may(Action.SEE_ALERTS)
    return Pressing(
        overdue, len(await alerts.not_over(session, context.work, actor)) if sees else 0
    )


async def pressing_below(session: AsyncSession, paths: Sequence[str], now: datetime) -> Pressing:
    """Of these units, for whoever may read along: only what a figure may tell of."""
    return Pressing(
        await case_lists.count_overdue(session, paths, HIDDEN, now),
        await stored_alerts.count_open(session, paths),
    )
