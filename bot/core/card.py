"""A card: what a person sees, apart from the channel that carries it."""

import re
from dataclasses import dataclass
from html import unescape

MAX_TEXT = 4096  # Telegram, after entities
MAX_DATA_BYTES = 64
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Button:
    """`data` is what comes back when it is pressed, at most 64 bytes."""

    label: str
    data: str

    def __post_init__(self) -> None:
        if not 0 < len(self.data.encode()) <= MAX_DATA_BYTES:
            raise ValueError(f"button data must be 1 to 64 bytes: {self.data!r}")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Card:
    """HTML text (from templates, so escaped) and rows of buttons. Too long a text loses its end."""

    text: str
    rows: Rows = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", fit(self.text))

    def plain_rows(self) -> list[list[list[str]]]:
        """The buttons as they are kept in the outbox."""
        return [[[button.label, button.data] for button in row] for row in self.rows]


def fit(text: str) -> str:
    """Drop lines from the end until Telegram takes the text; a line of ours closes its own tags."""
    if len(text) <= MAX_TEXT or _letters(text) <= MAX_TEXT:
        return text.strip()
    kept, size = [], 2
    for line in text.split("\n"):
        size += _letters(line) + 1
        if size > MAX_TEXT:
            break
        kept.append(line)
    return "\n".join(kept).strip() + "\n…"


def _letters(text: str) -> int:
    """As Telegram counts: `&#34;` is one."""
    return len(unescape(_TAG.sub("", text)))


def rows_of(stored: list[list[list[str]]]) -> Rows:
    """The buttons of an outbox row."""
    return tuple(tuple(Button(label, data) for label, data in row) for row in stored)


def grid(buttons: list[Button], width: int) -> Rows:
    """Buttons laid out `width` to a row."""
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))
