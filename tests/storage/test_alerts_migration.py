"""An alert and a short report of before alerts could do without a case: both stay as they were."""

from sqlalchemy import Connection, MetaData

from storage.migrations import upgrade
from storage.models import Alert, QuickReport
from storage.store import Store
from tests.cast import MONDAY
from tests.storage.test_law_migration import _fill as with_a_case


def _fill(connection: Connection) -> None:
    with_a_case(connection)
    tables = MetaData()
    tables.reflect(connection)
    now = MONDAY if connection.dialect.name == "postgresql" else MONDAY.replace(tzinfo=None)
    person = {"id": 3, "name": "Dũng", "folded": "dung", "joined_at": now, "phone": ""}
    connection.execute(tables.tables["person"].insert().values(**person))
    alert = {"id": 5, "key": "site:1:stoppage", "unit_id": 1, "case_id": 7, "at": now, "size": 2}
    alert |= {"level": "alarm", "signs": ["stoppage:ngưng máy"], "seen_by": [3]}
    connection.execute(tables.tables["alert"].insert().values(**alert))
    report = {"id": 9, "alert_id": 5, "author_id": 3, "at": now, "enterprise": "May Sen Vàng"}
    report |= dict.fromkeys(("demands", "employer", "authorities", "next_step"), "x")
    connection.execute(
        tables.tables["quick_report"].insert().values(**report, taking_part=60, resumed=False)
    )


async def test_alerts_and_short_reports_outlive_the_new_columns(unmigrated: str) -> None:
    store = Store(unmigrated)
    await upgrade(store, "0008")
    async with store.engine.begin() as connection:
        await connection.run_sync(_fill)
    await upgrade(store)
    async with store.write() as session:
        alert = await session.get_one(Alert, 5)
        assert (alert.case_id, alert.home_id, alert.words, alert.wrong_at) == (7, 1, "", None)
        assert (alert.signs, alert.seen_by) == (["stoppage:ngưng máy"], [3])
        report = await session.get_one(QuickReport, 9)
        assert (report.taking_part, report.cause, report.ownership) == (60, "", "")
        assert report.has_union is None
    await store.close()
