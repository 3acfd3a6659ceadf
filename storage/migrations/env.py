"""Alembic's entry. The connection comes from `storage.migrations.upgrade`, never from an ini."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString

from storage.models import metadata
from storage.types import EnumNumber, EnumText, UtcDateTime


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write SQLAlchemy's own types: a migration must not change when our classes do."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, EnumText):
        return f"sa.String(length={item.length})"
    if isinstance(item, EnumNumber):
        return "sa.Integer()"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place
    compare_type=True,
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
