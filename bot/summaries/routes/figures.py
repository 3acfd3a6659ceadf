"""Opening a number of a summary: what it was counted from."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.summaries.cards import figures
from bot.summaries.services.drill_down import behind


async def open_figure(request: Request) -> Reply:
    obligation, key, page = request.number(0), request.arguments[1], request.number(2)
    facts = await behind(request.context, obligation, key, page)
    return show(figures.behind(facts))


ROUTES: tuple[Route, ...] = (button(r"fig:(\d{1,9}):([a-z_]+):(\d{1,3})", open_figure),)
