"""The dispatcher: claim, send, mark. Temporary failures wait and come again, final ones stay."""

import asyncio
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery.telegram import markup
from bot.messages.card import rows_of
from storage import outbox, people, reporters
from storage.coarse import hour_of
from storage.models import OutboxMessage, OutboxState
from storage.store import Store
from storage.vault import Vault

Id = TypeVar("Id", int, str)

BATCH = 30
MAX_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(hours=1)
STOPPING_SECONDS = 5  # a stop waits so long for messages that are on their way

log = structlog.get_logger()


class Dispatcher:
    """Sends what is owed. `wake` it after a commit that owed something."""

    def __init__(self, store: Store, clock: Clock, bot: ExtBot[int], vault: Vault) -> None:
        self._store, self._clock, self._bot, self._vault = store, clock, bot, vault
        self._woken = asyncio.Event()
        self._draining = asyncio.Lock()

    def wake(self) -> None:
        self._woken.set()

    async def recover(self) -> None:
        """Settle what an earlier run was sending when it stopped."""
        async with self._store.write() as session:
            await outbox.recover(session)

    async def run(self, pause: float = 5.0) -> None:
        """Until cancelled: send what is due, wait to be woken or `pause` seconds."""
        while True:
            try:
                await self.drain()
            except Exception:
                log.exception("outbox.failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause)
            self._woken.clear()

    async def drain(self) -> int:
        """Send everything that is due now; returns how many went out.

        What another call is sending is waited for: afterwards nothing that was due is under way.
        """
        sent = 0
        async with self._draining:
            while batch := await self._claim():
                sent += sum(await _to_the_end(*(self._send(*owed) for owed in batch)))
        return sent

    async def _claim(self) -> list[tuple[OutboxMessage, int | None]]:
        async with self._store.write() as session:
            messages = await outbox.claim(session, self._clock.now(), BATCH)
            people_at = await outbox.telegram_ids(session, _those(m.person_id for m in messages))
            asked = _those(m.reporter_id for m in messages)
            reporters_at = await reporters.chats(session, self._vault, asked)
        return [
            (m, people_at.get(m.person_id or 0) or reporters_at.get(m.reporter_id or ""))
            for m in messages
        ]

    async def _send(self, message: OutboxMessage, chat: int | None) -> bool:
        try:
            if chat is None:
                raise Forbidden("this person has not come in yet")
            await self._bot.send_message(
                chat,
                message.text,
                reply_markup=markup(rows_of(message.rows)),
                rate_limit_args=message.lane,
            )
        except TelegramError as error:
            await self._not_sent(message, error)
            return False
        except Exception as error:  # one broken message must not hold up the others
            log.exception("outbox.broken", id=message.id)
            await self._not_sent(message, error)
            return False
        await self._mark(message, OutboxState.SENT)
        return True

    async def _not_sent(self, message: OutboxMessage, error: Exception) -> None:
        final = isinstance(error, Forbidden | ChatMigrated) or (
            isinstance(error, BadRequest) and not isinstance(error, RetryAfter)
        )
        if final or message.attempts >= MAX_ATTEMPTS:
            await self._mark(message, OutboxState.UNDELIVERABLE, error)
        else:
            await self._mark(message, OutboxState.PENDING, error)
        log.warning("outbox.not_sent", id=message.id, final=final, error=type(error).__name__)

    async def _mark(
        self, message: OutboxMessage, state: OutboxState, error: Exception | None = None
    ) -> None:
        now = self._clock.now()
        message.state = state
        message.error = type(error).__name__ if error else ""
        if state is OutboxState.SENT:
            message.sent_at = hour_of(now)
        if state is OutboxState.PENDING:
            message.not_before = now + min(LONGEST_PAUSE, timedelta(seconds=2**message.attempts))
        refused_since = message.created_at
        if state is not OutboxState.PENDING:  # to the second it would tell when a case was brought
            message.created_at, message.not_before = hour_of(refused_since), hour_of(now)
        async with self._store.write() as session:
            session.add(message)
            if isinstance(error, Forbidden) and message.person_id:
                await people.set_blocked(session, message.person_id, now)
            elif isinstance(error, Forbidden) and message.reporter_id:
                await reporters.set_unreachable(session, message.reporter_id, refused_since)
            elif state is OutboxState.SENT and message.reporter_id:
                await reporters.set_reachable(session, message.reporter_id)


def _those(ids: Iterable[Id | None]) -> set[Id]:
    return {one for one in ids if one is not None}


async def _to_the_end(*sending: Coroutine[Any, Any, bool]) -> list[bool]:
    """Like gather, but who is cancelled lets what was begun end: it would be sent again."""
    results = asyncio.gather(*sending)
    try:
        return await asyncio.shield(results)
    except asyncio.CancelledError:
        await asyncio.wait({results}, timeout=STOPPING_SECONDS)
        results.cancel()
        raise
