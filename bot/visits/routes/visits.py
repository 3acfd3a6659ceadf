"""The officer's week: buttons on a visit's card."""

from datetime import date

from bot.conversation.form import Form
from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.core import messages
from bot.core.rendering import weekday_marked
from bot.visits.cards import visits as visit_cards
from bot.visits.forms.visit import EXCUSE, NEXT_WEEK, SWAP
from bot.visits.services import visits


async def open_visit(request: Request) -> Reply:
    return await _open(request)


async def confirm(request: Request) -> Reply:
    try:
        facts = await visits.confirm(request.context, request.number(), _place(request))
    except visits.PlaceChanged as changed:
        return await _open(request, str(changed))
    return show(visit_cards.detail(facts), messages.VISIT_TAKEN)


async def ask_day(request: Request) -> Reply:
    facts = await visits.open_visit(request.context, request.number())
    return show(visit_cards.days(facts))


async def set_day(request: Request) -> Reply:
    try:
        day = date.fromisoformat(request.arguments[2])
    except ValueError:  # forged: no card offers 31/02
        return await open_anew(request)
    try:
        facts = await visits.set_day(request.context, request.number(), day, _place(request))
    except visits.PlaceChanged as changed:
        return await _open(request, str(changed))
    return show(
        visit_cards.detail(facts),
        messages.DAY_CHOSEN.format(day=weekday_marked(day, facts.calendar)),
    )


async def go_after_all(request: Request) -> Reply:
    """ "Tôi đi được" after all."""
    try:
        facts, supervisors = await visits.go_after_all(
            request.context, request.number(), _place(request)
        )
    except visits.PlaceChanged as changed:
        return await _open(request, str(changed))
    return show(visit_cards.detail(facts), messages.VISIT_AGAIN if supervisors else "")


async def withdraw_swap(request: Request) -> Reply:
    try:
        facts, _ = await visits.withdraw_swap(request.context, request.number(), _place(request))
    except visits.PlaceChanged as changed:
        return await _open(request, str(changed))
    return show(visit_cards.detail(facts), messages.SWAP_WITHDRAWN)


async def ask_swap(request: Request) -> Reply:
    return await _begin(request, SWAP)


async def ask_next_week(request: Request) -> Reply:
    return await _begin(request, NEXT_WEEK)


async def excuse(request: Request) -> Reply:
    return await _begin(request, EXCUSE)


async def open_anew(request: Request) -> Reply:
    """A button from before buttons said their place: nothing is done, the visit is shown."""
    return await _open(request, messages.STALE_BUTTON)


async def _open(request: Request, toast: str = "") -> Reply:
    facts = await visits.open_visit(request.context, request.number())
    return show(visit_cards.detail(facts), toast)


async def _begin(request: Request, form: Form) -> Reply:
    try:
        facts = await visits.same_place(request.context, request.number(), _place(request))
    except visits.PlaceChanged as changed:
        return await _open(request, str(changed))
    about = {"visit_id": facts.visit.id, "name": facts.site.name}
    return await begin(request, form, subject=f"visit:{facts.visit.id}", about=about)


def _place(request: Request) -> int:
    """The site that the pressed card showed; 0: the button does not say."""
    return request.number(1)


ROUTES: tuple[Route, ...] = (
    button(r"visit:open:(\d{1,9})", open_visit),
    button(r"visit:confirm:(\d{1,9}):(\d{1,9})", confirm),
    button(r"visit:day:(\d{1,9})", ask_day),
    button(r"visit:on:(\d{1,9}):(\d{1,9}):(\d{4}-[01]\d-[0-3]\d)", set_day),
    button(r"visit:again:(\d{1,9}):(\d{1,9})", go_after_all),
    button(r"visit:swap:(\d{1,9})(?::(\d{1,9}))?", ask_swap),
    button(r"visit:later:(\d{1,9}):(\d{1,9})", ask_next_week),
    button(r"visit:unswap:(\d{1,9}):(\d{1,9})", withdraw_swap),
    button(r"visit:excuse:(\d{1,9})(?::(\d{1,9}))?", excuse),
    button(r"visit:(?:confirm|on):(\d{1,9})(?::[\d-]{10})?", open_anew),
)
