"""Updates taken: each once, its payload kept only until it is answered."""

from datetime import timedelta
from typing import Any

from storage import inbox
from storage.addresses import TELEGRAM, UpdateKey
from storage.coarse import hour_of
from storage.models import InboxUpdate
from storage.store import Store
from tests import cast

NOW = cast.MONDAY
PAYLOAD = b"a sealed update"


def key(update_id: int) -> UpdateKey:
    return UpdateKey(TELEGRAM, update_id)


async def take(store: Store, update_id: int, at: Any = NOW) -> bool:
    async with store.write() as session:
        return bool(await inbox.remember(session, [fresh(update_id, at)]))


def fresh(update_id: int, at: Any = NOW) -> InboxUpdate:
    return InboxUpdate(
        channel=TELEGRAM, update_id=update_id, payload=PAYLOAD, received_at=hour_of(at)
    )


async def row(store: Store, update_id: int) -> InboxUpdate:
    async with store.read() as session:
        found = await inbox.get(session, key(update_id))
        assert found
        return found


async def test_an_update_is_taken_once_even_after_it_was_answered(any_store: Store) -> None:
    assert await take(any_store, 5)
    assert not await take(any_store, 5)
    async with any_store.write() as session:
        await inbox.mark_answered(session, [key(5)], NOW)
    assert not await take(any_store, 5)


async def test_of_many_only_those_are_new_that_were_not_taken_before(any_store: Store) -> None:
    await take(any_store, 5)
    async with any_store.write() as session:
        new = await inbox.remember(session, [fresh(4), fresh(5), fresh(6), fresh(6)])
    assert new == {4, 6}


async def test_many_are_noted_as_answered_at_once(any_store: Store) -> None:
    async with any_store.write() as session:
        await inbox.remember(session, [fresh(4), fresh(5), fresh(6)])
        await inbox.mark_answered(session, [key(4), key(6)], NOW)
        left = [update.update_id for update in await inbox.unfinished(session, TELEGRAM)]
    assert left == [5]


async def test_an_id_beyond_32_bits_fits(any_store: Store) -> None:
    assert await take(any_store, 2**52)
    assert (await row(any_store, 2**52)).update_id == 2**52


async def test_what_people_wrote_does_not_outlive_its_answer(any_store: Store) -> None:
    await take(any_store, 5)
    async with any_store.write() as session:
        await inbox.mark_done(session, key(5), NOW)
    assert (await row(any_store, 5)).payload == PAYLOAD
    async with any_store.write() as session:
        await inbox.mark_answered(session, [key(5)], NOW + timedelta(seconds=3))
    kept = await row(any_store, 5)
    assert kept.payload is None
    assert (kept.done_at, kept.answered_at) == (NOW, NOW), "to the hour"


async def test_an_answer_alone_also_means_done(any_store: Store) -> None:
    await take(any_store, 5)
    async with any_store.write() as session:
        await inbox.mark_answered(session, [key(5)], NOW)
    assert (await row(any_store, 5)).done_at == NOW


async def test_the_unfinished_come_in_their_order(any_store: Store) -> None:
    for update_id in (9, 3, 7, 5):
        await take(any_store, update_id)
    async with any_store.write() as session:
        await inbox.mark_answered(session, [key(7)], NOW)
        await inbox.mark_done(session, key(5), NOW)
    async with any_store.read() as session:
        assert [found.update_id for found in await inbox.unfinished(session, TELEGRAM)] == [3, 5, 9]


async def test_only_old_and_answered_ids_are_forgotten(any_store: Store) -> None:
    old = NOW - timedelta(days=4)
    for update_id, at in ((1, old), (2, old), (3, NOW)):
        await take(any_store, update_id, at)
    async with any_store.write() as session:
        await inbox.mark_answered(session, [key(1)], NOW)
        await inbox.mark_answered(session, [key(3)], NOW)
        await inbox.forget_before(session, NOW - timedelta(days=3))
    assert await take(any_store, 1)  # forgotten
    assert not await take(any_store, 2)  # old, but still owed an answer
    assert not await take(any_store, 3)


async def test_an_update_whose_answer_waits_is_neither_answered_nor_handled_again(
    any_store: Store,
) -> None:
    later = NOW + timedelta(hours=2)
    async with any_store.write() as session:
        await inbox.remember(session, [fresh(5), fresh(6)])
        await inbox.set_answer(session, key(5), b"a card")
        await inbox.mark_answered(session, [key(5)], NOW)
    assert (await row(any_store, 5)).answered_at is None
    async with any_store.write() as session:
        assert [update.update_id for update in await inbox.unfinished(session, TELEGRAM)] == [6]
        assert [update.update_id for update in await inbox.unanswered(session, TELEGRAM)] == [5]
        await inbox.settle(session, key(5), later)
    update = await row(any_store, 5)
    assert (update.answer, update.payload, update.answered_at) == (None, None, hour_of(later))


async def test_an_update_can_be_handled_once_more_instead_of_answered(any_store: Store) -> None:
    async with any_store.write() as session:
        await inbox.remember(session, [fresh(5)])
        await inbox.set_answer(session, key(5), b"again")
        await inbox.take_up(session, key(5))
    update = await row(any_store, 5)
    assert (update.answer, update.payload, update.attempts) == (None, PAYLOAD, 1)
