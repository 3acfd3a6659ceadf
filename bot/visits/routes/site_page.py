"""The page of a site, from any card that names it."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.visits.cards import site_page as cards
from bot.visits.routes.officer_page import WEEKS_OF_OFFICER
from bot.visits.routes.overview import LIST_OF_PERIOD, LIST_OF_WEEK
from bot.visits.services import site_lists, site_page


async def open_site(request: Request) -> Reply:
    """The last argument is the list to go back to, where it was opened from one."""
    facts = await site_page.site_page(request.context, request.number())
    return show(cards.page(facts, request.arguments[1]))


async def list_visits(request: Request) -> Reply:
    facts = await site_page.visits_there(request.context, request.number(0), request.number(1))
    return show(cards.visits(facts, request.arguments[2]))


async def list_cases(request: Request) -> Reply:
    facts = await site_page.cases_there(request.context, request.number(0), request.number(1))
    return show(cards.cases(facts, request.arguments[2]))


async def list_figures(request: Request) -> Reply:
    facts = await site_page.figures_there(request.context, request.number(0), request.number(1))
    return show(cards.figures(facts, request.arguments[2]))


async def list_own(request: Request) -> Reply:
    """ "Cơ sở của tôi" """
    return show(cards.own_sites(await site_lists.own_sites(request.context, request.number())))


_OTHERS = rf"{LIST_OF_PERIOD}|{WEEKS_OF_OFFICER}|com:open:\d{{1,9}}"
_LIST = (
    rf"{_OTHERS}|ov:l:{LIST_OF_WEEK}|ov:v:\d{{1,9}}:\d{{1,4}}:\d{{1,3}}:(?:{LIST_OF_WEEK}|{_OTHERS})"
    r"|ov:c:20\d{6}:\d{1,9}:\d{1,3}|case:open:\d{1,9}|alert:open:\d{1,9}|site:mine:\d{1,3}"
    r"|rec:(?:site:\d{1,9}|grown:[a-z]+:\d{1,9}:\d{1,3})"
)

ROUTES: tuple[Route, ...] = (
    button(rf"site:open:(\d{{1,9}})(?::({_LIST}))?", open_site),
    button(rf"site:visits:(\d{{1,9}}):(\d{{1,3}})(?::({_LIST}))?", list_visits),
    button(rf"site:figures:(\d{{1,9}}):(\d{{1,3}})(?::({_LIST}))?", list_figures),
    button(r"site:mine:(\d{1,3})", list_own),
    button(rf"site:cases:(\d{{1,9}}):(\d{{1,3}})(?::({_LIST}))?", list_cases),
)
