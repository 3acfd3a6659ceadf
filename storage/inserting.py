"""INSERT … ON CONFLICT: both databases know it, and SQLAlchemy keeps it with each of them."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


def insert(
    session: AsyncSession | str, table: type[SQLModel] | Table
) -> sqlite.Insert | postgresql.Insert:
    """As the database of this session has it, or the one of this name."""
    name = session if isinstance(session, str) else session.get_bind().dialect.name
    is_sqlite = name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)
