"""Cards as Telegram shows them."""

import structlog
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from bot.core.card import Card, Rows

log = structlog.get_logger()


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in rows]
    )


async def edit(query: CallbackQuery, card: Card) -> bool:
    """Show the card in place of the pressed one; False when that is no longer possible.

    Raises TelegramError: it did not get through, now.
    """
    try:
        await query.edit_message_text(card.text, reply_markup=markup(card.rows))
    except BadRequest as error:
        # Gone, too old, a picture with buttons…: whatever it is, a new message may still be sent.
        return "not modified" in str(error).lower()
    return True


async def answer(query: CallbackQuery, toast: str = "", alert: bool = False) -> bool:
    """Stop the button's waiting mark; False when that failed. After an outage it is too late, and
    that is normal: the mark is no reason to withhold a card or a file.
    """
    try:
        await query.answer(toast[:200] or None, show_alert=alert)
    except TelegramError as error:
        log.info("button.not_answered", error=type(error).__name__)
        return False
    return True
