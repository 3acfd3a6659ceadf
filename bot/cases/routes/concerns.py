"""Workers: bringing a concern, following it, answering; and the posters that lead them here."""

from typing import Any

from bot.cases.cards import concerns as concern_cards
from bot.cases.cards import worker_messages
from bot.cases.forms.concern import CONCERN
from bot.cases.forms.reply import ADD, AGAIN, GIVE_NAME
from bot.cases.rules.cases import CaseAction
from bot.cases.services import concerns, own_cases, site_links
from bot.conversation.form import Form
from bot.conversation.reply import Reply, refuse, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.conversation.stored_files import attachments
from bot.conversation.view import WORDS_BEFORE


async def raise_concern(request: Request) -> Reply:
    """/phananh, or the button on the home card."""
    return await _begin_concern(request)


async def by_link(request: Request, start: str) -> Reply:
    """The link of a poster: straight into the form, the workplace known."""
    site = await site_links.opened(request.work, start)
    reply = await _begin_concern(request, site.id if site else None)
    return reply if site else refuse(worker_messages.SITE_UNKNOWN, *reply.parts)


async def follow(request: Request) -> Reply:
    """/theodoi: one's own concerns, or the one with the code that is given."""
    if not request.arguments:
        return await list_own(request)
    typed = "".join(request.arguments)
    case_id = await own_cases.by_code(request.context, typed)
    return await _open(request, case_id)


async def list_own(request: Request) -> Reply:
    """One's own concerns."""
    return show(concern_cards.own_list(await own_cases.listed(request.work, request.actor)))


async def open_own(request: Request) -> Reply:
    """One of one's own, with what happened to it."""
    return await _open(request, request.number())


async def send_own_files(request: Request) -> Reply:
    """What was sent with one of one's own."""
    files = await own_cases.sent_files(request.work, request.actor, request.number())
    card = concern_cards.below_own_files(request.number())
    return send(*attachments(request.work, files, copies_only=True), then=card)


async def add(request: Request) -> Reply:
    """An answer, or something more."""
    return await _begin_about_own(request, ADD)


async def raise_again(request: Request) -> Reply:
    """Not settled for whoever raised it."""
    return await _begin_about_own(request, AGAIN)


async def give_name(request: Request) -> Reply:
    """A name for what was sent without one."""
    return await _begin_about_own(request, GIVE_NAME)


async def confirm_settled(request: Request) -> Reply:
    """Settled for whoever raised it."""
    case = await own_cases.satisfied(request.context, request.number())
    return show(concern_cards.thanked(case))


async def _begin_concern(request: Request, site_id: int | None = None) -> Reply:
    """What is known beforehand is not asked again."""
    answers: dict[str, Any] = {}
    if await concerns.agreed_before(request.work, request.actor):
        answers["consent"] = worker_messages.CONSENT_VERSION
    if site_id is not None:
        answers["site"] = {"query": "", "id": site_id}
    subject = f"site:{site_id}" if site_id else ""
    return await begin(request, CONCERN, subject=subject, answers=answers)


async def _begin_about_own(request: Request, form: Form) -> Reply:
    """About one's own case: whether it still may be done is asked again at the end."""
    case_id = request.number()
    own = await own_cases.look(request.work, request.actor, case_id)
    about = {"case_id": case_id, "name": own.case.code, WORDS_BEFORE: _to_answer(form, own)}
    return await begin(request, form, subject=f"case:{case_id}", about=about)


def _to_answer(form: Form, own: concern_cards.OwnCase) -> str:
    """What the union said last that this form answers: its question, or how it settled the case."""
    if form is AGAIN:
        return own.result or own.case.result
    if form is not ADD or CaseAction.ANSWER not in own.actions:
        return ""
    exchange = [event for event in own.happened if event.what in ("ask", "answer")]
    return exchange[-1].words if exchange and exchange[-1].what == "ask" else ""


async def _open(request: Request, case_id: int) -> Reply:
    own = await own_cases.look(request.work, request.actor, case_id)
    return show(concern_cards.own_case(own, request.now))


ROUTES: tuple[Route, ...] = (
    command("phananh", raise_concern),
    command("theodoi", follow),
    button(r"own:new", raise_concern),
    button(r"own:list", list_own),
    button(r"own:open:(\d{1,9})", open_own),
    button(r"own:files:(\d{1,9})", send_own_files),
    button(r"own:add:(\d{1,9})", add),
    button(r"own:name:(\d{1,9})", give_name),
    button(r"own:again:(\d{1,9})", raise_again),
    button(r"own:happy:(\d{1,9})", confirm_settled),
)
