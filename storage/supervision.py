"""Who watches over a site."""

from collections.abc import Sequence

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ClusterUnit, Membership, Role, Unit


def prefixes(path: str) -> list[str]:
    """`/1/4/17/` -> `/1/`, `/1/4/`, `/1/4/17/`."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


async def supervisors_over(session: AsyncSession, path: str) -> Sequence[tuple[int, str]]:
    """(person, path they cover) of the supervisors of a site, the nearest first."""
    found = await session.exec(
        select(Membership.person_id, Unit.path)
        .join(ClusterUnit, col(ClusterUnit.cluster_id) == col(Membership.cluster_id), isouter=True)
        .join(
            Unit,
            or_(col(Unit.id) == col(Membership.unit_id), col(Unit.id) == col(ClusterUnit.unit_id)),
        )
        .where(
            Membership.role == Role.SUPERVISOR,
            col(Membership.ended_at).is_(None),
            col(Unit.path).in_(prefixes(path)),
        )
    )
    return sorted(found.all(), key=lambda row: (-len(row[1].split("/")), row[0]))


async def nearest_supervisors(
    session: AsyncSession, path: str, *, but_not: int | None = None
) -> list[int]:
    """Those whose unit is the closest above the site; all of them where several share it.

    `but_not`: somebody who is not to hear of it; where nobody else leads there, the next above do.
    """
    over = [row for row in await supervisors_over(session, path) if row[0] != but_not]
    if not over:
        return []
    depth = len(over[0][1].split("/"))
    return list(dict.fromkeys(p for p, covered in over if len(covered.split("/")) == depth))
