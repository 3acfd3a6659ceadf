"""What a handler has at hand, typed: who asks, what to work with, how to show a card."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackContext, ExtBot

from bot.clock import Clock
from bot.delivery import telegram
from bot.delivery.files import FileKeeper
from bot.delivery.outbox import Dispatcher
from bot.messages.card import Card
from bot.rules.permissions import Actor
from bot.services.work import Work


@dataclass
class Runtime:
    """The parts of the running program that handlers need."""

    work: Work
    clock: Clock
    dispatcher: Dispatcher
    files: FileKeeper


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

    async def show(self, card: Card, toast: str = "") -> int | None:
        """Show a card in place of the pressed one, else as a new message; returns its id."""
        query = self.incoming.callback_query
        if query:
            await telegram.answer(query, toast)
            if isinstance(query.message, Message) and await telegram.edit(query, card):
                return query.message.message_id
        return await self.send(card)

    async def send(self, card: Card) -> int | None:
        """Show a card as a new message, at the bottom of the chat."""
        chat = self.incoming.effective_chat
        if chat is None:
            return None
        sent = await self.bot.send_message(
            chat.id, card.text, reply_markup=telegram.markup(card.rows)
        )
        return sent.message_id

    async def refuse(self, sentence: str) -> None:
        """Say why not: over the button that was pressed, else as a message."""
        query = self.incoming.callback_query
        if query:
            await telegram.answer(query, sentence, alert=True)
        elif self.incoming.effective_chat:
            await self.bot.send_message(self.incoming.effective_chat.id, sentence, parse_mode=None)
