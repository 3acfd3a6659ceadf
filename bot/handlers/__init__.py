"""From Telegram's updates to services and back: one file per area, registered here."""

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, MessageHandler, TypeHandler, filters

from bot.context import Context
from bot.handlers import (
    alerts,
    board,
    cases,
    concerns,
    failures,
    figures,
    forms,
    importing,
    joining,
    leave,
    obligations,
    overview,
    own_data,
    papers,
    people,
    posters,
    programmes,
    reports,
    start,
    summaries,
    supervising,
    visits,
)
from bot.handlers.commands import publish_commands
from bot.handlers.prepare import prepare
from bot.handlers.redraw import send_answer, works
from bot.handlers.too_late import tell_too_late

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
    supervising,
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
    forms,
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
