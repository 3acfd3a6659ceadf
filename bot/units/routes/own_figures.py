"""The figures that a grassroots committee keeps of its site."""

from bot.conversation.reply import Reply
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.units.forms.own_figures import OWN_FIGURES
from bot.units.services import own_figures


async def update(request: Request) -> Reply:
    """Workers, women, members; the site is not asked where one represents a single one."""
    sites = await own_figures.own_sites(request.context)
    answers = {"site": sites[0].id} if len(sites) == 1 else {}
    return await begin(request, OWN_FIGURES, answers=answers)


ROUTES: tuple[Route, ...] = (button(r"site:count", update),)
