"""What reports propose to commend: named queries."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import CommendationState
from storage.models import Commendation, Membership, Person, Unit
from storage.paths import prefixes

Proposed = tuple[Commendation, Unit, Person]
"""(proposal, site, who proposed it)"""
_WAITING = col(Commendation.state) == CommendationState.WAITING


async def leaders_over(
    session: AsyncSession, path: str, roles: Collection[str]
) -> Sequence[tuple[int, str, str]]:
    """(unit, its path, name) of those who lead a unit above a site; clusters lead nothing."""
    rows = await session.exec(
        columns(col(Unit.id), col(Unit.path), col(Person.name))  # type: ignore[call-overload]
        .select_from(Membership)
        .join(Unit, col(Unit.id) == col(Membership.unit_id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.role).in_(roles),
            col(Membership.ended_at).is_(None),
            col(Unit.path).in_(prefixes(path)[:-1]),
        )
        .order_by(col(Person.id))
    )
    return [tuple(row) for row in rows.all()]


async def of_visit(session: AsyncSession, visit_id: int) -> Sequence[Commendation]:
    """What versions of a visit's report proposed."""
    rows = await session.exec(
        select(Commendation).where(Commendation.visit_id == visit_id).order_by(col(Commendation.id))
    )
    return rows.all()


async def drop_waiting(session: AsyncSession, visit_id: int) -> None:
    """What an earlier version of the visit's report proposed and nobody has acted on."""
    of_visit = col(Commendation.visit_id) == visit_id
    untouched = col(Commendation.passed_up_by).is_(None)
    await session.exec(delete(Commendation).where(of_visit, _WAITING, untouched))


async def waiting(session: AsyncSession, paths: Collection[str]) -> Sequence[Proposed]:
    """What waits for the leaders of these very units, the oldest first."""
    at = select(Unit.id).where(col(Unit.path).in_(paths))
    rows = await session.exec(
        select(Commendation, Unit, Person)
        .join(Unit, col(Unit.id) == col(Commendation.site_id))
        .join(Person, col(Person.id) == col(Commendation.proposed_by))
        .where(col(Commendation.unit_id).in_(at), _WAITING)
        .order_by(col(Commendation.id))
    )
    return rows.all()


async def accepted(
    session: AsyncSession, paths: Collection[str], since: datetime
) -> Sequence[Proposed]:
    """What the leaders of these very units accepted since a moment, the oldest first."""
    at = select(Unit.id).where(col(Unit.path).in_(paths))
    rows = await session.exec(
        select(Commendation, Unit, Person)
        .join(Unit, col(Unit.id) == col(Commendation.site_id))
        .join(Person, col(Person.id) == col(Commendation.proposed_by))
        .where(
            col(Commendation.unit_id).in_(at),
            col(Commendation.state) == CommendationState.ACCEPTED,
            col(Commendation.decided_at) >= since,
        )
        .order_by(col(Commendation.id))
    )
    return rows.all()


async def get_locked(session: AsyncSession, key: int) -> Commendation | None:
    return await session.get(Commendation, key, with_for_update=True)


_RELEASED = col(Commendation.released_at).is_not(None)


async def released(
    session: AsyncSession, limit: int, offset: int
) -> Sequence[tuple[Commendation, Unit]]:
    """The good practices that every unit may read, the newest first, each with its site."""
    rows = await session.exec(
        select(Commendation, Unit)
        .join(Unit, col(Unit.id) == col(Commendation.site_id))
        .where(_RELEASED)
        .order_by(col(Commendation.released_at).desc(), col(Commendation.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return rows.all()


async def count_released(session: AsyncSession) -> int:
    rows = await session.exec(select(func.count()).select_from(Commendation).where(_RELEASED))
    return rows.one()


async def count_released_at(
    session: AsyncSession, inside: ColumnElement[bool], since: datetime, until: datetime
) -> int:
    """Good practices of the sites that are `inside`, released from a moment to before another."""
    rows = await session.exec(
        select(func.count())
        .select_from(Commendation)
        .join(Unit, col(Unit.id) == col(Commendation.site_id))
        .where(
            inside,
            col(Commendation.released_at) >= since,
            col(Commendation.released_at) < until,
        )
    )
    return rows.one()
