"""Cards on their way: edited in place where Telegram lets us, else sent anew; answers not lost."""

from typing import Any, cast

import pytest
from telegram import CallbackQuery
from telegram.error import (
    BadRequest,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram import cards
from bot.core.card import Button, Card


class Query:
    """A pressed button whose message or time may be gone."""

    def __init__(self, error: TelegramError | None) -> None:
        self.error = error
        self.said: list[str] = []

    async def edit_message_text(self, text: str, reply_markup: Any) -> None:
        if self.error:
            raise self.error

    async def answer(self, text: str | None, show_alert: bool) -> None:
        if self.error:
            raise self.error
        self.said.append(f"over the button: {text}")


def pressed(said_by_telegram: str) -> Query:
    return Query(BadRequest(said_by_telegram) if said_by_telegram else None)


@pytest.mark.parametrize(
    ("said_by_telegram", "shown"),
    [
        ("", True),
        ("Message is not modified: specified new message content is the same", True),
        ("Message to edit not found", False),
        ("Message can't be edited", False),
        ("MESSAGE_ID_INVALID", False),
        ("There is no text in the message to edit", False),  # a picture with buttons
        ("Something that Telegram never said before", False),
    ],
)
async def test_a_card_is_edited_in_place_or_has_to_be_sent_anew(
    said_by_telegram: str, shown: bool
) -> None:
    query = cast("CallbackQuery", pressed(said_by_telegram))
    assert await cards.edit(query, Card("nội dung")) is shown


@pytest.mark.parametrize(
    ("error", "heard"),
    [
        (None, True),
        (BadRequest("Query is too old and response timeout expired"), False),
        (BadRequest("something odd"), False),
        (Forbidden("something odd"), False),
        (TimedOut(), False),
        (NetworkError("Bad Gateway"), False),
        (RetryAfter(35), False),
    ],
)
async def test_a_button_that_cannot_be_answered_is_no_reason_to_stop(
    error: TelegramError | None, heard: bool
) -> None:
    query = Query(error)
    assert await cards.answer(cast("CallbackQuery", query), "Đã nhận") is heard
    assert query.said == ["over the button: Đã nhận"] * heard


async def test_a_person_who_blocked_the_bot_is_the_callers_business() -> None:
    query = cast("CallbackQuery", Query(Forbidden("bot was blocked by the user")))
    with pytest.raises(Forbidden):
        await cards.edit(query, Card("nội dung"))


def test_buttons_keep_their_rows() -> None:
    rows = ((Button("Có", "y"), Button("Không", "n")), (Button("Về", "home"),))
    markup = cards.markup(rows)
    assert markup
    found = [[(b.text, b.callback_data) for b in row] for row in markup.inline_keyboard]
    assert found == [[("Có", "y"), ("Không", "n")], [("Về", "home")]]
    assert cards.markup(()) is None
