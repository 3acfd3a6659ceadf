"""Who watches over a site."""

from collections.abc import Collection, Sequence
from itertools import groupby

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.folding import person_order
from storage.models import ClusterUnit, Membership, Person, Unit
from storage.paths import prefixes
from storage.people import reached


async def holding_over(
    session: AsyncSession, path: str, roles: Collection[str]
) -> Sequence[tuple[int, str]]:
    """(person, path they cover) of those with such a role over a site, the nearest first."""
    rows = await session.exec(
        select(Membership.person_id, Unit.path)
        .join(ClusterUnit, col(ClusterUnit.cluster_id) == col(Membership.cluster_id), isouter=True)
        .join(
            Unit,
            or_(col(Unit.id) == col(Membership.unit_id), col(Unit.id) == col(ClusterUnit.unit_id)),
        )
        .where(
            col(Membership.role).in_(roles),
            col(Membership.ended_at).is_(None),
            col(Unit.path).in_(prefixes(path)),
        )
    )
    return sorted(rows.all(), key=lambda row: (-len(row[1].split("/")), row[0]))


async def watching(session: AsyncSession, path: str, roles: Collection[str]) -> list[int]:
    """Those with such a role over a cluster that a unit of this path belongs to."""
    rows = await session.exec(
        select(Membership.person_id)
        .join(ClusterUnit, col(ClusterUnit.cluster_id) == col(Membership.cluster_id))
        .join(Unit, col(Unit.id) == col(ClusterUnit.unit_id))
        .where(
            col(Membership.role).in_(roles),
            col(Membership.ended_at).is_(None),
            col(Unit.path).in_(prefixes(path)),
        )
        .order_by(col(Membership.person_id))
    )
    return list(dict.fromkeys(rows.all()))


async def nearest_over(
    session: AsyncSession, path: str, roles: Collection[str], *, but_not: int | None = None
) -> list[int]:
    """Of these, those whose unit is closest above the site; all where several share it.

    `but_not`: somebody who is not to hear of it; where nobody else leads there, the next above do.
    """
    over = [row for row in await holding_over(session, path, roles) if row[0] != but_not]
    if not over:
        return []
    depth = len(over[0][1].split("/"))
    return list(dict.fromkeys(p for p, covered in over if len(covered.split("/")) == depth))


async def to_tell(
    session: AsyncSession, path: str, roles: Collection[str], *, but_not: int | None = None
) -> list[int]:
    """Of these, those whom a message is for: the nearest, and where it comes to none of them (they
    blocked the bot or never came in) the next above too, until it comes to somebody.
    """
    over = [row for row in await holding_over(session, path, roles) if row[0] != but_not]
    comes_to = await reached(session, {person for person, _ in over})
    receivers: dict[int, None] = {}
    for _, level in groupby(over, key=lambda row: len(row[1].split("/"))):
        receivers |= dict.fromkeys(person for person, _ in level)
        if comes_to & receivers.keys():
            break
    return list(receivers)


async def covering(session: AsyncSession, path: str, roles: Collection[str]) -> Sequence[Person]:
    """Those with such a role at the unit with this path or above it, by name."""
    rows = await session.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .join(Unit, col(Unit.id) == col(Membership.unit_id))
        .where(
            col(Membership.role).in_(roles),
            col(Membership.ended_at).is_(None),
            col(Unit.path).in_(prefixes(path)),
        )
        .distinct()
        .order_by(col(Person.id))
    )
    return sorted(rows.all(), key=lambda person: person_order(person.name))
