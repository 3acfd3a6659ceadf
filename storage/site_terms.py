"""What runs out at sites (TƯLĐTT): named queries."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import SiteTerm, Unit, Visit

WAITING = col(SiteTerm.remind_at).is_not(None)


async def of_visit(session: AsyncSession, visit_id: int) -> Sequence[SiteTerm]:
    """What the report of a visit says."""
    query = select(SiteTerm).where(SiteTerm.visit_id == visit_id).order_by(col(SiteTerm.id))
    rows = await session.exec(query)
    return rows.all()


async def newest_at(
    session: AsyncSession, site_ids: Collection[int]
) -> dict[tuple[int, str], SiteTerm]:
    """(site, kind) -> the one that ends last: a later one stands in place of those before it."""
    rows = await session.exec(
        select(SiteTerm)
        .where(col(SiteTerm.site_id).in_(site_ids))
        .order_by(col(SiteTerm.until), col(SiteTerm.id))
    )
    return {(term.site_id, term.kind): term for term in rows.all()}


async def whom_to_tell(
    session: AsyncSession, term_ids: Collection[int]
) -> dict[int, tuple[Unit, int]]:
    """Term -> (its site, the officer in charge of it, else the one who reported it)."""
    rows = await session.exec(
        select(SiteTerm.id, Unit, Visit.officer_id)
        .join(Unit, col(Unit.id) == col(SiteTerm.site_id))
        .join(Visit, col(Visit.id) == col(SiteTerm.visit_id))
        .where(col(SiteTerm.id).in_(term_ids))
    )
    return {key or 0: (site, site.officer_id or officer) for key, site, officer in rows.all()}
