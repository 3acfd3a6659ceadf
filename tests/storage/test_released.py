"""A database of every version that was delivered comes to the newest schema with all its rows.

`tests/data/released` holds a small one of each, made and filled by that version's own program, its
demo, and written out as SQL: nothing in it is what today's migrations believe of the past. To add
one at a release: `satcoso demo --from 2026-11-09 --data D`, stop it, `sqlite3 D/satcoso.db .dump`
into a file with the schema's number, and D/satcoso.key beside it: what is sealed in it has to open.
"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, text
from sqlalchemy.types import JSON, Boolean, Date, DateTime, LargeBinary

from bot.config.keys import open_vault
from bot.config.settings import Settings
from bot.core.work import Work
from bot.programmes import load
from bot.visits.services.assignment import ensure_week_assigned
from storage.migrations import upgrade
from storage.models import metadata
from storage.store import Store, sqlite_file
from tests import cast, soundness

RELEASED = sorted((Path(__file__).parents[1] / "data" / "released").glob("*.sql"))
MONDAY = cast.MONDAY
# Where rows are others than before, on purpose.
SPLIT = {"reporter", "reporter_account"}
WORDS = {"unit": "name", "person": "name", "visit_report": "situation"}  # word by word the same


def _old(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript(file.read_text(encoding="utf-8"))
    return database


def _counts(database: sqlite3.Connection) -> dict[str, int]:
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names
        if not name.startswith("sqlite_")
    }


@pytest.fixture(params=RELEASED, ids=lambda file: file.stem)
def release(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


@pytest.fixture
async def brought_here(release: Path, unmigrated: str) -> Store:
    """The release's database, of either kind, before the update."""
    store = Store(unmigrated)
    with closing(_old(release)) as old:
        if file := sqlite_file(unmigrated):
            with closing(sqlite3.connect(file)) as new:
                old.backup(new)
        else:
            await upgrade(store, release.stem)
            async with store.engine.begin() as connection:
                await connection.run_sync(_carry_over, old)
    return store


def _carry_over(connection: Connection, old: sqlite3.Connection) -> None:
    """The same rows on PostgreSQL, whose schema its own migrations made."""
    old.row_factory = sqlite3.Row
    tables = MetaData()
    tables.reflect(connection)
    connection.execute(text("SET session_replication_role = replica"))  # in whatever order
    for table in tables.sorted_tables:
        rows = [dict(row) for row in old.execute(f'SELECT * FROM "{table.name}"')]
        if rows and table.name != "alembic_version":
            connection.execute(table.insert(), [_converted(table, row) for row in rows])
        for column in table.primary_key.columns:
            if table.autoincrement_column is column:
                sequence = f"pg_get_serial_sequence('\"{table.name}\"', '{column.name}')"
                connection.execute(text(f"SELECT setval({sequence}, 1000)"))
    connection.execute(text("SET session_replication_role = origin"))


def _converted(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


def _value(kind: Any, value: Any) -> Any:
    if value is None or isinstance(kind, LargeBinary):
        return value
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(kind, Date):
        return datetime.fromisoformat(value).date()
    return json.loads(value) if isinstance(kind, JSON) else value


def test_every_schema_of_the_past_is_there() -> None:
    assert [file.stem for file in RELEASED] == ["0002", "0008", "0015", "0027", "0042"]


def _with_its_key(settings: Settings, release: Path) -> Settings:
    """Older releases sealed nothing in their demo: any key opens it."""
    key = release.with_suffix(".key")
    if not key.exists():
        return settings
    privacy = settings.privacy.model_copy(update={"key_file": key})
    return settings.model_copy(update={"privacy": privacy})


async def test_every_row_comes_along_and_the_program_goes_on(
    release: Path, brought_here: Store, settings: Settings
) -> None:
    store = brought_here
    with closing(_old(release)) as old:
        before = _counts(old)
        words = {t: set(old.execute(f"SELECT id, {c} FROM {t}")) for t, c in WORDS.items()}
    assert before["unit"] > 20
    assert before["visit"] > 4
    assert before["visit_report"] > 2
    await upgrade(store)
    async with store.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
        for name, count in before.items():
            if name in metadata.tables and name not in SPLIT:
                after = await connection.scalar(text(f'SELECT count(*) FROM "{name}"'))
                assert after == count, name
        for table, column in WORDS.items():
            rows = await connection.execute(text(f"SELECT id, {column} FROM {table}"))
            assert {tuple(row) for row in rows} == words[table]
    vault = await open_vault(store, _with_its_key(settings, release), MONDAY)
    assert await soundness.broken(store, MONDAY - timedelta(hours=8)) == []
    calendar = settings.make_calendar()
    work = Work(store, settings, calendar, vault, load(settings.programmes))
    await ensure_week_assigned(work, MONDAY)
    async with store.engine.connect() as connection:
        visits = await connection.scalar(text("SELECT count(*) FROM visit"))
    assert visits > before["visit"]
    await store.close()


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))
