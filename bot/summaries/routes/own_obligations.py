"""What one's unit owes, as the command and the buttons of several cards show it."""

from collections.abc import Sequence

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.summaries.cards import summaries
from bot.summaries.facts.summaries import OwedLine
from bot.summaries.services import pages


async def list_own(request: Request, obligations: Sequence[OwedLine]) -> Reply:
    """The list of these; one alone opens at once."""
    if len(obligations) != 1:
        return show(summaries.listed(obligations))
    key = obligations[0].obligation.id or 0
    return show(summaries.page(await pages.page(request.context, key)))
