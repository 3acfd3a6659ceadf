"""The officer's week: buttons on a visit's card."""

from datetime import date

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.context import Context
from bot.forms import engine
from bot.forms.form import Form
from bot.forms.visit import EXCUSE, SWAP
from bot.handlers.forms import show
from bot.handlers.start import start
from bot.messages import says, visit_cards
from bot.messages.render import weekday
from bot.services import visits


async def look(update: Update, context: Context) -> None:
    facts = await visits.open_visit(context.work, context.actor, _id(context), context.now)
    await context.show(visit_cards.one(facts))


async def confirm(update: Update, context: Context) -> None:
    facts = await visits.confirm(context.work, context.actor, _id(context), context.now)
    await context.show(visit_cards.one(facts), says.VISIT_TAKEN)


async def ask_day(update: Update, context: Context) -> None:
    facts = await visits.open_visit(context.work, context.actor, _id(context), context.now)
    await context.show(visit_cards.days(facts))


async def set_day(update: Update, context: Context) -> None:
    assert context.match is not None
    day = date.fromisoformat(context.match.group(2))
    facts = await visits.set_day(context.work, context.actor, _id(context), day, context.now)
    await context.show(visit_cards.one(facts), says.DAY_CHOSEN.format(day=weekday(day)))


async def ask_swap(update: Update, context: Context) -> None:
    await _begin(context, SWAP)


async def excuse(update: Update, context: Context) -> None:
    await _begin(context, EXCUSE)


async def _begin(context: Context, form: Form) -> None:
    facts = await visits.open_visit(context.work, context.actor, _id(context), context.now)
    about = {"visit_id": facts.visit.id, "name": facts.site.name}
    shown = await engine.start(
        context.work,
        context.actor,
        form,
        context.now,
        subject=f"visit:{facts.visit.id}",
        about=about,
    )
    await show(context, shown)


def _id(context: Context) -> int:
    assert context.match is not None
    return int(context.match.group(1))


HANDLERS = (
    CommandHandler("tuannay", start),
    CallbackQueryHandler(look, pattern=r"^visit:open:(\d{1,9})$"),
    CallbackQueryHandler(confirm, pattern=r"^visit:confirm:(\d{1,9})$"),
    CallbackQueryHandler(ask_day, pattern=r"^visit:day:(\d{1,9})$"),
    CallbackQueryHandler(set_day, pattern=r"^visit:on:(\d{1,9}):(\d{4}-[01]\d-[0-3]\d)$"),
    CallbackQueryHandler(ask_swap, pattern=r"^visit:swap:(\d{1,9})$"),
    CallbackQueryHandler(excuse, pattern=r"^visit:excuse:(\d{1,9})$"),
)
