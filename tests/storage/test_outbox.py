"""Messages owed: each once, claimed by one, settled after a crash."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select

from storage import outbox, people
from storage.enums import Lane, OutboxState
from storage.models import OutboxMessage
from storage.store import Store
from tests import cast

NOW = cast.MONDAY


@pytest.fixture
async def shop(any_store: Store) -> Store:
    await cast.settle(any_store)
    return any_store


@pytest.fixture
async def other_shop(shop: Store, any_url: str) -> AsyncIterator[Store]:
    """A second program on the same database."""
    store = Store(any_url)
    yield store
    await store.close()


def owed(key: str, lane: Lane = Lane.NOTICE, *, late: int = 0, subject: str = "") -> OutboxMessage:
    return OutboxMessage(
        dedupe_key=key,
        person_id=cast.AN.id,
        subject=subject,
        lane=lane,
        text=key,
        not_before=NOW + timedelta(seconds=late),
        created_at=NOW,
    )


async def owe(store: Store, *messages: OutboxMessage) -> list[bool]:
    async with store.write() as session:
        return [await outbox.add(session, message) for message in messages]


async def states(store: Store) -> dict[str, OutboxState]:
    async with store.read() as session:
        found = await session.exec(select(OutboxMessage))
        return {row.dedupe_key: row.state for row in found.all()}


async def claimed(store: Store, limit: int = 100, late: int = 0) -> list[str]:
    async with store.write() as session:
        found = await outbox.claim(session, NOW + timedelta(seconds=late), limit)
        return [message.dedupe_key for message in found]


async def test_a_message_is_owed_once(shop: Store) -> None:
    assert await owe(shop, owed("monday"), owed("monday"), owed("friday")) == [True, False, True]
    assert await owe(shop, owed("monday")) == [False]
    assert set(await states(shop)) == {"monday", "friday"}


async def test_of_many_only_the_new_ones_are_owed(shop: Store) -> None:
    await owe(shop, owed("k7"))
    messages = [owed(f"k{n}") for n in range(1200)]
    async with shop.write() as session:
        assert await outbox.add_all(session, messages) == 1199
    assert len(await states(shop)) == 1200


async def test_the_same_message_twice_in_one_batch_is_owed_once(shop: Store) -> None:
    async with shop.write() as session:
        assert await outbox.add_all(session, [owed("k"), owed("k"), owed("l")]) == 2
    assert set(await states(shop)) == {"k", "l"}


async def test_nothing_to_owe_is_nothing(shop: Store) -> None:
    async with shop.write() as session:
        assert await outbox.add_all(session, []) == 0


async def test_two_programs_that_owe_the_same_at_once_owe_it_once(
    shop: Store, other_shop: Store
) -> None:
    async def one(store: Store) -> bool:
        async with store.write() as session:
            new = await outbox.add(session, owed("monday"))
            await asyncio.sleep(0.01)  # both are inside, where the database lets them
            return new

    results = await asyncio.gather(*(one(store) for store in (shop, other_shop, shop, other_shop)))
    assert sorted(results) == [False, False, False, True]


async def test_parallel_workers_claim_every_message_once(shop: Store, other_shop: Store) -> None:
    async with shop.write() as session:
        await outbox.add_all(session, [owed(f"k{n}") for n in range(300)])

    async def worker(store: Store) -> list[str]:
        mine: list[str] = []
        while batch := await claimed(store, 7):
            mine += batch
        return mine

    found = await asyncio.gather(*(worker(store) for store in (shop, other_shop, shop, other_shop)))
    everything = [key for mine in found for key in mine]
    assert len(everything) == 300
    assert set(everything) == {f"k{n}" for n in range(300)}


async def test_the_most_pressing_goes_first_and_then_the_oldest(shop: Store) -> None:
    await owe(
        shop,
        owed("broadcast", Lane.BROADCAST),
        owed("reminder", Lane.REMINDER),
        owed("first notice"),
        owed("second notice"),
        owed("urgent", Lane.URGENT),
    )
    wanted = ["urgent", "first notice", "second notice", "reminder", "broadcast"]
    assert await claimed(shop) == wanted


async def test_what_is_not_due_waits(shop: Store) -> None:
    await owe(shop, owed("now"), owed("soon", late=60))
    assert await claimed(shop) == ["now"]
    async with shop.read() as session:
        assert await outbox.next_due(session, NOW) == NOW + timedelta(seconds=60)
    assert await claimed(shop, late=60) == ["soon"]
    async with shop.read() as session:
        assert await outbox.next_due(session, NOW) is None


async def test_what_has_become_pointless_is_dropped_while_it_waits(shop: Store) -> None:
    await owe(
        shop,
        owed("sent", Lane.REMINDER, subject="visit:1"),
    )
    await claimed(shop)
    await owe(
        shop,
        owed("mine", Lane.REMINDER, subject="visit:1"),
        owed("another visit's", Lane.REMINDER, subject="visit:11"),
        owed("no reminder", Lane.NOTICE, subject="visit:1"),
    )
    async with shop.write() as session:
        await outbox.cancel(session, "visit:1", outbox.REMINDERS)
    assert await states(shop) == {
        "sent": OutboxState.SENDING,
        "mine": OutboxState.CANCELLED,
        "another visit's": OutboxState.PENDING,
        "no reminder": OutboxState.PENDING,
    }


async def test_after_a_crash_a_reminder_is_not_repeated_and_everything_else_is(shop: Store) -> None:
    await owe(shop, *(owed(lane.name, lane) for lane in Lane))
    await claimed(shop)
    await owe(shop, owed("waiting", Lane.REMINDER))
    async with shop.write() as session:
        await outbox.recover(session)
    found = await states(shop)
    assert found.pop("REMINDER") is OutboxState.SENT
    assert set(found.values()) == {OutboxState.PENDING}


async def test_people_who_never_came_in_have_no_address(shop: Store) -> None:
    async with shop.read() as session:
        assert await people.addresses(session, {cast.AN.id, 4711}) == {
            cast.AN.id: (cast.AN.address,)
        }
