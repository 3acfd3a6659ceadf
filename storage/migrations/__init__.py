"""Bringing a database to the newest schema; done at every start, harmless when there is nothing."""

from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.store import Store

_HERE = Path(__file__).parent
NEWEST = max(file.name for file in (_HERE / "versions").glob("[0-9]*.py")).partition("_")[0]
"""The migration that a database of this version of the program stands at."""
NEWER = (
    "the database was made by a newer version of the program; "
    "install that version, or restore a backup from before the update"
)


async def upgrade(store: Store, revision: str = "head") -> None:
    """Apply the migrations that the database lacks, creating it where there is none.

    All of them or none, also where the program is killed meanwhile.

    Raises:
        InvalidRequestError (SQLAlchemy's): a newer program was here before.
        IntegrityError: SQLite, a migration left a reference to nothing.
    """
    if revision == "head" and await is_newest(store):
        return  # and Alembic need not be loaded
    async with store.engine.connect() as connection:
        if not store.is_sqlite:
            async with connection.begin():  # ours, so that Alembic does not commit between them
                await connection.run_sync(_upgrade, revision)
            return
        # To change a table is to drop it there: its rows must not be missed meanwhile.
        await _pragma(connection, "foreign_keys=OFF")
        try:
            async with connection.begin():
                await connection.run_sync(_upgrade, revision)
                await connection.run_sync(_check_references)
        finally:
            await _pragma(connection, "foreign_keys=ON")


async def is_new(store: Store) -> bool:
    """Whether no migration has ever been applied: there is nothing in it yet."""
    return await _stands_at(store) is None


async def _stands_at(store: Store) -> str | None:
    """The last migration that was applied; None where there never was one."""
    async with store.engine.connect() as connection:
        if not await connection.run_sync(lambda c: inspect(c).has_table("alembic_version")):
            return None
        version = await connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        return version.scalar() or ""


async def is_newest(store: Store) -> bool:
    """Whether the database lacks no migration of this program."""
    return await _stands_at(store) == NEWEST


async def _pragma(connection: AsyncConnection, setting: str) -> None:
    """Outside of any transaction, where alone SQLite takes this one."""
    raw = await connection.get_raw_connection()
    assert raw.driver_connection is not None
    await raw.driver_connection.pragma(setting)


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({f"{row[0]} -> {row[2]}" for row in broken}))
        raise IntegrityError(f"references to nothing: {tables}", None, ValueError(tables))


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:  # it stands at a migration that this program does not have
        raise InvalidRequestError(NEWER) from error


def knows(revision: str) -> bool:
    """Whether this program has the migration that a database stands at."""
    from alembic.script import ScriptDirectory

    return any(script.revision == revision for script in ScriptDirectory(_HERE).walk_revisions())
