"""Bringing a database to the newest schema; done at every start, harmless when there is nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import InvalidRequestError

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
        await connection.run_sync(_upgrade)
        await connection.commit()


async def is_new(store: Store) -> bool:
    """Whether no migration has ever been applied: there is nothing in it yet."""
    async with store.engine.connect() as connection:
        return not await connection.run_sync(lambda c: inspect(c).has_table("alembic_version"))


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
