"""Keyboards under messages and under the text box, checked as Telegram checks them."""

import re
from typing import Any

from bot.sandbox.errors import Json, bad

ROW = 8
TOTAL = 100
DATA_BYTES = 64
_URL = re.compile(r"(?:https?://[^/\s.]+\.[^\s]+|tg://\S+)")
_ACTIONS = ("callback_data", "url", "copy_text", "web_app", "switch_inline_query")


def inline_markup(markup: Json) -> Json | None:
    """The inline keyboard that goes with the message; an empty one is none."""
    rows = _rows(markup["inline_keyboard"])
    checked = [[_inline_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": checked} if checked else None


def reply_keyboard(markup: Json) -> Json | None:
    """The keyboard under the text box, or None where it is taken away."""
    if "keyboard" not in markup:
        return None
    rows = [[_reply_button(button) for button in row] for row in _rows(markup["keyboard"])]
    return {"rows": rows, "one_time": bool(markup.get("one_time_keyboard"))}


def check_markup(markup: Any) -> Json:
    """A reply_markup of one of the four kinds, or a refusal."""
    kinds = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
    if not isinstance(markup, dict) or not any(kind in markup for kind in kinds):
        raise bad("object expected as reply markup")
    return markup


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse reply keyboard markup: expected an array of arrays of buttons")
    too_many = sum(len(row) for row in rows) > TOTAL
    if too_many or any(len(row) > ROW for row in rows):
        raise bad("reply markup is too long")
    return rows


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    actions = [action for action in _ACTIONS if action in button]
    if not actions:
        raise bad(_NO_ACTION)
    if "callback_data" in actions:
        _check_data(button["callback_data"])
    if "url" in actions and not _URL.fullmatch(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return {key: value for key, value in button.items() if key in ("text", *_ACTIONS)}


def _check_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")


def _reply_button(button: Any) -> Json:
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad('can\'t parse keyboard button: Field "text" must be non-empty')
    return {key: button[key] for key in _REPLY_KEYS if key in button}


_NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
_REPLY_KEYS = ("text", "request_contact", "request_location")
