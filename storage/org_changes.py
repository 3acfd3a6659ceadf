"""Changes of the organisation: those ahead, and those that can still be taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import OPEN_CASES, OPEN_STATUSES, OrgChangeState
from storage.merging import COUNTABLE_CASE
from storage.models import Case, Membership, Obligation, OrgChange, Summary, Unit, Visit
from storage.units import below

WAITING = col(OrgChange.state).in_(
    (OrgChangeState.PROPOSED, OrgChangeState.PLANNED, OrgChangeState.DONE)
)
"""Changes about which something is due: to be carried out, or to be forgotten."""


async def latest(session: AsyncSession, limit: int) -> Sequence[OrgChange]:
    """Those ahead and those that were carried out or not, the newest first."""
    rows = await session.exec(
        select(OrgChange)
        .where(OrgChange.state != OrgChangeState.PROPOSED)
        .order_by(col(OrgChange.state) != OrgChangeState.PLANNED, col(OrgChange.id).desc())
        .limit(limit)
    )
    return rows.all()


@dataclass(frozen=True)
class OpenThere:
    """What is open at some units, each once; of cases those that may be counted."""

    visits: int
    cases: int
    people: int
    obligations: int


async def open_at(session: AsyncSession, unit_ids: Collection[int], week: date) -> OpenThere:
    """In four queries, whatever the number of units."""
    visits = select(func.count()).where(
        or_(col(Visit.site_id).in_(unit_ids), col(Visit.unit_id).in_(unit_ids)),
        col(Visit.status).in_(OPEN_STATUSES),
        col(Visit.week) >= week,
    )
    cases = select(func.count()).where(
        or_(col(Case.site_id).in_(unit_ids), col(Case.unit_id).in_(unit_ids)),
        col(Case.status).in_(OPEN_CASES),
        COUNTABLE_CASE,
    )
    people = select(func.count(func.distinct(Membership.person_id))).where(
        col(Membership.unit_id).in_(unit_ids), col(Membership.ended_at).is_(None)
    )
    obligations = (
        select(func.count())
        .select_from(Obligation)
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id), isouter=True)
        .where(
            col(Obligation.unit_id).in_(unit_ids),
            col(Obligation.excused_at).is_(None),
            or_(col(Summary.id).is_(None), Summary.version == 0),
        )
    )
    counts = [(await session.exec(query)).one() for query in (visits, cases, people, obligations)]
    return OpenThere(*counts)


async def names(
    session: AsyncSession, paths: Sequence[str], *, top: bool = True
) -> list[tuple[int, str, str]]:
    """(id, name, folded name) of the living units of these subtrees, sites too; `top`: also of the
    one that all others are below."""
    query = (
        select(Unit.id, Unit.name, Unit.folded)
        .where(below(paths), col(Unit.dissolved_on).is_(None))
        .order_by(func.length(Unit.path), col(Unit.id))
    )
    if not top:
        query = query.where(col(Unit.parent_id).is_not(None))
    rows = await session.exec(query)
    return [(key or 0, name, folded) for key, name, folded in rows.all()]


async def with_ids(session: AsyncSession, unit_ids: Collection[int]) -> Sequence[Unit]:
    """These units."""
    query = select(Unit).where(col(Unit.id).in_(unit_ids)).order_by(col(Unit.id))
    return (await session.exec(query)).all()


async def living_below(session: AsyncSession, parent_id: int) -> Sequence[Unit]:
    """The units directly below one that are not dissolved."""
    rows = await session.exec(
        select(Unit)
        .where(Unit.parent_id == parent_id, col(Unit.dissolved_on).is_(None))
        .order_by(col(Unit.id))
    )
    return rows.all()
