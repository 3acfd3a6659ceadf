"""Rows that know when something about them is due next: `remind_at`, indexed, UTC."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select, SelectOfScalar

from storage.types import UtcDateTime

Waiting = tuple[type[Any], ColumnElement[bool]]
"""Rows of one kind, and which of them can still have something due."""


def asks_whether_due(kinds: Sequence[Waiting]) -> Select[*tuple[Any, ...]]:
    """One row: of each of these kinds, whether any is due by the parameter `now`.

    It is asked at every tick, so it is built once.
    """
    now = bindparam("now", type_=UtcDateTime)
    return Select(
        *(select(model.id).where(model.remind_at <= now, waits).exists() for model, waits in kinds)
    )


def asks_for_earliest(kinds: Sequence[Waiting]) -> Select[*tuple[Any, ...]]:
    """One row: of each of these kinds, when the next is due."""
    return Select(*(_earliest(model, waits).scalar_subquery() for model, waits in kinds))


async def ids(
    session: AsyncSession, model: type[Any], waits: ColumnElement[bool], now: datetime, limit: int
) -> Sequence[int]:
    """What is due by `now`, the longest due first."""
    due = select(model.id).where(model.remind_at <= now, waits)
    rows = await session.exec(due.order_by(model.remind_at, model.id).limit(limit))
    return rows.all()


async def locked(
    session: AsyncSession,
    model: type[Any],
    waits: ColumnElement[bool],
    now: datetime,
    keys: Collection[int],
) -> Sequence[Any]:
    """Those of the rows that are still due, without those that another process has in hand."""
    still_due = select(model).where(col(model.id).in_(keys), model.remind_at <= now, waits)
    rows = await session.exec(
        still_due.order_by(model.remind_at, model.id).with_for_update(skip_locked=True)
    )
    return rows.all()


async def earliest(
    session: AsyncSession, model: type[Any], waits: ColumnElement[bool]
) -> datetime | None:
    """When the next of all rows is due."""
    moment: datetime | None = (await session.exec(_earliest(model, waits))).one()
    return moment


def _earliest(model: type[Any], waits: ColumnElement[bool]) -> SelectOfScalar[datetime | None]:
    waiting = col(model.remind_at).is_not(None)  # else SQLite walks over all that wait for nothing
    return select(func.min(model.remind_at)).where(waiting, waits)


async def postpone(
    session: AsyncSession, model: type[Any], key: int, now: datetime, until: datetime
) -> None:
    """The row waits until then, unless it is not due any more."""
    still_due = (col(model.id) == key, model.remind_at <= now)
    await session.exec(update(model).where(*still_due).values(remind_at=until))
