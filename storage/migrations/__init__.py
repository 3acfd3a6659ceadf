"""Bringing a database to the newest schema; done at every start, harmless when there is nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.store import Store

_HERE = Path(__file__).parent
NEWER = (
    "the database was made by a newer version of the program; "
    "install that version, or restore a backup from before the update"
)


async def upgrade(store: Store) -> None:
    """Apply the migrations that the database lacks, creating it where there is none.

    Raises InvalidRequestError (SQLAlchemy's) where a newer program was here before.
    """
    async with store.engine.connect() as connection:
        await _foreign_keys(store, connection, "OFF")
        await connection.run_sync(_upgrade)
        await connection.commit()
        await _foreign_keys(store, connection, "ON")


async def _foreign_keys(store: Store, connection: AsyncConnection, state: str) -> None:
    """SQLite drops and renames a table to change it: rows that refer to it must not mind.

    Outside of a transaction, where alone it has an effect.
    """
    if not store.is_sqlite:
        return
    raw = await connection.get_raw_connection()
    assert raw.driver_connection is not None
    async with raw.driver_connection.execute(f"PRAGMA foreign_keys={state}"):
        pass


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # it stands at a migration that this program does not have
        raise InvalidRequestError(NEWER) from error


def knows(revision: str) -> bool:
    """Whether this program has the migration that a database stands at."""
    return any(script.revision == revision for script in ScriptDirectory(_HERE).walk_revisions())
