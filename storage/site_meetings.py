"""When the committees of sites meet: named queries."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inserting import insert
from storage.models import SiteMeeting


async def of_sites(
    session: AsyncSession, site_ids: Collection[int] | None = None
) -> dict[int, SiteMeeting]:
    """Site -> when its committee meets; of every site where none are named."""
    query = select(SiteMeeting)
    if site_ids is not None:
        query = query.where(col(SiteMeeting.site_id).in_(site_ids))
    return {row.site_id: row for row in (await session.exec(query)).all()}


async def keep(session: AsyncSession, row: SiteMeeting) -> None:
    """The site's meetings, in place of what was known of them."""
    values = row.model_dump()
    changed = {name: value for name, value in values.items() if name != "site_id"}
    await session.exec(
        insert(session, SiteMeeting)
        .values(**values)
        .on_conflict_do_update(index_elements=["site_id"], set_=changed)
    )
