"""The migrations and the models say the same, on both databases."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, Table, inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeEngine

import storage.migrations
from storage.addresses import TELEGRAM
from storage.migrations import NEWEST, upgrade
from storage.models import (
    Case,
    Draft,
    IdentityView,
    Leave,
    OutboxMessage,
    Person,
    StoredFile,
    metadata,
)
from storage.store import Store
from tests import cast
from tests.storage import copies


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def _inspected(store: Store, question: Any) -> Any:
    async with store.engine.connect() as connection:
        return await connection.run_sync(question)


async def test_the_migrated_schema_equals_the_models(any_store: Store) -> None:
    assert await _inspected(any_store, _differences) == []


async def test_every_constraint_has_the_name_of_the_convention(any_store: Store) -> None:
    def names(connection: Connection | Engine) -> dict[str, set[str | None]]:
        seen = inspect(connection)
        return {
            table: {key["name"] for key in seen.get_foreign_keys(table)}
            | {key["name"] for key in seen.get_unique_constraints(table)}
            | {seen.get_pk_constraint(table)["name"]}
            for table in metadata.tables
        }

    for table, found in (await _inspected(any_store, names)).items():
        if any_store.is_sqlite and metadata.tables[table].autoincrement_column is not None:
            found = found - {None} | {f"pk_{table}"}  # SQLite: stands at its column, without name
        assert {name.partition("_")[0] for name in found} <= {"pk", "fk", "uq"}, table
        assert f"pk_{table}" in found


async def test_a_second_upgrade_changes_nothing_and_keeps_the_rows(any_store: Store) -> None:
    await cast.settle(any_store)
    await upgrade(any_store)
    async with any_store.read() as session:
        assert await session.get(Person, cast.AN.id)
    assert await _inspected(any_store, _differences) == []


async def test_no_table_gives_an_id_out_twice(any_store: Store) -> None:
    """PostgreSQL's sequences never do; on SQLite each table has to be told."""

    def ids_once(connection: Connection) -> dict[str, bool]:
        if not any_store.is_sqlite:
            return {
                table: bool(inspect(connection).get_columns(table)[0]["autoincrement"])
                for table in _numbered()
            }
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type='table'")
        return {name: "PRIMARY KEY AUTOINCREMENT" in sql for name, sql in rows if name in numbered}

    numbered = _numbered()
    assert await _inspected(any_store, ids_once) == dict.fromkeys(numbered, True)


def _numbered() -> set[str]:
    return {t.name for t in metadata.sorted_tables if t.autoincrement_column is not None}


MONDAY = cast.MONDAY.date()
AT: dict[str, Any] = {"created_at": cast.MONDAY}
DRAFT = partial(Draft, form="report", owner="p:1", updated_at=cast.MONDAY, **AT)
DELETED: tuple[Callable[[], Any], ...] = (
    DRAFT,
    partial(Leave, person_id=cast.AN.id, first_day=MONDAY, last_day=MONDAY),
    partial(StoredFile, channel=TELEGRAM, reference="f", unique_id="u", kind="photo", **AT),
    partial(OutboxMessage, dedupe_key="k", text="", not_before=cast.MONDAY, **AT),
    partial(IdentityView, case_id=1, person_id=cast.AN.id, at=cast.MONDAY),
)


@pytest.mark.parametrize("row", DELETED, ids=lambda row: row.func.__name__)
async def test_the_id_of_a_deleted_row_never_comes_again(
    any_store: Store, row: Callable[[], Any]
) -> None:
    await cast.settle(any_store)
    async with any_store.write() as session:
        unit = cast.KCN.id
        session.add(Case(id=1, code="C", text="", unit_id=unit, home_id=unit, **AT))
    ids = []
    for _ in range(3):
        async with any_store.write() as session:
            new = row()
            session.add(new)
            await session.flush()
            ids.append(new.id)
        async with any_store.write() as session:
            await session.delete(await session.get(type(new), new.id))
    assert len(set(ids)) == 3


def _kind(of: TypeEngine[Any]) -> str:
    return str(of._type_affinity.__name__).lower() if of._type_affinity else ""


async def test_a_filled_database_of_before_keeps_every_row_and_reference(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await copies.made(store, "two rows everywhere at 0002", _two_rows_at_0002)
    before = await _rows(store)
    assert len(before) > 30
    await upgrade(store, "0003")
    after = await _rows(store)
    assert {
        name: [_without(row, "interrupted") for row in rows] for name, rows in after.items()
    } == before
    async with store.engine.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar() == 1
        assert (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all() == []
        sql = "INSERT INTO membership (person_id, role) VALUES (99, 'officer')"
        with pytest.raises(IntegrityError):
            await connection.exec_driver_sql(sql)
    await store.close()


async def test_ids_of_before_that_are_gone_already_do_not_come_again_either(
    tmp_path: Path,
) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await copies.made(store, "two rows everywhere at 0002", _two_rows_at_0002)
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM draft")  # whose keys and buttons remain
    await upgrade(store)
    async with store.write() as session:
        draft = DRAFT()
        session.add(draft)
        await session.flush()
        assert draft.id > 100_000
    await store.close()


@pytest.mark.wide
async def test_a_case_of_before_that_had_escalated_knows_who_passed_it_up(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await upgrade(store, "0014")
    await _fill(store)
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE case_event SET case_id = 2, what = 'escalate', data = '{\"before\": 1}'"
        )
    await upgrade(store)
    passed = {row["id"]: row["passed_up_by"] for row in (await _rows(store))["case"]}
    assert passed == {1: None, 2: 1}
    await store.close()


@pytest.mark.wide
async def test_figures_of_before_become_their_own_history(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await upgrade(store, "0022")
    await _fill(store)
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE unit SET workers = 90, women = 5, members = 60")
        await connection.exec_driver_sql(
            "UPDATE suggested_figures SET state = 'accepted', site_id = 2,"
            " decided = CASE id WHEN 1 THEN '{\"members\": 40}' ELSE '{\"members\": 60}' END"
        )
    await upgrade(store)
    counts = [
        (row["unit_id"], row["workers"], row["members"], row["source"], row["gained"])
        for row in (await _rows(store))["unit_count"]
    ]
    assert counts == [
        (1, 90, 60, "list", 0),
        (2, 90, 40, "list", 0),
        (2, 90, 40, "report", 0),
        (2, 90, 60, "report", 0),
    ]
    await store.close()


@pytest.mark.wide
async def test_a_case_of_before_came_by_a_channel_that_nobody_names(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await upgrade(store, "0039")
    before = (await _fill(store))["case"]
    assert before
    assert all("door" not in row for row in before)
    await upgrade(store, "0040")
    after = (await _rows(store))["case"]
    assert {row["door"] for row in after} == {""}
    assert [_without(row, "door") for row in after] == before
    await store.close()


@pytest.mark.wide
async def test_of_a_case_of_before_the_number_alone_is_known(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await upgrade(store, "0041")
    before = (await _fill(store))["case"]
    assert before
    await upgrade(store, "0042")
    after = (await _rows(store))["case"]
    assert {row["affected_group"] for row in after} == {""}
    assert [_without(row, "affected_group") for row in after] == before
    await store.close()


async def test_an_update_that_leaves_a_reference_to_nothing_is_not_done(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    store = Store(f"sqlite+aiosqlite:///{file}")
    await copies.made(store, "two rows everywhere at 0002", _two_rows_at_0002)
    await store.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM person")  # no check here, as a broken tool would do it
    store = Store(f"sqlite+aiosqlite:///{file}")
    with pytest.raises(IntegrityError, match="references to nothing"):
        await upgrade(store)
    await store.close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0002",)
        ]
        assert connection.execute("SELECT count(*) FROM draft").fetchall() == [(2,)]


async def _two_rows_at_0002(store: Store) -> None:
    await upgrade(store, "0002")
    await _fill(store)


def _without(row: dict[str, Any], column: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != column}


async def _fill(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Two rows in every table, each pointing to the rows of the same number."""

    def fill(connection: Connection) -> None:
        tables = MetaData()
        tables.reflect(connection)
        tables.remove(tables.tables["alembic_version"])
        for table in tables.sorted_tables:
            for number in (1, 2):
                connection.execute(table.insert().values(_values(table, number)))

    async with store.engine.begin() as connection:
        await connection.run_sync(fill)
    return await _rows(store)


def _values(table: Table, number: int) -> dict[str, Any]:
    some = {
        "integer": number,
        "float": number / 2,
        "string": f"lời {number}",
        "json": [number],
        "_binary": bytes([number]),
        "boolean": number == 1,
        "date": date(2026, 11, number),
        "time": time(number),
        "datetime": datetime(2026, 11, number, 7),  # noqa: DTZ001 - as SQLite holds it
    }
    return {column.name: some[_kind(column.type)] for column in table.columns}


async def _rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    def rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        tables = MetaData()
        tables.reflect(connection)
        return {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }

    async with store.engine.connect() as connection:
        return await connection.run_sync(rows)


async def test_a_start_creates_the_folder_less_database_file(tmp_path: Any) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    await upgrade(store)
    assert await _inspected(store, _differences) == []
    await store.close()


@pytest.fixture
def history() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(next(iter(storage.migrations.__path__))))
    return ScriptDirectory.from_config(config)


def test_the_history_is_one_line(history: ScriptDirectory) -> None:
    assert history.get_heads() == [NEWEST]
    assert all(not revision.is_merge_point for revision in history.walk_revisions())
