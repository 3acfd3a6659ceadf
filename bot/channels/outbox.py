"""The dispatcher: claim, send, mark. What fails for now comes again until it is pointless.

The outbox keeps cards; by which door one goes is settled when it is sent: the first of `doors`, in
their order, that the reader has an address for, and the next where they are not reached by it, or
that one is away for long.

While no channel is reached the whole queue waits and one message is the probe: an outage uses up
nothing, however long it is, and all goes on as soon as the probe is answered.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels.retries import BY_LANE, FOR_A_WORKER, ChannelLine, NotSent, Trouble, pause_after
from bot.core.card import Card, rows_of
from bot.core.clock import Clock
from bot.core.notices import BUNDLED_FROM, BUNDLED_TO, bundle
from bot.core.rules.calendar import local
from bot.core.waiting import woken
from storage import files, group_chats, outbox, people, reporters
from storage.addresses import Address
from storage.enums import Lane, OutboxState
from storage.models import OutboxMessage, StoredFile
from storage.store import Store
from storage.vault import Vault

Id = TypeVar("Id", int, str)


class Sender(Protocol):
    """The door of one channel, as far as it brings a card to somebody who did not ask just now."""

    async def send(self, mailbox: str, card: Card, lane: int) -> None:
        """To the id of an address. Raises NotSent."""
        ...


Withheld = Callable[[AsyncSession, Sequence[OutboxMessage]], Awaitable[set[int]]]
"""Ids of the messages that their readers may not read any more."""
GroupLost = Callable[[AsyncSession, int, datetime], Awaitable[None]]
"""What follows when a group is reached no longer, in the transaction that notes it."""

MOST_MORE = 200  # notices that go out with others to the same people
STOPPING_SECONDS = 5  # a stop waits so long for messages that are on their way

log = structlog.get_logger()


@dataclass(frozen=True)
class _Attempt:
    """How sending one message ended; without trouble it went out."""

    message: OutboxMessage
    trouble: Trouble | None = None

    @property
    def answered(self) -> bool:
        """Whether it shows that the channel is there."""
        return self.trouble not in (Trouble.NO_LINE, Trouble.OURS)


@dataclass(frozen=True)
class _Delivery:
    """A message with where its reader is, and what goes with it; or several as one list."""

    messages: Sequence[OutboxMessage]
    addresses: Sequence[Address]
    file: StoredFile | None = None

    @property
    def card(self) -> Card:
        if len(self.messages) > 1:
            return bundle(self.messages)
        message = self.messages[0]
        return Card(message.text, rows_of(message.rows), self.file, bool(message.mailbox))

    def apart(self) -> "list[_Delivery]":
        """The same one by one; a list holds no files."""
        return [_Delivery([message], self.addresses) for message in self.messages]


class Dispatcher:
    """Sends what is owed. `wake` it after a commit that owed something."""

    def __init__(
        self, store: Store, clock: Clock, doors: Mapping[str, Sender], vault: Vault
    ) -> None:
        self._store, self._clock, self._doors, self._vault = store, clock, doors, vault
        self.withheld: Withheld | None = None
        self.wait = timedelta(hours=1)  # for a channel that is away, before the next is tried
        self.lists = True  # what comes to somebody at once comes as one message
        self.group_lost: GroupLost | None = None
        self._woken = asyncio.Event()
        self._draining = asyncio.Lock()
        # Whether of something that was being sent it could not be written how it ended.
        self._unmarked = False
        self.line = ChannelLine()

    def wake(self) -> None:
        self._woken.set()

    async def recover(self) -> None:
        """Settle what an earlier run was sending when it stopped, or whoever sent before this one
        did."""
        async with self._draining:
            await self._settle()

    async def _settle(self) -> None:
        async with self._store.write() as session:
            await outbox.recover(session)
        self._unmarked = False  # something may be marked as on its way that is not

    async def run(self, pause: float = 5.0) -> None:
        """Until cancelled: send what is due, wait to be woken or `pause` seconds."""
        while True:
            try:
                await self.drain()
            except Exception:
                log.exception("outbox.failed")
            await woken(self._woken, min(pause, self.line.seconds_left or pause))

    async def drain(self) -> int:
        """Send everything that is due now; returns how many went out.

        What another call is sending is waited for: afterwards nothing that was due is under way.
        While no channel is reached, at most one probe goes out.
        """
        sent = 0
        async with self._draining:
            if self._unmarked:
                await self._settle()
            if self.line.seconds_left:
                return 0
            while (batch := await self._claim()) is not None:
                self._unmarked = True
                ended = await _to_the_end(*(self._send(delivery) for delivery in batch))
                self._unmarked = False
                attempts = [attempt for of_delivery in ended for attempt in of_delivery]
                sent += sum(attempt.trouble is None for attempt in attempts)
                if not await self._line_works(attempts):
                    break
        return sent

    async def _claim(self) -> list[_Delivery] | None:
        """What is due, with where its readers are reached; None: nothing is."""
        now, probe = self._clock.now(), self.line.broken
        async with self._store.read() as session:
            if not await outbox.anything_due(session, now):
                return None
        async with self._store.write() as session:
            today = local(now).date()
            if count := await outbox.give_up(session, now, today, BY_LANE, FOR_A_WORKER):
                log.warning("outbox.given_up", messages=count)
            messages = await outbox.claim(session, now, self.line.at_once, probe=probe)
            if not messages:
                return None
            if self.lists and not probe:
                readers = {m.person_id for m in messages if m.person_id and _is_listed(m)}
                more = await outbox.claim_more(session, now, readers, MOST_MORE) if readers else ()
                messages = [*messages, *more]
            if self.withheld:  # who may read it is asked now, not when it was owed
                withheld_ids = await self.withheld(session, messages)
                outbox.withhold([m for m in messages if m.id in withheld_ids])
                messages = [m for m in messages if m.id not in withheld_ids]
            people_at = await people.addresses(session, _those(m.person_id for m in messages))
            reporter_ids = _those(m.reporter_id for m in messages)
            reporters_at = await reporters.addresses(session, self._vault, reporter_ids)
            groups_at = await group_chats.addresses(
                session, _those(m.group_chat_id for m in messages)
            )
            file_ids = _those(m.file_id for m in messages)
            of_messages = {file.id: file for file in await files.by_ids(session, file_ids)}
        return [
            _Delivery(
                together,
                _only(first)
                or people_at.get(first.person_id or 0)
                or reporters_at.get(first.reporter_id or "")
                or groups_at.get(first.group_chat_id or 0, ()),
                of_messages.get(first.file_id or 0),
            )
            for together in (_together(messages) if self.lists else [[m] for m in messages])
            for first in together[:1]
        ]

    async def _line_works(self, attempts: Iterable[_Attempt]) -> bool:
        """Judge the connection by what became of a batch. False: the queue waits."""
        lost = [attempt.message for attempt in attempts if attempt.trouble is Trouble.NO_LINE]
        if any(attempt.answered for attempt in attempts):
            self.line.answered()
            if lost:  # others went out, so these wait for themselves
                async with self._store.write() as session:
                    for message in lost:
                        message.retry_at = self._clock.now() + pause_after(message.attempts)
                        session.add(message)
        elif lost:
            self.line.failed()
        return not lost or not self.line.broken

    async def _send(self, delivery: _Delivery) -> list[_Attempt]:
        messages = delivery.messages
        reached = [a for channel in self._doors for a in delivery.addresses if a.channel == channel]
        if not reached:
            for message in messages:
                await self._unsent(message, NotSent(Trouble.UNREACHABLE, "NoAddress"))
            return [_Attempt(m, Trouble.OURS) for m in messages]  # nobody was asked
        try:
            door = (await self._deliver(delivery, reached)).channel
        except NotSent as failure:
            if failure.moved_to and messages[0].group_chat_id:
                await self._moved(messages, reached[-1], failure.moved_to)
                return [_Attempt(m, Trouble.BUSY) for m in messages]
            if len(messages) > 1 and failure.trouble is Trouble.BROKEN:  # the list, not the words
                return [attempt for d in delivery.apart() for attempt in await self._send(d)]
            return [_Attempt(m, await self._unsent(m, failure)) for m in messages]
        except Exception as error:  # one broken message must not hold up the others
            log.exception("outbox.broken", id=messages[0].id)
            ours = NotSent(Trouble.OURS, type(error).__name__)
            return [_Attempt(m, await self._unsent(m, ours)) for m in messages]
        async with self._store.write() as session:
            for message in messages:
                message.error, message.door = "", door
                if message.mailbox:  # a code: nobody needs it any more
                    message.text = ""
                outbox.finish(message, OutboxState.SENT, self._clock.now())
                session.add(message)
                if message.reporter_id:
                    await reporters.set_reachable(session, message.reporter_id)
        return [_Attempt(m) for m in messages]

    async def _deliver(self, delivery: _Delivery, reached: Sequence[Address]) -> Address:
        """By the first address that takes it; which one. Raises NotSent: the last one that was
        tried did not either."""
        card, lane = delivery.card, delivery.messages[0].lane
        for number, address in enumerate(reached, 1):
            try:
                await self._doors[address.channel].send(address.id, card, lane)
            except NotSent as failure:
                if number == len(reached) or not self._goes_on(failure, delivery.messages[0]):
                    raise
            else:
                return address
        raise NotSent(Trouble.UNREACHABLE, "NoAddress")

    def _goes_on(self, failure: NotSent, message: OutboxMessage) -> bool:
        """Whether the next address is tried: not while a channel may be back in a moment."""
        if failure.trouble is not Trouble.NO_LINE:
            return failure.trouble is Trouble.UNREACHABLE
        late = self._clock.now() - message.not_before > self.wait
        return late or message.lane == Lane.URGENT

    async def _moved(self, messages: Sequence[OutboxMessage], old: Address, new: str) -> None:
        """The group has another id: the messages go there at the next round."""
        async with self._store.write() as session:
            await group_chats.move(session, old, new)
            for message in messages:
                message.state = OutboxState.PENDING
                message.retry_at = self._clock.now() + pause_after(message.attempts)
                session.add(message)

    async def _unsent(self, message: OutboxMessage, failure: NotSent) -> Trouble:
        """Write down what became of it: given up, or when it comes again."""
        now, trouble = self._clock.now(), failure.trouble
        final = trouble in (Trouble.UNREACHABLE, Trouble.BROKEN)
        message.error = failure.kind
        refused_since = message.created_at
        message.retry_at = _again_at(message, failure, now)
        if final:
            message.given_up_on = local(now).date()
            outbox.finish(message, OutboxState.UNDELIVERABLE, now)
        else:
            message.state = OutboxState.PENDING
        async with self._store.write() as session:
            session.add(message)
            if trouble is Trouble.UNREACHABLE and message.mailbox:
                pass  # an address that nobody has confirmed says nothing of who gave it
            elif trouble is Trouble.UNREACHABLE and message.person_id:
                await people.set_blocked(session, message.person_id, now)
            elif trouble is Trouble.UNREACHABLE and message.reporter_id:
                await reporters.set_unreachable(session, message.reporter_id, refused_since)
            elif trouble is Trouble.UNREACHABLE and message.group_chat_id and self.group_lost:
                await self.group_lost(session, message.group_chat_id, now)
        log.warning("outbox.not_sent", id=message.id, final=final, error=message.error)
        return trouble


def _is_listed(message: OutboxMessage) -> bool:
    """Whether it may stand in a list: a notice to somebody the bot knows, without a file, or a
    reminder of a case. Those of what nobody takes come to a whole unit, several at once; those of
    one's own work are answered by their own buttons and stay by themselves.
    """
    alone = message.file_id is not None or message.mailbox
    of_case = message.lane == Lane.REMINDER and message.subject.startswith("case:")
    listed = message.lane == Lane.NOTICE or of_case
    return listed and bool(message.person_id) and not alone


def _only(message: OutboxMessage) -> tuple[Address, ...]:
    """The one address that a message is for, where it names one."""
    channel, _, mailbox = message.mailbox.partition(":")
    return (Address(channel, mailbox),) if mailbox else ()


def _together(messages: Sequence[OutboxMessage]) -> list[list[OutboxMessage]]:
    """What goes out as one: the notices that are due to one person, from so many on."""
    listed: dict[int, list[OutboxMessage]] = {}
    for message in sorted(messages, key=lambda m: m.id or 0):
        if _is_listed(message):
            listed.setdefault(message.person_id or 0, []).append(message)
    lists = [
        own[first : first + BUNDLED_TO]
        for own in listed.values()
        for first in range(0, len(own), BUNDLED_TO)
        if len(own[first : first + BUNDLED_TO]) >= BUNDLED_FROM
    ]
    in_a_list = {message.id for together in lists for message in together}
    return [*([m] for m in messages if m.id not in in_a_list), *lists]


def _again_at(message: OutboxMessage, failure: NotSent, now: datetime) -> datetime | None:
    """When this message may be tried again; None: as soon as the queue goes on, or never."""
    if failure.again is not None:
        return now + failure.again
    if failure.trouble in (Trouble.OURS, Trouble.BUSY) or failure.perhaps:
        return now + pause_after(message.attempts)
    return None


def _those(ids: Iterable[Id | None]) -> set[Id]:
    return {key for key in ids if key is not None}


async def _to_the_end(*sending: Coroutine[Any, Any, list[_Attempt]]) -> list[list[_Attempt]]:
    """Like gather, but what was begun ends, also where one fails or who waits is cancelled: it
    would be sent again.
    """
    results = asyncio.gather(*sending, return_exceptions=True)
    try:
        ended = await asyncio.shield(results)
    except asyncio.CancelledError:
        await asyncio.wait({results}, timeout=STOPPING_SECONDS)
        results.cancel()
        raise
    attempts = []
    for result in ended:
        if isinstance(result, BaseException):
            raise result
        attempts.append(result)
    return attempts
