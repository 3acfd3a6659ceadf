"""Migration 0016: a visit has one report that counts, also where a database of before had two."""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from storage.migrations import upgrade
from storage.store import Store
from tests import cast

VISIT = (
    "INSERT INTO visit (id, key, week, site_id, unit_id, officer_id, status, origin, reasons,"
    " excuse, swap_asked, created_at, late, reminded) VALUES (1, 'k', '2026-11-16', 11, 2, 1,"
    " 'reported', 'assigned', '[]', '', '', '2026-11-16', 0, '[]')"
)
REPORT = (
    "INSERT INTO visit_report (id, visit_id, version, latest, author_id, submitted_at, visited_on,"
    " kind, situation, met_union, met_management, aspirations, help_given, arrears, commendation,"
    " training_needs, agreements, flags) VALUES (:id, 1, :version, 1, 1, '2026-11-17',"
    " '2026-11-17', 'care', '', '', '', '', '', '', '', '', '[]', '[]')"
)


async def test_of_two_reports_that_both_counted_the_newer_one_does(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await upgrade(store, "0015")
    await cast.settle_before(store)
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql(VISIT)
        for version in (1, 2):
            await connection.exec_driver_sql(REPORT, {"id": version, "version": version})
    await upgrade(store)
    async with store.engine.begin() as connection:
        rows = await connection.exec_driver_sql("SELECT version, latest FROM visit_report")
        assert sorted(rows.all()) == [(1, 0), (2, 1)]
        with pytest.raises(IntegrityError):
            await connection.exec_driver_sql(REPORT, {"id": 3, "version": 3})
    await store.close()
