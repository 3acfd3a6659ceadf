"""People, their roles and their leave."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ClusterUnit, Leave, Membership, Person, Role, Unit


async def by_telegram_id(session: AsyncSession, telegram_id: int) -> Person | None:
    found = await session.exec(select(Person).where(Person.telegram_id == telegram_id))
    return found.first()


async def set_blocked(session: AsyncSession, person_id: int, now: datetime | None) -> None:
    """Since when the person cannot be reached; None: they can be again."""
    await session.exec(
        update(Person)
        .where(col(Person.id) == person_id)
        .values(blocked_at=func.coalesce(Person.blocked_at, now) if now else None)
    )


async def roles_with_paths(
    session: AsyncSession, person_ids: Collection[int]
) -> Sequence[tuple[int, Role, str]]:
    """(person, role, path of a unit it covers), one row a unit; clusters are spread out."""
    found = await session.exec(
        select(Membership.person_id, Membership.role, Unit.path)
        .join(
            ClusterUnit,
            col(ClusterUnit.cluster_id) == col(Membership.cluster_id),
            isouter=True,
        )
        .join(
            Unit,
            or_(
                col(Unit.id) == col(Membership.unit_id),
                col(Unit.id) == col(ClusterUnit.unit_id),
            ),
        )
        .where(col(Membership.person_id).in_(person_ids), col(Membership.ended_at).is_(None))
        .order_by(col(Membership.id), col(Unit.id))
    )
    return [(person, Role(role), path) for person, role, path in found.all()]


async def holding(session: AsyncSession, role: Role) -> Sequence[Person]:
    """Everybody who holds a role now, by name."""
    found = await session.exec(
        select(Person)
        .where(
            col(Person.id).in_(
                select(Membership.person_id).where(
                    Membership.role == role, col(Membership.ended_at).is_(None)
                )
            )
        )
        .order_by(col(Person.folded), col(Person.id))
    )
    return found.all()


async def leaves_between(
    session: AsyncSession, first: date, last: date, person_ids: Collection[int] | None = None
) -> Sequence[Leave]:
    """Leaves that touch the days from `first` to `last`."""
    query = select(Leave).where(col(Leave.first_day) <= last, col(Leave.last_day) >= first)
    if person_ids is not None:
        query = query.where(col(Leave.person_id).in_(person_ids))
    return (await session.exec(query)).all()


async def named(session: AsyncSession, ids: Collection[int]) -> dict[int, Person]:
    found = await session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id: person for person in found.all() if person.id is not None}


async def leaves_of(session: AsyncSession, person_id: int, since: date) -> Sequence[Leave]:
    """A person's leaves that are not over by `since`, the nearest first."""
    found = await session.exec(
        select(Leave)
        .where(Leave.person_id == person_id, col(Leave.last_day) >= since)
        .order_by(col(Leave.first_day))
    )
    return found.all()
