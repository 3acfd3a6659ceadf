"""What was promised at sites: named queries."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, nulls_last
from sqlalchemy import case as when
from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import PromiseState
from storage.models import Promise, Unit
from storage.overview import below

OPEN = col(Promise.state) == PromiseState.OPEN
_FIRST_DUE = (nulls_last(col(Promise.until)), col(Promise.id))


async def get_locked(session: AsyncSession, promise_id: int) -> Promise | None:
    """The promise, kept from other transactions until this one is over."""
    return await session.get(Promise, promise_id, with_for_update=True)


async def of_visit(session: AsyncSession, visit_id: int) -> Sequence[Promise]:
    """Everything that the versions of a visit's report promised; locked."""
    rows = await session.exec(
        select(Promise)
        .where(Promise.visit_id == visit_id)
        .order_by(col(Promise.id))
        .with_for_update()
    )
    return rows.all()


async def open_at(session: AsyncSession, site_ids: Collection[int]) -> dict[int, list[Promise]]:
    """Site -> what is promised there and not ticked off, the earliest day first."""
    rows = await session.exec(
        select(Promise).where(OPEN, col(Promise.site_id).in_(site_ids)).order_by(*_FIRST_DUE)
    )
    by_site: dict[int, list[Promise]] = {}
    for promise in rows.all():
        by_site.setdefault(promise.site_id, []).append(promise)
    return by_site


async def due_by_site(session: AsyncSession, last_day: date) -> dict[int, int]:
    """Site -> how much that is open there is to be done by this day."""
    rows = await session.exec(
        select(Promise.site_id, func.count())
        .where(OPEN, col(Promise.until) <= last_day)
        .group_by(col(Promise.site_id))
    )
    return dict(rows.all())


async def counts_of(session: AsyncSession, officer_id: int, today: date) -> tuple[int, int]:
    """(open, overdue) of the promises that an officer is reminded of."""
    late = func.coalesce(func.sum(when((col(Promise.until) < today, 1), else_=0)), 0)
    query = select(func.count(), late).where(OPEN, Promise.officer_id == officer_id)
    every, overdue = (await session.exec(query)).one()
    return every, int(overdue)


Listed = tuple[Promise, Unit]


async def listed(
    session: AsyncSession, condition: ColumnElement[bool], limit: int, offset: int
) -> Sequence[Listed]:
    """Open promises with their sites, the earliest day first."""
    rows = await session.exec(
        select(Promise, Unit)
        .join(Unit, col(Unit.id) == col(Promise.site_id))
        .where(OPEN, condition)
        .order_by(*_FIRST_DUE)
        .limit(limit)
        .offset(offset)
    )
    return rows.all()


async def count(session: AsyncSession, condition: ColumnElement[bool]) -> int:
    """How many that are open."""
    query = select(func.count()).select_from(Promise).join(Unit, col(Unit.id) == Promise.site_id)
    return (await session.exec(query.where(OPEN, condition))).one()


def overdue_below(paths: Collection[str], today: date) -> ColumnElement[bool]:
    """Whose last day is over, at sites of these subtrees."""
    return and_(col(Promise.until) < today, below(Unit.path, paths))
