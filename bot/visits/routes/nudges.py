"""Leaders: reminding officers of visits without a report, after a preview."""

from datetime import date

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.core import messages
from bot.core.errors import Refused
from bot.visits.cards import nudges as nudge_cards
from bot.visits.facts.nudges import THE_WEEK, LateVisits
from bot.visits.routes.overview import LIST_OF_VISITS
from bot.visits.services import nudges


async def preview_all(request: Request) -> Reply:
    return show(nudge_cards.preview(await nudges.preview(request.context, _of_week(request))))


async def preview_one(request: Request) -> Reply:
    return show(nudge_cards.preview(await nudges.preview(request.context, _of_one(request))))


async def send_all(request: Request) -> Reply:
    return show(nudge_cards.outcome(await nudges.send(request.context, _of_week(request))))


async def send_one(request: Request) -> Reply:
    return show(nudge_cards.outcome(await nudges.send(request.context, _of_one(request))))


def _of_one(request: Request) -> LateVisits:
    return LateVisits(visit_id=request.number(), where=request.arguments[1] or "")


def _of_week(request: Request) -> LateVisits:
    try:
        monday = date.fromisoformat(request.arguments[0])
    except ValueError:
        raise Refused(messages.NOT_FOUND) from None
    return LateVisits(monday, request.number(1), where=request.arguments[2] or "")


_OF_WEEK = rf"all:(20\d{{6}}):(\d{{1,9}})(?::({THE_WEEK}))?"
_SINGLE = rf"one:(\d{{1,9}})(?::({LIST_OF_VISITS}))?"

ROUTES: tuple[Route, ...] = (
    button(f"nud:{_OF_WEEK}", preview_all),
    button(f"nud:{_SINGLE}", preview_one),
    button(f"nud:send:{_OF_WEEK}", send_all),
    button(f"nud:send:{_SINGLE}", send_one),
)
