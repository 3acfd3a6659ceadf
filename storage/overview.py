"""What a week looks like within some units, counted by the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, false, func
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import trees
from storage.enums import SITE_KINDS, UnitKind, VisitOrigin, VisitStatus
from storage.folding import name_order
from storage.models import Case, Commendation, ReportTopic, Unit, Visit, VisitReport
from storage.paths import last_of
from storage.visits import last_week

Above = aliased(Unit)


@dataclass(frozen=True)
class Scope:
    """A week (its Monday) seen from some units, or all weeks from `since` (a Monday) to it.

    `as_was`: the week is over, and its visits belong to the unit that they were planned under, as
    those of the weeks before it do. Otherwise they follow their site. Either way a visit lies under
    one unit only. `paths_then`: where the units lay at the end of a week that is over, if any unit
    of all is another since; else None. See `scoped`.
    """

    week: date
    paths: tuple[str, ...]
    as_was: bool = False
    since: date | None = None
    paths_then: tuple[str, ...] | None = None

    @property
    def tree_paths(self) -> tuple[str, ...]:
        """The paths of the tree that counts."""
        return self.paths if self.paths_then is None else self.paths_then

    @property
    def tree_day(self) -> date | None:
        """The day whose tree counts; None: the present one."""
        return None if self.paths_then is None else self.sunday

    @property
    def sunday(self) -> date:
        return self.week + timedelta(days=6)


def below(column: Any, paths: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a path lies in one of these subtrees."""
    parts = [column.startswith(path, autoescape=True) for path in paths]
    return or_(*parts) if parts else false()


async def scoped(session: AsyncSession, scope: Scope) -> Scope:
    """The scope with the tree that counts for it."""
    if not scope.as_was or not await trees.differs(session, scope.sunday):
        return replace(scope, paths_then=None)
    return replace(scope, paths_then=await trees.paths_on(session, scope.sunday, scope.paths))


def within(query: Any, scope: Scope) -> Any:
    """`query`, which reads from `Visit`, kept to the visits of the scope; joins site and unit."""
    unit: Any = col(Visit.unit_id)
    if not scope.as_was:
        unit = func.coalesce(Unit.parent_id, Unit.id)
    if not scope.as_was and scope.since:
        unit = case((col(Visit.week) < scope.week, Visit.unit_id), else_=unit)
    return (
        query.join(Unit, col(Unit.id) == col(Visit.site_id))
        .join(Above, col(Above.id) == unit)
        .where(
            col(Visit.week).between(scope.since, scope.week)
            if scope.since
            else Visit.week == scope.week,
            or_(
                below(trees.on(scope.tree_day, "path", Above), scope.tree_paths),
                trees.on(scope.tree_day, "path").in_(scope.tree_paths),
            ),
        )
    )


def inside(scope: Scope) -> ColumnElement[bool]:
    """The condition that a unit lies in the scope, in the tree that counts for it."""
    return below(trees.on(scope.tree_day, "path"), scope.tree_paths)


def flagged() -> ColumnElement[bool]:
    """The condition that a report was flagged."""
    return cast(col(VisitReport.flags), String) != "[]"


def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def allowed() -> ColumnElement[bool]:
    """The condition that somebody else than its officer said that a visit need not take place."""
    return (col(Visit.status) == VisitStatus.EXCUSED) & col(Visit.excused_by).is_not(None)


def due() -> ColumnElement[bool]:
    """The condition that a planned visit is asked of its officer in its own week: neither put off
    nor allowed not to take place. See `bot.visits.rules.overview.WeekTally.due`.
    """
    return (
        (col(Visit.origin) != VisitOrigin.UNPLANNED)
        & (col(Visit.status) != VisitStatus.DEFERRED)
        & ~allowed()
    )


def waits_for_excuse() -> ColumnElement[bool]:
    """The condition that an officer asked to be excused, and no leader has answered."""
    return col(Visit.excuse_asked) != ""


async def tally_rows(session: AsyncSession, scope: Scope) -> Sequence[tuple[Any, ...]]:
    """(path of the unit, status, late, origin, how many, without a day, with a swap asked for,
    allowed not to take place, asked to be excused from)."""
    return await _alike(session, scope, trees.on(scope.tree_day, "path", Above))


async def weekly_rows(session: AsyncSession, scope: Scope) -> Sequence[tuple[Any, ...]]:
    """The same by week (its Monday) instead of by unit."""
    return await _alike(session, scope, col(Visit.week))


async def _alike(session: AsyncSession, scope: Scope, by: Any) -> Sequence[tuple[Any, ...]]:
    alike = (by, col(Visit.status), col(Visit.late), col(Visit.origin))
    no_day, swaps = counted(col(Visit.day).is_(None)), counted(col(Visit.swap_asked) != "")
    query = columns(
        *alike, func.count(), no_day, swaps, counted(allowed()), counted(waits_for_excuse())
    ).select_from(Visit)
    grouped = within(query, scope).group_by(*alike)
    rows: Sequence[tuple[Any, ...]] = (await session.exec(grouped)).all()
    return rows


@dataclass(frozen=True)
class ReportFigures:
    """Of the reports of a week: the sums by column, and how many are flagged."""

    sums: dict[str, int]
    flagged: int


async def report_figures(
    session: AsyncSession, scope: Scope, summed: Sequence[str] = ()
) -> ReportFigures:
    """`summed`: columns of VisitReport that hold numbers."""
    sums = [func.coalesce(func.sum(getattr(VisitReport, name)), 0) for name in summed]
    query = columns(counted(flagged()), *sums)
    latest = query.select_from(Visit).join(
        VisitReport, (col(VisitReport.visit_id) == Visit.id) & col(VisitReport.latest)
    )
    thin, *totals = (await session.exec(within(latest, scope))).one()
    return ReportFigures(dict(zip(summed, map(int, totals), strict=True)), int(thin))


async def proposals(session: AsyncSession, scope: Scope) -> int:
    """How many proposals the reports brought."""
    query = (
        select(func.count(col(Case.id)))
        .select_from(Visit)
        .join(VisitReport, col(VisitReport.visit_id) == Visit.id)
        .join(Case, col(Case.report_id) == VisitReport.id)
    )
    return int((await session.exec(within(query, scope))).one())


async def commendations(session: AsyncSession, scope: Scope) -> int:
    """How many visits brought a proposal to commend somebody."""
    query = (
        select(func.count(func.distinct(Visit.id)))
        .select_from(Visit)
        .join(Commendation, col(Commendation.visit_id) == Visit.id)
    )
    return int((await session.exec(within(query, scope))).one())


async def troubles(session: AsyncSession, scope: Scope) -> Sequence[tuple[str, str]]:
    """(topic, site) of everything the reports of the week call a trouble, by topic and name."""
    query = (
        select(ReportTopic.topic, Unit.name)
        .select_from(Visit)
        .join(VisitReport, (col(VisitReport.visit_id) == Visit.id) & col(VisitReport.latest))
        .join(
            ReportTopic,
            (col(ReportTopic.report_id) == VisitReport.id) & col(ReportTopic.trouble),
        )
    )
    ordered = within(query, scope).distinct().order_by(ReportTopic.topic)
    rows: Sequence[tuple[str, str]] = (await session.exec(ordered)).all()
    return sorted(rows, key=lambda row: (row[0], name_order(row[1])))


async def coverage(session: AsyncSession, scope: Scope, first_of_year: date) -> tuple[int, ...]:
    """(sites, visited within 4 weeks, 12 weeks, since `first_of_year`, ever), as of the week."""
    newest = last_week(col(Unit.id), VisitStatus.REPORTED, scope.week)
    # With an offset it is a table of its own: else each figure below would look for it again.
    weeks = columns(newest.label("week")).select_from(Unit).where(existing_site(scope))
    last = weeks.offset(0).subquery()
    since = (scope.week - timedelta(weeks=3), scope.week - timedelta(weeks=11), first_of_year)
    query: Any = columns(
        func.count(),
        *(counted(last.c.week >= start) for start in since),
        func.count(last.c.week),
    ).select_from(last)
    return tuple(int(figure) for figure in (await session.exec(query)).one())


async def count_sites_reached(session: AsyncSession, scope: Scope) -> int:
    """Sites where somebody was."""
    query = select(func.count(func.distinct(Visit.site_id))).select_from(Visit)
    reached = within(query, scope).where(col(Visit.status) == VisitStatus.REPORTED)
    return int((await session.exec(reached)).one())


async def count_sites(session: AsyncSession, scope: Scope) -> int:
    """Sites that existed in the last week."""
    query = select(func.count()).select_from(Unit).where(existing_site(scope))
    return (await session.exec(query)).one()


def existing_site(scope: Scope) -> ColumnElement[bool]:
    """A site of the scope that existed in the week."""
    return (
        inside(scope)
        & col(Unit.kind).in_(SITE_KINDS)
        & col(Unit.unconfirmed).is_(False)
        & (col(Unit.known_since) <= scope.sunday)
        & or_(col(Unit.dissolved_on).is_(None), col(Unit.dissolved_on) > scope.sunday)
    )


async def units_to_show(session: AsyncSession, scope: Scope) -> Sequence[Unit]:
    """One step down: the units below a single path, else the units of the paths themselves."""
    paths, day = scope.tree_paths, scope.tree_day
    path = trees.on(day, "path")
    here: ColumnElement[bool] = path.in_(paths)
    if len(paths) == 1:
        parent = last_of(paths[0])
        here = trees.on(day, "parent_id") == parent
    rows = await session.exec(
        select(Unit, path, trees.on(day, "name"))
        .where(
            here,
            col(Unit.kind).in_((UnitKind.FEDERATION, UnitKind.UPPER)),
            col(Unit.known_since) <= scope.sunday,
            or_(col(Unit.dissolved_on).is_(None), col(Unit.dissolved_on) > scope.week),
        )
        .order_by(col(Unit.id))
    )
    units = [
        unit
        if (place, name) == (unit.path, unit.name)
        else Unit(**{**unit.model_dump(), "path": place, "name": name})
        for unit, place, name in rows.all()
    ]
    return sorted(units, key=lambda unit: name_order(unit.name))


async def at_paths(session: AsyncSession, paths: Sequence[str]) -> Sequence[Unit]:
    rows = await session.exec(select(Unit).where(col(Unit.path).in_(paths)).order_by(Unit.path))
    return rows.all()
