"""Messages outside of any form: perhaps a report sent from a place without signal, perhaps a
worker who begins to tell, or adds a picture after sending.
"""

from dataclasses import replace
from typing import Any

from bot.announcements.cards.announcements import about as about_announcement
from bot.announcements.forms.announce import ANSWER
from bot.announcements.services import sending
from bot.cases.cards.worker_messages import CONSENT_VERSION
from bot.cases.forms.concern import CONCERN
from bot.cases.forms.reply import ADD_LOOSE, takes_more
from bot.cases.forms.site_request import SITE_REQUEST
from bot.cases.routes.site_requests import known_answers
from bot.cases.services import concerns, own_cases
from bot.conversation import engine
from bot.conversation.form import FileInput, Form
from bot.conversation.reply import Reply, SayWords, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, message
from bot.conversation.routes import form_card
from bot.core import messages
from bot.core.card import Card
from bot.core.rules.permissions import Action
from bot.home import services
from bot.home.cards import Matches
from bot.home.home_card import home_card
from bot.home.routes.finding import opened
from bot.units.cards import importing as import_cards
from bot.units.services import importing
from bot.visits.forms.loose_message import LOOSE
from bot.visits.services import visits

YES = {"vâng", "vâng ạ", "dạ", "dạ vâng"}  # said to a person, and near to many a name
LONG_ENOUGH = 25  # characters: shorter words are rather a question or a greeting


async def loose_message(request: Request) -> Reply:
    """Ask about words that may answer what a leader wrote to many; else make something of them."""
    if request.user_input.file is None and not await _named_things(request):
        row = await sending.answerable(request.context)
        if row is not None and request.user_input.words:
            about = {"announcement_id": row.id, "name": about_announcement(row.words)}
            outcome = await engine.ask_whether(
                request.context, ANSWER, request.user_input, f"announcement:{row.id}", about
            )
            return form_card(request, outcome)
    return await _something(request)


async def _something(request: Request) -> Reply:
    """Offer to make something of it; home where there is nothing to make of it."""
    user_input = request.user_input
    if user_input.file is None and (matches := await _named_things(request)):
        return await opened(request, matches)
    if user_input.file is not None or len(user_input.words or "") >= LONG_ENOUGH:
        if await _waits_for_a_report(request):
            return await _begin_with(request, LOOSE)
        if request.actor.may(Action.ASK_FOR_SITE):
            return await _begin_with(request, SITE_REQUEST)
        if request.actor.is_stranger:
            return await _begin_with(request, await _workers_form(request))
    if user_input.file is not None:
        return await _not_taken(request, user_input.file)
    card = await home_card(request.context)
    words = _of_words_that_name_nothing(request)
    return show(Card(f"{words}\n\n{card.text}", card.rows) if words else card)


def _of_words_that_name_nothing(request: Request) -> str:
    """Whoever may look for things by name is told that nothing bears it, and whoever writes a long
    text that it went nowhere; a greeting is no name."""
    words = request.user_input.words or ""
    if len(words) >= LONG_ENOUGH and not request.actor.is_stranger:
        return messages.GOES_NOWHERE
    if not request.actor.may_any(*services.SEARCHING) or services.is_courtesy(words):
        return ""
    return messages.NOTHING_NAMED


async def _named_things(request: Request) -> Matches | None:
    """What short words name, or a longer name in full; a longer text is one to be kept."""
    words = request.user_input.words or ""
    if (
        not words
        or words.strip().casefold() in YES
        or not request.actor.may_any(*services.SEARCHING)
    ):
        return None
    matches = await services.find(request.context, words)
    short = len(words) < LONG_ENOUGH
    return matches if matches.rows and (short or services.is_a_name(matches)) else None


async def _not_taken(request: Request, file: FileInput) -> Reply:
    """Nothing is dropped without a word: what is to be done with a file that fits nowhere."""
    listed = file.kind == "document" and await importing.may_import(request.work, request.actor)
    words = import_cards.not_a_list(file.name) if listed else messages.FILE_FITS_NOWHERE
    return Reply((SayWords(words), *show(await home_card(request.context)).parts))


async def _begin_with(request: Request, form: Form) -> Reply:
    """The form with the message as its first answer."""
    answers: dict[str, Any] = {}
    if form is CONCERN and await concerns.agreed_before(request.work, request.actor):
        answers["consent"] = CONSENT_VERSION
    if form is SITE_REQUEST:
        answers = await known_answers(request)
    outcome = await engine.start_with(request.context, form, request.user_input, answers)
    return form_card(request, outcome)


async def _workers_form(request: Request) -> Form:
    """Whoever has a case open adds to it; anybody else begins to tell."""
    own = await own_cases.mine(request.work, request.actor)
    return ADD_LOOSE if any(takes_more(case) for case in own) else CONCERN


async def _waits_for_a_report(request: Request) -> bool:
    if not request.actor.may(Action.WORK_VISIT):
        return False
    return bool((await visits.my_week(request.context)).to_report)


async def something_else(request: Request) -> Reply:
    """What was sent is no answer to the form left lying: it is taken as outside of any form."""
    held = await engine.let_go(request.context, request.number())
    if not held:
        return show(await home_card(request.context))
    reply = await _something(replace(request, user_input=held[0]))
    for user_input in held[1:]:
        if outcome := await engine.answer(request.context, user_input):
            reply = form_card(request, outcome)
    return reply


ROUTES: tuple[Route, ...] = (message(loose_message), button(r"loose:(\d{1,9})", something_else))
