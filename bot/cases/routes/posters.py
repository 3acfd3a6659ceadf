"""/apphich: the poster of a site, for those who look after it."""

import asyncio

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.cases.cards import posters
from bot.cases.services import site_links
from bot.channels.telegram.context import Context
from bot.core import messages
from bot.core.errors import Refused
from bot.core.worker_messages import spelled

_drawing = asyncio.Lock()  # it takes half a second of a core, and many would starve the rest


def _drawn(site: str, link: str) -> bytes:
    from bot.cases.papers.poster import poster  # takes half a second to load, and is seldom wanted

    return poster(site, link, "pdf")


async def choose(update: Update, context: Context) -> None:
    """The sites one looks after, narrowed down by what follows the command."""
    query = " ".join(context.args or [])
    found = await site_links.sites_for_posters(context.work, context.actor, query)
    await context.show(posters.choose(found, query))


async def send(update: Update, context: Context) -> None:
    """The poster as a PDF."""
    site_id = int(context.match.group(1)) if context.match else 0
    site = await site_links.for_poster(context.work, context.actor, site_id)
    if site is None:
        raise Refused(messages.NOT_ALLOWED)
    link = f"https://t.me/{context.bot.username}?start="
    link += site_links.parameter(context.work.vault, site_id)
    async with _drawing:
        data = await asyncio.to_thread(_drawn, spelled(site.name), link)
    name = posters.FILE_NAME.format(code=site.code)
    await context.send_file(data, name, posters.CAPTION)


HANDLERS = (
    CommandHandler("apphich", choose),
    CallbackQueryHandler(send, pattern=r"^poster:(\d{1,9})$"),
)
