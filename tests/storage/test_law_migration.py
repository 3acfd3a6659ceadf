"""A case of before the law's days were written down: it stays, and nothing is known of them."""

from sqlalchemy import Connection, MetaData

from storage.migrations import upgrade
from storage.models import Case
from storage.store import Store
from tests.cast import MONDAY


def _fill(connection: Connection) -> None:
    tables = MetaData()
    tables.reflect(connection)
    now = MONDAY if connection.dialect.name == "postgresql" else MONDAY.replace(tzinfo=None)
    unit = {"id": 1, "code": "TINH", "name": "LĐLĐ tỉnh", "folded": "", "level_name": ""}
    unit |= {"kind": "federation", "path": "/1/", "sensitive": False, "address": ""}
    unit |= dict.fromkeys(("sector", "contact_name", "contact_phone"), "")
    unit |= {"workers": 0, "women": 0, "members": 0, "known_since": MONDAY.date()}
    connection.execute(tables.tables["unit"].insert().values(**unit))
    case = {"id": 7, "code": "K7P2M", "kind": "complaint", "category": "LUONG", "unit_id": 1}
    case |= {"severity": "normal", "status": "received", "site_words": "", "home_id": 1}
    case |= {"anonymous": True, "text": "nợ lương", "folded": "no luong", "result": ""}
    case |= {"agency": "", "created_at": now, "reminded": []}
    connection.execute(tables.tables["case"].insert().values(**case))


async def test_a_case_outlives_the_new_column(unmigrated: str) -> None:
    store = Store(unmigrated)
    await upgrade(store, "0008")
    async with store.engine.begin() as connection:
        await connection.run_sync(_fill)
    await upgrade(store)
    async with store.read() as session:
        case = await session.get(Case, 7)
        assert case is not None
        assert (case.text, case.law) == ("nợ lương", {})
    await store.close()
