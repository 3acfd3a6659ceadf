"""Column types that keep a promise the databases do not: aware times, closed word lists."""

from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. Naive values are refused; SQLite forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time must not be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum kept as text, so that a new member needs no migration on PostgreSQL.

    A word that is not on the list is never written. One that stands in the database all the same
    (a later version wrote it, and an earlier one was put back) is read as the plain text it is:
    it equals no member, so no rule applies to it and no right comes of it, and the other rows of
    the page are still read.
    """

    impl = String
    cache_ok = True

    def __init__(self, enum: type[StrEnum], length: int) -> None:
        super().__init__(length)
        self.enum, self.length = enum, length
        self._members = {member.value: member for member in enum}

    def member(self, value: Any) -> StrEnum | None:
        """Raises ValueError for what is not on the list."""
        return None if value is None else self.enum(value)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return self._members.get(value, value)


class EnumNumber(TypeDecorator[IntEnum]):
    """An IntEnum kept as a number, so that it sorts; strange ones are met as in `EnumText`."""

    impl = Integer
    cache_ok = True

    def __init__(self, enum: type[IntEnum]) -> None:
        super().__init__()
        self.enum = enum
        self._members = {member.value: member for member in enum}

    def member(self, value: Any) -> IntEnum | None:
        """Raises ValueError for what is not on the list."""
        return None if value is None else self.enum(value)

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return self._members.get(value, value)


def text_of(enum: type[StrEnum], length: int = 32) -> Any:
    """The `sa_type` of a column that holds a member of `enum` (SQLModel types it as a class).

    `length`: that of the column, as the migrations made it.
    """
    return EnumText(enum, length)


def number_of(enum: type[IntEnum]) -> Any:
    """The same for an IntEnum."""
    return EnumNumber(enum)
