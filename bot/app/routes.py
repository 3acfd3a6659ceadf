"""From Telegram's updates to services and back: one file per area, registered here."""

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, MessageHandler, TypeHandler, filters

from bot.cases.routes import alerts, cases, concerns, own_data, posters
from bot.channels.telegram import failures
from bot.channels.telegram.context import Context
from bot.channels.telegram.prepare import prepare
from bot.channels.telegram.redraw import send_answer, works
from bot.channels.telegram.too_late import tell_too_late
from bot.conversation import routes
from bot.home.commands import publish_commands
from bot.home.routes import joining, start
from bot.people.routes import leave, people
from bot.programmes import routes as programmes
from bot.summaries.routes import board, figures, obligations, papers, summaries
from bot.units.routes import importing
from bot.visits.routes import overview, reports, supervision, visits

# `joining` takes /start with a link before `start` does; `forms` takes what is left of messages.
AREAS = (
    joining,
    start,
    alerts,
    visits,
    reports,
    board,
    overview,
    figures,
    programmes,
    supervision,
    cases,
    people,
    leave,
    importing,
    concerns,
    own_data,
    posters,
    obligations,
    papers,
    summaries,
    routes,
)

__all__ = ["publish_commands", "register", "send_answer", "tell_too_late", "works"]


def register(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """Every handler, in the order in which they are asked."""
    application.add_handler(TypeHandler(object, prepare), group=-1)
    for area in AREAS:
        application.add_handlers(area.HANDLERS)
    application.add_handler(CallbackQueryHandler(start.stale_button))
    application.add_handler(MessageHandler(filters.COMMAND, start.unknown_command))
    application.add_error_handler(failures.on_error)
