"""The staff's way into the web pages, from the chat or from a page that is open already."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.core import messages
from bot.core.card import Card
from bot.core.errors import Refused
from bot.people.cards import people as people_cards
from bot.people.cards import web_sessions as cards
from bot.people.services import members, web_sessions

ENTRANCE = "/vao/"  # what a link's path begins with


async def own_link(request: Request) -> Reply:
    """A link of one's own, once."""
    _require_web(request)
    new_link = await web_sessions.own_link(request.context)
    return show(cards.own_link(address_of(request, new_link.code), new_link.expires_at))


async def listed(request: Request) -> Reply:
    return show(await _list(request))


async def end(request: Request) -> Reply:
    await web_sessions.end_own(request.context, request.number())
    return show(await _list(request), messages.WEB_ENDED)


async def end_others(request: Request) -> Reply:
    """All but the device on which it is asked for."""
    await web_sessions.end_others(request.context, request.web_session_id)
    return show(await _list(request), messages.WEB_ENDED)


async def end_all(request: Request) -> Reply:
    await web_sessions.end_all_own(request.context)
    return show(cards.ended_all(), messages.WEB_ENDED)


async def hand_out(request: Request) -> Reply:
    """A link for a colleague who has no other way in."""
    _require_web(request)
    new_link = await web_sessions.link_for(request.context, request.number())
    link = address_of(request, new_link.code)
    return show(cards.handed_link(request.number(), new_link.name, link, new_link.expires_at))


async def ask_to_end(request: Request) -> Reply:
    """The first of two taps."""
    person_id = request.number()
    facts = await members.facts(request.context, person_id)
    pages = await web_sessions.pages_of(request.context, person_id)
    return show(cards.ask_to_end(person_id, facts.person.name, pages))


async def end_of(request: Request) -> Reply:
    """The second tap."""
    await web_sessions.end_all_of(request.context, request.number())
    facts = await members.facts(request.context, request.number())
    return show(people_cards.person(facts), messages.WEB_ENDED)


async def _list(request: Request) -> Card:
    pages = await web_sessions.own_pages(request.context)
    return cards.listed(pages, request.web_session_id)


def address_of(request: Request, code: str) -> str:
    """Where a link with this code leads."""
    return request.work.settings.web.address + ENTRANCE + code


def _require_web(request: Request) -> None:
    """Raises Refused: there are no web pages here."""
    if not request.work.settings.web.is_on:
        raise Refused(messages.WEB_IS_OFF)


ROUTES: tuple[Route, ...] = (
    command("web", own_link),
    button("web:new", own_link),
    button("web:list", listed),
    button(r"web:end:(\d{1,9})", end),
    button("web:endothers", end_others),
    button("web:endall", end_all),
    button(r"web:link:(\d{1,9})", hand_out),
    button(r"web:of:(\d{1,9})", ask_to_end),
    button(r"web:of:(\d{1,9}):end", end_of),
)
