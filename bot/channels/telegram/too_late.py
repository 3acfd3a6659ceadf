"""After a long standstill: what was left for over a day is not handled, and its sender told."""

import structlog
from telegram.ext import ExtBot

from bot.channels.telegram.addresses import address_of
from bot.channels.telegram.answers import Answer
from bot.channels.telegram.redraw import send_answer
from bot.core import access, messages, speech
from bot.core.clock import Clock
from bot.core.work import Work

log = structlog.get_logger()


async def tell_too_late(bot: ExtBot[int], work: Work, clock: Clock, chat_id: int) -> None:
    """Ask somebody to send again what nobody took up in time, and show their card. Never raises."""
    try:
        actor = await access.actor_of(work, address_of(chat_id))
        sentence = (
            messages.LEFT_TOO_LONG if actor.grants else speech.to_worker(messages.LEFT_TOO_LONG)
        )
        await bot.send_message(chat_id, sentence, parse_mode=None)
        await send_answer(bot, work, clock, chat_id, Answer())
    except Exception as error:  # who cannot be told must not keep the program down
        log.warning("too_late.not_told", error=type(error).__name__)
