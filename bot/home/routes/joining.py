"""Coming in by a link (/start with a parameter, whose prefix says its kind), and the help."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.cases.routes import concerns
from bot.cases.services import site_links
from bot.conversation.reply import Reply, ShowCard, refuse, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command, words
from bot.core import messages
from bot.core.errors import Refused
from bot.home import services
from bot.home.cards import help_card
from bot.home.home_card import home_card
from bot.people.cards import people
from bot.people.routes import own_doors as doors
from bot.people.services import invitations, own_doors
from bot.people.services.invitations import CODE_PREFIX, Accepted, OwnInvitation

_LINK_ALONE = r"\s*(?:https?://)?t\.me/\w+\?start=([\w-]{1,64})\s*"

Follow = Callable[[Request, str], Awaitable[Reply]]


async def start(request: Request) -> Reply | None:
    """/start with a parameter; without one it is for somebody else."""
    return await _follow(request, request.arguments[0]) if request.arguments else None


async def paste(request: Request) -> Reply:
    """A link written as a message instead of opened."""
    return await _follow(request, request.arguments[0])


async def _follow(request: Request, code: str) -> Reply:
    for prefix, follow in LINKS:
        if code.startswith(prefix):
            return await follow(request, code)
    return refuse(messages.START_UNKNOWN, await _home(request))


async def accept(request: Request, code: str) -> Reply:
    """An invitation into a role."""
    actor = request.actor
    try:
        accepted = await invitations.accept(
            request.work, code, actor.address, actor.shown_name, request.context.done_at
        )
    except OwnInvitation as own:
        return show(people.own_link(own.invitation_id, str(own)))
    except Refused as why:
        return await _turned_away(request, str(why))
    return _welcome(request, accepted)


async def take_own(request: Request) -> Reply:
    """Who made a link takes the role themselves."""
    accepted = await invitations.accept_own(request.context, request.number())
    return _welcome(request, accepted)


async def help_me(request: Request) -> Reply:
    """What one can do here."""
    return show(help_card(request.actor, await services.whom_to_call(request.context)))


def _welcome(request: Request, accepted: Accepted) -> Reply:
    card = people.welcome(accepted.name, accepted.role, accepted.place)
    return replace(show(card), menus_of=(request.actor.address,))


async def _turned_away(request: Request, sentence: str) -> Reply:
    """Say why not. A stranger gets no more: their page would tell them to open the link."""
    if request.actor.is_stranger:
        return refuse(sentence)
    return refuse(sentence, await _home(request))


async def _home(request: Request) -> ShowCard:
    return ShowCard(await home_card(request.context))


# Links of other kinds get a prefix and a line here.
LINKS: tuple[tuple[str, Follow], ...] = (
    (CODE_PREFIX, accept),
    (site_links.PREFIX, concerns.by_link),
    (own_doors.CODE_PREFIX, doors.accept),
)

ROUTES: tuple[Route, ...] = (
    command("start", start),
    words(_LINK_ALONE, paste),
    command("trogiup", help_me),
    command("help", help_me),
    button(r"p:own:(\d{1,9})", take_own),
)
