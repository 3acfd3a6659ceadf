"""After a restart: whoever was left without an answer gets their current card again."""

from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import Application

from bot.context import Context, Runtime
from bot.delivery.telegram import markup
from bot.forms import engine
from bot.handlers.home import home_card
from bot.services import access

log = structlog.get_logger()


async def redraw(application: Application[Any, Context, Any, Any, Any, Any], chat_id: int) -> None:
    """Send the open form's card, else the home card, as a new message."""
    runtime: Runtime = application.bot_data["runtime"]
    now = runtime.clock.now()
    actor = await access.actor_of(runtime.work, chat_id)
    shown = await engine.current(runtime.work, actor, now)
    card = shown.card if shown else await home_card(runtime.work, actor, now)
    try:
        sent = await application.bot.send_message(
            chat_id, card.text, reply_markup=markup(card.rows)
        )
    except TelegramError as error:
        log.warning("redraw.not_sent", error=type(error).__name__)
        return
    if shown and shown.draft_id:
        await engine.card_shown(runtime.work, shown.draft_id, sent.message_id)
