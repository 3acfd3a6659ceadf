"""/kehoach: the plans and what they ask for."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.programmes import cards, services


async def listed(update: Update, context: Context) -> None:
    found = await services.listed(context.work, context.actor, context.now)
    await context.show(cards.listed(found))


async def plan(update: Update, context: Context) -> None:
    assert context.match is not None
    key, page = context.match.groups()
    facts = await services.one(context.work, context.actor, key, context.now)
    await context.show(cards.plan(facts, int(page)))


async def tasks(update: Update, context: Context) -> None:
    assert context.match is not None
    key, page = context.match.groups()
    facts = await services.one(context.work, context.actor, key, context.now)
    await context.show(cards.tasks(facts, int(page)))


_PLAN = r"([a-z0-9-]{1,30}):(\d{1,3})"

HANDLERS = (
    CommandHandler("kehoach", listed),
    CallbackQueryHandler(listed, pattern=r"^plan:list$"),
    CallbackQueryHandler(plan, pattern=rf"^plan:open:{_PLAN}$"),
    CallbackQueryHandler(tasks, pattern=rf"^plan:tasks:{_PLAN}$"),
)
