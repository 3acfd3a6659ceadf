"""What summaries are counted from, grouped by unit: a fixed number of queries for any number.

A visit counts once it was reported, on the day that the latest version of its report names, for
the unit that stood above its site when it was planned. Every answer may hold more units than one
asks for, never fewer visits: adding up per unit is the caller's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal
from sqlalchemy import case as when
from sqlalchemy import select as _select
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Alert,
    Case,
    Obligation,
    Rating,
    ReportTopic,
    Summary,
    SummaryProposal,
    Unit,
    UnitKind,
    UnitRating,
    Visit,
    VisitReport,
    VisitStatus,
)
from storage.overview import counted

columns: Any = _select  # any number of them; SQLModel's takes four
Into = aliased(Case)
FEES = "fees"


@dataclass(frozen=True)
class Days:
    """From `first` to `last`, both counted; empty where `last` is before `first`."""

    first: date
    last: date


@dataclass(frozen=True)
class Node:
    """A unit of the tree as it stands now."""

    id: int
    name: str
    kind: UnitKind
    path: str
    workers: int
    women: int
    members: int
    sensitive: bool
    known_since: date
    union_since: date | None
    dissolved_on: date | None
    successor_id: int | None


async def tree(session: AsyncSession) -> list[Node]:
    """Every unit, also those that are no more, by name."""
    found = await session.exec(
        columns(
            Unit.id,
            Unit.name,
            Unit.kind,
            Unit.path,
            Unit.workers,
            Unit.women,
            Unit.members,
            Unit.sensitive,
            Unit.known_since,
            Unit.union_since,
            Unit.dissolved_on,
            Unit.successor_id,
        ).order_by(col(Unit.folded), col(Unit.id))
    )
    return [Node(*row) for row in found.all()]


async def sent_by(
    session: AsyncSession, groups: Collection[str], unit_ids: Collection[int]
) -> set[tuple[str, int]]:
    """(group, unit) of these units that sent a report of their own at least once."""
    if not unit_ids:
        return set()
    found = await session.exec(
        select(Obligation.group, Obligation.unit_id)
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id))
        .where(
            col(Obligation.group).in_(groups),
            col(Obligation.unit_id).in_(unit_ids),
            Summary.version > 0,
        )
    )
    return set(found.all())


async def visits(
    session: AsyncSession, days: Days, unit_ids: Collection[int]
) -> Sequence[tuple[Any, ...]]:
    """(unit, kind, visits, workers met, new members, with a commendation, with training needs)."""
    sums = (func.coalesce(func.sum(c), 0) for c in (VisitReport.workers_met, _NEW))
    alike = (col(Visit.unit_id), col(VisitReport.kind))
    query = columns(
        *alike,
        func.count(),
        *sums,
        counted(col(VisitReport.commendation) != ""),
        counted(col(VisitReport.training_needs) != ""),
    )
    return await fetched(session, reported(query, days, unit_ids).group_by(*alike))


async def sites(
    session: AsyncSession, days: Days, unit_ids: Collection[int]
) -> Sequence[tuple[int, int, date]]:
    """(unit, site, day of the first visit)."""
    alike = (col(Visit.unit_id), col(Visit.site_id))
    query = columns(*alike, func.min(VisitReport.visited_on))
    return await fetched(session, reported(query, days, unit_ids).group_by(*alike))


async def days_out(
    session: AsyncSession, days: Days, unit_ids: Collection[int]
) -> Sequence[tuple[int, date, int]]:
    """(unit, day, visits)."""
    alike = (col(Visit.unit_id), col(VisitReport.visited_on))
    query = columns(*alike, func.count())
    return await fetched(session, reported(query, days, unit_ids).group_by(*alike))


async def topics(
    session: AsyncSession, days: Days, unit_ids: Collection[int]
) -> Sequence[tuple[int, str, int, int]]:
    """(unit, topic, how often gone into, how often with trouble)."""
    alike = (col(Visit.unit_id), col(ReportTopic.topic))
    query = reported(
        columns(*alike, func.count(), counted(col(ReportTopic.trouble).is_(True))), days, unit_ids
    )
    return await fetched(session, query.join(ReportTopic, of_report()).group_by(*alike))


async def fees_troubles(
    session: AsyncSession, days: Days, unit_ids: Collection[int]
) -> Sequence[tuple[int, int, str]]:
    """(unit, site, what is the matter with the fees), the newest first."""
    query = reported(columns(Visit.unit_id, Visit.site_id, ReportTopic.words), days, unit_ids)
    trouble = of_report() & (ReportTopic.topic == FEES) & col(ReportTopic.trouble)
    return await fetched(session, query.join(ReportTopic, trouble).order_by(*NEWEST))


async def arrears(
    session: AsyncSession, days: Days, unit_ids: Collection[int]
) -> Sequence[tuple[int, int, str]]:
    """(unit, site, what is owed) where the newest report on a site within the days says so.

    A site that moved has one newest report, and so counts once among all units.
    """
    place = func.row_number().over(partition_by=col(Visit.site_id), order_by=NEWEST)
    ranked = reported(
        columns(
            col(Visit.unit_id), col(Visit.site_id), col(VisitReport.arrears), place.label("place")
        ),
        days,
    ).subquery()
    query = columns(ranked.c.unit_id, ranked.c.site_id, ranked.c.arrears).where(
        ranked.c.place == 1, ranked.c.arrears != "", ranked.c.unit_id.in_(unit_ids)
    )
    return await fetched(session, query)


@dataclass(frozen=True)
class Quiet:
    """Cases whose category nobody is told by a figure: of these categories or kinds, or about a
    cadre."""

    categories: Collection[str]
    kinds: Collection[str]
    shown_as: str

    def condition(self) -> ColumnElement[bool]:
        return or_(
            col(Case.category).in_(self.categories),
            col(Case.kind).in_(self.kinds),
            col(Case.about_id).is_not(None),
        )


async def cases(
    session: AsyncSession,
    since: datetime,
    before: datetime,
    unit_ids: Collection[int],
    quiet: Quiet,
) -> Sequence[tuple[int, int, str, str, datetime | None, int]]:
    """(home, unit that has it, category, status, due, how many) of cases brought within.

    A case that was folded into another one stands where that one stands. What is quiet counts
    under `quiet.shown_as`, so that no figure names its category.
    """
    told = (
        col(Case.home_id),
        func.coalesce(Into.unit_id, Case.unit_id),
        when((quiet.condition(), literal(quiet.shown_as)), else_=col(Case.category)),
        func.coalesce(Into.status, Case.status),
        func.coalesce(Into.settle_by, Case.settle_by),
    )
    query = columns(*told, func.count()).select_from(Case)
    return await fetched(session, _brought(query, since, before, unit_ids).group_by(*told))


async def cases_one_by_one(
    session: AsyncSession,
    since: datetime,
    before: datetime,
    unit_ids: Collection[int],
    kind: str = "",
) -> Sequence[tuple[Case, Case | None]]:
    """The same cases themselves (of one kind), each with what it was folded into, oldest first."""
    query = _brought(columns(Case, Into), since, before, unit_ids)
    query = query.where(Case.kind == kind) if kind else query
    return await fetched(session, query.order_by(col(Case.created_at), col(Case.id)))


async def alerts(
    session: AsyncSession, since: datetime, before: datetime
) -> Sequence[tuple[Alert, int]]:
    """Early warnings of all units with the home of their case, by cluster and time."""
    query = (
        columns(Alert, Case.home_id)
        .join(Case, col(Case.id) == col(Alert.case_id))
        .where(col(Alert.at) >= since, col(Alert.at) < before)
        .order_by(col(Alert.key), col(Alert.at), col(Alert.id))
    )
    return await fetched(session, query)


async def ratings(session: AsyncSession, year: int) -> dict[int, tuple[Rating, Rating | None]]:
    """Site -> (its rating of the year, that of the year before)."""
    earlier = aliased(UnitRating)
    found = await session.exec(
        select(UnitRating.unit_id, UnitRating.rating, earlier.rating)
        .join(
            earlier,
            (col(earlier.unit_id) == col(UnitRating.unit_id)) & (col(earlier.year) == year - 1),
            isouter=True,
        )
        .where(UnitRating.year == year)
    )
    return {
        unit: (Rating(rating), Rating(before) if before else None)
        for unit, rating, before in found.all()
    }


async def obligations_of(
    session: AsyncSession, reports: Collection[tuple[str, str]], unit_ids: Collection[int]
) -> Sequence[tuple[Obligation, Summary | None]]:
    """What these units owed in any year for (at least) these (programme, report)."""
    found = await session.exec(
        select(Obligation, Summary)
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id), isouter=True)
        .where(
            col(Obligation.programme).in_({programme for programme, _ in reports}),
            col(Obligation.report).in_({report for _, report in reports}),
            col(Obligation.unit_id).in_(unit_ids),
        )
    )
    return found.all()


_NEW = VisitReport.new_members
NEWEST = (col(VisitReport.visited_on).desc(), col(VisitReport.id).desc())


def of_report() -> ColumnElement[bool]:
    return col(ReportTopic.report_id) == col(VisitReport.id)


def reported(query: Any, days: Days, unit_ids: Collection[int] | None = None) -> Any:
    """`query` over visits and the reports that count."""
    found = (
        query.select_from(VisitReport)
        .join(Visit, col(Visit.id) == col(VisitReport.visit_id))
        .where(
            col(VisitReport.latest),
            col(VisitReport.visited_on).between(days.first, days.last),
            Visit.status == VisitStatus.REPORTED,
        )
    )
    return found if unit_ids is None else found.where(col(Visit.unit_id).in_(unit_ids))


def _brought(query: Any, since: datetime, before: datetime, unit_ids: Collection[int]) -> Any:
    """Cases by the moment they came in; what a summary itself proposes stands in section VI."""
    own = select(SummaryProposal.id).where(col(SummaryProposal.case_id) == col(Case.id)).exists()
    return query.join(Into, col(Into.id) == col(Case.merged_into), isouter=True).where(
        col(Case.created_at) >= since,
        col(Case.created_at) < before,
        col(Case.home_id).in_(unit_ids),
        ~own,
    )


async def fetched(session: AsyncSession, query: Any) -> Sequence[Any]:
    found: Sequence[Any] = (await session.exec(query)).all()
    return found
