"""What a route gives back: cards, words, files, in the order in which they are to be seen.

The door shows them; a route neither waits for a channel nor knows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.form import NOTHING_WANTED, Wants
from bot.core.card import Card
from storage.addresses import Address


@dataclass(frozen=True)
class FormPlace:
    """Where a form's card belongs: its draft, and the message it takes the place of.

    `receipt`: no later card says it again, so it is delivered whatever comes after it. `wants`:
    what can be typed or sent as an answer.
    """

    draft_id: int | None = None
    replaces: int | None = None
    receipt: bool = False
    wants: Wants = NOTHING_WANTED


NOWHERE = FormPlace()


@dataclass(frozen=True)
class ShowCard:
    """In place of the pressed card where that can be, else (or not `in_place`) as a new message."""

    card: Card
    in_place: bool = True
    place: FormPlace = NOWHERE


@dataclass(frozen=True)
class SayWords:
    """Plain words, all of them, below what is there. They outdate no card."""

    words: str


@dataclass(frozen=True)
class Attachment:
    """A file to send. `kind`: photo, voice, document.

    The door takes what there is: the `reference` to what it has already, where that is its own
    `channel`'s, the bytes, our copy at `path`. `given_up`: there is no copy and there will be none.
    """

    kind: str = "document"
    name: str = ""
    caption: str = ""
    data: bytes | None = None
    path: Path | None = None
    channel: str = ""
    reference: str = ""
    given_up: bool = False


@dataclass(frozen=True)
class SendFiles:
    """Those of one kind together where the channel can; what cannot be had is said at the end."""

    files: Sequence[Attachment]


Part = ShowCard | SayWords | SendFiles


@dataclass(frozen=True)
class Reply:
    """`toast` is said over the pressed button. With `alert` it must be heard: as a message where
    there is no button. `menus_of`: whose roles, and so whose commands, have changed.
    """

    parts: tuple[Part, ...] = ()
    toast: str = ""
    alert: bool = False
    menus_of: tuple[Address, ...] = ()


def show(card: Card, toast: str = "") -> Reply:
    """A card in place of the pressed one."""
    return Reply((ShowCard(card),), toast)


def below(card: Card, toast: str = "") -> Reply:
    """A card as a new message; the pressed one stays."""
    return Reply((ShowCard(card, in_place=False),), toast)


def refuse(sentence: str, *then: Part) -> Reply:
    """Why not, and what is shown after it."""
    return Reply(then, sentence, alert=True)


def send(*files: Attachment, then: Card | None = None) -> Reply:
    """Files, and a card below them."""
    card = (ShowCard(then, in_place=False),) if then else ()
    return Reply((SendFiles(files), *card))


def document(data: bytes, name: str, caption: str = "", then: Card | None = None) -> Reply:
    """A document made for whoever asked."""
    return send(Attachment("document", name, caption, data), then=then)
