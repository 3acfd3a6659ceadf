"""Two programs on one database: each update is stored and handled once, a chat's in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlmodel import select
from telegram import Update

from bot.app.election import Election
from bot.channels.telegram.addresses import key_of
from bot.channels.telegram.answers import open_pending
from bot.channels.telegram.inbox import MAX_ATTEMPTS
from bot.channels.telegram.shared_inbox import SharedInbox
from bot.core.errors import TurnLost
from bot.core.work import Work
from storage import inbox
from storage.locks import LEADER, ServerLocks, connected
from storage.models import InboxUpdate
from storage.store import Store
from tests import cast
from tests.channels.telegram.test_inbox import MISSHAPEN, row, written

PATIENCE = 30  # seconds; only a broken program is ever waited for this long


@dataclass
class Replica:
    """One program, as far as it takes and handles updates."""

    name: str
    inbox: SharedInbox
    locks: ServerLocks
    store: Store
    expected: list[int] = field(default_factory=list)  # chats for which an answer waits

    async def take(self, raw: dict[str, Any]) -> None:
        await self.inbox.take(raw)

    async def handle(self, act: Callable[["Replica", Update], Awaitable[None]]) -> None:
        """Until cancelled: do `act` for every update, different chats side by side."""

        async def handled(update: Update) -> None:
            await act(self, update)
            await self.inbox.finish(update)

        async with asyncio.TaskGroup() as group:
            while True:
                update = await self.inbox.get()
                assert isinstance(update, Update)
                group.create_task(handled(update))

    async def die(self) -> None:
        """Everything of it ends but what it may still be doing."""
        async with await psycopg.AsyncConnection.connect(
            self.store.url.replace("+psycopg", ""), autocommit=True
        ) as other:
            pid = self.locks._connection.info.backend_pid
            await other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


@pytest.fixture
async def replicas(postgres_url: str) -> AsyncIterator[list[Replica]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(_replica(postgres_url, name)) for name in "ab"]


@asynccontextmanager
async def _replica(url: str, name: str) -> AsyncIterator[Replica]:
    store = Store(url)
    async with connected(url, PATIENCE) as locks:
        queue = SharedInbox(store, cast.clock_at(cast.MONDAY), cast.VAULT, locks)
        replica = Replica(name, queue, locks, store)
        queue.expect = replica.expected.append
        yield replica
    await store.close()
    async with connected(url, PATIENCE) as others, asyncio.timeout(PATIENCE):
        # The server lets go of one lock after the other.
        while locks.holder in await others.holders():  # noqa: ASYNC110 - a process of its own
            await asyncio.sleep(0.01)


async def rows(replica: Replica) -> list[InboxUpdate]:
    async with replica.store.read() as session:
        found = await session.exec(select(InboxUpdate).order_by(InboxUpdate.update_id))  # type: ignore[arg-type]
        return list(found.all())


async def settled(replicas: list[Replica]) -> None:
    async with asyncio.timeout(PATIENCE):
        while any(r.answered_at is None for r in await rows(replicas[0])):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def words(update: Update) -> str:
    return str(update.message and update.message.text)


@asynccontextmanager
async def working(replicas: list[Replica], act: Any) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(replica.handle(act)) for replica in replicas]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def test_what_is_brought_to_either_in_turn_is_handled_once_and_in_order(
    replicas: list[Replica],
) -> None:
    handled: list[str] = []
    at_once: dict[int, int] = {}
    people, each = (cast.LAN, cast.AN, cast.BINH), 12

    async def act(replica: Replica, update: Update) -> None:
        chat = update.effective_chat.id if update.effective_chat else 0
        at_once[chat] = at_once.get(chat, 0) + 1
        assert at_once[chat] == 1, "two of one chat at the same time"
        await asyncio.sleep(0.002 * (update.update_id % 3))
        handled.append(words(update))
        at_once[chat] -= 1

    async def bring(place: int, one: cast.Character) -> None:
        """As Telegram does it: the next of a chat when the one before is taken."""
        for n in range(each):
            update = written(1 + n * len(people) + place, f"{one.name} {n}", one)
            await replicas[(n + place) % 2].take(update)

    async with working(replicas, act):
        async with asyncio.TaskGroup() as group:
            for place, one in enumerate(people):
                group.create_task(bring(place, one))
        await settled(replicas)
    for one in people:
        assert [w for w in handled if w.startswith(one.name)] == [
            f"{one.name} {n}" for n in range(each)
        ]
    assert len(handled) == len(people) * each
    kept = await rows(replicas[0])
    assert {(r.payload, r.chat) for r in kept} == {(None, None)}, (
        "who wrote goes when it is handled"
    )
    assert {r.attempts for r in kept} == {0}


async def test_the_same_update_brought_to_both_at_once_is_stored_and_handled_once(
    replicas: list[Replica],
) -> None:
    handled: list[str] = []

    async def act(replica: Replica, update: Update) -> None:
        handled.append(words(update))

    async with working(replicas, act):
        for n in range(1, 11):
            update = written(n, f"việc {n}")
            await asyncio.gather(*(r.take(update) for r in replicas for _ in range(2)))
        await settled(replicas)
        await asyncio.gather(*(r.take(written(n, f"việc {n}")) for r in replicas for n in (1, 10)))
    assert handled == [f"việc {n}" for n in range(1, 11)]


async def test_what_comes_while_another_has_the_chat_is_handled_by_that_one_without_a_sweep(
    replicas: list[Replica],
) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    await b.take(written(2, "hai"))
    assert b.inbox.empty()
    assert b.inbox.idle.is_set()
    first = a.inbox.get_nowait()
    assert isinstance(first, Update)
    await a.inbox.finish(first)
    second = a.inbox.get_nowait()
    assert isinstance(second, Update)
    assert words(second) == "hai"
    await a.inbox.finish(second)
    assert a.inbox.idle.is_set()
    await b.take(written(3, "ba"))
    assert b.inbox.qsize() == 1, "the chat is free again"


async def test_what_is_stored_between_another_ones_last_look_and_ones_own_try_is_not_left_lying(
    replicas: list[Replica], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    lock, meanwhile = b.locks.lock, [True]

    async def lock_slowly(key: int, *, shared: bool = False) -> bool:
        got = await lock(key, shared=shared)
        if meanwhile:
            meanwhile.pop()
            for _ in range(2):  # the first two are over, and nobody has the chat any more
                update = a.inbox.get_nowait()
                assert isinstance(update, Update)
                await a.inbox.finish(update)
            await b.take(written(3, "ba"))
        return got

    monkeypatch.setattr(b.locks, "lock", lock_slowly)
    await b.take(written(2, "hai"))
    update = b.inbox.get_nowait()
    assert isinstance(update, Update)
    assert words(update) == "ba"


async def test_the_chats_of_one_that_died_are_taken_over_in_order(replicas: list[Replica]) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    await a.take(written(2, "hai"))
    await b.take(written(3, "ba"))  # a has the chat
    await b.inbox.sweep()
    assert b.inbox.empty()
    await a.die()
    await b.inbox.sweep()
    handled = []
    for _ in range(3):
        update = b.inbox.get_nowait()
        assert isinstance(update, Update)
        await b.inbox.begin(update)
        handled.append(words(update))
        await b.inbox.finish(update)
    assert handled == ["một", "hai", "ba"]
    assert [r.attempts for r in await rows(b)] == [1, 1, 0], "what it may have died of is counted"


async def test_what_waits_behind_a_fatal_update_is_not_given_up_with_it(
    replicas: list[Replica],
) -> None:
    """A try is one that is begun: who takes a chat over has begun nothing of it yet."""
    a, b = replicas
    await a.take(written(1, "một"))
    await a.take(written(2, "hai"))
    await a.die()
    await b.inbox.sweep()
    assert [r.attempts for r in await rows(b)] == [0, 0]
    update = b.inbox.get_nowait()
    assert isinstance(update, Update)
    await b.inbox.begin(update)
    assert [r.attempts for r in await rows(b)] == [1, 0]


async def test_what_one_that_lost_its_turn_still_does_is_not_kept(
    replicas: list[Replica], work: Work
) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    await a.die()  # it does not know
    await b.inbox.sweep()
    begun = replace(work, store=a.store, holder=a.locks.holder)
    with pytest.raises(TurnLost):
        async with begun.for_update(key_of(1), cast.MONDAY).write() as session:
            session.add(InboxUpdate(channel="telegram", update_id=99, received_at=cast.MONDAY))
    update = a.inbox.get_nowait()
    assert isinstance(update, Update)
    await a.inbox.finish(update)  # nor is it noted as answered
    (left,) = await rows(b)
    assert (left.update_id, left.answered_at, left.holder) == (1, None, b.locks.holder)
    own = replace(work, store=b.store, holder=b.locks.holder)
    async with own.for_update(key_of(1), cast.MONDAY).write():
        pass
    assert (await rows(b))[0].done_at is not None


async def test_one_that_committed_and_died_before_it_answered_leaves_the_card_owed(
    replicas: list[Replica], work: Work
) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    own = replace(work, store=a.store, holder=a.locks.holder)
    async with own.for_update(key_of(1), cast.MONDAY).write():
        pass
    await a.die()
    await b.inbox.sweep()
    assert b.inbox.empty()
    assert b.expected == [cast.LAN.telegram_id]
    (left,) = await rows(b)
    assert open_pending(cast.VAULT, left).chat == cast.LAN.telegram_id
    await b.inbox.sweep()
    await b.take(written(2, "hai"))
    assert b.inbox.qsize() == 1, "what waits holds up nothing"


def next_update(replica: Replica) -> Update:
    update = replica.inbox.get_nowait()
    assert isinstance(update, Update)
    return update


@pytest.fixture
def quick_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.inbox.AGAIN_PAUSE", 0.01)


async def test_an_update_that_takes_one_after_the_other_down_with_it_is_given_up(
    postgres_url: str,
) -> None:
    async with _replica(postgres_url, "x") as first:
        await first.take(written(1, "một"))
    for _ in range(MAX_ATTEMPTS):
        async with _replica(postgres_url, "x") as next_one:
            await next_one.inbox.sweep()
            await next_one.inbox.begin(next_update(next_one))
    async with _replica(postgres_url, "x") as last:
        await last.inbox.sweep()
        assert last.inbox.empty()
        assert last.expected == [cast.LAN.telegram_id]


async def test_what_the_database_broke_off_is_handled_again_before_what_its_chat_sent_since(
    replicas: list[Replica], quick_again: None
) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    update = next_update(a)
    assert a.inbox.again(update)
    await b.take(written(2, "hai"))
    await a.inbox.finish(update)
    assert words(next_update(a)) == "một"
    assert b.inbox.empty(), "its chat is not let go of meanwhile"
    await a.inbox.finish(update)
    assert words(next_update(a)) == "hai"
    assert [r.attempts for r in await rows(a)] == [0, 0]


async def test_what_was_done_when_the_database_broke_it_off_is_answered_and_not_done_again(
    replicas: list[Replica], work: Work, quick_again: None
) -> None:
    a, _ = replicas
    await a.take(written(1, "một"))
    await a.take(written(2, "hai"))
    update = next_update(a)
    own = replace(work, store=a.store, holder=a.locks.holder)
    async with own.for_update(key_of(1), cast.MONDAY).write():
        pass
    assert a.inbox.again(update)
    await a.inbox.finish(update)
    assert set(a.expected) == {cast.LAN.telegram_id}, "its card is owed"
    assert words(next_update(a)) == "hai"


async def test_what_was_broken_off_and_taken_over_meanwhile_is_handled_by_who_has_it_alone(
    replicas: list[Replica], quick_again: None
) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    update = next_update(a)
    assert a.inbox.again(update)
    await a.die()  # its locks; it does not know
    await b.inbox.sweep()
    await a.inbox.finish(update)
    assert a.inbox.empty()
    assert words(next_update(b)) == "một"
    (left,) = await rows(b)
    assert left.holder == b.locks.holder
    assert left.answered_at is None


async def test_a_program_that_stops_leaves_what_was_broken_off_to_the_others(
    replicas: list[Replica], quick_again: None
) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    update = next_update(a)
    assert a.inbox.again(update)
    await a.inbox.put(object())  # PTB's stop signal
    await a.inbox.finish(update)
    await a.die()
    await b.inbox.sweep()
    assert words(next_update(b)) == "một"


async def test_a_chat_that_is_held_is_held_for_everybody_and_looked_through_afterwards(
    replicas: list[Replica],
) -> None:
    a, b = replicas
    async with a.inbox.hold(cast.LAN.telegram_id) as free:
        assert free
        async with b.inbox.hold(cast.LAN.telegram_id) as free_too:
            assert not free_too
        await b.take(written(1, "một"))
        await a.take(written(2, "hai"))
        await b.inbox.sweep()
        assert a.inbox.empty()
        assert b.inbox.empty()
    update = a.inbox.get_nowait()
    assert isinstance(update, Update)
    assert words(update) == "một"
    async with a.inbox.hold(cast.LAN.telegram_id) as free:
        assert not free


async def test_what_is_to_be_handled_again_is_handled_when_its_chat_is_let_go_of(
    replicas: list[Replica],
) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    update = a.inbox.get_nowait()
    assert isinstance(update, Update)
    async with a.store.write() as session:
        await inbox.set_answer(session, key_of(1), b"kept")
    await a.inbox.finish(update)
    async with b.inbox.hold(cast.LAN.telegram_id):
        async with b.store.write() as session:
            await inbox.take_up(session, key_of(1))
        b.inbox.repeat((await rows(b))[0])
        assert b.inbox.empty()
    assert b.inbox.qsize() == 1
    assert (await rows(b))[0].holder == b.locks.holder


async def test_what_one_program_alone_left_is_taken_up_or_its_sender_told(
    replicas: list[Replica],
) -> None:
    a, b = replicas
    old = row(3, cast.BINH)
    old.received_at = cast.MONDAY - timedelta(days=2)
    unreadable = written(4, "")
    unreadable["message"] = MISSHAPEN
    async with a.store.write() as session:
        session.add_all([row(1, cast.LAN), row(2, cast.LAN), old])
    await a.take(unreadable)
    assert await a.inbox.sweep() == {cast.BINH.telegram_id}
    assert a.inbox.qsize() == 1
    assert b.inbox.empty()
    assert [r.failure for r in await rows(a)] == ["", "", inbox.TOO_LATE, inbox.UNREADABLE]
    assert await b.inbox.sweep() == set()
    assert b.inbox.empty()


async def test_a_stop_leaves_what_waits_to_the_others(replicas: list[Replica]) -> None:
    a, b = replicas
    await a.take(written(1, "một"))
    await a.take(written(2, "hai"))
    update = a.inbox.get_nowait()
    assert isinstance(update, Update)
    await a.inbox.put(object())
    await a.inbox.finish(update)
    assert a.inbox.idle.is_set()
    await a.die()
    await b.inbox.sweep()
    update = b.inbox.get_nowait()
    assert isinstance(update, Update)
    assert words(update) == "hai"


async def test_of_several_one_leads_until_its_end(
    replicas: list[Replica], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.election.TRY_SECONDS", 0.01)
    a, b = (Election(replica.locks) for replica in replicas)
    await a.won()
    waiting = asyncio.create_task(b.won())
    for _ in range(20):
        await asyncio.sleep(0.01)
        assert (a.leads, b.leads) == (True, False)
    await replicas[0].die()
    async with asyncio.timeout(PATIENCE):
        await waiting
    assert b.leads
    assert not await replicas[0].locks.alive()
    assert await replicas[1].locks.alive()
    assert not await _third(replicas[1].store.url)


async def _third(url: str) -> bool:
    async with connected(url, PATIENCE) as locks:
        return await locks.lock(LEADER)
