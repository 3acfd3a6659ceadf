"""What a grassroots committee asks for; the same page for every cadre's own proposals."""

from typing import Any

from bot.cases.cards import site_requests as cards
from bot.cases.forms.site_request import SITE_ANSWER, SITE_REQUEST
from bot.cases.services import site_requests
from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.units.forms.own_site import known_site


async def ask(request: Request) -> Reply:
    """/denghi: what is known is not asked."""
    return await begin(request, SITE_REQUEST, answers=await known_answers(request))


async def known_answers(request: Request) -> dict[str, Any]:
    """The site, where one represents a single one. Raises Refused for whoever represents none."""
    sites = await site_requests.own_sites(request.context)
    return known_site(sites)


async def list_own(request: Request) -> Reply:
    return show(cards.listed(await site_requests.mine(request.context)))


async def open_own(request: Request) -> Reply:
    return show(
        cards.detail(await site_requests.look(request.context, request.number()), request.now)
    )


async def add(request: Request) -> Reply:
    """An answer or something more; whether it still may be is asked again at the end."""
    case_id = request.number()
    own = await site_requests.look(request.context, case_id)
    about = {"case_id": case_id, "name": own.case.code}
    return await begin(request, SITE_ANSWER, subject=f"case:{case_id}", about=about)


ROUTES: tuple[Route, ...] = (
    command("denghi", ask),
    button(r"ask:new", ask),
    button(r"ask:list", list_own),
    button(r"ask:open:(\d{1,9})", open_own),
    button(r"ask:add:(\d{1,9})", add),
)
