"""What every table shares: constraint names that Alembic can address on both databases."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import SQLModel
from sqlmodel.main import SQLModelConfig

from storage.types import EnumNumber, EnumText

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def index_where(name: str, column: str, condition: str) -> Index:
    """An index over the few rows for which the condition holds. A query has to say the same,
    without parameters in it, for the index to serve it.

    PostgreSQL's condition stands in the migration alone: to say it here would load the dialects
    of all its drivers at every start.
    """
    return Index(name, column, sqlite_where=text(condition))


class Table(SQLModel):
    """Base of the tables. `table=True` models skip validation: services pass checked values.

    Only the words of a closed list are looked up when they are set: rules compare with `is`, so a
    plain word has to be its member at once, as it will be when the row is read again.
    """

    # Nothing is validated by them: what pydantic would do it with is not made at every start.
    model_config = SQLModelConfig(defer_build=True)

    def __setattr__(self, name: str, value: Any) -> None:
        words = _words(type(self)).get(name)
        super().__setattr__(name, words.member(value) if words else value)


@cache
def _words(table: type[Table]) -> Mapping[str, EnumText | EnumNumber]:
    """The columns that hold members of an enumeration."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return {c.name: c.type for c in columns if isinstance(c.type, EnumText | EnumNumber)}
