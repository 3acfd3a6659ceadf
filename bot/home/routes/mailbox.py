"""/hopthu: the notices that somebody has had, whatever door they came by."""

from bot.conversation.reply import Reply, ShowCard, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.home import cards, services


async def see(request: Request) -> Reply:
    """The newest notices."""
    return show(cards.mailbox(await services.mailbox(request.context, request.number() or 1)))


async def see_first(request: Request) -> Reply:
    """/hopthu, whatever stands after it."""
    return show(cards.mailbox(await services.mailbox(request.context, 1)))


async def open_notice(request: Request) -> Reply:
    """One of them whole, below the list; from now on it is read."""
    card = await services.notice_of(request.context, request.number())
    return Reply((ShowCard(card, in_place=False),))


ROUTES: tuple[Route, ...] = (
    command("hopthu", see_first),
    button(r"box", see_first),
    button(r"box:page:(\d{1,4})", see),
    button(r"box:(\d{1,9})", open_notice),
)
