"""A second door, to show that the routes need nothing of the first: numbered menus in plain texts,
as by SMS. No buttons, no edits, no files, at most 2,000 characters a text.

A number presses that button of the newest card; what begins with = is words even where it is a
number; anything else is words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape

from bot.conversation import engine, router
from bot.conversation.form import FileInput, UserInput
from bot.conversation.reply import Part, Reply, SayWords, SendFiles, ShowCard
from bot.conversation.request import Pressed, Request
from bot.conversation.router import Route
from bot.core import access, messages, speech
from bot.core.card import Button, Card
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.addresses import Address

CHANNEL = "text"
LONGEST = 2_000  # characters of one text
NO_SUCH_NUMBER = "Không có lựa chọn này. Muốn gửi chính số đó, xin gõ dấu = phía trước, ví dụ: =12."
NO_FILES = "Tệp không gửi qua tin nhắn được: {names}."
_TAG = re.compile(r"<[^>]*>")


class TextDoor:
    """What routes may ask of a channel of texts."""

    def link(self, parameter: str, *, to_group: bool = False) -> str:
        return f"/start {parameter}"  # to be typed: there is no app that a link could open

    async def fetch(self, file: FileInput) -> bytes:
        raise Refused(messages.FILE_NOT_FETCHED)  # files do not come this way


@dataclass
class Conversation:
    """What the channel remembers of one sender: the newest card's buttons, the texts counted."""

    buttons: Sequence[Button] = ()
    card_id: int = 0
    texts: int = 0

    def count(self) -> int:
        self.texts += 1
        return self.texts


@dataclass
class TextMenus:
    """The channel: texts in, texts out, the same routes between them."""

    work: Work
    routes: Sequence[Route]
    now: Callable[[], datetime]
    conversations: dict[int, Conversation] = field(default_factory=dict)

    async def take(self, sender: int, text: str) -> list[str]:
        """What somebody wrote; returns the texts they get."""
        conversation = self.conversations.setdefault(sender, Conversation())
        actor = await access.actor_of(self.work, Address(CHANNEL, str(sender)))
        try:
            request = self._request(actor, conversation, text.strip())
            reply = await router.answer(self.routes, request)
        except Refused as refused:
            sentence = str(refused)
            reply = Reply(toast=sentence if actor.grants else speech.to_worker(sentence))
        spoken = [reply.toast] if reply.toast else []
        for part in reply.parts:
            spoken.append(await self._spoken(part, conversation))
        return [piece for words in spoken for piece in pieces(words)]

    def _request(self, actor: Actor, conversation: Conversation, text: str) -> Request:
        """Raises Refused: the newest card has no button of this number."""
        request = Request(self.work, actor, self.now(), TextDoor())
        message_id = conversation.count()
        if text.isdecimal():
            if not 0 < int(text) <= len(conversation.buttons):
                raise Refused(NO_SUCH_NUMBER)
            pressed = Pressed(conversation.card_id)
            data = conversation.buttons[int(text) - 1].data
            return replace(request, button=data, pressed=pressed)
        if text.startswith("/"):
            command, _, words = text[1:].partition(" ")
            user_input = UserInput(words=words, message_id=message_id)
            return replace(request, user_input=user_input, command=command.lower())
        user_input = UserInput(words=text.removeprefix("="), message_id=message_id)
        return replace(request, user_input=user_input)

    async def _spoken(self, part: Part, conversation: Conversation) -> str:
        match part:
            case ShowCard(card, place=place):
                buttons = [button for row in card.rows for button in row]
                conversation.buttons, conversation.card_id = buttons, conversation.count()
                if place.draft_id is not None:
                    await engine.card_shown(
                        self.work, place.draft_id, CHANNEL, conversation.card_id
                    )
                return menu(card, buttons)
            case SayWords(words):
                return words
            case SendFiles(files):
                return NO_FILES.format(names=", ".join(f.name or f.caption for f in files))


def menu(card: Card, buttons: Sequence[Button]) -> str:
    """The card without its letters' dress, and its buttons as numbered lines."""
    choices = [f"{number}. {button.label}" for number, button in enumerate(buttons, 1)]
    return "\n".join([unescape(_TAG.sub("", card.text)), *choices])


def pieces(words: str) -> Iterator[str]:
    """Texts short enough, cut between lines where that can be."""
    piece = ""
    for line in words.split("\n"):
        if piece and len(piece) + 1 + len(line) > LONGEST:
            yield piece
            piece = ""
        piece = f"{piece}\n{line}" if piece else line
        while len(piece) > LONGEST:
            yield piece[:LONGEST]
            piece = piece[LONGEST:]
    if piece:
        yield piece
