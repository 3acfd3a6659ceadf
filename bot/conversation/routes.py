"""Messages and buttons that belong to a form somebody is filling in."""

from typing import Any

from bot.conversation import engine
from bot.conversation.engine import ShownCard
from bot.conversation.form import Form
from bot.conversation.reply import FormPlace, Reply, ShowCard, refuse
from bot.conversation.request import Request
from bot.conversation.router import Route, button, correction, message
from bot.core import messages, speech
from bot.core.errors import Refused


async def begin(request: Request, form: Form, **options: Any) -> Reply:
    """Begin a form, or go on with it; `options` are those of `engine.start`."""
    return form_card(request, await engine.start(request.context, form, **options))


def form_card(request: Request, outcome: ShownCard) -> Reply:
    """One card per form: in place when its own button was pressed, else at the bottom.

    The card that a form is begun from stays: Monday's card has the address and the telephone.
    """
    own = request.pressed is None or request.pressed.message_id == outcome.card_message_id
    place = FormPlace(
        outcome.draft_id,
        outcome.card_message_id,
        receipt=outcome.draft_id is None,
        wants=outcome.wants,
    )
    return Reply((ShowCard(outcome.card, own, place),), outcome.toast)


async def press(request: Request) -> Reply:
    """A button on a form's card."""
    draft_id, step, option = request.arguments
    try:
        outcome = await engine.press(request.context, int(draft_id), step, option)
    except engine.SentAlready as reassurance:
        return Reply(toast=str(reassurance))
    return form_card(request, outcome)


async def answer(request: Request) -> Reply | None:
    """A message answers the open step. None: no form is open."""
    try:
        outcome = await engine.answer(request.context, request.user_input)
    except Refused as refused:
        current = await engine.current(request.context)
        parts = form_card(request, current).parts if current else ()
        return refuse(_spoken(request, str(refused)), *parts)
    return form_card(request, outcome) if outcome else None


async def correct(request: Request) -> Reply:
    """A corrected message corrects the answer it gave."""
    user_input = request.user_input
    if user_input.message_id is None or user_input.place:
        return Reply()  # a live location moves on: the place where it began counts
    outcome = await engine.correct(request.context, user_input.message_id, user_input)
    if outcome:
        return form_card(request, outcome)
    if user_input.words or user_input.file:
        return refuse(_spoken(request, messages.ANSWER_ALREADY_SENT))
    return Reply()


def _spoken(request: Request, sentence: str) -> str:
    """As whoever writes is spoken to."""
    return sentence if request.actor.grants else speech.to_worker(sentence)


ROUTES: tuple[Route, ...] = (
    button(r"f:(\d+):([\w.-]+):([\w.=-]+)", press),
    correction(correct),
    message(answer),
)
