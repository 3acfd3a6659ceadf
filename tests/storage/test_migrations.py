"""The migrations and the models say the same, on both databases."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

import storage.migrations
from storage.migrations import upgrade
from storage.models import Person, metadata
from storage.store import Store
from tests import cast


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
        assert {name.partition("_")[0] for name in found} <= {"pk", "fk", "uq"}, table
        assert f"pk_{table}" in found


async def test_a_second_upgrade_changes_nothing_and_keeps_the_rows(any_store: Store) -> None:
    await cast.settle(any_store)
    await upgrade(any_store)
    async with any_store.read() as session:
        assert await session.get(Person, cast.AN.id)
    assert await _inspected(any_store, _differences) == []


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
    assert len(history.get_heads()) == 1
    assert all(not revision.is_merge_point for revision in history.walk_revisions())
