"""Answers that could not be delivered: kept with their update, sent when Telegram is back.

Of the cards that one chat was not shown only the newest still says how things are; a receipt is
delivered whatever came after it. A button that gives a file is handled again.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.addresses import key_of
from bot.conversation.form import Wants
from bot.conversation.reply import NOWHERE, FormPlace
from bot.core.card import Card, rows_of
from bot.core.clock import Clock
from storage import inbox
from storage.addresses import TELEGRAM
from storage.models import InboxUpdate
from storage.store import Store
from storage.vault import UnknownKey, Vault

LONGEST = timedelta(days=1)  # an answer that late answers nothing any more
SHORTEST_PAUSE, LONGEST_PAUSE = 5.0, 60.0  # seconds
AT_ONCE = 20  # chats

log = structlog.get_logger()


@dataclass(frozen=True)
class Answer:
    """A card to be delivered. Without one: whatever is current when it can be sent."""

    card: Card | None = None
    place: FormPlace = NOWHERE


@dataclass(frozen=True)
class Pending:
    """What one update is to be answered with. `repeat`: by handling it again."""

    chat: int
    answers: tuple[Answer, ...] = ()
    repeat: bool = False

    def lasting(self) -> "Pending":
        """What is still worth delivering after a newer card was shown."""
        receipts = tuple(answer for answer in self.answers if answer.place.receipt)
        return Pending(self.chat, receipts, self.repeat)


Waiting = tuple[InboxUpdate, Pending]


class WaitingAnswers:
    """Keeps what is to be delivered. The wiring sets what asks Telegram, sends, repeats and holds
    a chat's updates back.
    """

    def __init__(self, store: Store, clock: Clock, vault: Vault) -> None:
        self._store, self._clock, self._vault = store, clock, vault
        self._chats: set[int] = set()  # that wait for something
        self._count = 0  # of what was kept since the start
        self._woken = asyncio.Event()
        self._delivering = asyncio.Lock()
        self.works: Callable[[], Awaitable[bool]]  # asked first: a send may arrive unanswered
        self.send: Callable[[int, Answer], Awaitable[None]]
        self.repeat: Callable[[InboxUpdate], None]
        self.hold: Callable[[int], AbstractAsyncContextManager[bool]]

    async def recover(self) -> None:
        """Know who waits, after a start."""
        before = self._count
        async with self._store.read() as session:
            waiting = await self._waiting(session)
        if before == self._count:  # else the next look will do
            self._chats = {pending.chat for _, pending in waiting}

    def expect(self, chat: int) -> None:
        """Something waits for this chat, as another program has noted."""
        self._chats.add(chat)

    async def keep(self, update_id: int, chat: int, answer: Answer) -> None:
        """To be delivered later; for good, so that a crash or a restart does not matter."""
        await self._add(update_id, Pending(chat, (answer,)))

    async def keep_for_repeat(self, update_id: int, chat: int) -> None:
        """To be handled again later: nothing was done yet, and the answer is no card."""
        await self._add(update_id, Pending(chat, repeat=True))

    async def delivered(self, update_id: int) -> None:
        """The update's answers are with the person."""
        async with self._store.write() as session:
            await inbox.settle(session, key_of(update_id), self._clock.now())

    async def newer_shown(self, chat: int, update_id: int) -> None:
        """A card of this update arrived, so older ones are outdated, and Telegram is back."""
        if chat not in self._chats:
            return
        async with self._store.write() as session:
            for update, pending in await self._waiting(session):
                if pending.chat == chat and update.update_id < update_id:
                    await self._put(session, update, pending.lasting())
        self._woken.set()

    async def run(self, *, beside_others: bool = False) -> None:
        """Until cancelled: deliver what waits, more and more seldom while nothing gets through;
        `beside_others`: also what other programs kept.
        """
        pause = SHORTEST_PAUSE
        while True:
            try:
                if beside_others:
                    await self.recover()
                await self.deliver()
            except Exception:
                log.exception("answers.failed")
            try:
                async with asyncio.timeout(pause):
                    await self._woken.wait()
                pause = SHORTEST_PAUSE
            except TimeoutError:
                pause = min(2 * pause, LONGEST_PAUSE) if self._chats else SHORTEST_PAUSE
            self._woken.clear()

    async def deliver(self) -> int:
        """Try everything that waits; returns how many updates were answered or lined up again."""
        if not self._chats:
            return 0
        count = 0
        async with self._delivering:
            if not await self.works():
                return 0
            chats = list((await self._by_chat()).items())
            for start in range(0, len(chats), AT_ONCE):
                batch = chats[start : start + AT_ONCE]
                results = await asyncio.gather(*(self._deliver_to(*chat) for chat in batch))
                count += sum(number or 0 for number in results)
                if all(number is None for number in results):
                    break  # nobody was reached: the others wait with them
            await self.recover()
        return count

    async def _by_chat(self) -> dict[int, list[Waiting]]:
        """What waits for each chat, oldest first."""
        chats = defaultdict(list)
        async with self._store.read() as session:
            for update, pending in await self._waiting(session):
                chats[pending.chat].append((update, pending))
        return chats

    async def _waiting(
        self, session: AsyncSession, among: Sequence[Waiting] | None = None
    ) -> list[Waiting]:
        waiting = []
        ids = None if among is None else [update.update_id for update, _ in among]
        for update in await inbox.unanswered(session, TELEGRAM, ids):
            try:
                waiting.append((update, open_pending(self._vault, update)))
            except (UnknownKey, ValueError, LookupError, TypeError) as error:
                log.error(  # one damaged row must not hold up the others
                    "answers.unreadable", update_id=update.update_id, error=type(error).__name__
                )
        return waiting

    async def _deliver_to(self, chat: int, waiting: Sequence[Waiting]) -> int | None:
        """How many updates of one chat were answered; None: not all that should be.

        Nothing of the chat is handled meanwhile: a tap between drawing a card and sending it would
        leave the step before at the bottom. Who is being answered gets that first: it may outdate
        what waits.
        """
        async with self.hold(chat) as free:
            if not free:
                return 0
            async with self._store.read() as session:
                waiting = await self._waiting(session, among=waiting)
            try:
                return await self._deliver_all(waiting)
            except TelegramError as error:
                log.info("answers.wait", error=type(error).__name__)
                return None

    async def _deliver_all(self, waiting: Sequence[Waiting]) -> int:
        """Raises TelegramError: the rest waits."""
        count = 0
        for number, (update, pending) in enumerate(waiting, 1):
            if self._clock.now() - update.received_at > LONGEST:
                log.warning("answers.given_up", update_id=update.update_id)
            elif pending.repeat:
                async with self._store.write() as session:
                    await inbox.take_up(session, inbox.key_of(update))
                self.repeat(update)
                count += 1
                continue
            else:
                newest = number == len(waiting)
                await self._send(update, pending if newest else pending.lasting())
                count += 1
            await self.delivered(update.update_id)
        return count

    async def _send(self, update: InboxUpdate, pending: Pending) -> None:
        for number, answer in enumerate(pending.answers):
            try:
                await self.send(pending.chat, answer)
            except (BadRequest, Forbidden) as error:
                log.warning(
                    "answers.refused", update_id=update.update_id, error=type(error).__name__
                )
            except TelegramError:
                async with self._store.write() as session:
                    rest = Pending(pending.chat, pending.answers[number:])
                    await self._put(session, update, rest)
                raise
            except Exception:  # a card that cannot be drawn must not hold up the others
                log.exception("answers.broken", update_id=update.update_id)

    async def _add(self, update_id: int, pending: Pending) -> None:
        now = self._clock.now()
        self._count += 1
        self._chats.add(pending.chat)
        async with self._store.write() as session:
            update = await inbox.get(session, key_of(update_id))
            if update is None:
                return
            if update.answer:
                before = open_pending(self._vault, update).answers
                new = [answer for answer in pending.answers if answer not in before]
                pending = Pending(pending.chat, (*before, *new), pending.repeat)
            update.answer = sealed(self._vault, update_id, pending)
            if not pending.repeat:
                update.done_at, update.payload = update.done_at or now, None
            session.add(update)
        self._count += 1

    async def _put(self, session: AsyncSession, update: InboxUpdate, pending: Pending) -> None:
        if pending.answers or pending.repeat:
            answer = sealed(self._vault, update.update_id, pending)
            await inbox.set_answer(session, inbox.key_of(update), answer)
        else:
            await inbox.settle(session, inbox.key_of(update), self._clock.now())


def sealed(vault: Vault, update_id: int, pending: Pending) -> bytes:
    """As it is kept: it says who wrote, and perhaps what."""
    answers = [
        {
            "text": answer.card and answer.card.text,
            "rows": answer.card and answer.card.plain_rows(),
            "place": asdict(answer.place),
        }
        for answer in pending.answers
    ]
    plain = {"chat": pending.chat, "answers": answers, "repeat": pending.repeat}
    return vault.seal(json.dumps(plain), inbox.answer_row(key_of(update_id)))


def open_pending(vault: Vault, update: InboxUpdate) -> Pending:
    """What `sealed` made."""
    plain = json.loads(vault.open(update.answer or b"", inbox.answer_row(inbox.key_of(update))))
    answers = tuple(
        Answer(
            None if answer["text"] is None else Card(answer["text"], rows_of(answer["rows"])),
            _place(answer["place"]),
        )
        for answer in plain["answers"]
    )
    return Pending(plain["chat"], answers, plain["repeat"])


def _place(plain: dict[str, Any]) -> FormPlace:
    return FormPlace(**{**plain, "wants": Wants(**plain.get("wants", {}))})
