"""Opening a number of a summary: what it was counted from."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.channels.telegram.context import Context
from bot.summaries.cards import figures
from bot.summaries.services.drill_down import behind


async def figure(update: Update, context: Context) -> None:
    assert context.match is not None
    obligation, key, page = context.match.groups()
    facts = await behind(context.work, context.actor, int(obligation), key, int(page), context.now)
    await context.show(figures.behind(facts))


HANDLERS = (CallbackQueryHandler(figure, pattern=r"^fig:(\d{1,9}):([a-z_]+):(\d{1,3})$"),)
