"""Cases: named queries that several services build on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage.enums import OPEN_CASES, UNTAKEN_CASES, CaseKind, Role
from storage.folding import person_order
from storage.models import Case, CaseEvent, CaseFile, Leave, Membership, Person, StoredFile, Unit
from storage.planning import unindexed

OPEN = col(Case.status).in_(OPEN_CASES)


@dataclass(frozen=True)
class HiddenCases:
    """Cases of these categories or kinds, or about a cadre; `unless_proposed`: categories that are
    hidden in what workers bring and not in what cadres propose."""

    categories: Collection[str]
    unless_proposed: Collection[str]
    kinds: Collection[str]

    def condition(self) -> ColumnElement[bool]:
        return or_(
            col(Case.category).in_(self.categories),
            and_(
                col(Case.category).in_(self.unless_proposed),
                col(Case.kind) != CaseKind.PROPOSAL,
            ),
            col(Case.kind).in_(self.kinds),
            col(Case.about_id).is_not(None),
        )


async def get_locked(session: AsyncSession, case_id: int) -> Case | None:
    """The case, kept from other transactions until this one is over."""
    return await session.get(Case, case_id, with_for_update=True)


async def by_code(session: AsyncSession, code: str) -> Case | None:
    rows = await session.exec(select(Case).where(Case.code == code))
    return rows.first()


async def by_ids(session: AsyncSession, case_ids: Collection[int]) -> dict[int, Case]:
    cases = await session.exec(select(Case).where(col(Case.id).in_(case_ids)))
    return {case.id or 0: case for case in cases.all()}


async def events_of(session: AsyncSession, case_id: int) -> Sequence[CaseEvent]:
    """Everything that happened to a case, in order."""
    rows = await session.exec(
        select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(col(CaseEvent.id))
    )
    return rows.all()


async def open_questions(session: AsyncSession, case_ids: Collection[int]) -> dict[int, str]:
    """Case -> the question of the union's that its reporter has not answered yet."""
    newest = (
        select(CaseEvent.case_id, func.max(CaseEvent.id).label("event_id"))
        .where(col(CaseEvent.case_id).in_(case_ids), col(CaseEvent.what).in_(("ask", "answer")))
        .group_by(col(CaseEvent.case_id))
        .subquery()
    )
    rows = await session.exec(
        select(CaseEvent.case_id, CaseEvent.words)
        .join(newest, col(CaseEvent.id) == newest.c.event_id)
        .where(CaseEvent.what == "ask")
    )
    return dict(rows.all())


async def files_of(session: AsyncSession, case_id: int) -> Sequence[StoredFile]:
    """Pictures, voice and papers of a case."""
    rows = await session.exec(
        select(StoredFile)
        .join(CaseFile, col(CaseFile.file_id) == col(StoredFile.id))
        .where(CaseFile.case_id == case_id)
        .order_by(col(StoredFile.id))
    )
    return rows.all()


async def merged_into(session: AsyncSession, case_id: int) -> Sequence[Case]:
    """The cases that were folded into this one, in order."""
    rows = await session.exec(
        select(Case).where(Case.merged_into == case_id).order_by(col(Case.id))
    )
    return rows.all()


async def near(
    session: AsyncSession, case: Case, since: datetime, until: datetime, limit: int
) -> Sequence[Case]:
    """Open cases of the same site brought between two moments, the oldest first."""
    rows = await session.exec(
        select(Case)
        .where(
            Case.site_id == case.site_id,
            Case.id != case.id,
            OPEN,
            col(Case.created_at) >= since,
            col(Case.created_at) <= until,
        )
        .order_by(col(Case.id))
        .limit(limit)
    )
    return rows.all()


async def staff_at(
    session: AsyncSession, unit_ids: Collection[int], roles: Collection[str]
) -> Sequence[tuple[int, Role, Person]]:
    """(unit, role, person) of those with such a role at exactly these units, by name."""
    rows = await session.exec(
        select(Membership.unit_id, col(Membership.role), Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.unit_id).in_(unit_ids),
            col(Membership.role).in_(roles),
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Person.id))
    )
    staff = [(unit, role, person) for unit, role, person in rows.all() if unit is not None]
    return sorted(staff, key=lambda row: person_order(row[2].name))


async def maybe_moved(session: AsyncSession) -> Sequence[Case]:
    """Open cases whose site lies under another union than the one they were brought to, or was
    merged into another site."""
    return (await session.exec(_off_site().order_by(col(Case.id)))).all()


async def moved(session: AsyncSession, keys: Collection[int]) -> Sequence[Case]:
    """Those of them that no other transaction has in hand, kept from others."""
    these = _off_site().where(col(Case.id).in_(keys)).order_by(col(Case.id))
    return (await session.exec(these.with_for_update(of=Case, skip_locked=True))).all()


@cache  # asked at every tick
def _off_site() -> SelectOfScalar[Case]:
    site = aliased(Unit)
    return (
        select(Case)
        .join(site, col(site.id) == col(Case.site_id))
        .where(
            OPEN,
            or_(
                col(site.dissolved_on).is_(None) & (col(site.parent_id) != col(Case.home_id)),
                col(site.dissolved_on).is_not(None) & col(site.successor_id).is_not(None),
            ),
        )
    )


async def untaken_without_reminder(session: AsyncSession) -> Sequence[Case]:
    """Cases that nobody has taken and of which nobody will be reminded, kept from other
    transactions until this one is over; those that another one has are left out."""
    untaken = col(Case.status).in_(UNTAKEN_CASES)
    rows = await session.exec(
        select(Case)
        .where(untaken, unindexed(col(Case.remind_at)).is_(None))
        .order_by(col(Case.id))
        .with_for_update(skip_locked=True)
    )
    return rows.all()


async def unattended(
    session: AsyncSession, today: date, roles: Collection[str]
) -> Sequence[tuple[Case, Person, bool]]:
    """(case, who has it, on leave) of open cases whose holder is away today or holds none of
    these roles."""
    away = select(Leave.person_id).where(
        col(Leave.first_day) <= today, col(Leave.last_day) >= today
    )
    working = select(Membership.person_id).where(
        col(Membership.role).in_(roles),
        col(Membership.ended_at).is_(None),
    )
    on_leave = col(Case.assignee_id).in_(away)
    rows = await session.exec(
        select(Case, Person, on_leave)
        .join(Person, col(Person.id) == col(Case.assignee_id))
        .where(OPEN, or_(on_leave, col(Case.assignee_id).not_in(working)))
        .order_by(col(Case.id))
    )
    return [(case, person, bool(leave)) for case, person, leave in rows.all()]


async def in_hand_of(session: AsyncSession, person_id: int) -> Sequence[tuple[Case, str]]:
    """Open cases that somebody has in hand, with the path of the unit that has each; locked."""
    rows = await session.exec(
        select(Case, Unit.path)
        .join(Unit, col(Unit.id) == col(Case.unit_id))
        .where(OPEN, Case.assignee_id == person_id)
        .order_by(col(Case.id))
        .with_for_update(of=Case)
    )
    return rows.all()
