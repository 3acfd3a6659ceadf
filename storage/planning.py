"""By which of its conditions the rows of a query are found."""

from typing import Any

from sqlalchemy import ColumnElement, func


def unindexed(column: Any) -> ColumnElement[Any]:
    """The column in a condition by which nothing is to be looked for.

    SQLite keeps no statistics here and takes what is equal to a value, or in a list, for fewer rows
    than any span of time: a status, a unit, "in none" then bring the rows of all years. Both
    databases take what stands in a function as it is, and look for the rows by another condition.
    """
    return func.coalesce(column, column)
