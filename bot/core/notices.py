"""Owing a card to somebody: when it may go out, in which lane, at most once; several as one."""

import html
import re
from collections.abc import Sequence
from datetime import datetime

from bot.core.card import Button, Card, Rows, grid, rows_of
from bot.core.rendering import brief, on_button, render
from bot.core.rules.calendar import Calendar
from storage.enums import Lane
from storage.models import OutboxMessage


def notice(
    calendar: Calendar,
    person_id: int,
    card: Card,
    key: str,
    now: datetime,
    *,
    lane: Lane = Lane.NOTICE,
    subject: str = "",
) -> OutboxMessage:
    """An outbox row for `storage.outbox.add`. Only urgent ones pass quiet hours and holidays.

    `key` names what the message is about, so that owing it again does nothing.
    """
    urgent = lane is Lane.URGENT
    return OutboxMessage(
        dedupe_key=key,
        person_id=person_id,
        subject=subject,
        lane=lane,
        text=card.text,
        rows=card.plain_rows(),
        not_before=now if urgent else calendar.next_speaking_moment(now),
        created_at=now,
    )


BUNDLED_FROM, BUNDLED_TO = 3, 20  # messages; fewer go out one by one, more in several lists
_WORDS = 150  # letters of each: twenty of them fit into one message
_TAG = re.compile(r"<[^>]+>")


def bundle(messages: Sequence[OutboxMessage]) -> Card:
    """Notices that come to one person at once, as one list. One with a single button is acted on
    right here; any other opens whole by its number.
    """
    text = render("notices/bundle", lines=[plain(message.text) for message in messages])
    direct: list[Button] = []
    numbers: list[Button] = []
    for number, message in enumerate(messages, 1):
        buttons = [button for row in rows_of(message.rows) for button in row]
        if len(buttons) == 1 and buttons[0].data != "home":
            direct.append(Button(on_button(f"{number}. {buttons[0].label}"), buttons[0].data))
        else:
            numbers.append(Button(f"{number}", f"box:{message.id}"))
    rows: Rows = (*grid(numbers, 5), *grid(direct, 1))
    return Card(text, rows)


def plain(text: str) -> str:
    """The beginning of a message in plain words on one line, to be escaped again. A line that ends
    without a stop, as headings do, is set apart from the next.
    """
    lines = html.unescape(_TAG.sub("", text)).split("\n")
    joined = " ".join(
        f"{words} ·" if words[-1].isalnum() else words
        for line in lines
        if (words := " ".join(line.split()))
    )
    return brief(joined.removesuffix(" ·"), _WORDS)
