"""The durable queue between Telegram and the handlers.

An update is stored before the fetcher returns, that is before Telegram is told it arrived. One
chat's updates come out one at a time and in order; different chats do not wait for each other,
and a noisy chat's waiting updates take nobody's place.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot, Update
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor

from bot.clock import Clock
from storage import inbox
from storage.models import InboxUpdate
from storage.store import Store
from storage.vault import Vault

MAX_ATTEMPTS = 3  # starts of the program that one update may take down with it

log = structlog.get_logger()


class Inbox(asyncio.Queue[object]):
    """Takes updates from PTB's fetcher, gives them to its application."""

    def __init__(self, store: Store, clock: Clock, vault: Vault) -> None:
        super().__init__()
        self._vault = vault
        self._store = store
        self._clock = clock
        self._waiting: dict[int, deque[Update]] = {}  # by chat; a key means: one is being handled
        self._closing = False
        self.after_each: Callable[[], None] = lambda: None  # what an update owed can go out
        self.idle = asyncio.Event()
        self.idle.set()

    async def put(self, item: object) -> None:
        """Store an update, then line it up. Other items (PTB's stop signal) pass through.

        Raises:
            NetworkError: it could not be stored; PTB fetches it again instead of going on.
        """
        if not isinstance(item, Update):
            self._closing = True  # what waits in line is kept for the next start
            self.put_nowait(item)
            return
        try:
            new = await self._remember(item)
        except Exception as error:
            log.exception("inbox.not_stored", update_id=item.update_id)
            raise NetworkError("the update could not be stored") from error
        if new:
            self._line_up(item)

    async def finish(self, update: Update) -> None:
        """The update is handled and answered; the next of its chat may come."""
        try:
            async with self._store.write() as session:
                now = self._clock.now()
                await inbox.mark_answered(session, update.update_id, now)
        finally:
            self._release(chat_of(update))
            self.after_each()

    async def replay(self, bot: Bot) -> list[int]:
        """Line up what an earlier run left; returns the chats that are owed their card again."""
        async with self._store.write() as session:
            left = await inbox.unfinished(session)
            updates = {row.update_id: self._opened(row, bot) for row in left}
            now = self._clock.now()
            for row in left:
                row.attempts += 1
                if row.done_at or row.attempts > MAX_ATTEMPTS:
                    row.done_at, row.answered_at, row.payload = row.done_at or now, now, None
        for row in left:
            if row.payload:
                self._line_up(updates[row.update_id])
        return sorted({chat_of(updates[row.update_id]) for row in left if row.answered_at} - {0})

    def _opened(self, row: InboxUpdate, bot: Bot) -> Update:
        plain = self._vault.open(row.payload or b"", _row(row.update_id))
        return Update.de_json(json.loads(plain), bot)

    async def _remember(self, update: Update) -> bool:
        payload = self._vault.seal(update.to_json(), _row(update.update_id))
        async with self._store.write() as session:
            return await inbox.remember(session, update.update_id, payload, self._clock.now())

    def _line_up(self, update: Update) -> None:
        if self._closing:
            return
        self.idle.clear()
        chat = chat_of(update)
        if chat in self._waiting:
            self._waiting[chat].append(update)
        else:
            self._waiting[chat] = deque()
            self.put_nowait(update)

    def _release(self, chat: int) -> None:
        if self._waiting[chat] and not self._closing:
            self.put_nowait(self._waiting[chat].popleft())
        else:
            del self._waiting[chat]
        if not self._waiting:
            self.idle.set()


class ChatOrder(BaseUpdateProcessor):
    """Handles what the inbox gives out; the inbox already keeps the order."""

    def __init__(self, inbox: Inbox, at_once: int) -> None:
        super().__init__(at_once)
        self._inbox = inbox

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        try:
            await coroutine
        finally:
            if isinstance(update, Update):
                await self._inbox.finish(update)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""


def _row(update_id: int) -> str:
    return f"inbox:{update_id}"


def chat_of(update: Update) -> int:
    """The lane of an update: its chat, else its sender; 0 for what has neither."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0
