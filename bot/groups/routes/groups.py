"""Leaders link their units' groups and end it."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.groups.cards import groups as cards
from bot.groups.services import linking


async def listed(request: Request) -> Reply:
    return show(cards.listed(await linking.listed(request.context)))


async def new(request: Request) -> Reply:
    group_code = await linking.make_code(request.context, request.number())
    return show(cards.code(group_code, request.door.link(group_code.code, to_group=True)))


async def ask_to_end(request: Request) -> Reply:
    return show(cards.asked_to_end(*await linking.to_end(request.context, request.number())))


async def end(request: Request) -> Reply:
    await linking.end(request.context, request.number())
    return await listed(request)


ROUTES: tuple[Route, ...] = (
    command("nhom", listed),
    button("grp:list", listed),
    button(r"grp:new:(\d{1,9})", new),
    button(r"grp:end:(\d{1,9})", ask_to_end),
    button(r"grp:end:(\d{1,9}):yes", end),
)
