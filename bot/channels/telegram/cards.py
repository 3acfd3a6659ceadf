"""Cards as Telegram shows them, within its limits."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import structlog
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.calls import call
from bot.core.card import Button, Card, Rows
from bot.core.rendering import brief

MAX_TEXT = 4096  # after entities
MAX_CAPTION = 1024
MORE = "… (nội dung dài, chưa hiện hết)"
MAX_TOAST = 200
MAX_DATA_BYTES = 64  # of a button
_NO_PREVIEW = json.dumps({"is_disabled": True})
_TAG = re.compile(r"<[^>]*>")

log = structlog.get_logger()


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """Raises ValueError: a button's data is longer than Telegram takes, a fault of this program."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=_data(button))


def _data(button: Button) -> str:
    if not 0 < len(button.data.encode()) <= MAX_DATA_BYTES:
        raise ValueError(f"button data must be 1 to {MAX_DATA_BYTES} bytes: {button.data!r}")
    return button.data


def _plain_markup(rows: Rows) -> str:
    """What `markup` gives, as it goes over the wire. Raises ValueError as that does."""
    plain = [[{"text": b.label, "callback_data": _data(b)} for b in row] for row in rows]
    return json.dumps({"inline_keyboard": plain})


def fit(text: str, most: int = MAX_TEXT) -> str:
    """Drop lines from the end until Telegram takes the text. A line of ours closes its own tags."""
    if len(text) <= most or _letters(text) <= most:
        return text.strip()
    lines, size = [], len(MORE) + 1
    for line in text.split("\n"):
        size += _letters(line) + 1
        if size > most:
            break
        lines.append(line)
    return f"{chr(10).join(lines).strip()}\n{MORE}"


def _letters(text: str) -> int:
    """As Telegram counts: `&#34;` is one."""
    return len(unescape(_TAG.sub("", text)))


def pieces(words: str) -> Iterator[str]:
    """Plain words over as many messages as they take, cut where a line or at least a word ends."""
    while len(words) > MAX_TEXT:
        cut = max(words.rfind("\n", 0, MAX_TEXT), 0) or words.rfind(" ", 0, MAX_TEXT)
        cut = cut if cut > 0 else MAX_TEXT
        yield words[:cut]
        words = words[cut:].lstrip()
    if words:
        yield words


async def edit(bot: ExtBot[int], chat_id: int, message_id: int, card: Card) -> bool:
    """Show the card in place of the pressed one; False when that is no longer possible.

    Raises TelegramError: it did not get through, now.
    """
    fields: dict[str, Any] = {
        "chat_id": chat_id,
        "message_id": message_id,
        "text": fit(card.text),
        "parse_mode": ParseMode.HTML,
        "link_preview_options": _NO_PREVIEW,
    }
    if card.rows:
        fields["reply_markup"] = _plain_markup(card.rows)
    try:
        await call(bot, "editMessageText", fields)
    except BadRequest as error:
        # Gone, too old, a picture with buttons…: whatever it is, a new message may still be sent.
        return "not modified" in str(error).lower()
    return True


async def answer(
    bot: ExtBot[int], query: CallbackQuery, toast: str = "", alert: bool = False
) -> bool:
    """Stop the button's waiting mark; False when that failed. After an outage it is too late, and
    that is normal: the mark is no reason to withhold a card or a file.
    """
    try:
        fields: dict[str, Any] = {"callback_query_id": query.id}
        if toast:
            fields["text"] = brief(toast, MAX_TOAST)
        if alert:
            fields["show_alert"] = "true"
        await call(bot, "answerCallbackQuery", fields)
    except TelegramError as error:
        log.info("button.not_answered", error=type(error).__name__)
        return False
    return True
