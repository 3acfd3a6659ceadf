"""What giving, moving and excusing visits needs to know."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import OPEN_STATUSES, VisitStatus
from storage.models import Person, Visit, VisitEvent


async def has_visit(session: AsyncSession, week: date, officer_id: int, site_id: int) -> bool:
    """Whether this officer has this site this week, whatever became of it."""
    rows = await session.exec(
        select(Visit.id).where(
            Visit.week == week, Visit.officer_id == officer_id, Visit.site_id == site_id
        )
    )
    return rows.first() is not None


async def at_site(session: AsyncSession, week: date, site_id: int) -> set[int]:
    """The officers who have this site this week."""
    rows = await session.exec(
        select(Visit.officer_id).where(Visit.week == week, Visit.site_id == site_id)
    )
    return set(rows.all())


async def going_to(session: AsyncSession, week: date, site_id: int) -> set[int]:
    """The officers whose visit to this site this week is open or reported."""
    rows = await session.exec(
        select(Visit.officer_id).where(
            Visit.week == week,
            Visit.site_id == site_id,
            col(Visit.status).in_((*OPEN_STATUSES, VisitStatus.REPORTED)),
        )
    )
    return set(rows.all())


async def open_counts(
    session: AsyncSession, week: date, officers: Collection[int]
) -> dict[int, int]:
    """Officer -> open visits of the week."""
    rows = await session.exec(
        select(Visit.officer_id, func.count())
        .where(
            Visit.week == week,
            col(Visit.officer_id).in_(officers),
            col(Visit.status).in_(OPEN_STATUSES),
        )
        .group_by(col(Visit.officer_id))
    )
    return dict(rows.all())


async def fates(
    session: AsyncSession, week: date, officers: Collection[int]
) -> dict[int, set[VisitStatus]]:
    """Officer -> how their visits of the week stand; one that they ask to be excused from as
    excused."""
    rows = await session.exec(
        select(Visit.officer_id, col(Visit.status), col(Visit.excuse_asked) != "")
        .where(Visit.week == week, col(Visit.officer_id).in_(officers))
        .distinct()
    )
    stand: dict[int, set[VisitStatus]] = {}
    for officer, status, waits in rows.all():
        stand.setdefault(officer, set()).add(VisitStatus.EXCUSED if waits else status)
    return stand


async def last_decision(
    session: AsyncSession, visit_id: int, kinds: Collection[str]
) -> tuple[VisitEvent, str] | None:
    """The newest event of one of these kinds, and the name of who did it."""
    rows = await session.exec(
        select(VisitEvent, Person.name)
        .join(Person, col(Person.id) == col(VisitEvent.actor_id))
        .where(VisitEvent.visit_id == visit_id, col(VisitEvent.what).in_(kinds))
        .order_by(col(VisitEvent.id).desc())
        .limit(1)
    )
    return rows.first()


async def excusers(session: AsyncSession, visits: Collection[Visit]) -> dict[int, str]:
    """Excused visit -> the name of whoever allowed it; those that nobody by name did are not in."""
    by_whom = {v.id or 0: v.excused_by for v in visits if v.status is VisitStatus.EXCUSED}
    ids = {person for person in by_whom.values() if person}
    if not ids:
        return {}
    rows = await session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids)))
    names = dict(rows.all())
    return {visit: names[person] for visit, person in by_whom.items() if person in names}


async def was_given_away(session: AsyncSession, visit_id: int, former: str) -> bool:
    """Whether somebody of this name had the visit and it was given to another."""
    rows = await session.exec(
        select(VisitEvent.id)
        .where(
            VisitEvent.visit_id == visit_id,
            VisitEvent.what == "reassigned",
            col(VisitEvent.words).startswith(f"{former} → ", autoescape=True),
        )
        .limit(1)
    )
    return bool(former) and rows.first() is not None
