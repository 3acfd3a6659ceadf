"""Bringing a database to the newest schema; done at every start, harmless when there is nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage.store import Store

_HERE = Path(__file__).parent


async def upgrade(store: Store) -> None:
    """Apply the migrations that the database lacks, creating it where there is none."""
    async with store.engine.connect() as connection:
        await connection.run_sync(_upgrade)
        await connection.commit()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
