"""What one's unit owes, as the command and the buttons of several cards show it."""

from collections.abc import Sequence

from bot.channels.telegram.context import Context
from bot.summaries.cards import summaries
from bot.summaries.facts.summaries import OwedFacts
from bot.summaries.services import pages


async def owing(context: Context, found: Sequence[OwedFacts]) -> None:
    """The list of these; one alone opens at once."""
    if len(found) != 1:
        await context.show(summaries.listed(found))
        return
    key = found[0].obligation.id or 0
    facts = await pages.page(context.work, context.actor, key, context.now)
    await context.show(summaries.page(facts))
