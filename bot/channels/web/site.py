"""The web door as a whole: its routes, put together."""

from collections.abc import Callable, Sequence

from starlette.routing import BaseRoute

from bot.channels.web.answering import Answering, WebDoor
from bot.channels.web.cookies import EntryCookie, SessionCookie
from bot.channels.web.entering import EntryPages
from bot.channels.web.locks import Turns
from bot.channels.web.offline import OfflinePages
from bot.channels.web.pages import STYLE
from bot.channels.web.receipts import Receipts
from bot.channels.web.staff import StaffPages
from bot.channels.web.workers import WorkersPages
from bot.conversation.router import Route
from bot.core.clock import Clock
from bot.core.work import Work


def web_routes(
    work: Work, clock: Clock, routes: Sequence[Route], telegram_link: Callable[..., str]
) -> tuple[BaseRoute, ...]:
    """Every address of the web door. `telegram_link`: where Telegram's door is, for a parameter."""
    door = WebDoor(work.settings, telegram_link)
    answering = Answering(work, clock, routes, door, Turns())
    secure = work.settings.web.address.startswith("https:")
    cookie, entry_cookie = SessionCookie(secure), EntryCookie(secure)
    staff = StaffPages(answering, cookie)
    workers = WorkersPages(answering, Receipts(work, clock), telegram_link)
    return (
        STYLE.route,
        # Before the workers': invitations have their prefix.
        *EntryPages(answering, cookie, entry_cookie).routes,
        *staff.routes,
        *workers.routes,
        *OfflinePages(work, clock, staff.who).routes,
    )
