"""Alerts and short reports: what leaders see and do about them."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.cases.cards import alerts as alert_cards
from bot.cases.forms.quick_report import QUICK_REPORT, about, prefilled
from bot.cases.services import alerts, quick_reports
from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.routes import show
from bot.core import messages


async def still_open(update: Update, context: Context) -> None:
    """/canhbao: what is not over yet."""
    found = await alerts.open_alerts(context.work, context.actor)
    await context.show(alert_cards.list_of(found))


async def look(update: Update, context: Context) -> None:
    seen = await alerts.see(context.work, context.actor, _number(context))
    await context.show(alert_cards.alert(seen))


async def known(update: Update, context: Context) -> None:
    """The others see that somebody has it in hand."""
    seen = await alerts.know(context.work, context.actor, _number(context))
    await context.show(alert_cards.alert(seen), messages.ALERT_KNOWN)


async def report(update: Update, context: Context) -> None:
    """Begin the short report, or an update of it."""
    seen = await quick_reports.begin(context.work, context.actor, _number(context))
    shown = await engine.start(
        context.work,
        context.actor,
        QUICK_REPORT,
        context.now,
        subject=f"alert:{seen.alert.id}",
        about=about(seen),
        answers=prefilled(seen),
    )
    await show(context, shown)


async def docx(update: Update, context: Context) -> None:
    """The short report as a paper to sign."""
    name, data = await quick_reports.paper(context.work, context.actor, _number(context))
    await context.send_file(data, name)


def _number(context: Context) -> int:
    assert context.match is not None
    return int(context.match.group(1))


HANDLERS = (
    CommandHandler("canhbao", still_open),
    CallbackQueryHandler(still_open, pattern=r"^alert:list$"),
    CallbackQueryHandler(look, pattern=r"^alert:open:(\d{1,9})$"),
    CallbackQueryHandler(known, pattern=r"^alert:seen:(\d{1,9})$"),
    CallbackQueryHandler(report, pattern=r"^alert:report:(\d{1,9})$"),
    CallbackQueryHandler(docx, pattern=r"^alert:docx:(\d{1,9})$"),
)
