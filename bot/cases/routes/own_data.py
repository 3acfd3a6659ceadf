"""/dulieu: what is stored about me; take it along, withdraw, erase, without asking anybody."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.cases.cards import own_data as cards
from bot.cases.services import own_data
from bot.channels.telegram.context import Context


async def see(update: Update, context: Context) -> None:
    """What there is."""
    await context.show(cards.stored(await own_data.see(context.work, context.actor)))


async def export(update: Update, context: Context) -> None:
    """All of it as a file."""
    content = await own_data.export(context.work, context.actor)
    await context.send_file(content, cards.FILE_NAME, cards.FILE_CAPTION)


async def ask(update: Update, context: Context) -> None:
    """The second of two taps: nothing of it can be undone."""
    await context.show(cards.sure(_what(context)))


async def withdraw(update: Update, context: Context) -> None:
    await own_data.withdraw(context.work, context.actor, context.now)
    await context.show(cards.done("withdraw"))


async def erase(update: Update, context: Context) -> None:
    await own_data.erase(context.work, context.actor, context.now)
    context.runtime.dispatcher.wake()
    await context.show(cards.done("erase"))


def _what(context: Context) -> str:
    return context.match.group(1) if context.match else ""


HANDLERS = (
    CommandHandler("dulieu", see),
    CallbackQueryHandler(see, pattern=r"^data:see$"),
    CallbackQueryHandler(export, pattern=r"^data:export$"),
    CallbackQueryHandler(ask, pattern=r"^data:ask:(withdraw|erase)$"),
    CallbackQueryHandler(withdraw, pattern=r"^data:withdraw$"),
    CallbackQueryHandler(erase, pattern=r"^data:erase$"),
)
