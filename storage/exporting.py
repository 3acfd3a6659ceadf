"""Visits for a table, in pages: the memory needed does not grow with the years."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Case, Person, Unit, Visit, VisitReport
from storage.units import below

VisitRow = tuple[Visit, Unit, Unit, Person]  # the visit, its site, the unit above, the officer


async def visits_after(
    session: AsyncSession,
    last: tuple[date, int] | None,
    limit: int,
    *,
    paths: Sequence[str],
    since: date | None,
    until: date | None,
) -> Sequence[VisitRow]:
    """The next visits by week and id. `since`, `until`: the Mondays of weeks, both included."""
    above = aliased(Unit)
    rows = await session.exec(
        select(Visit, Unit, above, Person)
        .join(Unit, col(Unit.id) == col(Visit.site_id))
        .join(above, col(above.id) == col(Visit.unit_id))
        .join(Person, col(Person.id) == col(Visit.officer_id))
        .where(below(paths), *_after(last), *_between(since, until))
        .order_by(col(Visit.week), col(Visit.id))
        .limit(limit)
    )
    return rows.all()


def _after(last: tuple[date, int] | None) -> list[ColumnElement[bool]]:
    if last is None:
        return []
    week, visit_id = last
    later = and_(col(Visit.week) == week, col(Visit.id) > visit_id)
    return [or_(col(Visit.week) > week, later)]


def _between(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if since:
        wanted.append(col(Visit.week) >= since)
    if until:
        wanted.append(col(Visit.week) <= until)
    return wanted


async def reports_of(session: AsyncSession, visit_ids: Collection[int]) -> dict[int, VisitReport]:
    """Visit -> the version of its report that counts."""
    reports = await session.exec(
        select(VisitReport).where(col(VisitReport.visit_id).in_(visit_ids), col(VisitReport.latest))
    )
    return {report.visit_id: report for report in reports.all()}


async def cases_of(session: AsyncSession, report_ids: Collection[int]) -> dict[int, list[Case]]:
    """Report -> the proposals it brought."""
    rows = await session.exec(
        select(Case).where(col(Case.report_id).in_(report_ids)).order_by(col(Case.id))
    )
    cases: dict[int, list[Case]] = {}
    for case in rows.all():
        cases.setdefault(case.report_id or 0, []).append(case)
    return cases
