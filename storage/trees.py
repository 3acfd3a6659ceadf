"""The tree of units as it was on a day: the one owner of where units lay and what they were called.

A unit without a row of `UnitPast` that ends on that day or later was what it is now.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Unit, UnitPast


async def others_then(session: AsyncSession, day: date) -> dict[int, UnitPast]:
    """Unit id -> what it was on that day, for the units that are another now."""
    rows = await session.exec(
        select(UnitPast)
        .where(col(UnitPast.last_day) >= day)
        .order_by(col(UnitPast.last_day).desc())
    )
    return {row.unit_id: row for row in rows.all()}  # the first to end after the day counts


def on(day: date | None, column: str, unit: Any = Unit) -> ColumnElement[Any]:
    """A unit's `path`, `parent_id` or `name` as it was at the end of a day; None: as it is."""
    now = cast(ColumnElement[Any], getattr(unit, column))
    if day is None:
        return now
    then = (
        select(getattr(UnitPast, column))
        .where(UnitPast.unit_id == unit.id, col(UnitPast.last_day) >= day)
        .order_by(col(UnitPast.last_day))
        .limit(1)
        .correlate(unit)
        .scalar_subquery()
    )
    return func.coalesce(then, now)


async def differs(session: AsyncSession, day: date) -> bool:
    """Whether any unit was another at the end of that day."""
    later = select(UnitPast.id).where(col(UnitPast.last_day) >= day).limit(1)
    ended = select(Unit.id).where(col(Unit.dissolved_on) > day).limit(1)
    rows = await session.exec(select(later.exists() | ended.exists()))
    return bool(rows.one())


async def paths_on(session: AsyncSession, day: date, paths: Iterable[str]) -> tuple[str, ...]:
    """Paths of today as those that the same units had on a day; without those not there yet."""
    ids = {path: int(path.rstrip("/").rpartition("/")[2] or 0) for path in paths}
    rows = await session.exec(
        select(UnitPast)
        .where(col(UnitPast.unit_id).in_(ids.values()), col(UnitPast.last_day) >= day)
        .order_by(col(UnitPast.last_day).desc())
    )
    then = {row.unit_id: row.path for row in rows.all()}
    return tuple(path for now, key in ids.items() if (path := then.get(key, now)))


async def remember(session: AsyncSession, before: Sequence[UnitPast], last_day: date) -> None:
    """Keep what units were until a day. Where that is kept already, as from a change earlier on
    the day after it, nothing is added: a state that lasted for hours is that of no day."""
    rows = await session.exec(select(UnitPast.unit_id).where(UnitPast.last_day == last_day))
    there = set(rows.all())
    session.add_all(row for row in before if row.unit_id not in there)
