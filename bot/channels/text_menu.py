"""A channel of plain texts: cards as numbered menus. No buttons, no edits, no files.

A number presses that button of the newest card, or of a message that came unasked; what begins
with = is words even where it is a number; anything else is words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape

from bot.channels.text_words import HOW_TO_CHOOSE, NO_FILES, NO_FILES_HERE, NO_SUCH_NUMBER
from bot.conversation import router
from bot.conversation.form import FileInput, UserInput
from bot.conversation.reply import Part, Reply, SayWords, SendFiles, ShowCard
from bot.conversation.request import Pressed, Request
from bot.conversation.router import Route
from bot.core import messages, speech
from bot.core.card import Button, Card
from bot.core.context import Context
from bot.core.errors import Refused
from storage.conversations import Conversation

LONGEST = 2_000  # characters of one text, in units of UTF-16: nobody says how they are counted
FIRST_NOTICE, LAST_NOTICE = 101, 180
"""Numbers of buttons under messages that came unasked: none of a card's, which has fewer, so that a
message between a question and its answer changes nothing. After the last the first comes again."""
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


class TextDoor:
    """What routes may ask of a channel of texts."""

    def link(self, parameter: str, *, to_group: bool = False) -> str:
        return f"/start {parameter}"  # to be typed: there is no app that a link could open

    async def fetch(self, file: FileInput) -> bytes:
        raise Refused(messages.FILE_NOT_FETCHED)  # files do not come this way


@dataclass(frozen=True)
class TextMessage:
    """What came. `words` None: something that is no text."""

    words: str | None
    sent_at: datetime | None = None


@dataclass(frozen=True)
class TextAnswer:
    """The texts to be sent, what is remembered now, and the forms' cards that they show."""

    texts: tuple[str, ...]
    conversation: Conversation
    places: tuple[tuple[int, int], ...] = ()  # (draft, number of the card that shows it)


@dataclass(frozen=True)
class TextMenus:
    """Texts in, texts out, the same routes between them. `web`: the page for what does not go by
    texts; empty: there is none.
    """

    routes: Sequence[Route]
    web: str = ""

    async def answer(
        self, context: Context, conversation: Conversation, message: TextMessage
    ) -> TextAnswer:
        """What somebody gets for what they wrote. Whatever a route raises but Refused goes on."""
        conversation = replace(conversation, texts=conversation.texts + 1)
        asked_by = Request(context.work, context.actor, context.now, TextDoor())
        try:
            request = self._request(asked_by, conversation, message)
            reply = await router.answer(self.routes, request)
        except Refused as refused:
            sentence = str(refused)
            reply = Reply(toast=sentence if context.actor.grants else speech.to_worker(sentence))
        return self.as_texts(reply, conversation)

    def _request(
        self, request: Request, conversation: Conversation, message: TextMessage
    ) -> Request:
        """Raises Refused: there is no button of this number, or it is no text."""
        if message.words is None:
            raise Refused(NO_FILES_HERE.format(where=self._elsewhere()))
        text = message.words.strip()
        request = replace(request, sent_at=message.sent_at)
        if text.isdecimal():
            pressed = Pressed(conversation.card_id)
            return replace(request, button=_button(conversation, text), pressed=pressed)
        if text.startswith("/"):
            command, words = _command(text)
            user_input = UserInput(words=words, message_id=conversation.texts)
            return replace(request, user_input=user_input, command=command)
        user_input = UserInput(words=text.removeprefix("="), message_id=conversation.texts)
        return replace(request, user_input=user_input)

    def as_texts(self, reply: Reply, conversation: Conversation) -> TextAnswer:
        """A reply as texts."""
        texts, places = [reply.toast] if reply.toast else [], []
        for part in reply.parts:
            words, conversation = self._spoken(part, conversation)
            texts.append(words)
            if isinstance(part, ShowCard) and part.place.draft_id is not None:
                places.append((part.place.draft_id, conversation.card_id))
        whole = tuple(piece for words in texts for piece in pieces(words))
        return TextAnswer(whole, conversation, tuple(places))

    def _spoken(self, part: Part, conversation: Conversation) -> tuple[str, Conversation]:
        match part:
            case ShowCard(card):
                return card_shown(card, conversation)
            case SayWords(words):
                return words, conversation
            case SendFiles(files):
                names = ", ".join(file.name or file.caption or "ảnh" for file in files)
                return NO_FILES.format(names=names, where=self._elsewhere()), conversation

    def _elsewhere(self) -> str:
        return f" Mời mở trang {self.web} để gửi và nhận tệp." if self.web else ""


def card_shown(card: Card, conversation: Conversation) -> tuple[str, Conversation]:
    """A card as text; its numbers count from now on."""
    buttons = [button for row in card.rows for button in row]
    number = conversation.texts + 1
    data = tuple(button.data for button in buttons)
    conversation = replace(conversation, buttons=data, card_id=number, texts=number)
    return menu(card, dict(enumerate(buttons, 1))), conversation


def notice_shown(card: Card, conversation: Conversation) -> tuple[str, Conversation]:
    """A card that comes unasked: its numbers are apart from those of the card that is open."""
    free, numbered, buttons = conversation.next_notice, {}, dict(conversation.notices)
    for button in (button for row in card.rows for button in row):
        free = free if FIRST_NOTICE <= free <= LAST_NOTICE else FIRST_NOTICE
        numbered[free], buttons[free] = button, button.data
        free += 1
    return menu(card, numbered), replace(conversation, notices=buttons, next_notice=free)


def menu(card: Card, buttons: Mapping[int, Button]) -> str:
    """The card without its letters' dress, and its buttons as numbered lines."""
    choices = [f"{number}. {button.label}" for number, button in buttons.items()]
    how = ["", HOW_TO_CHOOSE] if choices else []
    return "\n".join([plain(card.text), *how, *choices])


def plain(html: str) -> str:
    """A text of a card without marks; of a link what it is called and where it leads."""
    linked = _LINK.sub(lambda link: _named(link[2], link[1]), html)
    return unescape(_TAG.sub("", linked))


def _named(words: str, address: str) -> str:
    return words if words.strip() == address else f"{words} ({address})"


def pieces(words: str) -> Iterator[str]:
    """Texts short enough, cut between lines where that can be."""
    piece = ""
    for line in words.split("\n"):
        if piece and units(piece) + 1 + units(line) > LONGEST:
            yield piece
            piece = ""
        piece = f"{piece}\n{line}" if piece else line
        while units(piece) > LONGEST:
            first = _beginning(piece)
            yield first
            piece = piece[len(first) :]
    if piece.strip():
        yield piece


def _beginning(words: str) -> str:
    """The longest beginning that one text holds; no letter is cut in two."""
    return words.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")


def units(words: str) -> int:
    """How long a text is in units of UTF-16: most pictures of letters count two."""
    return len(words.encode("utf-16-le")) // 2


def asked_for(conversation: Conversation, message: TextMessage) -> tuple[str, str]:
    """The command and the button that a text stands for, empty where it is neither."""
    text = (message.words or "").strip()
    if text.startswith("/"):
        return _command(text)[0], ""
    try:
        return "", _button(conversation, text) if text.isdecimal() else ""
    except Refused:
        return "", ""


def _command(text: str) -> tuple[str, str]:
    """And the words after it."""
    command, _, words = text[1:].partition(" ")
    return command.lower(), words


def _button(conversation: Conversation, text: str) -> str:
    """Raises Refused: nothing has this number."""
    number = int(text) if len(text) < 4 else 0
    if 0 < number <= min(len(conversation.buttons), FIRST_NOTICE - 1):
        return conversation.buttons[number - 1]
    if number in conversation.notices:
        return conversation.notices[number]
    raise Refused(NO_SUCH_NUMBER)
