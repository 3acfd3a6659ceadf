"""What a page's form brought becomes requests, each done once; the reply is for the next page."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.web.locks import Turns
from bot.config.settings import Settings
from bot.conversation import engine, router
from bot.conversation.form import FileInput, UserInput
from bot.conversation.reply import Reply, ShowCard
from bot.conversation.request import Pressed, Request
from bot.conversation.router import Route
from bot.conversation.routes import form_card
from bot.core import messages, speech
from bot.core.clock import Clock
from bot.core.copies import copy_path
from bot.core.errors import Refused, TurnLost
from bot.core.measures import measured
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.home.home_card import home_card
from storage import inbox
from storage.addresses import WEB, UpdateKey
from storage.coarse import hour_of
from storage.models import InboxUpdate

NUMBERS = 2**62  # a page's own number is one of so many: nobody guesses another's
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read for another
_ANSWERS = "f:"  # buttons of forms …
_MENU = ":-:"  # … and among them those that answer nothing: back, skip, cancel

log = structlog.get_logger()


@dataclass(frozen=True)
class Submission:
    """What one sending of a page's form brought. `number`: the page's own, by which a second
    sending is known; `count`: how many pages this visitor had before it. `page_text`: what of
    the page the pressed button needs again. `web_session_id`: on which of the staff's devices.
    """

    number: int
    count: int = 0
    press: str = ""
    command: str = ""
    words: str = ""
    files: Sequence[FileInput] = ()
    page_text: str = ""
    web_session_id: int = 0

    def inputs(self) -> list[UserInput]:
        """The messages that it would have been in a chat: words go with the first file."""
        words = self.words.strip() or None
        if self.command or (self.press and not self._is_answer()):
            return []
        if not self.files:
            return [UserInput(words=words)] if words else []
        first, *others = self.files
        return [UserInput(words=words, file=first), *(UserInput(file=file) for file in others)]

    def _is_answer(self) -> bool:
        return self.press.startswith(_ANSWERS) and _MENU not in self.press


def new_number() -> int:
    """For a new page."""
    return secrets.randbelow(NUMBERS)


class WebDoor:
    """What routes may ask of the web: links that lead to a page; files came with the request."""

    def __init__(self, settings: Settings, telegram_link: Callable[..., str]) -> None:
        self._address = settings.web.address.rstrip("/")
        self._files, self._telegram_link = settings.database.files, telegram_link

    def link(self, parameter: str, *, to_group: bool = False) -> str:
        """Groups are Telegram's alone."""
        if to_group:
            return self._telegram_link(parameter, to_group=True)
        return f"{self._address}/m/{parameter}"

    async def fetch(self, file: FileInput) -> bytes:
        """Our copy was kept as it came."""
        path = copy_path(self._files, file.copy)
        if not file.copy or not path.is_file():
            raise Refused(messages.FILE_NOT_FETCHED)
        return await asyncio.to_thread(path.read_bytes)


@dataclass(frozen=True)
class Answering:
    """One for the program: actors and what they sent in, replies out."""

    work: Work
    clock: Clock
    routes: Sequence[Route]
    door: WebDoor
    turns: Turns

    async def answer(self, actor: Actor, sent: Submission) -> Reply:
        """What was asked for is done once: sent again, it only shows where one is."""
        async with self.turns.of(actor.look):
            with measured("web"):
                return await self._answer(actor, sent)

    async def _answer(self, actor: Actor, sent: Submission) -> Reply:
        key = UpdateKey(WEB, sent.number)
        if not await self.first_time(key):
            return await self.where_one_is(actor)
        try:
            return await self._in_turn(actor, sent, key)
        except Refused as refused:
            standing = await self.where_one_is(actor)
            return replace(standing, toast=spoken(actor, str(refused)), alert=True)
        except TurnLost:
            return await self.where_one_is(actor)
        except Exception as error:
            return Reply(toast=await self._failed(key, error), alert=True)

    async def where_one_is(self, actor: Actor) -> Reply:
        """The card of the form that is open, else the home card."""
        request = Request(self.work, actor, self.clock.now(), self.door)
        outcome = await engine.current(request.context)
        if outcome:
            return form_card(request, outcome)
        return Reply((ShowCard(await home_card(request.context)),))

    async def _in_turn(self, actor: Actor, sent: Submission, key: UpdateKey) -> Reply:
        """One request after the other, until one is refused; the last reply."""
        now = self.clock.now()
        work = self.work.for_update(key, now)
        request = Request(work, actor, now, self.door, web_session_id=sent.web_session_id)
        reply = Reply()
        inputs = sent.inputs()
        if not (inputs or sent.press or sent.command):
            raise Refused(messages.NOTHING_SENT)
        for number, user_input in enumerate(inputs):
            numbered = replace(user_input, message_id=message_id(hour_of(now), sent.count, number))
            reply = await router.answer(self.routes, replace(request, user_input=numbered))
            if reply.alert:
                return reply
        if sent.press:
            pressed = Pressed(0, sent.page_text) if sent.page_text else None
            reply = await router.answer(
                self.routes, replace(request, button=sent.press, pressed=pressed)
            )
        elif sent.command:
            words = UserInput(words=sent.words)
            reply = await router.answer(
                self.routes, replace(request, command=sent.command, user_input=words)
            )
        if any(isinstance(part, ShowCard) for part in reply.parts):
            return reply
        standing = await self.where_one_is(actor)
        return replace(reply, parts=(*reply.parts, *standing.parts))

    async def is_over(self, key: UpdateKey) -> bool:
        """Whether it is done, as far back as that is kept: longer than any page lives."""
        async with self.work.read() as session:
            return await inbox.get(session, key) is not None

    async def first_time(self, key: UpdateKey) -> bool:
        """Whether it is not done yet; from now on it is."""
        hour = hour_of(self.clock.now())
        row = InboxUpdate(
            channel=key.channel,
            update_id=key.update_id,
            received_at=hour,
            answered_at=hour,  # nothing of it is handled again: whoever sent it sees the outcome
            holder=self.work.holder,
        )
        async with self.work.write() as session:
            return bool(await inbox.remember(session, [row]))

    async def _failed(self, key: UpdateKey, error: Exception) -> str:
        """What was not kept may be sent again from the same page."""
        code = noted(error)
        try:
            async with self.work.write() as session:
                was_done = await inbox.take_back(session, key)
        except SQLAlchemyError:  # away: that may be the very failure
            was_done = False
        sentence = messages.FAILED_AFTER if was_done else messages.FAILED
        return sentence.format(code=code)


def message_id(hour: datetime, count: int, number: int) -> int:
    """A number for words or a file: later ones have a higher one, two of the same hour almost
    never the same, and it tells no moment within the hour.
    """
    hours = int(hour.timestamp()) // 3600
    return (hours << 32) + (min(count, 0xFFFF) << 16) + (number << 11) + secrets.randbelow(1 << 11)


def noted(error: Exception) -> str:
    """The code under which the log tells of it."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(6))
    log.error("web.failed", code=code, error=type(error).__name__, exc_info=error)
    return code


def spoken(actor: Actor, sentence: str) -> str:
    """As whoever asks is spoken to."""
    return sentence if actor.grants else speech.to_worker(sentence)
