"""A card: what a person sees, apart from the channel that carries it."""

from dataclasses import dataclass, field

from storage.models import StoredFile


@dataclass(frozen=True)
class Button:
    """`data` is what comes back when it is pressed."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Card:
    """HTML text (from templates, so escaped) and rows of buttons. How much of it can be shown is
    the business of the door that shows it. `file`: a kept picture or paper that goes with the
    text, on cards that are owed. `in_full`: also a channel that else only says that there is
    something new sends it as it is.
    """

    text: str
    rows: Rows = ()
    file: StoredFile | None = field(default=None, compare=False)
    in_full: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.text.strip())
        object.__setattr__(self, "rows", tuple(part for row in self.rows for part in fitting(row)))

    def plain_rows(self) -> list[list[list[str]]]:
        """The buttons as they are kept in the outbox."""
        return [[[button.label, button.data] for button in row] for row in self.rows]


LONGEST_BESIDE = {2: 15, 3: 10, 4: 7, 5: 6}
"""Letters that a label may have where so many share a row on a phone 360 px wide; longer ones are
cut by the phone, and what is cut may be what tells two buttons apart."""
LONGEST_BESIDE_MANY = 4


def fitting(row: tuple[Button, ...]) -> Rows:
    """The row as it is where every label can be read, else broken into rows that can."""
    parts: list[tuple[Button, ...]] = []
    for button in row:
        beside = (*parts[-1], button) if parts else ()
        if beside and _can_be_read(beside):
            parts[-1] = beside
        else:
            parts.append((button,))
    return tuple(parts) or (row,)


def _can_be_read(row: tuple[Button, ...]) -> bool:
    longest = LONGEST_BESIDE.get(len(row), LONGEST_BESIDE_MANY)
    return all(len(button.label) <= longest for button in row)


def rows_of(stored: list[list[list[str]]]) -> Rows:
    """The buttons of an outbox row."""
    return tuple(tuple(Button(label, data) for label, data in row) for row in stored)


def grid(buttons: list[Button], width: int) -> Rows:
    """Buttons laid out `width` to a row."""
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))
