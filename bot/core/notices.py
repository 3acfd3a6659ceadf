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
_MOST_REPEATED = 3  # sentences said once for several: so that all of it is still one message
_TAG = re.compile(r"<[^>]+>")


def bundle(messages: Sequence[OutboxMessage]) -> Card:
    """Notices that come to one person at once, as one list. One with a single button is acted on
    right here; any other opens whole by its number. A sentence that comes again and again stands
    once below them.
    """
    pieces = [_lines(message.text) for message in messages]
    again = _repeated(pieces)
    lines = [_joined([*part[:1], *(w for w in part[1:] if w not in again)]) for part in pieces]
    below = [
        (brief(words, _WORDS), "" if len(places) == len(pieces) else ", ".join(map(str, places)))
        for words, places in again.items()
    ]
    text = render("notices/bundle", lines=lines, below=below)
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
    return _joined(_lines(text))


def _lines(text: str) -> list[str]:
    lines = html.unescape(_TAG.sub("", text)).split("\n")
    return [words for line in lines if (words := " ".join(line.removeprefix("• ").split()))]


def _joined(lines: Sequence[str]) -> str:
    joined = " ".join(f"{words} ·" if words[-1].isalnum() else words for words in lines)
    return brief(joined.removesuffix(" ·"), _WORDS)


def _repeated(pieces: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Sentence -> the numbers of the messages that say it after their beginning, where there are
    several of them.
    """
    numbers: dict[str, list[int]] = {}
    for number, lines in enumerate(pieces, 1):
        for words in dict.fromkeys(lines[1:]):
            if words.endswith("."):
                numbers.setdefault(words, []).append(number)
    often = [(words, places) for words, places in numbers.items() if len(places) >= BUNDLED_FROM]
    return dict(often[:_MOST_REPEATED])
