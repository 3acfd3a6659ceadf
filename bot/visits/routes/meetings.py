"""When a committee meets: said by it, by an officer or a leader."""

from bot.conversation.reply import Reply
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.units.forms.own_site import known_site
from bot.visits.forms.meetings import MEETINGS
from bot.visits.services import meetings


async def own(request: Request) -> Reply:
    """A committee's own; the site is not asked where it is a single one."""
    sites = await meetings.own_sites(request.context)
    return await begin(request, MEETINGS, subject="meet:own", answers=known_site(sites))


async def of_site(request: Request) -> Reply:
    """From the page of a site."""
    site = request.number()
    name = await meetings.settable_site(request.context, site)
    return await begin(
        request,
        MEETINGS,
        subject=f"meet:{site}",
        about={"page": f"site:open:{site}", "name": name},
        answers={"site": site},
    )


ROUTES: tuple[Route, ...] = (
    button(r"meet:own", own),
    button(r"meet:site:(\d{1,9})", of_site),
)
