"""The queue where several programs share the database: each update is stored and handled once, a
chat's in order, by whichever program.

A chat is handled by the program that has its lock. Who stores an update tries to get that; who
has it looks into the database again after letting go of it: what was stored by others meanwhile is
seen by one of the two. `sweep` finds what a program left that died.

The lock can be lost without its holder's knowing yet. So an update is also its `holder`'s, written
with it: whoever takes it over writes itself there first, and then what the other does cannot be
committed any more (`Work.write`).
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram import Update

from bot.channels.telegram.inbox import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Inbox,
    chat_of,
)
from bot.core.clock import Clock
from storage import inbox
from storage.addresses import TELEGRAM
from storage.locks import ServerLocks, chat_key
from storage.models import InboxUpdate
from storage.store import Store
from storage.vault import Vault

SWEEP_SECONDS = 2.0
SWEPT_AT_ONCE = 200

log = structlog.get_logger()


class SharedInbox(Inbox):
    """An inbox beside others."""

    def __init__(self, store: Store, clock: Clock, vault: Vault, locks: ServerLocks) -> None:
        super().__init__(store, clock, vault)
        self._locks = locks
        self._looks: dict[int, str] = {}  # of the chats in hand
        self._locked: set[int] = set()  # chats whose lock this program has
        self._fresh: dict[int, dict[int, Update]] = {}  # chat -> its updates stored here, by id
        self._too_late: set[int] = set()  # chats that have to be told
        self._all_swept = False

    async def replay(self) -> set[int]:
        """Nothing at once: `sweep` takes up what nobody has in hand."""
        return set()

    async def sweep(self) -> set[int]:
        """Take up what is left of chats that nobody has; returns those left too long."""
        async with self._store.read() as session:
            rows = await inbox.left(
                session,
                TELEGRAM,
                list(self._looks.values()),
                SWEPT_AT_ONCE,
                unreadable=not self._all_swept,
            )
        self._all_swept = True
        for row in rows:
            await self._sweep(row)
        too_late, self._too_late = self._too_late, set()
        return too_late

    async def _sweep(self, row: InboxUpdate) -> None:
        update = self._opened(row)
        if update is None:
            if row.failure != inbox.UNREADABLE:
                async with self._store.write() as session:
                    await inbox.mark_failed(session, inbox.key_of(row), inbox.UNREADABLE)
            return
        look = self._look(chat_of(update))
        if row.chat != look or row.failure == inbox.UNREADABLE:  # left by one program alone
            async with self._store.write() as session:
                session.add(row)
                row.chat, row.failure = look, row.failure.replace(inbox.UNREADABLE, "")
        await self._begin(chat_of(update))

    def repeat(self, row: InboxUpdate) -> None:
        """Its chat is held, and looked through before it is let go of."""

    async def _finish(self, update: Update) -> None:
        """The update is handled and answered. Its chat is kept until that is noted, for anybody
        else would handle it again.
        """
        pause = FIRST_PAUSE
        while True:
            try:
                await self._mark(update.update_id)
                break
            except Exception as error:
                log.error("inbox.not_marked", update_id=update.update_id, exc_info=error)
            if self._closing:
                break
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
        await self._go_on(chat_of(update))

    @asynccontextmanager
    async def hold(self, chat: int) -> AsyncIterator[bool]:
        """Keep a chat from being handled by anybody until the block is left."""
        if chat in self._waiting:
            yield False
            return
        self._take_in_hand(chat)
        try:
            yield await self._lock(chat)
        finally:
            await self._go_on(chat)

    @property
    def _holder(self) -> int | None:
        return self._locks.holder

    def _turn(self, update: Update) -> inbox.Turn:
        return inbox.Turn(self._look(chat_of(update)), self._locks.holder)

    async def _admit(self, update: Update) -> None:
        chat = chat_of(update)
        self._fresh.setdefault(chat, {})[update.update_id] = update
        await self._begin(chat)

    async def _begin(self, chat: int) -> None:
        """Handle what is left of a chat, unless somebody has it in hand: they will look again."""
        if chat not in self._waiting and not self._closing:
            self._take_in_hand(chat)
            await self._go_on(chat)

    def _take_in_hand(self, chat: int) -> None:
        self.idle.clear()
        self._waiting[chat], self._looks[chat] = deque(), self._look(chat)

    async def _go_on(self, chat: int) -> None:
        """The next of a chat in hand; where none is left, or another program has it, let go."""
        queue = self._waiting[chat]
        try:
            if not queue and not self._closing:
                await self._fill(chat, queue)
        except Exception as error:  # the database is away; what is left there is swept up later
            log.error("inbox.not_taken_up", error=type(error).__name__)
        if not queue or self._closing:
            del self._looks[chat]
            self._fresh.pop(chat, None)
        self._release(chat)

    async def _fill(self, chat: int, queue: deque[Update]) -> None:
        """Line up what is left of a chat, with its lock. Where nothing was lined up, whatever is
        stored later will be seen by whoever stores it, and what was stored before by whoever has
        the lock.
        """
        if chat in self._locked and chat not in self._fresh and not await self._let_go(chat):
            return
        while True:
            fresh = self._fresh.pop(chat, {})
            if not await self._lock(chat):
                if chat in self._fresh:  # who has the lock may have looked before that
                    continue
                return
            queue.extend(await self._left(chat, fresh))
            if queue or not await self._let_go(chat):
                return

    async def _let_go(self, chat: int) -> bool:
        """Whether it has to be taken again: something was stored while it was held."""
        self._locked.remove(chat)
        await self._locks.unlock(chat_key(self._looks[chat]))
        rows = await self._rows(chat)
        return chat in self._fresh or any(not waits for _, _, waits in rows)

    async def _lock(self, chat: int) -> bool:
        if chat not in self._locked and await self._locks.lock(chat_key(self._looks[chat])):
            self._locked.add(chat)
        return chat in self._locked

    async def _left(self, chat: int, fresh: dict[int, Update]) -> list[Update]:
        """What is to be handled of a chat whose lock this program has, oldest first."""
        rows = await self._rows(chat)
        if any(waits for _, _, waits in rows):
            self.expect(chat)
        ids = [update_id for update_id, _, waits in rows if not waits]
        ours = {update_id for update_id, holder, _ in rows if holder == self._locks.holder}
        if ours & fresh.keys() >= set(ids):
            return [fresh[update_id] for update_id in ids]
        return await self._claimed(chat)

    async def _rows(self, chat: int) -> list[tuple[int, int | None, bool]]:
        values = (TELEGRAM, self._looks[chat], inbox.UNREADABLE)
        rows = await self._locks.rows(inbox.LEFT_OF_CHAT, values)
        return [(update_id, holder, waits) for update_id, holder, waits in rows]

    async def _claimed(self, chat: int) -> list[Update]:
        """What others stored, or had begun when they died: from now on it is this program's."""
        turn, now = inbox.Turn(self._looks[chat], self._locks.holder), self._clock.now()
        alive = await self._locks.holders()
        ready = []
        async with self._store.write() as session:
            updates, orphans = await inbox.claim(session, TELEGRAM, turn, alive)
            for row in updates:
                if update := self._resumed(row, now, self._too_late):
                    ready.append(update)
                elif row.answer:
                    self.expect(chat)
        self._unbegun |= orphans & {update.update_id for update in ready}
        return ready

    def _look(self, chat: int) -> str:
        """What a chat is called where others read it; not what its person is found by."""
        return self._vault.look(f"inbox:{chat}")
