"""Opening a number of a summary: what it was counted from."""

import asyncio
from datetime import datetime

from bot.conversation.reply import Reply, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.summaries.cards import figures
from bot.summaries.facts.figures import Behind
from bot.summaries.services.drill_down import behind


async def open_figure(request: Request) -> Reply:
    obligation, key, page = request.number(0), request.arguments[1], request.number(2)
    facts = await behind(request.context, obligation, key, page)
    return show(figures.behind(facts))


async def download(request: Request) -> Reply:
    """All of it as xlsx."""
    obligation, key = request.number(0), request.arguments[1]
    facts = await behind(request.context, obligation, key, None)
    data = await asyncio.to_thread(_workbook, facts, request.now)
    return document(data, f"so-lieu-{key}-{request.now:%Y%m%d}.xlsx")


def _workbook(facts: Behind, now: datetime) -> bytes:
    from bot.summaries.papers.list_tables import figure_xlsx  # with it comes what writes workbooks

    return figure_xlsx(facts, now)


ROUTES: tuple[Route, ...] = (
    button(r"fig:(\d{1,9}):([a-z_]+):(\d{1,3})", open_figure),
    button(r"fig:x:(\d{1,9}):([a-z_]+)", download),
)
