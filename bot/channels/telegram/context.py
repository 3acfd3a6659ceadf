"""PTB's context of one update: who asks, what to work with, how to show a card and not lose it."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import Any

import structlog
from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import CallbackContext, ExtBot

from bot.channels.outbox import Dispatcher
from bot.channels.telegram import cards
from bot.channels.telegram.answers import Answer, WaitingAnswers
from bot.channels.telegram.files import FileKeeper
from bot.channels.telegram.inbox import Inbox
from bot.conversation import engine
from bot.conversation.reply import NOWHERE, FormPlace, ShowCard
from bot.core.card import Card
from bot.core.clock import Clock
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.addresses import TELEGRAM

log = structlog.get_logger()


@dataclass
class Runtime:
    """The parts of the running program that answering somebody needs."""

    work: Work
    clock: Clock
    dispatcher: Dispatcher
    files: FileKeeper
    answers: WaitingAnswers
    inbox: Inbox


class TelegramContext(CallbackContext[ExtBot[int], dict[Any, Any], dict[Any, Any], dict[str, Any]]):
    """`actor`, `work` and `incoming` are set before anything else looks at the update."""

    actor: Actor
    work: Work
    incoming: Update
    _stopped: bool = False  # the waiting mark of the pressed button

    @property
    def runtime(self) -> Runtime:
        runtime: Runtime = self.bot_data["runtime"]
        return runtime

    @property
    def now(self) -> datetime:
        return self.runtime.clock.now()

    @property
    def chat_id(self) -> int:
        """The private chat that is answered; updates of others come to nobody."""
        chat = self.incoming.effective_chat
        return chat.id if chat else 0

    async def show(self, part: ShowCard, toast: str = "") -> None:
        """Show a card in place of the pressed one, else as a new message.

        What cannot be delivered now is sent when Telegram is back. A receipt is noted before it is
        tried, for nothing else says it again.
        """
        if part.place.receipt:
            await self._keep(part.card, part.place)
        # The waiting mark is stopped beside it: nobody waits for two answers of Telegram's.
        _, message_id = await asyncio.gather(self.toast(toast), self._show_card(part))
        if message_id is None:
            return
        if part.place.receipt:
            await self.runtime.answers.delivered(self.incoming.update_id)
        await self.runtime.answers.newer_shown(self.chat_id, self.incoming.update_id)
        await put_in_place(self.runtime.work, self.bot, self.chat_id, part.place, message_id)

    async def say(self, words: str) -> None:
        """Plain words, over as many messages as they take. They outdate no card."""
        for piece in cards.pieces(words):
            await self._send(Card(escape(piece, quote=False)), NOWHERE)

    async def toast(self, words: str = "") -> None:
        """Stop the waiting mark of the pressed button, with a word over it; once an update."""
        query = self.incoming.callback_query
        if query and not self._stopped:
            self._stopped = True
            await cards.answer(self.bot, query, words)

    async def refuse(self, sentence: str) -> None:
        """Say why not: over the button that was pressed, else as a message."""
        query = self.incoming.callback_query
        answered = query is not None and await cards.answer(self.bot, query, sentence, alert=True)
        if not answered or len(sentence) > cards.MAX_TOAST:
            await self.say(sentence)
        self._stopped = True

    async def _show_card(self, part: ShowCard) -> int | None:
        """The message that shows the card now; None: it waits to be delivered."""
        query = self.incoming.callback_query
        if not part.in_place or query is None or not isinstance(query.message, Message):
            return await self._send(part.card, part.place)
        message_id = query.message.message_id
        try:
            if await cards.edit(self.bot, self.chat_id, message_id, part.card):
                return message_id
        except TelegramError as error:
            await self._not_sent(part.card, replace(part.place, replaces=message_id), error)
            return None
        return await self._send(part.card, part.place)

    async def _send(self, card: Card, place: FormPlace) -> int | None:
        try:
            sent = await self.bot.send_message(
                self.chat_id, cards.fit(card.text), reply_markup=cards.markup(card.rows)
            )
        except TelegramError as error:
            await self._not_sent(card, place, error)
            return None
        return sent.message_id

    async def _not_sent(self, card: Card, place: FormPlace, error: TelegramError) -> None:
        log.warning("answer.kept", update_id=self.incoming.update_id, error=type(error).__name__)
        await self._keep(card, place)

    async def _keep(self, card: Card, place: FormPlace) -> None:
        answers, update_id = self.runtime.answers, self.incoming.update_id
        await answers.keep(update_id, self.chat_id, Answer(card, place))


async def put_in_place(
    work: Work, bot: ExtBot[int], chat_id: int, place: FormPlace, message_id: int
) -> None:
    """A card is shown: its form knows the message, the one it took the place of goes."""
    if message_id == place.replaces:
        return
    if place.draft_id is not None:
        await engine.card_shown(work, place.draft_id, TELEGRAM, message_id)
    if place.replaces:
        with suppress(TelegramError):  # after 48 hours, or gone: its buttons are stale anyway
            await bot.delete_message(chat_id, place.replaces)
