"""Targets as they were set for units, and what units declared of them: named queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import Rating, UnitKind
from storage.folding import name_order
from storage.models import Declaration, Unit, UnitRating, UnitTarget
from storage.units import below, open_site

MAX_ID = 2**31


async def set_for(
    session: AsyncSession, plans: Collection[str], year: int, unit_ids: Collection[int]
) -> Sequence[UnitTarget]:
    """What was set of these plans for these units and a year, the oldest first."""
    rows = await session.exec(
        select(UnitTarget)
        .where(
            col(UnitTarget.plan).in_(plans),
            UnitTarget.year == year,
            col(UnitTarget.unit_id).in_(unit_ids),
        )
        .order_by(col(UnitTarget.id))
    )
    return rows.all()


async def set_through(
    session: AsyncSession, plan: str, target: str, unit_id: int
) -> Sequence[UnitTarget]:
    """What was set of a target for a unit, for whatever year, the oldest first."""
    rows = await session.exec(
        select(UnitTarget)
        .where(UnitTarget.plan == plan, UnitTarget.target == target, UnitTarget.unit_id == unit_id)
        .order_by(col(UnitTarget.id))
    )
    return rows.all()


async def declared(
    session: AsyncSession, plans: Collection[str], year: int, unit_ids: Collection[int]
) -> Sequence[Declaration]:
    """What these units declared of these plans in a year, the oldest first."""
    rows = await session.exec(
        select(Declaration)
        .where(
            col(Declaration.plan).in_(plans),
            Declaration.year == year,
            col(Declaration.unit_id).in_(unit_ids),
        )
        .order_by(col(Declaration.id))
    )
    return rows.all()


async def declaration_locked(session: AsyncSession, declaration_id: int) -> Declaration | None:
    """The declaration, kept from other transactions until this one is over."""
    if declaration_id >= MAX_ID:
        return None
    return await session.get(Declaration, declaration_id, with_for_update=True)


async def below_province(session: AsyncSession, root: Unit, today: date) -> Sequence[Unit]:
    """Who answers to LĐLĐ tỉnh for its targets: the unions above the sites, and every CĐCS directly
    under the province or one of its departments."""
    province = select(Unit.id).where(
        Unit.kind == UnitKind.FEDERATION, col(Unit.path).startswith(root.path, autoescape=True)
    )
    direct = and_(col(Unit.kind) == UnitKind.SITE_UNION, col(Unit.parent_id).in_(province))
    return await _standing(session, or_(col(Unit.kind) == UnitKind.UPPER, direct), root, today)


async def unions_below(session: AsyncSession, unit: Unit, today: date) -> Sequence[Unit]:
    """The CĐCS of a union above the sites."""
    return await _standing(session, col(Unit.kind) == UnitKind.SITE_UNION, unit, today)


async def _standing(
    session: AsyncSession, condition: ColumnElement[bool], above: Unit, today: date
) -> Sequence[Unit]:
    rows = await session.exec(
        select(Unit)
        .where(
            condition,
            col(Unit.path).startswith(above.path, autoescape=True),
            col(Unit.id) != above.id,
            or_(col(Unit.dissolved_on).is_(None), col(Unit.dissolved_on) > today),
        )
        .order_by(col(Unit.id))
    )
    return sorted(rows.all(), key=lambda unit: name_order(unit.name))


@dataclass(frozen=True)
class OpenSite:
    """What a target asks of a site."""

    path: str
    kind: UnitKind
    workers: int
    members: int


async def open_sites_below(session: AsyncSession, above: Unit) -> list[OpenSite]:
    """The sites that exist below a unit, or are it; in no order."""
    rows = await session.exec(
        select(Unit.path, col(Unit.kind), Unit.workers, Unit.members).where(
            below([above.path]), open_site()
        )
    )
    return [OpenSite(*row) for row in rows.all()]


async def rated_below(
    session: AsyncSession, above: Unit, today: date, year: int
) -> list[tuple[str, Rating]]:
    """(path, rating of the year) of the CĐCS of a union above the sites that are rated."""
    rows = await session.exec(
        select(Unit.path, col(UnitRating.rating))
        .join(UnitRating, col(UnitRating.unit_id) == col(Unit.id))
        .where(
            col(Unit.kind) == UnitKind.SITE_UNION,
            col(Unit.path).startswith(above.path, autoescape=True),
            or_(col(Unit.dissolved_on).is_(None), col(Unit.dissolved_on) > today),
            UnitRating.year == year,
        )
    )
    return [(path, rating) for path, rating in rows.all()]


async def federations(session: AsyncSession) -> Sequence[Unit]:
    """LĐLĐ tỉnh and its departments."""
    return (await session.exec(select(Unit).where(Unit.kind == UnitKind.FEDERATION))).all()
