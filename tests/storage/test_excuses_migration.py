"""Migration 0025: whose word it was that a visit need not take place is known from before too."""

from pathlib import Path

import pytest

from storage.migrations import upgrade
from storage.store import Store
from tests import cast
from tests.cast import AN, DUNG
from tests.storage import copies

VISIT = (
    "INSERT INTO visit (id, key, week, site_id, unit_id, officer_id, status, origin, reasons,"
    " excuse, swap_asked, created_at, late, reminded) VALUES (1, 'k', '2026-11-16', 11, 2, 1,"
    " :status, 'assigned', '[]', 'Ốm', '', '2026-11-16', 0, '[]')"
)
EVENT = (
    "INSERT INTO visit_event (visit_id, at, actor_id, what, words)"
    " VALUES (1, '2026-11-16', :actor, 'excused', 'Ốm')"
)


async def _settle(store: Store) -> None:
    await upgrade(store, "0024")
    await cast.settle_before(store)


@pytest.mark.parametrize(
    ("status", "actors", "excused_by"),
    [
        ("excused", [DUNG.id], DUNG.id),
        ("excused", [AN.id], None),
        ("excused", [AN.id, DUNG.id], DUNG.id),
        ("excused", [DUNG.id, AN.id], None),
        ("excused", [None], 0),
        ("excused", [], None),
        ("planned", [DUNG.id], None),
    ],
)
async def test_an_excuse_of_before_keeps_its_meaning(
    tmp_path: Path, status: str, actors: list[int | None], excused_by: int | None
) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await copies.made(store, "the cast at 0024", _settle)
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql(VISIT, {"status": status})
        for actor in actors:
            await connection.exec_driver_sql(EVENT, {"actor": actor})
    await upgrade(store)
    async with store.engine.begin() as connection:
        rows = await connection.exec_driver_sql("SELECT excused_by, excuse_asked FROM visit")
        assert rows.all() == [(excused_by, "")]
    await store.close()
