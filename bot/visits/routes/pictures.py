"""Pictures of the overview: drawn when somebody asks, by one thread at a time."""

from datetime import date
from functools import partial

from bot.conversation.reply import Attachment, Reply, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.core import messages
from bot.core.errors import Refused
from bot.documents.drawing import in_turn
from bot.visits.cards import pictures as picture_cards
from bot.visits.facts.pictures import AnyPicture
from bot.visits.services import pictures


async def choose(request: Request) -> Reply:
    """The pictures there are of a view."""
    facts = await pictures.choice(request.context, _day(request.arguments[0]), request.number(1))
    return show(picture_cards.choice(facts))


async def send_picture(request: Request) -> Reply:
    """One picture with what it says in words, and below it the others again."""
    kind, monday, unit_id = request.arguments[0], _day(request.arguments[1]), request.number(2)
    choice = await pictures.choice(request.context, monday, unit_id)
    facts = await pictures.facts_for(request.context, kind, monday, unit_id)
    drawn = await in_turn(partial(_draw, facts))
    card = picture_cards.choice(choice)
    if drawn is None:
        return show(card, toast=picture_cards.nothing(facts))
    data, words = drawn
    return send(Attachment("photo", "bieu-do.png", words, data), then=card)


def _draw(facts: AnyPicture) -> tuple[bytes, str] | None:
    from bot.documents.charts import picture  # seldom wanted, so loaded when it is
    from bot.visits.papers.pictures import picture_of

    drawn = picture_of(facts)
    return (picture(drawn[0]), drawn[1]) if drawn else None


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(messages.NOT_FOUND) from None


_VIEW = r"(20\d{6}):(\d{1,9})"

ROUTES: tuple[Route, ...] = (
    button(rf"ov:g:{_VIEW}", choose),
    button(rf"ov:g:([a-z]):{_VIEW}", send_picture),
)
