"""What units' papers carry, where they differ from the default."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Letterhead


async def of_units(session: AsyncSession, unit_ids: Collection[int]) -> dict[int, Letterhead]:
    """By unit id; a unit without a row has the defaults."""
    letterheads = await session.exec(
        select(Letterhead).where(col(Letterhead.unit_id).in_(unit_ids))
    )
    return {letterhead.unit_id: letterhead for letterhead in letterheads.all()}


async def for_change(session: AsyncSession, unit_id: int) -> Letterhead:
    """The unit's row, made if there is none yet."""
    letterhead = await session.get(Letterhead, unit_id, with_for_update=True)
    if letterhead is None:
        letterhead = Letterhead(unit_id=unit_id)
        session.add(letterhead)
    return letterhead
