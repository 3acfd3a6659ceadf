"""What units' papers carry, where they differ from the default."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Letterhead


async def of_units(session: AsyncSession, unit_ids: Collection[int]) -> dict[int, Letterhead]:
    """By unit id; a unit without a row has the defaults."""
    found = await session.exec(select(Letterhead).where(col(Letterhead.unit_id).in_(unit_ids)))
    return {one.unit_id: one for one in found.all()}


async def for_change(session: AsyncSession, unit_id: int) -> Letterhead:
    """The unit's row, made if there is none yet."""
    found = await session.get(Letterhead, unit_id, with_for_update=True)
    if found is None:
        found = Letterhead(unit_id=unit_id)
        session.add(found)
    return found
