"""What a handler has at hand, typed: who asks, what to work with, how to show a card."""

from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any

import structlog
from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import CallbackContext, ExtBot

from bot.channels.telegram import cards
from bot.channels.telegram.answers import Answer, Answers, Place
from bot.channels.telegram.files import FileKeeper
from bot.channels.telegram.outbox import Dispatcher
from bot.core.card import Card
from bot.core.clock import Clock
from bot.core.rules.permissions import Actor
from bot.core.work import Work

NOWHERE = Place()

log = structlog.get_logger()


@dataclass
class Runtime:
    """The parts of the running program that handlers need."""

    work: Work
    clock: Clock
    dispatcher: Dispatcher
    files: FileKeeper
    answers: Answers


class Context(CallbackContext[ExtBot[int], dict[Any, Any], dict[Any, Any], dict[str, Any]]):
    """PTB's context of one update. `actor`, `work` and `incoming` are set before any handler."""

    actor: Actor
    work: Work
    incoming: Update

    @property
    def runtime(self) -> Runtime:
        runtime: Runtime = self.bot_data["runtime"]
        return runtime

    @property
    def now(self) -> datetime:
        return self.runtime.clock.now()

    async def show(self, card: Card, toast: str = "", place: Place = NOWHERE) -> int | None:
        """Show a card in place of the pressed one, else as a new message; returns its id.

        None: it could not be delivered now, and is when Telegram is back.
        """
        query = self.incoming.callback_query
        if query is None:
            return await self.send(card, place)
        await cards.answer(query, toast)
        if not isinstance(query.message, Message):
            return await self.send(card, place)
        message_id = query.message.message_id
        try:
            edited = await cards.edit(query, card)
        except TelegramError as error:
            await self._keep(card, replace(place, replaces=message_id), error)
            return None
        if not edited:
            return await self.send(card, place)
        await self._arrived()
        return message_id

    async def send(self, card: Card, place: Place = NOWHERE) -> int | None:
        """Show a card as a new message, at the bottom of the chat. None as in `show`."""
        message_id = await self._send(card, place)
        if message_id is not None:
            await self._arrived()
        return message_id

    async def say(self, words: str) -> None:
        """Plain words as a message of their own. They outdate no card."""
        await self._send(Card(escape(words, quote=False)), NOWHERE)

    async def send_file(self, data: bytes, name: str, caption: str | None = None) -> None:
        """A document for whoever pressed or asked.

        Raises TelegramError: it did not get through. Let it pass: the update is handled again
        later (`handlers.failures`).
        """
        query, chat = self.incoming.callback_query, self.incoming.effective_chat
        if query:
            await cards.answer(query)
        if chat:
            await self.bot.send_document(chat.id, data, filename=name, caption=caption)

    async def send_picture(self, data: BytesIO, caption: str) -> None:
        """A photo; otherwise as `send_file`."""
        query, chat = self.incoming.callback_query, self.incoming.effective_chat
        if query:
            await cards.answer(query)
        if chat:
            await self.bot.send_photo(chat.id, data, caption=caption)

    async def refuse(self, sentence: str) -> None:
        """Say why not: over the button that was pressed, else as a message."""
        query = self.incoming.callback_query
        if query is None or not await cards.answer(query, sentence, alert=True):
            await self.say(sentence)

    async def keep(self, card: Card, place: Place) -> None:
        """Note a card as to be delivered, before it is tried or after that failed."""
        if chat := self.incoming.effective_chat:
            answers, update_id = self.runtime.answers, self.incoming.update_id
            await answers.keep(update_id, chat.id, Answer(card, place))

    async def _send(self, card: Card, place: Place) -> int | None:
        chat = self.incoming.effective_chat
        if chat is None:
            return None
        try:
            sent = await self.bot.send_message(
                chat.id, card.text, reply_markup=cards.markup(card.rows)
            )
        except TelegramError as error:
            await self._keep(card, place, error)
            return None
        return sent.message_id

    async def _keep(self, card: Card, place: Place, error: TelegramError) -> None:
        log.warning("answer.kept", update_id=self.incoming.update_id, error=type(error).__name__)
        await self.keep(card, place)

    async def _arrived(self) -> None:
        if chat := self.incoming.effective_chat:
            await self.runtime.answers.newer_shown(chat.id, self.incoming.update_id)
