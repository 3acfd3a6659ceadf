"""What one's unit owes, as the command and the buttons of several cards show it."""

from collections.abc import Sequence

from bot.context import Context
from bot.messages import summary_cards
from bot.messages.summary_facts import OwedFacts
from bot.services.summaries import pages


async def owing(context: Context, found: Sequence[OwedFacts]) -> None:
    """The list of these; one alone opens at once."""
    if len(found) != 1:
        await context.show(summary_cards.listed(found))
        return
    key = found[0].obligation.id or 0
    facts = await pages.page(context.work, context.actor, key, context.now)
    await context.show(summary_cards.page(facts))
