"""The organisation tree and its sites."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, false
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import SITE_KINDS
from storage.folding import name_order
from storage.models import Unit
from storage.paths import ids_of, top_of


def below(paths: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a unit lies in one of these subtrees."""
    parts = [col(Unit.path).startswith(path, autoescape=True) for path in paths]
    return or_(*parts) if parts else false()


def open_site() -> ColumnElement[bool]:
    """The condition that a unit can be visited and still exists."""
    return col(Unit.kind).in_(SITE_KINDS) & col(Unit.dissolved_on).is_(None)


async def sites(session: AsyncSession, paths: Iterable[str]) -> Sequence[Unit]:
    """Those that can be visited and that somebody has confirmed."""
    confirmed = col(Unit.unconfirmed).is_(False)
    rows = await session.exec(
        select(Unit).where(below(paths), open_site(), confirmed).order_by(col(Unit.id))
    )
    return sorted(rows.all(), key=lambda unit: name_order(unit.name))


async def by_ids(session: AsyncSession, ids: Collection[int]) -> dict[int, Unit]:
    units = await session.exec(select(Unit).where(col(Unit.id).in_(ids)))
    return {unit.id: unit for unit in units.all() if unit.id is not None}


async def by_code(session: AsyncSession, code: str) -> Unit | None:
    rows = await session.exec(select(Unit).where(Unit.code == code))
    return rows.first()


async def ancestors(session: AsyncSession, unit: Unit) -> Sequence[Unit]:
    """The units above, the root first."""
    ids = ids_of(unit.path)[:-1]
    units_by_id = await by_ids(session, ids)
    return [units_by_id[i] for i in ids if i in units_by_id]


async def site_names(session: AsyncSession, paths: Iterable[str]) -> list[tuple[int, str, str]]:
    """(id, name, folded name) of the sites in these subtrees, by name."""
    rows = await session.exec(
        select(Unit.id, Unit.name, Unit.folded)
        .where(below(paths), open_site())
        .order_by(col(Unit.id))
    )
    sites_found = [(key, name, folded) for key, name, folded in rows.all() if key is not None]
    return sorted(sites_found, key=lambda site: name_order(site[1]))


async def unit_names(session: AsyncSession, paths: Iterable[str]) -> list[tuple[int, str, str]]:
    """(id, name, folded name) of the units above sites in these subtrees, by name."""
    rows = await session.exec(
        select(Unit.id, Unit.name, Unit.folded)
        .where(below(paths), col(Unit.kind).not_in(SITE_KINDS), col(Unit.dissolved_on).is_(None))
        .order_by(col(Unit.id))
    )
    names = [(key, name, folded) for key, name, folded in rows.all() if key is not None]
    return sorted(names, key=lambda unit: name_order(unit[1]))


async def root_of(session: AsyncSession, unit: Unit) -> Unit:
    """The top of the tree that a unit lies in: the province."""
    root = await session.get(Unit, top_of(unit.path))
    return root or unit
