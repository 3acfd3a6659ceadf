"""/start, the home card, and buttons that fit nothing any more."""

from bot.conversation.reply import Reply, ShowCard, refuse, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.core import messages
from bot.home.home_card import home_card


async def start(request: Request) -> Reply:
    """One home card fitting the roles."""
    reply = await home(request)
    if not request.actor.person_id:
        return reply
    return Reply(reply.parts, menus_of=(request.actor.address,))


async def home(request: Request) -> Reply:
    """The home card in place of the pressed one."""
    return show(await home_card(request.context))


async def stale_button(request: Request) -> Reply:
    """A button of an older version, or a forged one: nothing is done, home is shown."""
    card = await home_card(request.context)
    return show(card, messages.STALE_BUTTON)


async def unknown_command(request: Request) -> Reply:
    """A command that nobody knows: say so with the home card, which names what there is."""
    card = await home_card(request.context)
    return refuse(messages.UNKNOWN_COMMAND, ShowCard(card))


ROUTES: tuple[Route, ...] = (
    command("start", start),
    command("tuannay", start),
    button("home", home),
    button("week", home),  # under welcomes of before, which nothing answered
)

# After every other route: what nobody knows.
UNKNOWN: tuple[Route, ...] = (
    Route(lambda request: () if request.button else None, stale_button),
    Route(lambda request: () if request.command else None, unknown_command),
)
