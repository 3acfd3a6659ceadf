"""Cards on their way: edited in place where Telegram lets us, else sent anew; answers not lost."""

from typing import Any, cast

import pytest
from telegram import CallbackQuery, Message
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.delivery import telegram
from bot.messages.card import Button, Card


class Query:
    """A pressed button whose message or time may be gone."""

    def __init__(self, error: TelegramError | None) -> None:
        self.error = error
        self.said: list[str] = []
        self.from_user = type("User", (), {"id": 7})

    async def edit_message_text(self, text: str, reply_markup: Any) -> None:
        if self.error:
            raise self.error

    async def answer(self, text: str | None, show_alert: bool) -> None:
        if self.error:
            raise self.error
        self.said.append(f"over the button: {text}")

    def get_bot(self) -> "Query":
        return self

    async def send_message(self, chat: int, text: str, parse_mode: None) -> None:
        self.said.append(f"to {chat}: {text}")


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
    ],
)
async def test_a_card_is_edited_in_place_or_has_to_be_sent_anew(
    said_by_telegram: str, shown: bool
) -> None:
    query = cast("CallbackQuery", pressed(said_by_telegram))
    assert await telegram.edit(query, Card("nội dung")) is shown


async def test_another_refusal_is_a_mistake_of_ours() -> None:
    query = cast("CallbackQuery", pressed("Can't parse entities: unclosed tag"))
    with pytest.raises(BadRequest):
        await telegram.edit(query, Card("<b>nội dung"))


@pytest.mark.parametrize(
    ("said_by_telegram", "alert", "heard"),
    [
        ("", False, ["over the button: Đã nhận"]),
        ("", True, ["over the button: Đã nhận"]),
        ("Query is too old and response timeout expired", False, []),
        ("Query is too old and response timeout expired", True, ["to 7: Đã nhận"]),
    ],
)
async def test_what_must_be_heard_is_said_in_the_chat_when_the_button_is_too_old(
    said_by_telegram: str, alert: bool, heard: list[str]
) -> None:
    query = pressed(said_by_telegram)
    await telegram.answer(cast("CallbackQuery", query), "Đã nhận", alert=alert)
    assert query.said == heard


async def test_a_person_who_blocked_the_bot_is_the_callers_business() -> None:
    query = cast("CallbackQuery", Query(Forbidden("bot was blocked by the user")))
    with pytest.raises(Forbidden):
        await telegram.edit(query, Card("nội dung"))


@pytest.mark.parametrize("error", ["", "message can't be deleted", "message to delete not found"])
async def test_an_outdated_card_goes_if_it_can(error: str) -> None:
    class Old:
        async def delete(self) -> None:
            if error:
                raise BadRequest(error)

    await telegram.remove(cast("Message", Old()))
    await telegram.remove(None)


def test_buttons_keep_their_rows() -> None:
    rows = ((Button("Có", "y"), Button("Không", "n")), (Button("Về", "home"),))
    markup = telegram.markup(rows)
    assert markup
    found = [[(b.text, b.callback_data) for b in row] for row in markup.inline_keyboard]
    assert found == [[("Có", "y"), ("Không", "n")], [("Về", "home")]]
    assert telegram.markup(()) is None
