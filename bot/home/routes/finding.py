"""Finding a site, a unit, somebody or a case by its name or code: /tim, or the name alone."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.cases.routes.cases import open_case
from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, command
from bot.core import messages
from bot.core.errors import Refused
from bot.home import cards, services
from bot.home.cards import Matches
from bot.people.routes.people import open_person
from bot.visits.routes.overview import show_week
from bot.visits.routes.site_page import open_site

OPENS: Mapping[str, Callable[[Request], Awaitable[Reply]]] = {
    "site": open_site,
    "unit": show_week,
    "person": open_person,
    "case": open_case,
}


async def find(request: Request) -> Reply:
    """/tim with the words after it."""
    if not request.actor.may_any(*services.SEARCHING):
        raise Refused(messages.NOT_ALLOWED)
    return await opened(request, await services.find(request.context, " ".join(request.arguments)))


async def opened(request: Request, matches: Matches) -> Reply:
    """The only match itself; of several a list."""
    if len(matches.rows) != 1:
        return show(cards.matches(matches))
    (match,) = matches.rows
    return await OPENS[match.kind](replace(request, arguments=match.arguments))


ROUTES: tuple[Route, ...] = (command("tim", find),)
