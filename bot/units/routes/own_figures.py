"""The figures of a site, kept by its committee and by the leader above."""

from bot.conversation.reply import Reply
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.units.forms.own_figures import OWN_FIGURES, SET_FIGURES
from bot.units.forms.own_site import known_site
from bot.units.services import own_figures


async def update(request: Request) -> Reply:
    """Workers, women, members; the site is not asked where one represents a single one."""
    sites = await own_figures.own_sites(request.context)
    return await begin(request, OWN_FIGURES, answers=known_site(sites))


async def set_figures(request: Request) -> Reply:
    """ "✏️ Sửa số liệu" on a site's page, for the leader above."""
    site = await own_figures.to_set(request.context, request.number())
    present = {"workers": site.workers, "women": site.women, "members": site.members}
    about = {"site_id": site.id, "name": site.name, "present": present}
    return await begin(request, SET_FIGURES, subject=f"figures:{site.id}", about=about)


ROUTES: tuple[Route, ...] = (
    button(r"site:count", update),
    button(r"site:setfig:(\d{1,9})", set_figures),
)
