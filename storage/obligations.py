"""Reports that units owe: creating, prompting, chasing them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import Role, SummaryState, UnitKind
from storage.folding import name_order
from storage.models import Membership, Obligation, ReportRequest, Summary, SummarySection, Unit
from storage.units import below

ANSWERED = (SummaryState.SENT, SummaryState.ACCEPTED)
_OF_THE_PROVINCE = select(Unit.id).where(Unit.kind == UnitKind.FEDERATION)


def _unanswered() -> ColumnElement[bool]:
    """Nothing was sent that stands, and it was not excused; needs Summary joined."""
    state = col(Summary.state)
    return col(Obligation.excused_at).is_(None) & or_(state.is_(None), state.not_in(ANSWERED))


async def of_groups(
    session: AsyncSession, groups: Collection[str], *, locked: bool = False
) -> Sequence[Obligation]:
    """Every obligation of these groups; `locked` keeps them from other transactions."""
    query = select(Obligation).where(col(Obligation.group).in_(groups)).order_by(col(Obligation.id))
    return (await session.exec(query.with_for_update() if locked else query)).all()


async def get_locked(session: AsyncSession, obligation_id: int) -> Obligation | None:
    if obligation_id >= 2**31:
        return None
    return await session.get(Obligation, obligation_id, with_for_update=True)


async def upper_units(session: AsyncSession) -> Sequence[Unit]:
    """Every upper-level union there is or was."""
    rows = await session.exec(
        select(Unit).where(Unit.kind == UnitKind.UPPER).order_by(col(Unit.id))
    )
    return rows.all()


async def direct_unions(session: AsyncSession) -> Sequence[Unit]:
    """Every CĐCS directly under the province or one of its departments, there is or was."""
    rows = await session.exec(
        select(Unit)
        .where(Unit.kind == UnitKind.SITE_UNION, col(Unit.parent_id).in_(_OF_THE_PROVINCE))
        .order_by(col(Unit.id))
    )
    return rows.all()


async def open_of_the_moved(session: AsyncSession, today: date) -> Sequence[Obligation]:
    """Unanswered reports of plans, to come, of CĐCS that stand under another union by now."""
    rows = await session.exec(
        select(Obligation)
        .join(Unit, col(Unit.id) == col(Obligation.unit_id))
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id), isouter=True)
        .where(
            _unanswered(),
            col(Obligation.request_id).is_(None),
            col(Obligation.due_before) > today,
            col(Unit.kind) == UnitKind.SITE_UNION,
            col(Unit.parent_id).not_in(_OF_THE_PROVINCE),
        )
        .order_by(col(Obligation.id))
    )
    return rows.all()


async def mergers(session: AsyncSession) -> list[tuple[int, int]]:
    """(unit that is no more, its successor)."""
    rows = await session.exec(
        select(Unit.id, Unit.successor_id).where(
            col(Unit.successor_id).is_not(None), col(Unit.dissolved_on).is_not(None)
        )
    )
    return [(old, new) for old, new in rows.all() if old is not None and new is not None]


async def open_of_the_gone(session: AsyncSession, today: date) -> Sequence[tuple[Obligation, Unit]]:
    """Unanswered obligations of units that were dissolved by today and before their deadline."""
    rows = await session.exec(
        select(Obligation, Unit)
        .join(Unit, col(Unit.id) == col(Obligation.unit_id))
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id), isouter=True)
        .where(
            _unanswered(),
            col(Unit.dissolved_on) <= today,
            col(Unit.dissolved_on) < col(Obligation.due_before),
        )
        .order_by(col(Obligation.id))
    )
    return rows.all()


async def groups_running(session: AsyncSession, today: date) -> set[str]:
    """Groups of plans whose deadline is still to come."""
    rows = await session.exec(
        select(Obligation.group)
        .where(col(Obligation.due_before) > today, col(Obligation.request_id).is_(None))
        .distinct()
    )
    return set(rows.all())


async def requests_excused_for_nothing(session: AsyncSession, today: date) -> Sequence[Obligation]:
    """What the program excused a dissolved unit from, which stands again before the deadline."""
    rows = await session.exec(
        select(Obligation)
        .join(Unit, col(Unit.id) == col(Obligation.unit_id))
        .where(
            col(Obligation.request_id).is_not(None),
            col(Obligation.excused_at).is_not(None),
            col(Obligation.excused_by).is_(None),
            col(Obligation.due_before) > today,
            col(Unit.dissolved_on).is_(None),
        )
        .order_by(col(Obligation.id))
    )
    return rows.all()


async def summaries_of(session: AsyncSession, ids: Collection[int]) -> dict[int, Summary]:
    """Obligation -> its summary, where somebody has begun one."""
    summaries = await session.exec(select(Summary).where(col(Summary.obligation_id).in_(ids)))
    return {summary.obligation_id: summary for summary in summaries.all()}


async def requests_of(session: AsyncSession, ids: Collection[int]) -> dict[int, ReportRequest]:
    requests = await session.exec(select(ReportRequest).where(col(ReportRequest.id).in_(ids)))
    return {request.id: request for request in requests.all() if request.id is not None}


@dataclass(frozen=True)
class SectionSize:
    """How much there is of one section: letters without the spaces around, voice messages."""

    obligation_id: int
    section: str
    letters: int
    voices: int


async def parts_of(session: AsyncSession, ids: Collection[int]) -> list[SectionSize]:
    """What is written for each of these obligations; the texts stay in the database."""
    rows = await session.exec(
        select(
            Summary.obligation_id,
            SummarySection.section,
            func.length(func.trim(SummarySection.text)),
            SummarySection.files,
        )
        .join(Summary, col(Summary.id) == col(SummarySection.summary_id))
        .where(col(Summary.obligation_id).in_(ids), col(SummarySection.latest))
    )
    return [
        SectionSize(obligation_id, section, letters, len(files))
        for obligation_id, section, letters, files in rows.all()
    ]


async def staff_at(
    session: AsyncSession, unit_ids: Collection[int], roles: Collection[str]
) -> Sequence[tuple[int, Role, int]]:
    """(unit, role, person) of those with such a role at that very unit."""
    rows = await session.exec(
        select(Membership.unit_id, col(Membership.role), Membership.person_id)
        .where(
            col(Membership.unit_id).in_(unit_ids),
            col(Membership.role).in_(roles),
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Membership.id))
    )
    return [(unit, role, person) for unit, role, person in rows.all() if unit is not None]


async def in_charge_of(session: AsyncSession, unit_ids: Collection[int]) -> dict[int, int]:
    """Site -> who is in charge of it, of those that somebody is in charge of."""
    rows = await session.exec(
        select(Unit.id, Unit.officer_id).where(
            col(Unit.id).in_(unit_ids), col(Unit.officer_id).is_not(None)
        )
    )
    return {unit: person for unit, person in rows.all() if unit is not None and person is not None}


async def askable(session: AsyncSession, paths: Collection[str], today: date) -> Sequence[Unit]:
    """The upper-level unions below these units, not they themselves, that exist; by name."""
    rows = await session.exec(
        select(Unit)
        .where(
            below(paths),
            col(Unit.path).not_in(paths),
            Unit.kind == UnitKind.UPPER,
            or_(col(Unit.dissolved_on).is_(None), col(Unit.dissolved_on) > today),
        )
        .order_by(col(Unit.id))
    )
    return sorted(rows.all(), key=lambda unit: name_order(unit.name))
