"""/apphich: the poster of a site, for those who look after it."""

import asyncio

from bot.cases.cards import posters
from bot.cases.services import site_links
from bot.conversation.reply import Reply, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.core import messages
from bot.core.errors import Refused
from bot.core.rules.official_names import official_name

_drawing = asyncio.Lock()  # it takes a core for a while, and many would starve the rest


def _draw(site: str, link: str) -> bytes:
    from bot.cases.papers.poster import poster  # seldom wanted, so loaded when it is

    return poster(site, link, "pdf")


async def choose(request: Request) -> Reply:
    """The sites one looks after, narrowed down by what follows the command."""
    query = " ".join(request.arguments)
    sites = await site_links.sites_for_posters(request.work, request.actor, query)
    return show(posters.choose(sites, query))


async def draw(request: Request) -> Reply:
    """The poster as a PDF."""
    site_id = request.number()
    site = await site_links.for_poster(request.work, request.actor, site_id)
    if site is None:
        raise Refused(messages.NOT_ALLOWED)
    parameter = site_links.parameter(request.work.vault, site_id)
    link = site_links.page(request.work.settings, parameter) or request.door.link(parameter)
    async with _drawing:
        data = await asyncio.to_thread(_draw, official_name(site.name), link)
    return document(data, posters.FILE_NAME.format(code=site.code), posters.CAPTION)


ROUTES: tuple[Route, ...] = (
    command("apphich", choose),
    button(r"poster:(\d{1,9})", draw),
)
