"""Reports that others owe: asking for one, reminding, excusing, moving the deadline."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.routes import show
from bot.summaries.cards import obligations
from bot.summaries.forms.obligation import EXCUSE_REPORT, MOVE_DEADLINE
from bot.summaries.forms.report_request import REPORT_REQUEST
from bot.summaries.services import follow_up, requests


async def ask(update: Update, context: Context) -> None:
    """/yeucau: a report on the spot."""
    await requests.askable_units(context.work, context.actor, context.now)  # or it is refused
    await show(
        context, await engine.start(context.work, context.actor, REPORT_REQUEST, context.now)
    )


async def remind(update: Update, context: Context) -> None:
    """This unit, by one tap."""
    await _remind(context, everybody=False)


async def remind_all(update: Update, context: Context) -> None:
    """Every unit of the group that has not answered."""
    await _remind(context, everybody=True)


async def _remind(context: Context, *, everybody: bool) -> None:
    number = _number(context)
    facts = await follow_up.look(context.work, context.actor, number, context.now)
    unit = None if everybody else facts.unit.id
    count = await follow_up.remind(
        context.work, context.actor, facts.obligation.group, unit, context.now
    )
    context.runtime.dispatcher.wake()
    heard_at = context.runtime.work.calendar.next_speaking_moment(context.now)
    await context.send(obligations.done_chased(number, count, heard_at, context.now))


async def excuse(update: Update, context: Context) -> None:
    number = _number(context)
    facts = await follow_up.look(context.work, context.actor, number, context.now)
    shown = await engine.start(
        context.work,
        context.actor,
        EXCUSE_REPORT,
        context.now,
        subject=f"obligation:{number}",
        about={"obligation_id": number, "name": facts.unit.name},
    )
    await show(context, shown)


async def owe_again(update: Update, context: Context) -> None:
    """A unit was excused by mistake."""
    facts = await follow_up.owe_again(context.work, context.actor, _number(context), context.now)
    context.runtime.dispatcher.wake()
    await context.show(obligations.done_owed_again(facts))


async def move(update: Update, context: Context) -> None:
    number = _number(context)
    facts = await follow_up.look(context.work, context.actor, number, context.now)
    group = facts.obligation.group
    shown = await engine.start(
        context.work,
        context.actor,
        MOVE_DEADLINE,
        context.now,
        subject=group[:60],
        about={"obligation_id": number, "group": group, "name": facts.subject},
    )
    await show(context, shown)


def _number(context: Context) -> int:
    assert context.match is not None
    return int(context.match.group(1))


HANDLERS = (
    CommandHandler("yeucau", ask),
    CallbackQueryHandler(ask, pattern=r"^obl:ask$"),
    CallbackQueryHandler(remind, pattern=r"^obl:remind:(\d{1,9})$"),
    CallbackQueryHandler(remind_all, pattern=r"^obl:remindall:(\d{1,9})$"),
    CallbackQueryHandler(excuse, pattern=r"^obl:excuse:(\d{1,9})$"),
    CallbackQueryHandler(owe_again, pattern=r"^obl:owe:(\d{1,9})$"),
    CallbackQueryHandler(move, pattern=r"^obl:move:(\d{1,9})$"),
)
