"""Cards as Telegram shows them."""

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from telegram.error import BadRequest

from bot.messages.card import Card, Rows

_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "no text in the message to edit",  # a picture with buttons
)


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in rows]
    )


async def edit(query: CallbackQuery, card: Card) -> bool:
    """Show the card in place of the pressed one; False when that is no longer possible."""
    try:
        await query.edit_message_text(card.text, reply_markup=markup(card.rows))
    except BadRequest as error:
        said = str(error).lower()
        if "not modified" in said:
            return True
        if any(gone in said for gone in _GONE):
            return False
        raise
    return True


async def answer(query: CallbackQuery, toast: str = "", alert: bool = False) -> None:
    """Stop the button's waiting mark. After an outage, or when that was done already, it is too
    late: normal, but what must be heard (`alert`) is then said in the chat.
    """
    try:
        await query.answer(toast[:200] or None, show_alert=alert)
    except BadRequest as error:
        if "query" not in str(error).lower():
            raise
        if alert and toast:
            await query.get_bot().send_message(query.from_user.id, toast, parse_mode=None)


async def remove(message: Message | None) -> None:
    """Take an outdated card away; where that is no longer possible, at least its buttons."""
    if message is None:
        return
    try:
        await message.delete()
    except BadRequest:
        return
