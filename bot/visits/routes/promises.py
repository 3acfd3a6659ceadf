"""What was promised at sites: looking, ticking off."""

from bot.conversation.form import Form
from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.conversation.view import STANDS
from bot.core import messages
from bot.core.rendering import day
from bot.visits.cards import promises as promise_cards
from bot.visits.forms.promise import LATER, NOT_DONE
from bot.visits.services import promises


async def list_own(request: Request) -> Reply:
    return show(promise_cards.own(await promises.own(request.context, request.number())))


async def list_at_site(request: Request) -> Reply:
    site_id = request.number()
    page = await promises.at_site(request.context, site_id, request.number(1))
    return show(promise_cards.at_site(page, site_id))


async def open_one(request: Request) -> Reply:
    return show(promise_cards.detail(await promises.look(request.context, request.number())))


async def done(request: Request) -> Reply:
    facts = await promises.done(request.context, request.number())
    return show(promise_cards.detail(facts), messages.PROMISE_DONE)


async def not_done(request: Request) -> Reply:
    return await _begin(request, NOT_DONE)


async def later(request: Request) -> Reply:
    return await _begin(request, LATER)


async def _begin(request: Request, form: Form) -> Reply:
    facts = await promises.open_one(request.context, request.number())
    until = facts.promise.until
    stands = {"until": day(until)} if until else {}
    about = {"promise_id": facts.promise.id, "name": facts.site.name, STANDS: stands}
    return await begin(request, form, subject=f"promise:{facts.promise.id}", about=about)


ROUTES: tuple[Route, ...] = (
    button(r"prm:mine:(\d{1,3})", list_own),
    button(r"prm:site:(\d{1,9}):(\d{1,3})", list_at_site),
    button(r"prm:open:(\d{1,9})", open_one),
    button(r"prm:done:(\d{1,9})", done),
    button(r"prm:not:(\d{1,9})", not_done),
    button(r"prm:later:(\d{1,9})", later),
)
