"""Whoever was left without an answer gets it when Telegram is back, or after a restart."""

from typing import Any

import structlog
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, ExtBot

from bot.channels.telegram.answers import Answer, Place
from bot.channels.telegram.cards import markup
from bot.channels.telegram.context import Context, Runtime
from bot.conversation import engine
from bot.conversation.routes import put_in_place
from bot.core import access, messages
from bot.core.card import Card
from bot.home.home_card import home_card
from storage.models import Lane

log = structlog.get_logger()


async def works(application: Application[Any, Context, Any, Any, Any, Any]) -> bool:
    """Whether Telegram answers at all."""
    try:
        await application.bot.get_me()
    except TelegramError:
        return False
    return True


async def send_answer(
    application: Application[Any, Context, Any, Any, Any, Any], chat_id: int, answer: Answer
) -> None:
    """Send a card that waited as a new message; one that is not named is drawn now: the open
    form's, else the home card.

    Raises TelegramError: it cannot be delivered now, or not at all.
    """
    runtime: Runtime = application.bot_data["runtime"]
    card, place = answer.card, answer.place
    if card is None:
        card, place = await _current(runtime, chat_id)
    try:
        message_id = await _send(application.bot, chat_id, card)
    except BadRequest as error:
        log.error("answer.not_accepted", error=type(error).__name__)
        await _send(application.bot, chat_id, Card(messages.NOT_SHOWN))
        return
    await put_in_place(runtime.work, application.bot, chat_id, place, message_id)


async def _current(runtime: Runtime, chat_id: int) -> tuple[Card, Place]:
    now = runtime.clock.now()
    actor = await access.actor_of(runtime.work, chat_id)
    shown = await engine.current(runtime.work, actor, now)
    if shown:
        return shown.card, Place(shown.draft_id, shown.card_message_id)
    return await home_card(runtime.work, actor, now), Place()


async def _send(bot: ExtBot[int], chat_id: int, card: Card) -> int:
    """The lane says that it is repeated from here, not by the network's patience."""
    sent = await bot.send_message(
        chat_id, card.text, reply_markup=markup(card.rows), rate_limit_args=Lane.ANSWER
    )
    return sent.message_id
