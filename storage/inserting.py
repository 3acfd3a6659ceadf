"""INSERT … ON CONFLICT: both databases know it, and SQLAlchemy keeps it with each of them."""

from typing import TYPE_CHECKING

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert(
    session: AsyncSession | str, table: type[SQLModel] | Table
) -> "sqlite.Insert | postgresql.Insert":
    """As the database of this session has it, or the one of this name."""
    name = session if isinstance(session, str) else session.get_bind().dialect.name
    if name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with all its drivers' dialects: where it is used

    return postgresql.insert(table)
