"""INSERT … ON CONFLICT: both databases know it, and SQLAlchemy keeps it with each of them."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


def insert(session: AsyncSession, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """As the database of this session has it."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)
