"""The page of an officer: from the overview's list of them, from their card, and one's own."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.visits.cards import officer_page as cards
from bot.visits.services import officer_page


async def open_officer(request: Request) -> Reply:
    """Officer 0: oneself. The last argument is the list to go back to."""
    officer, page = request.number(0), request.number(1)
    facts = await officer_page.officer_page(request.context, officer, page)
    return show(cards.page(facts, request.arguments[2]))


_LIST = r"p:open:\d{1,9}|ov:l:o\.\d{1,9}:20\d{6}:\d{1,9}:\d{1,3}"
WEEKS_OF_OFFICER = rf"off:open:\d{{1,9}}:\d{{1,3}}(?::(?:{_LIST}))?"
"""This page as what something was opened from, with what it was opened from itself."""

ROUTES: tuple[Route, ...] = (
    button(rf"off:open:(\d{{1,9}}):(\d{{1,3}})(?::({_LIST}))?", open_officer),
)
