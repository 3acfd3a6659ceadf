"""Figures suggested for sites, and where they go: named queries."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete
from sqlmodel import col, not_, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import FiguresState
from storage.models import Membership, SuggestedFigures, Unit, UnitRating
from storage.overview import below

_WAITING = col(SuggestedFigures.state) == FiguresState.WAITING


async def drop_of_visit(session: AsyncSession, visit_id: int) -> None:
    """What an earlier version of the visit's report suggested and nobody decided about."""
    of_visit = col(SuggestedFigures.visit_id) == visit_id
    await session.exec(delete(SuggestedFigures).where(of_visit, _WAITING))


async def decided_of_visit(session: AsyncSession, visit_id: int) -> Sequence[SuggestedFigures]:
    """What versions of the visit's report suggested and somebody decided about."""
    of_visit = col(SuggestedFigures.visit_id) == visit_id
    rows = await session.exec(select(SuggestedFigures).where(of_visit, not_(_WAITING)))
    return rows.all()


async def waiting_at(session: AsyncSession, site_id: int) -> Sequence[SuggestedFigures]:
    """What waits for a decision about a site, the oldest first; locked."""
    rows = await session.exec(
        select(SuggestedFigures)
        .where(SuggestedFigures.site_id == site_id, _WAITING)
        .order_by(col(SuggestedFigures.id))
        .with_for_update()
    )
    return rows.all()


async def waiting_of(
    session: AsyncSession, site_ids: Collection[int]
) -> dict[int, list[SuggestedFigures]]:
    """The same of several sites."""
    rows = await session.exec(
        select(SuggestedFigures)
        .where(col(SuggestedFigures.site_id).in_(site_ids), _WAITING)
        .order_by(col(SuggestedFigures.id))
    )
    by_site: dict[int, list[SuggestedFigures]] = {}
    for row in rows.all():
        by_site.setdefault(row.site_id, []).append(row)
    return by_site


async def sites_waiting(session: AsyncSession, paths: Collection[str]) -> Sequence[Unit]:
    """Sites of these subtrees about which something waits, by name."""
    waits = select(SuggestedFigures.id).where(SuggestedFigures.site_id == Unit.id, _WAITING)
    rows = await session.exec(
        select(Unit)
        .where(below(Unit.path, paths), waits.exists(), col(Unit.dissolved_on).is_(None))
        .order_by(col(Unit.folded), col(Unit.id))
    )
    return rows.all()


async def led_paths(session: AsyncSession, roles: Collection[str]) -> set[str]:
    """The units that somebody with one of these roles leads; clusters are not units."""
    rows = await session.exec(
        select(Unit.path)
        .join(Membership, col(Membership.unit_id) == col(Unit.id))
        .where(col(Membership.role).in_(roles), col(Membership.ended_at).is_(None))
        .distinct()
    )
    return set(rows.all())


async def ratings_of(
    session: AsyncSession, pairs: Collection[tuple[int, int]]
) -> dict[tuple[int, int], UnitRating]:
    """(site, year) -> its rating, where it has one."""
    if not pairs:
        return {}
    alike = [
        (col(UnitRating.unit_id) == site) & (col(UnitRating.year) == year) for site, year in pairs
    ]
    rows = await session.exec(select(UnitRating).where(or_(*alike)))
    return {(row.unit_id, row.year): row for row in rows.all()}
