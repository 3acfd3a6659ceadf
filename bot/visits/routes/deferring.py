"""A leader puts a visit off to the next week."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.visits.cards import deferring as deferring_cards
from bot.visits.routes.supervision import newest, on_card
from bot.visits.services import deferring, supervision


async def ask(request: Request) -> Reply:
    try:
        facts = await deferring.proposed(request.context, request.number(), on_card(request))
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(deferring_cards.sure(facts))


async def defer(request: Request) -> Reply:
    try:
        facts = await deferring.defer(request.context, request.number(), on_card(request))
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(deferring_cards.done(facts))


_VISIT = r"(\d{1,9}):(\d{1,9}):(\d{1,9})"

ROUTES: tuple[Route, ...] = (
    button(rf"def:ask:{_VISIT}", ask),
    button(rf"def:ok:{_VISIT}", defer),
)
