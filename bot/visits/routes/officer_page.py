"""The page of an officer: from the overview's list of them, from their card, and one's own."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.visits.cards import officer_page as cards
from bot.visits.services import officer_page


async def open_officer(request: Request) -> Reply:
    """Officer 0: oneself."""
    officer, page = request.number(0), request.number(1)
    return show(cards.page(await officer_page.officer_page(request.context, officer, page)))


ROUTES: tuple[Route, ...] = (button(r"off:open:(\d{1,9}):(\d{1,3})", open_officer),)
