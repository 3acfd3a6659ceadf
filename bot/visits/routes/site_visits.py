"""What the committee of a site sees of visits, and its word that they took place."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.core import messages
from bot.visits.cards import site_visits as cards
from bot.visits.services import site_visits


async def list_visits(request: Request) -> Reply:
    return show(cards.listed(await site_visits.at_own_sites(request.context), request.now))


async def vouch(request: Request) -> Reply:
    await site_visits.vouch(request.context, request.number())
    facts = await site_visits.at_own_sites(request.context)
    return show(cards.listed(facts, request.now), messages.VOUCHED)


ROUTES: tuple[Route, ...] = (
    button(r"sv:list", list_visits),
    button(r"sv:yes:(\d{1,9})", vouch),
)
