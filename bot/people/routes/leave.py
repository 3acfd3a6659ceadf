"""Leave (nghỉ phép)."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.routes import show
from bot.core import messages
from bot.people.cards import leave as leave_cards
from bot.people.forms.leave import LEAVE
from bot.people.services import leave


async def open_leave(update: Update, context: Context) -> None:
    """One's own leaves; without any, the form at once."""
    found = await leave.mine(context.work, context.actor, context.now)
    if found or update.callback_query:
        await context.show(leave_cards.mine(found))
    else:
        await begin(update, context)


async def begin(update: Update, context: Context) -> None:
    """Enter a leave."""
    await leave.mine(context.work, context.actor, context.now)  # whether they may at all
    await show(context, await engine.start(context.work, context.actor, LEAVE, context.now))


async def ask_to_drop(update: Update, context: Context) -> None:
    """The first of two taps."""
    found = await leave.own(context.work, context.actor, _number(context), context.now)
    await context.show(leave_cards.calling_off(found))


async def drop(update: Update, context: Context) -> None:
    """The second tap."""
    await leave.cancel(context.work, context.actor, _number(context), context.now)
    context.runtime.dispatcher.wake()
    found = await leave.mine(context.work, context.actor, context.now)
    await context.show(leave_cards.mine(found), messages.LEAVE_OFF)


def _number(context: Context) -> int:
    return int(context.match.group(1)) if context.match else 0


HANDLERS = (
    CommandHandler("nghiphep", open_leave),
    CallbackQueryHandler(open_leave, pattern=r"^leave(?::mine)?$"),
    CallbackQueryHandler(begin, pattern=r"^leave:new$"),
    CallbackQueryHandler(ask_to_drop, pattern=r"^leave:drop:(\d{1,9})$"),
    CallbackQueryHandler(drop, pattern=r"^leave:sure:(\d{1,9})$"),
)
