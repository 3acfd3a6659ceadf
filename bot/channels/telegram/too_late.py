"""After a long standstill: what was left for over a day is not handled, and its sender told."""

from typing import Any

import structlog
from telegram.ext import Application

from bot.channels.telegram.answers import Answer
from bot.channels.telegram.context import Context, Runtime
from bot.channels.telegram.redraw import send_answer
from bot.core import access, messages, worker_messages

log = structlog.get_logger()


async def tell_too_late(
    application: Application[Any, Context, Any, Any, Any, Any], chat_id: int
) -> None:
    """Ask somebody to send again what nobody took up in time, and show their card. Never raises."""
    runtime: Runtime = application.bot_data["runtime"]
    try:
        actor = await access.actor_of(runtime.work, chat_id)
        sentence = (
            messages.LEFT_TOO_LONG
            if actor.grants
            else worker_messages.to_worker(messages.LEFT_TOO_LONG)
        )
        await application.bot.send_message(chat_id, sentence, parse_mode=None)
        await send_answer(application, chat_id, Answer())
    except Exception as error:  # who cannot be told must not keep the program down
        log.warning("too_late.not_told", error=type(error).__name__)
