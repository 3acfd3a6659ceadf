"""Enterprises on their way to a union: named queries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy import case as when
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import RecruitmentState, RecruitmentStep, UnitKind, VisitStatus
from storage.figures import columns
from storage.folding import name_order
from storage.inserting import insert
from storage.models import (
    EnterpriseSurvey,
    Person,
    Recruitment,
    RecruitmentEvent,
    Unit,
    Visit,
    VisitReport,
)
from storage.units import below, open_site

MAX_ID = 2**31
OPEN = col(Recruitment.state) == RecruitmentState.OPEN
_ENTERPRISE = and_(col(Unit.kind) == UnitKind.ENTERPRISE, open_site())
_OF_SITE = col(Recruitment.site_id) == col(Unit.id)


async def site_locked(session: AsyncSession, site_id: int) -> Unit | None:
    """The site, kept from other transactions until this one is over."""
    if site_id >= MAX_ID:
        return None
    return await session.get(Unit, site_id, with_for_update=True)


async def of_site(session: AsyncSession, site_id: int) -> Recruitment | None:
    """How far a site has come; None: nobody has begun."""
    rows = await session.exec(select(Recruitment).where(Recruitment.site_id == site_id))
    return rows.first()


async def begin(session: AsyncSession, row: Recruitment) -> None:
    """Keep a new one; nothing where another transaction was first."""
    statement = insert(session, Recruitment).on_conflict_do_nothing(
        index_elements=[col(Recruitment.site_id)]
    )
    await session.exec(statement, params=[row.model_dump(exclude={"id"})])


async def events_of(
    session: AsyncSession, recruitment_id: int, limit: int
) -> Sequence[tuple[RecruitmentEvent, str | None]]:
    """What happened, with the name of who noted it, the newest first."""
    rows = await session.exec(
        select(RecruitmentEvent, Person.name)
        .join(Person, col(Person.id) == col(RecruitmentEvent.actor_id), isouter=True)
        .where(RecruitmentEvent.recruitment_id == recruitment_id)
        .order_by(col(RecruitmentEvent.id).desc())
        .limit(limit)
    )
    return rows.all()


async def survey_at(session: AsyncSession, site_id: int) -> EnterpriseSurvey | None:
    """The newest survey of a site."""
    rows = await session.exec(
        select(EnterpriseSurvey)
        .where(EnterpriseSurvey.site_id == site_id)
        .order_by(col(EnterpriseSurvey.id).desc())
        .limit(1)
    )
    return rows.first()


def still(since: Mapping[RecruitmentStep, datetime]) -> ColumnElement[bool]:
    """Where nothing was noted since the moment of its step."""
    lying = (
        and_(col(Recruitment.step) == step, col(Recruitment.moved_at) < moment)
        for step, moment in since.items()
    )
    return and_(OPEN, or_(*lying))


def in_scope(paths: Collection[str]) -> ColumnElement[bool]:
    """Enterprises without a union in these subtrees."""
    return and_(_ENTERPRISE, below(paths))


def _number(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(when((condition, 1), else_=0)), 0)


async def pool(session: AsyncSession, paths: Collection[str], workers: int) -> tuple[int, int]:
    """(enterprises with so many workers or more, those of them that nobody has begun with)."""
    query = (
        select(func.count(), _number(col(Recruitment.id).is_(None)))
        .select_from(Unit)
        .join(Recruitment, _OF_SITE, isouter=True)
        .where(in_scope(paths), col(Unit.workers) >= workers)
    )
    every, not_begun = (await session.exec(query)).one()
    return int(every), int(not_begun)


async def at_steps(
    session: AsyncSession, paths: Collection[str], since: Mapping[RecruitmentStep, datetime]
) -> Sequence[tuple[RecruitmentState, RecruitmentStep, int, int]]:
    """(state, step, how many, how many of them lie too long)."""
    query: Any = (
        columns(col(Recruitment.state), col(Recruitment.step), func.count(), _number(still(since)))
        .select_from(Recruitment)
        .join(Unit, _OF_SITE)
        .where(in_scope(paths))
        .group_by(col(Recruitment.state), col(Recruitment.step))
    )
    counted: Sequence[Any] = (await session.exec(query)).all()
    return counted


async def owned(session: AsyncSession, person_id: int) -> Sequence[tuple[Recruitment, Unit]]:
    """The open ones that somebody is in charge of, with their sites."""
    rows = await session.exec(
        select(Recruitment, Unit)
        .join(Unit, _OF_SITE)
        .where(OPEN, Recruitment.owner_id == person_id)
        .order_by(col(Recruitment.id))
    )
    return rows.all()


async def count_owned(session: AsyncSession, person_id: int) -> int:
    """How many open ones somebody is in charge of."""
    query = (
        select(func.count())
        .select_from(Recruitment)
        .join(Unit, _OF_SITE)
        .where(_ENTERPRISE, OPEN, Recruitment.owner_id == person_id)
    )
    return (await session.exec(query)).one()


async def count_still(
    session: AsyncSession, paths: Collection[str], since: Mapping[RecruitmentStep, datetime]
) -> int:
    """How many lie too long."""
    query = (
        select(func.count())
        .select_from(Recruitment)
        .join(Unit, _OF_SITE)
        .where(in_scope(paths), still(since))
    )
    return (await session.exec(query)).one()


async def listed(
    session: AsyncSession, condition: ColumnElement[bool], limit: int, offset: int
) -> Sequence[tuple[Unit, Recruitment | None, str | None]]:
    """Enterprises with who is in charge, the longest without movement first; where nothing was
    noted the largest first."""
    rows = await session.exec(
        select(Unit, Recruitment, Person.name)
        .join(Recruitment, _OF_SITE, isouter=True)
        .join(Person, col(Person.id) == col(Recruitment.owner_id), isouter=True)
        .where(condition)
        .order_by(
            col(Recruitment.moved_at).is_(None),
            col(Recruitment.moved_at),
            col(Unit.workers).desc(),
            col(Unit.id),
        )
        .limit(limit)
        .offset(offset)
    )
    return rows.all()


async def count_listed(session: AsyncSession, condition: ColumnElement[bool]) -> int:
    """How many there are in all."""
    query = (
        select(func.count())
        .select_from(Unit)
        .join(Recruitment, _OF_SITE, isouter=True)
        .where(condition)
    )
    return (await session.exec(query)).one()


async def by_unit(
    session: AsyncSession,
    paths: Collection[str],
    workers: int,
    since: Mapping[RecruitmentStep, datetime],
) -> Sequence[tuple[int | None, int, int, int]]:
    """(unit above, enterprises large enough, begun and going on, lying too long)."""
    query = (
        select(
            Unit.parent_id,
            _number(col(Unit.workers) >= workers),
            _number(OPEN),
            _number(still(since)),
        )
        .join(Recruitment, _OF_SITE, isouter=True)
        .where(in_scope(paths))
        .group_by(col(Unit.parent_id))
    )
    return (await session.exec(query)).all()


async def homes(session: AsyncSession, paths: Collection[str]) -> Sequence[Unit]:
    """The units of these subtrees above sites, by name."""
    rows = await session.exec(
        select(Unit)
        .where(
            below(paths),
            col(Unit.kind).in_((UnitKind.FEDERATION, UnitKind.UPPER)),
            col(Unit.dissolved_on).is_(None),
        )
        .order_by(col(Unit.id))
    )
    return sorted(rows.all(), key=lambda unit: name_order(unit.name))


_VISITED = and_(
    col(Visit.site_id) == col(Unit.id),
    col(Visit.status) == VisitStatus.REPORTED,
    or_(col(Recruitment.id).is_(None), col(Visit.reported_at) >= col(Recruitment.moved_at)),
    ~exists().where(
        col(RecruitmentEvent.recruitment_id) == col(Recruitment.id),
        col(RecruitmentEvent.visit_id) == col(Visit.id),
    ),
)


async def visits_since(
    session: AsyncSession, condition: ColumnElement[bool], kinds: Collection[str], first: date
) -> Sequence[tuple[Unit, Recruitment | None, Visit, VisitReport, str]]:
    """Visits of these kinds to enterprises, reported since something was last noted there, of the
    weeks from `first` on; the newest first."""
    query: Any = (
        columns(Unit, Recruitment, Visit, VisitReport, col(Person.name))
        .join(Recruitment, _OF_SITE, isouter=True)
        .join(Visit, _VISITED)
        .join(VisitReport, col(VisitReport.visit_id) == col(Visit.id))
        .join(Person, col(Person.id) == col(Visit.officer_id))
        .where(
            _ENTERPRISE,
            condition,
            col(Visit.week) >= first,
            col(VisitReport.latest),
            col(VisitReport.kind).in_(kinds),
        )
        .order_by(col(VisitReport.visited_on).desc(), col(Visit.id).desc())
    )
    visited: Sequence[Any] = (await session.exec(query)).all()
    return visited


def at_site(site_id: int) -> ColumnElement[bool]:
    """Only this site."""
    return col(Unit.id) == site_id
