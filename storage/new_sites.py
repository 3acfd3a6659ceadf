"""Places in no list: which wait for an administrator, and putting one into another."""

from collections.abc import Collection, Sequence

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Unit, Visit, metadata
from storage.units import below


async def waiting(session: AsyncSession, paths: Collection[str]) -> Sequence[Unit]:
    """The oldest first."""
    rows = await session.exec(
        select(Unit)
        .where(below(paths), col(Unit.unconfirmed), col(Unit.dissolved_on).is_(None))
        .order_by(col(Unit.id))
    )
    return rows.all()


async def at_path(session: AsyncSession, path: str) -> Unit | None:
    rows = await session.exec(select(Unit).where(Unit.path == path))
    return rows.first()


async def move_all(session: AsyncSession, unit: Unit, to: Unit) -> None:
    """Whatever stands at one place stands at the other from now on; the first one goes."""
    await session.flush()
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == "unit" and table.name != "unit":
                column = key.parent
                await session.exec(
                    update(table).where(column == unit.id).values({column.name: to.id})
                )
    own = col(Visit.site_id) == to.id
    await session.exec(
        update(Visit).where(own, col(Visit.unit_id) == unit.parent_id).values(unit_id=to.parent_id)
    )
    await session.delete(unit)
    await session.flush()
