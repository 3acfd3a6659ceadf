"""Whoever was left without an answer gets it when Telegram is back, or after a restart."""

from datetime import datetime

import structlog
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.addresses import address_of
from bot.channels.telegram.answers import Answer
from bot.channels.telegram.cards import fit, markup
from bot.channels.telegram.context import put_in_place
from bot.conversation import engine
from bot.conversation.reply import FormPlace
from bot.core import access, messages
from bot.core.card import Card
from bot.core.clock import Clock
from bot.core.context import Context
from bot.core.work import Work
from bot.home.home_card import home_card
from storage.enums import Lane

log = structlog.get_logger()


async def works(bot: ExtBot[int]) -> bool:
    """Whether Telegram answers at all."""
    try:
        await bot.get_me()
    except TelegramError:
        return False
    return True


async def send_answer(
    bot: ExtBot[int], work: Work, clock: Clock, chat_id: int, answer: Answer
) -> None:
    """Send a card that waited as a new message; one that is not named is drawn now: the open
    form's, else the home card.

    Raises TelegramError: it cannot be delivered now, or not at all.
    """
    card, place = answer.card, answer.place
    if card is None:
        card, place = await _current(work, chat_id, clock.now())
    try:
        message_id = await _send(bot, chat_id, card)
    except BadRequest as error:
        log.error("answer.not_accepted", error=type(error).__name__)
        await _send(bot, chat_id, Card(messages.NOT_SHOWN))
        return
    await put_in_place(work, bot, chat_id, place, message_id)


async def _current(work: Work, chat_id: int, now: datetime) -> tuple[Card, FormPlace]:
    actor = await access.actor_of(work, address_of(chat_id))
    open_draft = await engine.current(Context(work, actor, now))
    if open_draft:
        return open_draft.card, FormPlace(open_draft.draft_id, open_draft.card_message_id)
    return await home_card(Context(work, actor, now)), FormPlace()


async def _send(bot: ExtBot[int], chat_id: int, card: Card) -> int:
    """The lane says that it is repeated from here, not by the network's patience."""
    sent = await bot.send_message(
        chat_id, fit(card.text), reply_markup=markup(card.rows), rate_limit_args=Lane.ANSWER
    )
    return sent.message_id
