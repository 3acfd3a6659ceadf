"""Officers who asked to be excused from a visit and wait for a leader's answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Person, Unit, Visit
from storage.overview import below

_WAITS = col(Visit.excuse_asked) != ""


def _within(query: Any, paths: Sequence[str], but_not: int) -> Any:
    """Those at the sites of these subtrees, without the ones of `but_not`."""
    return query.join(Unit, col(Unit.id) == col(Visit.site_id)).where(
        _WAITS, below(Unit.path, paths), col(Visit.officer_id) != but_not
    )


async def count_waiting(session: AsyncSession, paths: Sequence[str], but_not: int) -> int:
    query = _within(columns(func.count()).select_from(Visit), paths, but_not)
    return int((await session.exec(query)).one()[0])


async def waiting(
    session: AsyncSession, paths: Sequence[str], but_not: int, limit: int, offset: int
) -> Sequence[tuple[Visit, Unit, Person]]:
    """The newest week first, for there something can still be done."""
    query = select(Visit, Unit, Person).select_from(Visit)
    query = query.join(Person, col(Person.id) == col(Visit.officer_id))
    ordered = _within(query, paths, but_not).order_by(col(Visit.week).desc(), col(Visit.id))
    rows: Sequence[tuple[Visit, Unit, Person]] = (
        await session.exec(ordered.limit(limit).offset(offset))
    ).all()
    return rows
