"""The officer's week: buttons on a visit's card."""

from datetime import date

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.form import Form
from bot.conversation.routes import show
from bot.core import messages
from bot.core.rendering import weekday
from bot.home.routes.start import start
from bot.visits.cards import visits as visit_cards
from bot.visits.forms.visit import EXCUSE, SWAP
from bot.visits.services import visits


async def look(update: Update, context: Context) -> None:
    facts = await visits.open_visit(context.work, context.actor, _id(context), context.now)
    await context.show(visit_cards.one(facts))


async def confirm(update: Update, context: Context) -> None:
    try:
        facts = await visits.confirm(
            context.work, context.actor, _id(context), context.now, _place(context)
        )
    except visits.PlaceChanged as changed:
        await _show_anew(context, str(changed))
    else:
        await context.show(visit_cards.one(facts), messages.VISIT_TAKEN)


async def ask_day(update: Update, context: Context) -> None:
    facts = await visits.open_visit(context.work, context.actor, _id(context), context.now)
    await context.show(visit_cards.days(facts))


async def set_day(update: Update, context: Context) -> None:
    assert context.match is not None
    day = date.fromisoformat(context.match.group(3))
    try:
        facts = await visits.set_day(
            context.work, context.actor, _id(context), day, context.now, _place(context)
        )
    except visits.PlaceChanged as changed:
        await _show_anew(context, str(changed))
    else:
        toast = messages.DAY_CHOSEN.format(day=weekday(day))
        await context.show(visit_cards.one(facts), toast)


async def go_after_all(update: Update, context: Context) -> None:
    """ "Tôi đi được" after all."""
    try:
        facts, told = await visits.go_after_all(
            context.work, context.actor, _id(context), context.now, _place(context)
        )
    except visits.PlaceChanged as changed:
        await _show_anew(context, str(changed))
    else:
        context.runtime.dispatcher.wake()
        await context.show(visit_cards.one(facts), messages.VISIT_AGAIN if told else "")


async def ask_swap(update: Update, context: Context) -> None:
    await _begin(context, SWAP)


async def excuse(update: Update, context: Context) -> None:
    await _begin(context, EXCUSE)


async def look_anew(update: Update, context: Context) -> None:
    """A button from before buttons said their place: nothing is done, the visit is shown."""
    await _show_anew(context, messages.STALE_BUTTON)


async def _show_anew(context: Context, toast: str) -> None:
    facts = await visits.open_visit(context.work, context.actor, _id(context), context.now)
    await context.show(visit_cards.one(facts), toast)


async def _begin(context: Context, form: Form) -> None:
    try:
        facts = await visits.same_place(
            context.work, context.actor, _id(context), context.now, _place(context)
        )
    except visits.PlaceChanged as changed:
        await _show_anew(context, str(changed))
        return
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


def _place(context: Context) -> int:
    """The site that the pressed card showed; 0: the button does not say."""
    assert context.match is not None
    return int(context.match.group(2) or 0)


HANDLERS = (
    CommandHandler("tuannay", start),
    CallbackQueryHandler(look, pattern=r"^visit:open:(\d{1,9})$"),
    CallbackQueryHandler(confirm, pattern=r"^visit:confirm:(\d{1,9}):(\d{1,9})$"),
    CallbackQueryHandler(ask_day, pattern=r"^visit:day:(\d{1,9})$"),
    CallbackQueryHandler(set_day, pattern=r"^visit:on:(\d{1,9}):(\d{1,9}):(\d{4}-[01]\d-[0-3]\d)$"),
    CallbackQueryHandler(go_after_all, pattern=r"^visit:again:(\d{1,9}):(\d{1,9})$"),
    CallbackQueryHandler(ask_swap, pattern=r"^visit:swap:(\d{1,9})(?::(\d{1,9}))?$"),
    CallbackQueryHandler(excuse, pattern=r"^visit:excuse:(\d{1,9})(?::(\d{1,9}))?$"),
    CallbackQueryHandler(look_anew, pattern=r"^visit:(?:confirm|on):(\d{1,9})(?::[\d-]{10})?$"),
)
