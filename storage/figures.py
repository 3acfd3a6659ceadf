"""What summaries are counted from, grouped by unit: a fixed number of queries for any number.

A visit counts once it was reported, on the day that the latest version of its report names, for
the unit whose people made it; what was found at the site for the one above it at the time. Every
answer may hold more units than one asks for, never fewer visits: adding up per unit is the
caller's.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from typing import cast as typing_cast

from sqlalchemy import ColumnElement, Text, and_, cast, false, func, literal, null, true
from sqlalchemy import case as when
from sqlalchemy import select as _select
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cases import HiddenCases
from storage.enums import (
    OPEN_CASES,
    Arrears,
    CaseKind,
    CaseStatus,
    Category,
    CommendationState,
    Rating,
    UnitKind,
    VisitKind,
    VisitStatus,
)
from storage.folding import name_order
from storage.models import (
    Alert,
    Case,
    CaseEvent,
    Commendation,
    Obligation,
    ReportTopic,
    Summary,
    SummaryProposal,
    Unit,
    UnitRating,
    Visit,
    VisitReport,
)
from storage.overview import counted
from storage.planning import unindexed

MADE_BY = func.coalesce(col(Visit.made_by_id), col(Visit.unit_id))
"""The unit whose people went: it answers for the visit. What was found concerns the unit above."""
columns: Any = _select  # any number of them; SQLModel's takes four
Into = aliased(Case)
FEES = "fees"
FEW_UNITS = 8  # units: their own visits are fewer than all of the days in question
WEEK_BACK = timedelta(weeks=54)
"""How long before the day it took place on a visit's week can be: `late_weeks` is 52 at most."""
AHEAD = timedelta(weeks=1)


@dataclass(frozen=True)
class DaySpan:
    """From `first` to `last`, both counted; empty where `last` is before `first`."""

    first: date
    last: date


@dataclass(frozen=True)
class UnitNode:
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


async def tree(session: AsyncSession) -> list[UnitNode]:
    """Every unit, also those that are no more, by name."""
    rows = await session.exec(
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
        ).order_by(col(Unit.id))
    )
    nodes = [UnitNode(*row) for row in rows.all()]  # in the order of its fields
    return sorted(nodes, key=lambda node: name_order(node.name))


async def sent_by(
    session: AsyncSession, groups: Collection[str], unit_ids: Collection[int]
) -> set[tuple[str, int]]:
    """(group, unit) of these units that sent a report of their own at least once."""
    if not unit_ids:
        return set()
    rows = await session.exec(
        select(Obligation.group, Obligation.unit_id)
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id))
        .where(
            col(Obligation.group).in_(groups),
            col(Obligation.unit_id).in_(unit_ids),
            Summary.version > 0,
        )
    )
    return set(rows.all())


@dataclass(frozen=True, kw_only=True)
class VisitCount:
    """Visits of one unit and one kind. The last two: None where no report answers.

    `home_id`: the unit above the sites. `by_leader`: None from before it was known.
    """

    unit_id: int
    home_id: int
    by_leader: bool | None
    kind: VisitKind
    visits: int
    workers_met: int | None
    new_members: int | None


async def visits(
    session: AsyncSession, days: DaySpan, unit_ids: Collection[int]
) -> list[VisitCount]:
    """By unit and kind."""
    alike: tuple[Any, ...] = (
        MADE_BY.label("unit_id"),
        col(Visit.unit_id).label("home_id"),
        col(Visit.by_leader),
        col(VisitReport.kind),
    )
    query = columns(
        *alike,
        func.count().label("visits"),
        func.sum(VisitReport.workers_met).label("workers_met"),
        func.sum(VisitReport.new_members).label("new_members"),
    )
    rows = await fetched(session, concerning(query, days, unit_ids).group_by(*alike))
    return values_of(VisitCount, rows)


@dataclass(frozen=True, kw_only=True)
class AnsweredWords:
    """What one report says in free words; at least one of them is there."""

    unit_id: int
    help_given: str
    commendation: str
    training_needs: str
    commended: int  # how much of it a leader agreed with


def commended() -> Any:
    """How many proposals of a visit's report a leader agreed to commend."""
    return (
        columns(func.count())
        .where(
            col(Commendation.visit_id) == col(Visit.id),
            col(Commendation.state) == CommendationState.ACCEPTED,
        )
        .correlate(Visit)
        .scalar_subquery()
        .label("commended")
    )


async def report_words(
    session: AsyncSession, days: DaySpan, unit_ids: Collection[int]
) -> list[AnsweredWords]:
    """Reports that answer one of these questions, with the answers: "không có" is one too."""
    words = (VisitReport.help_given, VisitReport.commendation, VisitReport.training_needs)
    query = reported(columns(MADE_BY.label("unit_id"), *words, commended()), days, unit_ids)
    rows = await fetched(session, query.where(or_(*(col(text) != "" for text in words))))
    return values_of(AnsweredWords, rows)


@dataclass(frozen=True, kw_only=True)
class StatedResults:
    """The results that one report states."""

    unit_id: int
    results: list[Any]


async def results(
    session: AsyncSession, days: DaySpan, unit_ids: Collection[int]
) -> list[StatedResults]:
    """Reports that state results."""
    query = reported(columns(MADE_BY.label("unit_id"), VisitReport.results), days, unit_ids)
    stating = cast(col(VisitReport.results), Text) != "[]"
    return values_of(StatedResults, await fetched(session, query.where(stating)))


@dataclass(frozen=True, kw_only=True)
class SiteVisited:
    """A site that a unit's officers were at."""

    unit_id: int
    site_id: int
    first_day: date


async def sites(
    session: AsyncSession, days: DaySpan, unit_ids: Collection[int]
) -> list[SiteVisited]:
    """By unit and site."""
    alike = (MADE_BY.label("unit_id"), col(Visit.site_id))
    query = columns(*alike, func.min(VisitReport.visited_on).label("first_day"))
    rows = await fetched(session, reported(query, days, unit_ids).group_by(*alike))
    return values_of(SiteVisited, rows)


@dataclass(frozen=True, kw_only=True)
class DayOut:
    """The visits of one unit on one day."""

    unit_id: int
    day: date
    visits: int


async def days_out(session: AsyncSession, days: DaySpan, unit_ids: Collection[int]) -> list[DayOut]:
    """By unit and day."""
    alike = (MADE_BY.label("unit_id"), col(VisitReport.visited_on))
    query = columns(alike[0], alike[1].label("day"), func.count().label("visits"))
    rows = await fetched(session, reported(query, days, unit_ids).group_by(*alike))
    return values_of(DayOut, rows)


@dataclass(frozen=True, kw_only=True)
class TopicTimes:
    """How often a topic was gone into, and how often with trouble."""

    unit_id: int
    topic: str
    guided: int
    trouble: int


async def topics(
    session: AsyncSession, days: DaySpan, unit_ids: Collection[int]
) -> list[TopicTimes]:
    """By unit and topic."""
    alike = (MADE_BY.label("unit_id"), col(ReportTopic.topic))
    trouble = counted(col(ReportTopic.trouble).is_(True)).label("trouble")
    query = reported(columns(*alike, func.count().label("guided"), trouble), days, unit_ids)
    rows = await fetched(session, query.join(ReportTopic, of_report()).group_by(*alike))
    return values_of(TopicTimes, rows)


@dataclass(frozen=True, kw_only=True)
class SiteWords:
    """What a report says of a site."""

    unit_id: int
    site_id: int
    words: str


async def fees_troubles(
    session: AsyncSession, days: DaySpan, unit_ids: Collection[int]
) -> list[SiteWords]:
    """What is the matter with the fees, the newest first."""
    query = concerning(
        columns(Visit.unit_id, Visit.site_id, ReportTopic.words), days, unit_ids
    ).where(unindexed(col(Visit.unit_id)).in_(unit_ids))
    trouble = of_report() & (ReportTopic.topic == FEES) & col(ReportTopic.trouble)
    rows = await fetched(session, query.join(ReportTopic, trouble).order_by(*NEWEST))
    return values_of(SiteWords, rows)


@dataclass(frozen=True, kw_only=True)
class ArrearsStatement:
    """What one report says, or may say, of arrears; a row for each topic with trouble."""

    report_id: int
    unit_id: int
    site_id: int
    state: Arrears | None
    words: str
    topic_words: str | None


async def arrears(
    session: AsyncSession, days: DaySpan, topics: Collection[str], unit_ids: Collection[int]
) -> list[ArrearsStatement]:
    """At every site that stood under one of these units, of all units, the newest first: a site
    that moved has one newest report among all.

    `topics`: where the checklist would speak of arrears.
    """
    trouble = of_report() & col(ReportTopic.topic).in_(topics) & col(ReportTopic.trouble)
    query = reported(
        columns(
            col(VisitReport.id).label("report_id"),
            Visit.unit_id,
            Visit.site_id,
            col(VisitReport.arrears_state).label("state"),
            col(VisitReport.arrears).label("words"),
            col(ReportTopic.words).label("topic_words"),
        ),
        days,
    ).join(ReportTopic, trouble, isouter=True)
    stating = or_(
        col(VisitReport.arrears_state).is_not(None),
        col(VisitReport.arrears) != "",
        col(ReportTopic.words) != "",
    )
    if len(unit_ids) <= FEW_UNITS:
        sites = select(_Other.site_id).where(
            visited_within(days), col(_Other.unit_id).in_(unit_ids)
        )
        query = query.where(col(Visit.site_id).in_(sites), visited_within(days, Visit))
    rows = await fetched(session, query.where(stating).order_by(*NEWEST, col(ReportTopic.topic)))
    return values_of(ArrearsStatement, rows)


@dataclass(frozen=True)
class QuietCases:
    """Cases whose category nobody is told by a figure: they are shown as another one."""

    hidden: HiddenCases
    shown_as: str


@dataclass(frozen=True)
class CasesBrought:
    """From the moment `since` until `before`; overdue is what is open and was due before
    `overdue_at`. `as_it_was`: units have changed since, and cases may have followed them: each
    counts where it was at the end."""

    since: datetime
    before: datetime
    overdue_at: datetime
    as_it_was: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseCount:
    """Cases that are alike in all of this. `unit_id`: who has them."""

    home_id: int
    unit_id: int
    category: Category
    status: CaseStatus
    overdue: bool
    cases: int


async def cases(
    session: AsyncSession, brought: CasesBrought, unit_ids: Collection[int], quiet: QuietCases
) -> list[CaseCount]:
    """Cases brought within; as many rows however many days they are due on.

    A case that was folded into another one stands where that one stands. What is quiet counts
    under `quiet.shown_as`, so that no figure names its category.
    """
    category = when((quiet.hidden.condition(), literal(quiet.shown_as)), else_=col(Case.category))
    status = func.coalesce(Into.status, Case.status)
    late = and_(
        status.in_(OPEN_CASES),
        func.coalesce(Into.settle_by, Case.settle_by) < brought.overdue_at,
    )
    alike = (
        home_then(brought).label("home_id"),
        func.coalesce(Into.unit_id, _then(brought, "unit", Case.unit_id)).label("unit_id"),
        category.label("category"),
        status.label("status"),
        when((late, true()), else_=false()).label("overdue"),
    )
    query = columns(*alike, func.count().label("cases")).select_from(Case)
    query = _brought(query, brought, unit_ids)
    return values_of(CaseCount, await fetched(session, query.group_by(*alike)))


def home_then(brought: CasesBrought) -> ColumnElement[int]:
    """The home of a case at the end of the time."""
    return _then(brought, "home", Case.home_id)


def _then(brought: CasesBrought, what: str, now: Any) -> ColumnElement[int]:
    """What a case had before it first followed its unit after the end; else what it has now."""
    if not brought.as_it_was:
        return typing_cast(ColumnElement[int], now)
    return func.coalesce(_kept_by_move(CaseEvent.data[what].as_integer(), brought), now)


def _kept_by_move(what: Any, brought: CasesBrought) -> Any:
    """What the event of its first move after the end keeps of a case, of those that keep it; null
    without one."""
    return (
        select(what)
        .where(
            CaseEvent.case_id == Case.id,
            CaseEvent.what == "moved",
            col(CaseEvent.at) >= brought.before,
            what.is_not(None),
        )
        .order_by(col(CaseEvent.at), col(CaseEvent.id))
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


@dataclass(frozen=True, kw_only=True)
class CasesDue:
    """Cases of one unit that fell due, and how many of them were settled by then."""

    home_id: int
    cases: int
    in_time: int


async def cases_due(
    session: AsyncSession, since: datetime, before: datetime, unit_ids: Collection[int]
) -> list[CasesDue]:
    """By the unit where they began. What was folded into another one is counted there alone; what
    a summary itself proposes is left out, as everywhere here."""
    in_time = and_(col(Case.settled_at).is_not(None), col(Case.settled_at) <= col(Case.settle_by))
    own = select(SummaryProposal.id).where(col(SummaryProposal.case_id) == col(Case.id)).exists()
    query = (
        columns(
            col(Case.home_id),
            func.count().label("cases"),
            counted(in_time).label("in_time"),
        )
        .where(
            col(Case.settle_by) >= since,
            col(Case.settle_by) < before,
            unindexed(col(Case.merged_into)).is_(None),
            col(Case.home_id).in_(unit_ids),
            ~own,
        )
        .group_by(col(Case.home_id))
    )
    return values_of(CasesDue, await fetched(session, query))


async def cases_one_by_one(
    session: AsyncSession,
    brought: CasesBrought,
    unit_ids: Collection[int],
    kind: CaseKind | None = None,
) -> list[tuple[Case, Case | None]]:
    """The same cases themselves (of one kind), each with what it was folded into, oldest first."""
    home, unit = home_then(brought), _then(brought, "unit", Case.unit_id)
    status_before = _kept_by_move(CaseEvent.data["status"].as_string(), brought)
    status = status_before if brought.as_it_was else null()
    query = _brought(columns(Case, Into, home, unit, status), brought, unit_ids)
    query = query.where(Case.kind == kind) if kind else query
    rows = await fetched(session, query.order_by(col(Case.created_at), col(Case.id)))
    return [(_as_it_was(case, *then), into) for case, into, *then in rows]


def _as_it_was(case: Case, home_id: int, unit_id: int, status_before: str | None) -> Case:
    """The case itself, or a copy of it where it was elsewhere. `status_before`: its own, where the
    move alone took it back to "received"; what was done with it since counts, as for any case."""
    if (case.home_id, case.unit_id) == (home_id, unit_id):
        return case
    status = case.status
    if status_before and status is CaseStatus.RECEIVED:
        status = CaseStatus(status_before)
    return Case(**{**case.model_dump(), "home_id": home_id, "unit_id": unit_id, "status": status})


async def alerts(
    session: AsyncSession, since: datetime, before: datetime
) -> Sequence[tuple[Alert, int]]:
    """Early warnings of all units with the upper union they belong to, by cluster and time; those
    that were none are left out."""
    query = (
        columns(Alert, func.coalesce(Case.home_id, Alert.home_id))
        .join(Case, col(Case.id) == col(Alert.case_id), isouter=True)
        .where(col(Alert.at) >= since, col(Alert.at) < before, col(Alert.wrong_at).is_(None))
        .order_by(col(Alert.key), col(Alert.at), col(Alert.id))
    )
    return await fetched(session, query)


async def ratings(session: AsyncSession, year: int) -> dict[int, tuple[Rating, Rating | None]]:
    """Site -> (its rating of the year, that of the year before)."""
    earlier = aliased(UnitRating)
    rows = await session.exec(
        select(UnitRating.unit_id, col(UnitRating.rating), col(earlier.rating))
        .join(
            earlier,
            (col(earlier.unit_id) == col(UnitRating.unit_id)) & (col(earlier.year) == year - 1),
            isouter=True,
        )
        .where(UnitRating.year == year)
    )
    return {unit: (rating, before) for unit, rating, before in rows.all()}


async def obligations_of(
    session: AsyncSession, reports: Collection[tuple[str, str]], unit_ids: Collection[int]
) -> Sequence[tuple[Obligation, Summary | None]]:
    """What these units owed in any year for (at least) these (programme, report)."""
    rows = await session.exec(
        select(Obligation, Summary)
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id), isouter=True)
        .where(
            col(Obligation.programme).in_({programme for programme, _ in reports}),
            col(Obligation.report).in_({report for _, report in reports}),
            col(Obligation.unit_id).in_(unit_ids),
        )
        .order_by(col(Obligation.id))
    )
    return rows.all()


NEWEST = (col(VisitReport.visited_on).desc(), col(VisitReport.id).desc())


def of_report() -> ColumnElement[bool]:
    return col(ReportTopic.report_id) == col(VisitReport.id)


def reported(query: Any, days: DaySpan, unit_ids: Collection[int] | None = None) -> Any:
    """`query` over visits and the reports that count; `unit_ids`: of these units' people."""
    report_query = (
        query.select_from(VisitReport)
        .join(Visit, col(Visit.id) == col(VisitReport.visit_id))
        .where(
            col(VisitReport.latest),
            col(VisitReport.visited_on).between(days.first, days.last),
            Visit.status == VisitStatus.REPORTED,
        )
    )
    if unit_ids is None:
        return report_query
    return _narrowed(report_query.where(MADE_BY.in_(unit_ids)), days, unit_ids)


def concerning(query: Any, days: DaySpan, unit_ids: Collection[int]) -> Any:
    """`reported`, made by these units' people or at their sites."""
    concerned = or_(MADE_BY.in_(unit_ids), col(Visit.unit_id).in_(unit_ids))
    return _narrowed(reported(query, days).where(concerned), days, unit_ids)


_Other = aliased(Visit)


def _narrowed(query: Any, days: DaySpan, unit_ids: Collection[int]) -> Any:
    """The same, found by the units' own visits where there are few units: else a unit's page would
    read what all units of a province did in the year.
    """
    if len(unit_ids) > FEW_UNITS:
        return query
    at_sites = select(_Other.id).where(col(_Other.unit_id).in_(unit_ids), visited_within(days))
    by_people = select(_Other.id).where(col(_Other.made_by_id).in_(unit_ids), visited_within(days))
    return query.where(col(Visit.id).in_(at_sites.union(by_people)))


def visited_within(days: DaySpan, visit: Any = _Other) -> ColumnElement[bool]:
    """The condition that the visit's week may have been reported on one of these days."""
    return col(visit.week).between(days.first - WEEK_BACK, days.last + AHEAD)


def _brought(query: Any, brought: CasesBrought, unit_ids: Collection[int]) -> Any:
    """Cases by the moment they came in; what a summary itself proposes stands in section VI."""
    own = select(SummaryProposal.id).where(col(SummaryProposal.case_id) == col(Case.id)).exists()
    return query.join(Into, col(Into.id) == col(Case.merged_into), isouter=True).where(
        col(Case.created_at) >= brought.since,
        col(Case.created_at) < brought.before,
        home_then(brought).in_(unit_ids),
        ~own,
    )


_Kind = TypeVar("_Kind")


def values_of(kind: Callable[..., _Kind], rows: Sequence[Any]) -> list[_Kind]:
    """Values of a kind out of rows with the same names; for thousands of rows at once."""
    names = rows[0]._fields if rows else ()
    return [kind(**dict(zip(names, row, strict=True))) for row in rows]


async def fetched(session: AsyncSession, query: Any) -> Sequence[Any]:
    rows: Sequence[Any] = (await session.exec(query)).all()
    return rows
