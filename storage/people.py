"""People, their roles and their leave."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, update
from sqlalchemy import select as core_select
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.addresses import Address
from storage.coarse import day_of
from storage.enums import OPEN_STATUSES, SITE_KINDS, Role
from storage.folding import name_order, person_order
from storage.models import (
    Cluster,
    ClusterUnit,
    Leave,
    Membership,
    Person,
    PersonAddress,
    Unit,
    Visit,
    VisitEvent,
)
from storage.units import below


async def by_address(session: AsyncSession, address: Address) -> Person | None:
    """The person who is known by this address."""
    rows = await session.exec(
        select(Person)
        .join(PersonAddress, col(PersonAddress.person_id) == col(Person.id))
        .where(PersonAddress.channel == address.channel, PersonAddress.id == address.id)
    )
    return rows.first()


async def with_name(session: AsyncSession, folded: str) -> Sequence[Person]:
    """Everybody of this name, written without accents."""
    query = select(Person).where(Person.folded == folded).order_by(col(Person.id))
    return (await session.exec(query)).all()


async def with_roles(session: AsyncSession, address: Address) -> Sequence[Row[Any]]:
    """The person who is known by this address, in one statement: (id, name, seen_at, role, path of
    a unit that it covers, whether the unit is one of a cluster's), a row for each unit; without
    a present role one row without role and path. No row: a stranger.
    """
    connection = await session.connection()
    values = {"of_channel": address.channel, "of_id": address.id}
    rows: Sequence[Row[Any]] = (await connection.execute(_WITH_ROLES, values)).all()
    return rows


def _with_roles() -> Select[Any]:
    """Put together once and without the ORM: it is asked at every tap."""
    person, address, role = Person.__table__, PersonAddress.__table__, Membership.__table__  # type: ignore[attr-defined]
    member, unit = ClusterUnit.__table__, Unit.__table__  # type: ignore[attr-defined]
    present = and_(role.c.person_id == person.c.id, role.c.ended_at.is_(None))
    return (
        core_select(
            *(person.c.id, person.c.name, person.c.seen_at),
            *(role.c.role, unit.c.path, role.c.cluster_id.is_not(None)),
        )
        .select_from(
            address.join(person, person.c.id == address.c.person_id)
            .outerjoin(role, present)
            .outerjoin(member, member.c.cluster_id == role.c.cluster_id)
            .outerjoin(unit, unit.c.id == func.coalesce(member.c.unit_id, role.c.unit_id))
        )
        .where(address.c.channel == bindparam("of_channel"), address.c.id == bindparam("of_id"))
        .order_by(role.c.id, unit.c.id)
    )


_WITH_ROLES = _with_roles()


def address_row(person_id: int, address: Address) -> PersonAddress:
    """One more address of a person, to be added."""
    return PersonAddress(person_id=person_id, channel=address.channel, id=address.id)


async def addresses(
    session: AsyncSession, person_ids: Collection[int]
) -> dict[int, tuple[Address, ...]]:
    """Where to reach these people; those who never came in are missing."""
    rows = await session.exec(
        select(PersonAddress)
        .where(col(PersonAddress.person_id).in_(person_ids))
        .order_by(col(PersonAddress.channel), col(PersonAddress.id))
    )
    by_person: dict[int, tuple[Address, ...]] = {}
    for row in rows.all():
        address = Address(row.channel, row.id)
        by_person[row.person_id] = (*by_person.get(row.person_id, ()), address)
    return by_person


async def addresses_with_roles(session: AsyncSession, channel: str) -> list[Address]:
    """Where those who hold a role now and block nothing are known in a channel."""
    rows = await session.exec(
        select(PersonAddress.id)
        .join(Person, col(Person.id) == col(PersonAddress.person_id))
        .where(
            PersonAddress.channel == channel,
            col(Person.blocked_at).is_(None),
            exists().where(
                col(Membership.person_id) == col(Person.id), col(Membership.ended_at).is_(None)
            ),
        )
        .order_by(col(Person.id), PersonAddress.id)
    )
    return [Address(channel, address_id) for address_id in rows.all()]


async def reached(session: AsyncSession, person_ids: Collection[int]) -> set[int]:
    """Those of these people whom a message of ours comes to: they came in and block nothing."""
    address = exists().where(col(PersonAddress.person_id) == col(Person.id))
    rows = await session.exec(
        select(col(Person.id)).where(
            col(Person.id).in_(person_ids), col(Person.blocked_at).is_(None), address
        )
    )
    return {key for key in rows.all() if key}


async def set_blocked(session: AsyncSession, person_id: int, now: datetime | None) -> None:
    """Since which day the person cannot be reached; None: they can be again."""
    day = day_of(now) if now else None
    await session.exec(
        update(Person)
        .where(col(Person.id) == person_id)
        .values(blocked_at=func.coalesce(Person.blocked_at, day) if day else None)
    )


async def roles_with_paths(
    session: AsyncSession, person_ids: Collection[int]
) -> Sequence[tuple[int, Role, str]]:
    """(person, role, path of a unit it covers), one row a unit; clusters are spread out."""
    return [(person, role, path) for person, role, path, _ in await grants(session, person_ids)]


async def grants(
    session: AsyncSession, person_ids: Collection[int]
) -> Sequence[tuple[int, Role, str, bool]]:
    """The same, and whether the unit is one of a cluster's."""
    rows = await session.exec(
        select(
            Membership.person_id,
            col(Membership.role),
            Unit.path,
            col(Membership.cluster_id).is_not(None),
        )
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
    return rows.all()


async def holding(session: AsyncSession, roles: Collection[str]) -> Sequence[Person]:
    """Everybody who holds one of these roles now, by name."""
    rows = await session.exec(
        select(Person)
        .where(
            col(Person.id).in_(
                select(Membership.person_id).where(
                    col(Membership.role).in_(roles), col(Membership.ended_at).is_(None)
                )
            )
        )
        .order_by(col(Person.id))
    )
    return sorted(rows.all(), key=lambda person: person_order(person.name))


async def leaves_between(
    session: AsyncSession, first: date, last: date, person_ids: Collection[int] | None = None
) -> Sequence[Leave]:
    """Leaves that touch the days from `first` to `last`."""
    query = select(Leave).where(col(Leave.first_day) <= last, col(Leave.last_day) >= first)
    if person_ids is not None:
        query = query.where(col(Leave.person_id).in_(person_ids))
    return (await session.exec(query.order_by(col(Leave.first_day), col(Leave.id)))).all()


async def named(session: AsyncSession, ids: Collection[int]) -> dict[int, Person]:
    if not ids:
        return {}
    rows = await session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id: person for person in rows.all() if person.id is not None}


async def leaves_of(session: AsyncSession, person_id: int, since: date) -> Sequence[Leave]:
    """A person's leaves that are not over by `since`, the nearest first."""
    rows = await session.exec(
        select(Leave)
        .where(Leave.person_id == person_id, col(Leave.last_day) >= since)
        .order_by(col(Leave.first_day))
    )
    return rows.all()


def _seen_from(paths: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a role is held now, in these subtrees or over a cluster reaching in."""
    clusters = (
        select(ClusterUnit.cluster_id)
        .join(Unit, col(Unit.id) == col(ClusterUnit.unit_id))
        .where(below(paths))
    )
    return col(Membership.ended_at).is_(None) & or_(
        col(Membership.unit_id).in_(select(Unit.id).where(below(paths))),
        col(Membership.cluster_id).in_(clusters),
    )


async def names_below(session: AsyncSession, paths: Sequence[str]) -> list[tuple[int, str, str]]:
    """(id, name, folded name) of everybody with a role seen from these subtrees, by name."""
    rows = await session.exec(
        select(Person.id, Person.name, Person.folded)
        .where(col(Person.id).in_(select(Membership.person_id).where(_seen_from(paths))))
        .order_by(col(Person.id))
    )
    people = [(key, name, folded) for key, name, folded in rows.all() if key is not None]
    return sorted(people, key=lambda person: person_order(person[1]))


async def roles_held(
    session: AsyncSession, person_ids: Collection[int]
) -> Sequence[tuple[Membership, Unit | None, Cluster | None]]:
    """Present roles with their places."""
    rows = await session.exec(
        select(Membership, Unit, Cluster)
        .join(Unit, col(Unit.id) == col(Membership.unit_id), isouter=True)
        .join(Cluster, col(Cluster.id) == col(Membership.cluster_id), isouter=True)
        .where(col(Membership.person_id).in_(person_ids), col(Membership.ended_at).is_(None))
        .order_by(col(Membership.id))
    )
    return rows.all()


async def last_active(session: AsyncSession, person: Person) -> datetime:
    """When the person last did something here."""
    done = select(func.max(VisitEvent.at)).where(VisitEvent.actor_id == person.id)
    acted = (await session.exec(done)).one()
    return max(moment for moment in (person.joined_at, person.seen_at, acted) if moment)


async def set_seen(session: AsyncSession, person_id: int, now: datetime) -> None:
    """The person did something for their work, never what they bring as a worker.

    Kept to the day: to the second it would tell which of the staff has just raised a concern.
    """
    await session.exec(
        update(Person).where(col(Person.id) == person_id).values(seen_at=day_of(now))
    )


async def unit_quotas(session: AsyncSession) -> Sequence[tuple[str, int]]:
    """(path, visits a week of each officer) of the units that have a number of their own."""
    rows = await session.exec(
        select(Unit.path, Unit.weekly_quota).where(
            col(Unit.weekly_quota).is_not(None), col(Unit.dissolved_on).is_(None)
        )
    )
    return [(path, quota) for path, quota in rows.all() if quota is not None]


async def named_in_charge(session: AsyncSession) -> Sequence[Unit]:
    """The units whose officer is only named in the list."""
    rows = await session.exec(
        select(Unit)
        .where(Unit.officer_name != "", col(Unit.officer_id).is_(None))
        .order_by(col(Unit.id))
    )
    return rows.all()


async def in_charge_of(session: AsyncSession, person_id: int) -> Sequence[Unit]:
    """The units whose officer in charge this person is."""
    query = select(Unit).where(Unit.officer_id == person_id).order_by(col(Unit.id))
    return (await session.exec(query)).all()


async def open_visits(session: AsyncSession, officer_id: int) -> Sequence[tuple[Visit, Unit]]:
    """Visits of an officer that are neither reported nor closed, the oldest first."""
    rows = await session.exec(
        select(Visit, Unit)
        .join(Unit, col(Unit.id) == col(Visit.site_id))
        .where(Visit.officer_id == officer_id, col(Visit.status).in_(OPEN_STATUSES))
        .order_by(col(Visit.week), col(Visit.id))
    )
    return rows.all()


async def next_visit_at(
    session: AsyncSession, site_id: int, week: date
) -> tuple[Visit, Person] | None:
    """The next planned visit to a site, from this week on, and who comes."""
    rows = await session.exec(
        select(Visit, Person)
        .join(Person, col(Person.id) == col(Visit.officer_id))
        .where(
            Visit.site_id == site_id,
            col(Visit.week) >= week,
            col(Visit.status).in_(OPEN_STATUSES),
        )
        .order_by(col(Visit.week), col(Visit.day).is_(None), col(Visit.day), col(Visit.id))
        .limit(1)
    )
    return rows.first()


async def count_units(session: AsyncSession, paths: Sequence[str]) -> tuple[int, int]:
    """How many units there are in these subtrees, and how many of them are sites."""
    rows = await session.exec(
        select(col(Unit.kind), func.count())
        .where(below(paths), col(Unit.dissolved_on).is_(None))
        .group_by(col(Unit.kind))
    )
    counts = dict(rows.all())
    return sum(counts.values()), sum(counts.get(kind, 0) for kind in SITE_KINDS)


async def places_at(session: AsyncSession, paths: Collection[str]) -> Sequence[Unit]:
    """The units with exactly these paths: where a role is held."""
    rows = await session.exec(select(Unit).where(col(Unit.path).in_(paths)).order_by(col(Unit.id)))
    return sorted(rows.all(), key=lambda unit: name_order(unit.name))


async def holding_among(
    session: AsyncSession, ids: Collection[int], roles: Collection[str]
) -> dict[int, Person]:
    """Those of these people who hold one of these roles now."""
    rows = await session.exec(
        select(Person).where(
            col(Person.id).in_(ids),
            col(Person.id).in_(
                select(Membership.person_id).where(
                    col(Membership.role).in_(roles), col(Membership.ended_at).is_(None)
                )
            ),
        )
    )
    return {person.id: person for person in rows.all() if person.id is not None}
