"""The durable queue between Telegram and the handlers.

An update is stored before Telegram is told that it arrived, as it came: what this program cannot
read holds up nothing else. One chat's updates come out one at a time and in order; different chats
do not wait for each other, and a noisy chat's waiting updates take nobody's place.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.channels.telegram.addresses import key_of
from bot.channels.telegram.answers import Answer, Pending, sealed
from bot.core.clock import Clock
from storage import inbox
from storage.addresses import TELEGRAM
from storage.coarse import hour_of
from storage.models import InboxUpdate
from storage.store import Store
from storage.vault import Vault

MAX_ATTEMPTS = 10
"""Lives of the program, after the first, that one update may take down with it. More than a few:
who kills the program again and again for other reasons meets the same update each time.
"""
TOO_LATE = timedelta(days=1)  # then a form may be open that the update knew nothing of
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # between two tries to note what is answered
AGAIN_PAUSE = 1.0  # seconds between two tries to handle what the database broke off
LONGEST_AGAIN = 60.0  # seconds after which one that is broken off once more has failed
HIGHEST = 2**63 - 1  # that the database can hold as an id

log = structlog.get_logger()


class NotStored(Exception):  # noqa: N818 - it reads as what happened
    """The database does not take an update now; Telegram is asked for it again."""


class Unreadable(Exception):  # noqa: N818 - it reads as what happened
    """What came is no update: there is no id to store it under."""


class Inbox(asyncio.Queue[object]):
    """Takes updates as Telegram sends them, gives them to PTB's application."""

    def __init__(self, store: Store, clock: Clock, vault: Vault) -> None:
        super().__init__()
        self._vault = vault
        self._store = store
        self._clock = clock
        self._waiting: dict[int, deque[Update]] = {}  # by chat; a key means: one is being handled
        self._marks: list[tuple[int, asyncio.Future[None]]] = []  # to be noted as answered
        self._marking = asyncio.Lock()
        self._followed: set[int] = set()  # updates that came with more of their album
        self._unbegun: set[int] = set()  # by an earlier run, and not begun by this one
        self._unmarked: set[int] = set()  # updates that are answered, but not noted yet
        self._failed = asyncio.Event()  # set while there are some
        self._broken_off: dict[int, float] = {}  # update -> when the database broke it off first
        self._again: set[int] = set()  # of those the ones to be handled again
        self._closing = False
        self.expect: Callable[[int], None] = lambda _chat: None  # for this one an answer waits
        self.bot: Bot | None = None  # what updates act through
        self.idle = asyncio.Event()
        self.idle.set()

    async def put(self, item: object) -> None:
        """PTB's stop signal; updates come by `take`."""
        self._closing = True  # what waits in line is kept for the next start
        self.put_nowait(item)

    async def take(self, *raws: object) -> int:
        """Store updates as they came, all in one transaction, then line them up; returns the id of
        the last one.

        One that this program cannot read is set aside: stored, noted in the log, not handled.

        Raises Unreadable: one has no id. Raises NotStored: all must be asked for again.
        """
        ids = [_id_of(raw) for raw in raws]
        updates = [self._read(raw) for raw in raws]
        rows = [self._row(*update) for update in zip(raws, ids, updates, strict=True)]
        try:
            async with self._store.write() as session:
                new = await inbox.remember(session, rows)
        except Exception as error:
            raise NotStored from error
        fresh = {update.update_id: update for update in updates if update}  # each of them once
        lined_up = [update for update_id, update in fresh.items() if update_id in new]
        for place, update in enumerate(lined_up):
            if (album := _album(update)) and album in map(_album, lined_up[place + 1 :]):
                self._followed.add(update.update_id)
            await self._admit(update)
        return ids[-1]

    def _row(self, raw: object, update_id: int, update: Update | None) -> InboxUpdate:
        """An update as it is stored."""
        key = key_of(update_id)
        turn = self._turn(update) if update else None
        return InboxUpdate(
            channel=key.channel,
            update_id=update_id,
            payload=self._vault.seal(json.dumps(raw), inbox.payload_row(key)),
            received_at=hour_of(self._clock.now()),
            failure="" if update else inbox.UNREADABLE,
            chat=turn.chat if turn else None,
            holder=turn.holder if turn else None,
        )

    def more_of_album(self, update: Update) -> bool:
        """Whether more of the album that this update is of will be handled right after it."""
        album = _album(update)
        if album is None:
            return False
        waiting = self._waiting.get(chat_of(update))
        return update.update_id in self._followed or bool(waiting and _album(waiting[0]) == album)

    async def begin(self, update: Update) -> None:
        """An update is about to be handled. Of what an earlier run left it is counted how often it
        was begun: it may be what that run died of. What only waits meanwhile is innocent.
        """
        if update.update_id not in self._unbegun:
            return
        self._unbegun.discard(update.update_id)
        try:
            async with self._store.write() as session:
                await inbox.count_attempt(session, key_of(update.update_id))
        except Exception as error:  # then it has one try more
            log.error("inbox.not_counted", update_id=update.update_id, exc_info=error)

    def again(self, update: Update) -> bool:
        """The database broke off what handled an update: once it is back the update is handled
        again, before what its chat sent since. False: that was tried long enough.
        """
        now = asyncio.get_running_loop().time()
        if now - self._broken_off.setdefault(update.update_id, now) > LONGEST_AGAIN:
            return False
        self._again.add(update.update_id)
        return True

    async def finish(self, update: Update) -> None:
        """The update is handled and answered; the next of its chat may come.

        What the database does not take now is noted later: nobody waits for that.
        """
        if update.update_id in self._again:
            await self._take_up_again(update)
            return
        self._broken_off.pop(update.update_id, None)
        await self._finish(update)

    async def _take_up_again(self, update: Update) -> None:
        """Wait for the database, then handle the update again, or owe its answer where it was done
        after all. A program that stops leaves it to the next start.
        """
        self._again.discard(update.update_id)
        while not self._closing:
            await asyncio.sleep(AGAIN_PAUSE)
            try:
                over = await self._is_over(update)
            except Exception as error:
                log.info("inbox.waits", update_id=update.update_id, error=type(error).__name__)
                continue
            if self._closing:
                break
            if not over:
                self.put_nowait(update)
                return
            self.expect(chat_of(update))
            break
        self._broken_off.pop(update.update_id, None)
        await self._go_on(chat_of(update))

    async def _is_over(self, update: Update) -> bool:
        """Whether there is nothing left to do but to answer, or another program does it."""
        async with self._store.write() as session:
            row = await inbox.get(session, key_of(update.update_id))
            if row is None or row.answered_at or row.holder != self._holder:
                return True
            if row.done_at and not row.answer:
                self._owe_card(row, update, self._clock.now())
            return row.done_at is not None or row.answer is not None

    async def _finish(self, update: Update) -> None:
        chat = chat_of(update)
        self._followed.discard(update.update_id)
        try:
            await self._mark(update.update_id)
        except Exception as error:
            if not self._unmarked:  # one line for a spell of failures
                log.error("inbox.not_marked", update_id=update.update_id, exc_info=error)
            self._unmarked.add(update.update_id)
            self._failed.set()
        finally:
            await self._go_on(chat)

    async def run(self) -> None:
        """Until cancelled: note as answered what could not be noted at once."""
        pause = FIRST_PAUSE
        while True:
            await self._failed.wait()
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
            if await self.settle():
                pause = FIRST_PAUSE

    async def settle(self) -> bool:
        """Try again to note what could not be noted; whether nothing is left of it."""
        for update_id in sorted(self._unmarked):
            try:
                await self._mark(update_id)
            except Exception as error:
                log.debug("inbox.not_marked", update_id=update_id, error=type(error).__name__)
            else:
                self._unmarked.remove(update_id)
        if not self._unmarked:
            self._failed.clear()
        return not self._unmarked

    async def replay(self) -> set[int]:
        """Line up what an earlier run left, or owe its answer; returns the chats left too long.

        What is older than a day is not handled any more: its sender is told. A row that cannot be
        read holds up no other.
        """
        too_late: set[int] = set()
        ready: list[Update] = []
        async with self._store.write() as session:
            now = self._clock.now()
            for row in await inbox.unfinished(session, TELEGRAM):
                if update := self._resumed(row, now, too_late):
                    ready.append(update)
        self._unbegun = {update.update_id for update in ready}
        for update in ready:
            self._line_up(update)
        return too_late

    def _resumed(self, row: InboxUpdate, now: datetime, too_late: set[int]) -> Update | None:
        """What an earlier run left, where it is still to be handled; else the row says what became
        of it, and `too_late` learns the chat that has to be told.
        """
        update = self._opened(row)
        handled = _handled(row)
        if not handled and now - row.received_at > TOO_LATE:
            row.failure = inbox.TOO_LATE if update else inbox.UNREADABLE
            too_late |= _person(update)
            row.done_at, row.answered_at, row.payload = row.done_at or now, now, None
            row.chat = None
        elif handled:
            self._owe_card(row, update, now)
        elif update:
            return update
        else:
            row.failure = inbox.UNREADABLE  # by this version; perhaps not by the next
        return None

    def repeat(self, row: InboxUpdate) -> None:
        """Handle an update again, after what its chat is at."""
        if row.payload and (update := self._opened(row)):
            self._line_up(update)

    @asynccontextmanager
    async def hold(self, chat: int) -> AsyncIterator[bool]:
        """Keep a chat's updates in line until the block is left; False: one is being handled."""
        free = chat not in self._waiting
        if free:
            self.idle.clear()
            self._waiting[chat] = deque()
        try:
            yield free
        finally:
            if free:
                self._release(chat)

    # ---- Where several programs share the database, these do more: `shared_inbox` -------------

    @property
    def _holder(self) -> int | None:
        """This run, where another one may have its updates by now."""
        return None

    def _turn(self, update: Update) -> inbox.Turn | None:
        """What is kept beside an update, so that others know whose it is."""
        return None

    async def _admit(self, update: Update) -> None:
        """An update was stored: it is handled when it is its turn."""
        self._line_up(update)

    async def _go_on(self, chat: int) -> None:
        """An update of a chat is over: the next is handled, or the chat let go of."""
        self._release(chat)

    # ---- What an earlier run left --------------------------------------------------------------

    def _owe_card(self, row: InboxUpdate, update: Update | None, now: datetime) -> None:
        """The update is over, its answer is not: whoever sent it gets their current card."""
        row.done_at, row.payload = row.done_at or now, None
        if persons := _person(update):
            pending = Pending(persons.pop(), (Answer(),))
            row.answer = sealed(self._vault, row.update_id, pending)
        else:
            row.answered_at, row.chat = now, None

    def _opened(self, row: InboxUpdate) -> Update | None:
        try:
            raw = json.loads(
                self._vault.open(row.payload or b"", inbox.payload_row(inbox.key_of(row)))
            )
        except Exception as error:
            log.error("update.not_opened", update_id=row.update_id, exc_info=error)
            return None
        return self._read(raw)

    def _read(self, raw: Any) -> Update | None:
        """None where python-telegram-bot cannot: a shape that is newer, or that it mistakes."""
        try:
            update = Update.de_json(raw, self.bot)
            if not -HIGHEST <= chat_of(update) <= HIGHEST:
                raise OverflowError
        except Exception as error:
            kind = next((key for key in raw if key in Update.ALL_TYPES), "unknown")
            log.error("update.set_aside", update_id=raw["update_id"], kind=kind, exc_info=error)
            return None
        return update

    async def _mark(self, update_id: int) -> None:
        """Note as answered: whoever's turn it is, for all who wait by then."""
        result = asyncio.get_running_loop().create_future()
        self._marks.append((update_id, result))
        async with self._marking:
            if not result.done():
                await self._mark_all()
        await result

    async def _mark_all(self) -> None:
        marks: list[tuple[int, asyncio.Future[None]]] = []
        failure: Exception | None = RuntimeError("stopped")
        try:
            async with self._store.write() as session:
                marks, self._marks = self._marks, []
                keys = [key_of(update_id) for update_id, _ in marks]
                await inbox.mark_answered(session, keys, self._clock.now(), self._holder)
            failure = None
        except Exception as error:
            failure = error
        finally:
            if not marks:  # it did not come to their turn
                marks, self._marks = self._marks, []
            for _, result in marks:
                if result.done():  # nobody waits any more
                    continue
                if failure:
                    result.set_exception(failure)
                else:
                    result.set_result(None)

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
        if isinstance(update, Update):
            await self._inbox.begin(update)
        try:
            await coroutine
        finally:
            if isinstance(update, Update):
                await self._inbox.finish(update)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""


def _id_of(raw: object) -> int:
    """Raises Unreadable where there is none."""
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if type(update_id) is not int or not 0 <= update_id <= HIGHEST:
        raise Unreadable("no update")
    return update_id


def _album(update: Update) -> str | None:
    return update.message.media_group_id if update.message else None


def _handled(row: InboxUpdate) -> bool:
    """Whether an update is over and only its answer is owed: done, or given up."""
    if row.done_at is None and row.attempts >= MAX_ATTEMPTS:
        log.error("update.given_up", update_id=row.update_id)
        return True
    return row.done_at is not None


def _person(update: Update | None) -> set[int]:
    """The private chat of an update, where there is one: groups are not served."""
    return {chat for chat in (chat_of(update),) if chat > 0} if update else set()


def chat_of(update: Update) -> int:
    """The lane of an update: its chat, else its sender; 0 for what has neither."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0
