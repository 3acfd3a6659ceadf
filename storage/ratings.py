"""Ratings of a year, and what is proposed for it: named queries."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import FiguresState
from storage.models import SuggestedFigures, UnitRating


async def of_years(
    session: AsyncSession, unit_ids: Collection[int], years: Collection[int]
) -> dict[tuple[int, int], UnitRating]:
    """(unit, year) -> its rating, where it has one."""
    rows = await session.exec(
        select(UnitRating).where(
            col(UnitRating.unit_id).in_(unit_ids), col(UnitRating.year).in_(years)
        )
    )
    return {(row.unit_id, row.year): row for row in rows.all()}


async def proposed(
    session: AsyncSession, site_ids: Collection[int], year: int
) -> Sequence[SuggestedFigures]:
    """Suggestions of a year that wait and name a rating, the oldest first."""
    rows = await session.exec(
        select(SuggestedFigures)
        .where(
            SuggestedFigures.state == FiguresState.WAITING,
            col(SuggestedFigures.site_id).in_(site_ids),
            SuggestedFigures.year == year,
            col(SuggestedFigures.rating).is_not(None),
        )
        .order_by(col(SuggestedFigures.id))
    )
    return rows.all()
