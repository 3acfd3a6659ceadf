"""Cards on their way: edited in place where Telegram lets us, else sent anew; answers not lost."""

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import CallbackQuery, LinkPreviewOptions, Message
from telegram.error import (
    BadRequest,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import Defaults, ExtBot
from telegram.request import BaseRequest

from bot.channels.telegram import cards, redraw
from bot.channels.telegram.answers import Answer
from bot.channels.telegram.cards import MAX_DATA_BYTES, MAX_TEXT, fit
from bot.channels.telegram.sending import TelegramSender
from bot.core.card import Button, Card
from bot.core.clock import Clock
from bot.core.rendering import render
from bot.core.work import Work
from storage.enums import Lane


class Line:
    """Stands for Telegram, where messages or buttons may be gone."""

    def __init__(self, error: TelegramError | None = None) -> None:
        self._error = error
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def post(self, url: str, request_data: Any, **_: Any) -> bool:
        self.asked.append((url.rpartition("/")[2], request_data.json_parameters))
        if self._error:
            raise self._error
        return True

    @property
    def bot(self) -> ExtBot[int]:
        return cast(
            "ExtBot[int]",
            SimpleNamespace(request=self, base_url="https://telegram/bot1:x", rate_limiter=None),
        )


JSON = ("reply_markup", "link_preview_options")
QUERY = cast("CallbackQuery", SimpleNamespace(id="77"))
CARD = Card("<b>nội dung</b>", ((Button("Có", "y"), Button("Không", "n")),))


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
    line = Line(BadRequest(said_by_telegram) if said_by_telegram else None)
    assert await cards.edit(line.bot, 1, 2, CARD) is shown


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
    assert await cards.answer(Line(error).bot, QUERY, "Đã nhận") is heard


async def test_a_person_who_blocked_the_bot_is_the_callers_business() -> None:
    with pytest.raises(Forbidden):
        await cards.edit(Line(Forbidden("bot was blocked by the user")).bot, 1, 2, CARD)


async def test_a_press_is_answered_as_python_telegram_bot_would() -> None:
    line, stock = Line(), Line()
    await cards.edit(line.bot, 1, 2, CARD)
    await cards.answer(line.bot, QUERY, "Đã nhận", alert=True)
    await cards.answer(line.bot, QUERY)
    defaults = Defaults("HTML", link_preview_options=LinkPreviewOptions(is_disabled=True))
    bot = ExtBot("1:x", request=cast("BaseRequest", stock), defaults=defaults)
    await bot.edit_message_text(CARD.text, 1, 2, reply_markup=cards.markup(CARD.rows))
    await bot.answer_callback_query("77", "Đã nhận", show_alert=True)
    await bot.answer_callback_query("77")
    for (method, fields), (expected, wanted) in zip(line.asked, stock.asked, strict=True):
        plain = {key: json.loads(value) for key, value in fields.items() if key in JSON}
        assert method == expected
        assert {**fields, **plain} == {
            key: json.loads(value) if key in JSON else type(fields[key])(value)
            for key, value in wanted.items()
        }


def test_buttons_keep_their_rows() -> None:
    rows = ((Button("Có", "y"), Button("Không", "n")), (Button("Về", "home"),))
    markup = cards.markup(rows)
    assert markup
    found = [[(b.text, b.callback_data) for b in row] for row in markup.inline_keyboard]
    assert found == [[("Có", "y"), ("Không", "n")], [("Về", "home")]]
    assert cards.markup(()) is None


# ---- Telegram's limits ---------------------------------------------------------------------


def said(words: str) -> str:
    """A sentence in a template of ours."""
    return render("case/refused", sentence=words)


def test_a_quotation_mark_is_one_letter_whatever_it_is_escaped_to() -> None:
    text = fit(said('"Tốt" & <b>' * 300))
    assert text.count("&#34;Tốt&#34; &amp; &lt;b&gt;") == 300


@pytest.mark.parametrize("words", ["x" * 3000, '"' * 3000])
def test_what_is_too_long_loses_whole_lines_at_the_end(words: str) -> None:
    card = Card(f"<b>Đầu</b>\n{said(words)}\n{said(words)}")
    assert card.text.count(said(words)) == 2, "the card itself is whole: another door has more room"
    text = fit(card.text)
    assert text.startswith("<b>Đầu</b>")
    assert text.endswith(f"\n{cards.MORE}")
    assert text.count(said(words)) == 1
    assert MAX_TEXT == 4096


@pytest.mark.parametrize("data", ["", "x" * 65, "đ" * 33])
def test_no_button_with_data_that_telegram_refuses_is_sent(data: str) -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        cards.markup(((Button("Có", data),),))
    assert cards.markup(((Button("Có", "x" * MAX_DATA_BYTES),),))


async def test_a_card_that_is_too_long_is_cut_wherever_it_is_sent() -> None:
    class Telegram:
        """Keeps the length of what it is to show."""

        def __init__(self) -> None:
            self.texts: list[str] = []

        async def send_message(self, chat: int, text: str, **_: Any) -> Message:
            self.texts.append(text)
            return cast("Message", SimpleNamespace(message_id=1))

    telegram, card = Telegram(), Card("dòng\n" * 2000)
    bot = cast("ExtBot[int]", telegram)
    await TelegramSender(bot).send("7", card, Lane.NOTICE)
    line = Line()
    await cards.edit(line.bot, 7, 1, card)
    telegram.texts += [fields["text"] for _, fields in line.asked]
    work, clock = cast("Work", None), cast("Clock", None)
    await redraw.send_answer(bot, work, clock, 7, Answer(card))
    assert [len(text) <= MAX_TEXT and text.endswith(cards.MORE) for text in telegram.texts] == [
        True
    ] * 3


def test_long_words_go_over_several_messages_and_none_is_lost() -> None:
    words = " ".join(f"chữ{number}" for number in range(1500))
    messages = list(cards.pieces(words))
    assert len(messages) == 3
    assert all(len(message) <= MAX_TEXT for message in messages)
    assert " ".join(messages).split() == words.split()
