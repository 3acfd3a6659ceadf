"""Supervisors: a month, a quarter, a year at a glance."""

import asyncio
from datetime import datetime

from bot.conversation.reply import Reply, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.visits.cards import periods as period_cards
from bot.visits.facts.periods import PeriodVisits
from bot.visits.services import periods


async def show_period(request: Request) -> Reply:
    facts = await periods.period(request.context, request.arguments[0], request.number(1))
    return show(period_cards.period(facts))


async def list_units(request: Request) -> Reply:
    key, unit_id, page = request.arguments[0], request.number(1), request.number(2)
    facts = await periods.units(request.context, key, unit_id, page)
    return show(period_cards.units(facts))


async def list_visits(request: Request) -> Reply:
    kind, key = request.arguments[0], request.arguments[1]
    unit_id, page = request.number(2), request.number(3)
    facts = await periods.visits(request.context, key, kind, unit_id, page)
    return show(period_cards.visits(facts))


async def download(request: Request) -> Reply:
    """A whole list as xlsx."""
    kind, key, unit_id = request.arguments[0], request.arguments[1], request.number(2)
    facts = await periods.visits(request.context, key, kind, unit_id, None)
    data = await asyncio.to_thread(_workbook, facts, request.now)
    return document(data, f"danh-sach-{key}.xlsx")


def _workbook(facts: PeriodVisits, now: datetime) -> bytes:
    from bot.visits.papers.list_tables import as_xlsx  # with it comes what writes workbooks

    return as_xlsx(facts, now)


_PERIOD = r"(m20\d{4}|q20\d{3}|y20\d{2}):(\d{1,9})"

ROUTES: tuple[Route, ...] = (
    button(rf"ov:z:{_PERIOD}", show_period),
    button(rf"ov:zu:{_PERIOD}:(\d{{1,3}})", list_units),
    button(rf"ov:zl:([a-z]+):{_PERIOD}:(\d{{1,3}})", list_visits),
    button(rf"ov:zx:([a-z]+):{_PERIOD}", download),
)
