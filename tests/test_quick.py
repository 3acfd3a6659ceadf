"""The tricks of `tests/quick.py` take hold and change nothing: one that silently does nothing
fails nothing else.
"""

import shutil
import weakref
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.config.settings import Settings
from storage.models import Person, ScheduleMark, metadata
from storage.store import Store
from tests import cast, quick
from tests.client import Town
from tests.tour import listening

tricks = pytest.mark.skipif(quick.AS_EVER, reason="none of them is done")


@tricks
def test_the_usual_town_of_a_moment_is_settled_once(
    town: Town, settings: Settings, clock: cast.FrozenClock
) -> None:
    assert quick.keeps(settings, clock)


@tricks
async def test_the_cast_is_copied_into_a_new_database_as_it_once_moved_in(
    migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _settled(migrated, tmp_path / "before.db")
    copied = await _settled(migrated, tmp_path / "copied.db", sends=0)
    with monkeypatch.context() as patch:
        patch.setattr(quick, "_untouched", lambda _store: None)
        assert await _settled(migrated, tmp_path / "by row.db") == copied
    assert len(copied["person"]) == len(cast.KNOWN)


@tricks
def test_what_a_test_has_left_in_a_circle_goes_once_it_is_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Left:
        itself: "Left"

    left = Left()
    left.itself = left
    gone = weakref.ref(left)
    del left
    monkeypatch.setattr(quick, "_held", 0)
    quick.tidy()
    assert gone() is None


async def test_a_database_that_holds_something_already_keeps_it(store: Store) -> None:
    async with store.write() as session:
        session.add(Person(id=77, name="Đỗ Sẵn", folded="do san", joined_at=cast.LONG_AGO))
    await cast.settle(store)
    async with store.read() as session:
        assert len((await session.exec(select(Person))).all()) == len(cast.KNOWN) + 1


async def _settled(new: Path, file: Path, sends: int | None = None) -> dict[str, list[Any]]:
    """Table -> its rows, once the cast is in. `sends`: so many statements are sent for it."""
    shutil.copy(new, file)
    store = Store(f"sqlite+aiosqlite:///{file}")
    with listening(store) as sent:
        await cast.settle(store)
    assert sends is None or len(sent) == sends
    async with store.engine.connect() as connection:
        rows = {
            name: sorted(map(repr, (await connection.execute(table.select())).all()))
            for name, table in metadata.tables.items()
        }
    await store.close()
    return rows


async def test_what_is_tried_on_both_databases_gets_rows_in_no_order_that_it_could_count_on(
    any_store: Store,
) -> None:
    async with any_store.write() as session:
        session.add_all(ScheduleMark(name=name, ran_at=cast.MONDAY) for name in ("a", "b", "c"))
    async with any_store.read() as session:
        names = list((await session.exec(select(ScheduleMark.name))).all())
        in_order = await session.exec(select(ScheduleMark.name).order_by(ScheduleMark.name))
        assert list(in_order.all()) == ["a", "b", "c"]
    if any_store.is_sqlite and not quick.AS_EVER:
        assert names == ["c", "b", "a"]
