"""/thidua: emulation scores."""

import asyncio

from bot.conversation.reply import Reply, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.summaries.cards import scores as cards
from bot.summaries.papers import scores_xlsx
from bot.summaries.services import scores


async def start(request: Request) -> Reply:
    return show(cards.scores(await scores.listed(request.context, 0)))


async def list_units(request: Request) -> Reply:
    facts = await scores.listed(request.context, request.number(1), request.number())
    return show(cards.scores(facts))


async def open_unit(request: Request) -> Reply:
    facts, row = await scores.of_unit(request.context, request.number(), request.number(1))
    return show(cards.unit_scores(facts, row))


async def download(request: Request) -> Reply:
    facts = await scores.listed(request.context, 0, request.number())
    data = await asyncio.to_thread(scores_xlsx.make, facts)
    return document(data, f"thi-dua-{facts.year}.xlsx")


_YEAR = r"(\d{1,4})"

ROUTES: tuple[Route, ...] = (
    command("thidua", start),
    button(rf"score:list:{_YEAR}:(\d{{1,3}})", list_units),
    button(rf"score:unit:(\d{{1,9}}):{_YEAR}", open_unit),
    button(rf"score:xlsx:{_YEAR}", download),
)
