"""What the two databases promise alike: transactions, times, locks."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from storage import drafts
from storage.enums import Role, VisitStatus
from storage.models import Draft, Membership, Person, ScheduleMark
from storage.store import Store
from storage.types import UtcDateTime, text_of
from tests import cast

HANOI = timezone(timedelta(hours=7))


@pytest.fixture
async def other_store(any_url: str) -> AsyncIterator[Store]:
    """A second program on the database of `any_store`."""
    store = Store(any_url)
    yield store
    await store.close()


async def test_nothing_is_kept_of_a_transaction_that_failed(any_store: Store) -> None:
    async def fail_half_way() -> None:
        async with any_store.write() as session:
            session.add(ScheduleMark(name="lost", ran_at=cast.MONDAY))
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()
    async with any_store.read() as session:
        assert (await session.exec(select(ScheduleMark))).all() == []


async def test_what_was_written_while_reading_is_not_kept(any_store: Store) -> None:
    async with any_store.read() as session:
        session.add(ScheduleMark(name="lost", ran_at=cast.MONDAY))
        await session.flush()
    async with any_store.read() as session:
        assert (await session.exec(select(ScheduleMark))).all() == []


async def test_a_reference_to_nothing_is_refused(any_store: Store) -> None:
    with pytest.raises(IntegrityError):
        async with any_store.write() as session:
            session.add(Membership(person_id=4711, role=Role.OFFICER))


async def test_a_naive_time_is_refused(any_store: Store) -> None:
    naive = datetime(2026, 11, 16, 7, 0)  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="naive"):
        async with any_store.write() as session:
            session.add(ScheduleMark(name="naive", ran_at=naive))


@pytest.mark.parametrize("zone", [UTC, HANOI])
async def test_a_time_comes_back_as_the_same_moment_in_utc(any_store: Store, zone: timezone):
    written = datetime(2026, 11, 16, 7, 0, 0, 123456, tzinfo=zone)
    async with any_store.write() as session:
        session.add(ScheduleMark(name="mark", ran_at=written))
    async with any_store.read() as session:
        read = (await session.exec(select(ScheduleMark))).one().ran_at
    assert read == written
    assert read.tzinfo is UTC


async def test_times_are_compared_as_moments_whatever_their_zone(any_store: Store) -> None:
    noon = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
    async with any_store.write() as session:
        session.add(ScheduleMark(name="mark", ran_at=noon))
    just_before = noon.astimezone(HANOI) - timedelta(seconds=1)
    async with any_store.read() as session:
        found = await session.exec(select(ScheduleMark).where(ScheduleMark.ran_at > just_before))
        assert found.one().name == "mark"


@given(st.datetimes(timezones=st.timezones()))
def test_every_moment_survives_the_column_type(moment: datetime) -> None:
    column, dialect = UtcDateTime(), None
    try:
        stored = column.process_bind_param(moment, dialect)  # type: ignore[arg-type]
    except OverflowError:
        return  # in the first or last hours of all time, UTC has no such year
    assert stored is not None
    forgetful = stored.replace(tzinfo=None)  # as SQLite gives it back
    read = column.process_result_value(forgetful, dialect)  # type: ignore[arg-type]
    assert read == moment.astimezone(UTC)


def test_a_word_that_is_not_on_the_list_is_refused() -> None:
    column = text_of(VisitStatus)
    assert column.process_bind_param("missed", None) == "missed"
    with pytest.raises(ValueError, match="mised"):
        column.process_bind_param("mised", None)


async def _draft(store: Store) -> int:
    await cast.settle(store)
    draft = Draft(form="any", owner="p:1", created_at=cast.MONDAY, updated_at=cast.MONDAY)
    async with store.write() as session:
        session.add(draft)
    assert draft.id
    return draft.id


async def _count_up(store: Store, draft_id: int, times: int) -> None:
    for _ in range(times):
        async with store.write() as session:
            draft = await drafts.get_locked(session, draft_id)
            assert draft
            count = draft.answers.get("count", 0)
            await asyncio.sleep(0)  # let the others in, if they can come in
            draft.answers = {"count": count + 1}


async def test_parallel_read_modify_write_loses_nothing(
    any_store: Store, other_store: Store
) -> None:
    draft_id = await _draft(any_store)
    workers = [any_store, any_store, other_store, other_store]
    await asyncio.gather(*(_count_up(store, draft_id, 25) for store in workers))
    async with any_store.read() as session:
        draft = await session.get(Draft, draft_id)
        assert draft
        assert draft.answers == {"count": 100}


async def test_reading_does_not_wait_for_writing(any_store: Store, other_store: Store) -> None:
    await cast.settle(any_store)
    async with any_store.write() as writing:
        person = await writing.get(Person, cast.AN.id)
        assert person
        person.phone = "0901"
        await writing.flush()
        async with asyncio.timeout(60), other_store.read() as reading:
            unchanged = await reading.get(Person, cast.AN.id)
            assert unchanged
            assert unchanged.phone == ""


async def test_an_object_stays_readable_after_its_transaction(any_store: Store) -> None:
    await cast.settle(any_store)
    async with any_store.write() as session:
        person = await session.get(Person, cast.AN.id)
    assert person
    assert person.name == cast.AN.full_name


async def test_sqlite_keeps_what_was_committed_even_when_the_power_goes(store: Store) -> None:
    async with store.read() as session:
        connection = await session.connection()
        for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == wanted
