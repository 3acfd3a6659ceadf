"""/start, the home card, and buttons that fit nothing any more."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.core import messages
from bot.home.commands import publish_for
from bot.home.home_card import home_card


async def start(update: Update, context: Context) -> None:
    """One home card fitting the roles."""
    if update.effective_chat and context.actor.person_id:
        await publish_for(context.bot, update.effective_chat.id, context.actor)
    await context.show(await home_card(context.work, context.actor, context.now))


async def home(update: Update, context: Context) -> None:
    """The home card in place of the pressed one."""
    await context.show(await home_card(context.work, context.actor, context.now))


async def stale_button(update: Update, context: Context) -> None:
    """A button of an older version, or a forged one: nothing is done, home is shown."""
    card = await home_card(context.work, context.actor, context.now)
    await context.show(card, toast=messages.STALE_BUTTON)


async def unknown_command(update: Update, context: Context) -> None:
    """A command that nobody knows: say so with the home card, which names what there is."""
    await context.refuse(messages.UNKNOWN_COMMAND)
    await home(update, context)


HANDLERS = (
    CommandHandler("start", start),
    CallbackQueryHandler(home, pattern=r"^home$"),
)
