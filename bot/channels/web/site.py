"""The web door as a whole: its routes, put together."""

from collections.abc import Callable, Sequence

from starlette.requests import Request as HttpRequest
from starlette.routing import BaseRoute

from bot.channels.web.answering import Answering, WebDoor
from bot.channels.web.locks import Turns
from bot.channels.web.offline import OfflinePages
from bot.channels.web.pages import STYLE
from bot.channels.web.receipts import Receipts
from bot.channels.web.workers import WorkersPages
from bot.conversation.router import Route
from bot.core.clock import Clock
from bot.core.rules.permissions import Actor
from bot.core.work import Work


def web_routes(
    work: Work, clock: Clock, routes: Sequence[Route], telegram_link: Callable[[str], str]
) -> tuple[BaseRoute, ...]:
    """Every address of the web door. `telegram_link`: where Telegram's door is, for a parameter."""
    door = WebDoor(work.settings.web.address.rstrip("/"), telegram_link)
    answering = Answering(work, clock, routes, door, Turns())
    workers = WorkersPages(answering, Receipts(work, clock), telegram_link)
    return (
        STYLE.route,
        *workers.routes,
        *OfflinePages(work, clock, whose_session).routes,
    )


async def whose_session(_request: HttpRequest) -> Actor | None:
    """The person of the staff whose session a request comes with."""
    return None
