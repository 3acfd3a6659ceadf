"""/kehoach: the plans and what they ask for."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.programmes import cards, services


async def list_plans(request: Request) -> Reply:
    return show(cards.listed(await services.listed(request.context)))


async def open_plan(request: Request) -> Reply:
    key = request.arguments[0]
    facts = await services.look(request.context, key)
    return show(cards.plan(facts, request.number(1)))


async def tasks(request: Request) -> Reply:
    key = request.arguments[0]
    facts = await services.look(request.context, key)
    return show(cards.tasks(facts, request.number(1)))


_PLAN = r"([a-z0-9-]{1,30}):(\d{1,3})"

ROUTES: tuple[Route, ...] = (
    command("kehoach", list_plans),
    button(r"plan:list", list_plans),
    button(rf"plan:open:{_PLAN}", open_plan),
    button(rf"plan:tasks:{_PLAN}", tasks),
)
