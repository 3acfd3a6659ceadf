"""Visits and their reports: named queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import case as when
from sqlalchemy import func, insert
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlalchemy.orm import aliased
from sqlmodel import col, not_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cases import HiddenCases
from storage.enums import OPEN_CASES, SITE_KINDS, Rating, VisitStatus
from storage.models import (
    Case,
    ReportFile,
    ReportTopic,
    Unit,
    UnitRating,
    Visit,
    VisitEvent,
    VisitReport,
    WeekPlan,
)


async def get_locked(session: AsyncSession, visit_id: int) -> Visit | None:
    """The visit, kept from other transactions until this one is over."""
    return await session.get(Visit, visit_id, with_for_update=True)


async def week_plan(session: AsyncSession, week: date) -> WeekPlan | None:
    return await session.get(WeekPlan, week)


async def of_week(session: AsyncSession, week: date) -> Sequence[Visit]:
    rows = await session.exec(select(Visit).where(Visit.week == week).order_by(col(Visit.id)))
    return rows.all()


async def keep_planned(
    session: AsyncSession, planned: Sequence[Visit], at: datetime
) -> list[Visit]:
    """New visits of one week, and that the program gave them; as they are stored, in this order.

    Two statements and a look, however many there are: SQLite would take each row by itself.
    """
    if not planned:
        return []
    await session.exec(insert(Visit), params=[v.model_dump(exclude={"id"}) for v in planned])
    by_key = {visit.key: visit for visit in await of_week(session, planned[0].week)}
    stored = [by_key[visit.key] for visit in planned]
    events = [VisitEvent(visit_id=visit.id or 0, at=at, what="assigned") for visit in stored]
    await session.exec(
        insert(VisitEvent), params=[event.model_dump(exclude={"id"}) for event in events]
    )
    return stored


async def of_officer_since(
    session: AsyncSession, officer_id: int, week: date
) -> Sequence[tuple[Visit, Unit]]:
    """An officer's visits from a week on, with their sites, the oldest first."""
    rows = await session.exec(
        select(Visit, Unit)
        .join(Unit, col(Unit.id) == col(Visit.site_id))
        .where(Visit.officer_id == officer_id, col(Visit.week) >= week)
        .order_by(col(Visit.week), col(Visit.id))
    )
    return rows.all()


@dataclass(frozen=True)
class LastWeeks:
    """Of one site, as Mondays: the last visit that took place, and the last turn in a plan,
    whatever became of that visit.
    """

    visited: date | None
    turn: date | None


async def last_weeks(session: AsyncSession) -> dict[int, LastWeeks]:
    """Site -> when somebody was to go there last. However many visits a site has had, the index is
    asked for the last one of each status.
    """
    newest = [last_week(col(Unit.id), status) for status in VisitStatus]
    rows: Any = await session.exec(
        columns(Unit.id, *newest).where(col(Unit.kind).in_(SITE_KINDS))  # type: ignore[call-overload]
    )
    reported = list(VisitStatus).index(VisitStatus.REPORTED)
    return {
        site: LastWeeks(weeks[reported], max(filter(None, weeks), default=None))
        for site, *weeks in rows.all()
    }


def last_week(site_id: Any, status: VisitStatus, until: date | None = None) -> Any:
    """The week of the last visit with this status at a site of the enclosing query."""
    query = columns(func.max(Visit.week)).where(
        col(Visit.site_id) == site_id, col(Visit.status) == status
    )
    query = query.where(col(Visit.week) <= until) if until else query
    return query.correlate(Unit).scalar_subquery()


class OpenCases(NamedTuple):
    """How many cases of a site are not settled, and how many of these are overdue."""

    total: int = 0
    overdue: int = 0


async def open_cases(
    session: AsyncSession, hidden: HiddenCases, now: datetime
) -> dict[int, OpenCases]:
    """Site -> its cases that are not settled, the hidden ones left out."""
    overdue = func.sum(when((col(Case.settle_by) < now, 1), else_=0))
    rows = await session.exec(
        select(Case.site_id, func.count(), overdue)
        .where(col(Case.status).in_(OPEN_CASES), not_(hidden.condition()))
        .group_by(col(Case.site_id))
    )
    return {site: OpenCases(*counts) for site, *counts in rows.all() if site is not None}


async def newest_ratings(session: AsyncSession) -> dict[int, Rating]:
    """Site -> its newest yearly rating."""
    newest = (
        select(UnitRating.unit_id, func.max(UnitRating.year).label("year"))
        .group_by(col(UnitRating.unit_id))
        .subquery()
    )
    rows = await session.exec(
        select(UnitRating.unit_id, col(UnitRating.rating)).join(
            newest,
            (newest.c.unit_id == UnitRating.unit_id) & (newest.c.year == UnitRating.year),
        )
    )
    return dict(rows.all())


async def latest_report(session: AsyncSession, visit_id: int) -> VisitReport | None:
    rows = await session.exec(
        select(VisitReport).where(VisitReport.visit_id == visit_id, col(VisitReport.latest))
    )
    return rows.first()


async def by_key(session: AsyncSession, key: str) -> Visit | None:
    """The visit of a key, which is its alone."""
    return (await session.exec(select(Visit).where(Visit.key == key))).first()


async def report_of_phone(session: AsyncSession, phone_key: str) -> VisitReport | None:
    """The report that a phone sent under this key, whatever was corrected since."""
    rows = await session.exec(select(VisitReport).where(VisitReport.phone_key == phone_key))
    return rows.first()


async def phone_keys_of(
    session: AsyncSession, author_id: int, since: datetime
) -> Sequence[tuple[str, datetime, int]]:
    """(key, submitted at, visit) of what somebody sent from a phone since then."""
    rows = await session.exec(
        select(VisitReport.phone_key, VisitReport.submitted_at, VisitReport.visit_id).where(
            VisitReport.author_id == author_id,
            VisitReport.submitted_at >= since,
            col(VisitReport.phone_key).is_not(None),
        )
    )
    return [(key, submitted_at, visit) for key, submitted_at, visit in rows.all() if key]


async def last_reports(session: AsyncSession, site_ids: Collection[int]) -> dict[int, VisitReport]:
    """Site -> the report of its newest week; of several in it the one of the latest day."""
    newest = (
        columns(col(VisitReport.id))
        .select_from(Visit)
        .join(VisitReport, (col(VisitReport.visit_id) == col(Visit.id)) & col(VisitReport.latest))
        .where(col(Visit.site_id) == col(Unit.id), col(Visit.status) == VisitStatus.REPORTED)
        .order_by(
            col(Visit.week).desc(),
            col(VisitReport.visited_on).desc(),
            col(VisitReport.id).desc(),
        )
        .limit(1)
        .correlate(Unit)
        .scalar_subquery()
    )
    report = aliased(VisitReport)
    rows = await session.exec(
        select(Unit.id, report)
        .join(report, col(report.id) == newest)
        .where(col(Unit.id).in_(site_ids))
    )
    return {site: row for site, row in rows.all() if site is not None}


async def topics_of(
    session: AsyncSession, report_ids: Collection[int]
) -> dict[int, list[ReportTopic]]:
    """Report -> what its checklist says, trouble first."""
    rows = await session.exec(
        select(ReportTopic)
        .where(col(ReportTopic.report_id).in_(report_ids))
        .order_by(col(ReportTopic.trouble).desc(), col(ReportTopic.topic))
    )
    topics: dict[int, list[ReportTopic]] = {}
    for topic in rows.all():
        topics.setdefault(topic.report_id, []).append(topic)
    return topics


async def recent_words(
    session: AsyncSession, officer_id: int, limit: int, but_not: int | None = None
) -> list[str]:
    """What this officer wrote in earlier reports, the newest first, `but_not` of this visit."""
    rows = await session.exec(
        select(VisitReport.situation)
        .where(
            VisitReport.author_id == officer_id,
            col(VisitReport.latest),
            VisitReport.visit_id != (but_not or 0),
        )
        .order_by(col(VisitReport.submitted_at).desc())
        .limit(limit)
    )
    return [words for words in rows.all() if words]


async def file_ids(session: AsyncSession, report_id: int) -> list[int]:
    rows = await session.exec(
        select(ReportFile.file_id)
        .where(ReportFile.report_id == report_id)
        .order_by(col(ReportFile.file_id))
    )
    return list(rows.all())


async def cases_of(session: AsyncSession, visit_id: int) -> Sequence[Case]:
    """What the versions of a visit's report brought, in that order."""
    rows = await session.exec(
        select(Case)
        .join(VisitReport, col(VisitReport.id) == col(Case.report_id))
        .where(VisitReport.visit_id == visit_id)
        .order_by(col(Case.id))
    )
    return rows.all()


async def case_texts(session: AsyncSession, visit_id: int) -> set[str]:
    """The proposals that earlier versions of a visit's report brought."""
    rows = await session.exec(
        select(Case.text)
        .join(VisitReport, col(VisitReport.id) == col(Case.report_id))
        .where(VisitReport.visit_id == visit_id)
    )
    return set(rows.all())
