"""Leaders: reminding officers of visits without a report, after a preview."""

from datetime import date

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.core import messages
from bot.core.errors import Refused
from bot.visits.cards import nudges as nudge_cards
from bot.visits.facts.nudges import LateVisits
from bot.visits.services import nudges


async def preview_all(request: Request) -> Reply:
    return show(nudge_cards.preview(await nudges.preview(request.context, _of_week(request))))


async def preview_one(request: Request) -> Reply:
    meant = LateVisits(visit_id=request.number())
    return show(nudge_cards.preview(await nudges.preview(request.context, meant)))


async def send_all(request: Request) -> Reply:
    return show(nudge_cards.outcome(await nudges.send(request.context, _of_week(request))))


async def send_one(request: Request) -> Reply:
    meant = LateVisits(visit_id=request.number())
    return show(nudge_cards.outcome(await nudges.send(request.context, meant)))


def _of_week(request: Request) -> LateVisits:
    try:
        monday = date.fromisoformat(request.arguments[0])
    except ValueError:
        raise Refused(messages.NOT_FOUND) from None
    return LateVisits(monday, request.number(1))


_VIEW = r"(20\d{6}):(\d{1,9})"

ROUTES: tuple[Route, ...] = (
    button(rf"nud:all:{_VIEW}", preview_all),
    button(r"nud:one:(\d{1,9})", preview_one),
    button(rf"nud:send:all:{_VIEW}", send_all),
    button(r"nud:send:one:(\d{1,9})", send_one),
)
