"""Lists of visits behind the figures of an overview, a page at a time."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import OPEN_STATUSES, VisitOrigin, VisitStatus
from storage.folding import name_order
from storage.models import Case, Commendation, Person, ReportTopic, Unit, Visit, VisitReport
from storage.overview import Scope, allowed, flagged, waits_for_excuse, within

Listed = tuple[Visit, Unit, Person, VisitReport | None]

_ORDER = {
    VisitStatus.MISSED: 0,
    VisitStatus.PLANNED: 1,
    VisitStatus.CONFIRMED: 2,
    VisitStatus.EXCUSED: 3,
    VisitStatus.DEFERRED: 4,
    VisitStatus.REPORTED: 5,
}


def _troubled(topic: str) -> ColumnElement[bool]:
    return (
        select(ReportTopic.report_id)
        .where(
            col(ReportTopic.report_id) == VisitReport.id,
            ReportTopic.topic == topic,
            col(ReportTopic.trouble),
        )
        .exists()
    )


def _with_proposals(_value: str) -> ColumnElement[bool]:
    of_visit = select(VisitReport.id).where(VisitReport.visit_id == Visit.id).correlate(Visit)
    return select(Case.id).where(col(Case.report_id).in_(of_visit)).exists()


def _commending(_value: str) -> ColumnElement[bool]:
    return select(Commendation.id).where(Commendation.visit_id == Visit.id).exists()


_EXTRA: ColumnElement[bool] = col(Visit.origin) == VisitOrigin.UNPLANNED
KINDS: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "all": lambda _: col(Visit.id).is_not(None),
    "open": lambda _: (
        col(Visit.status).not_in((VisitStatus.REPORTED, VisitStatus.DEFERRED)) & ~allowed()
    ),
    "later": lambda _: col(Visit.status) == VisitStatus.DEFERRED,
    "ask": lambda _: waits_for_excuse(),
    "swap": lambda _: (col(Visit.swap_asked) != "") & col(Visit.status).in_(OPEN_STATUSES),
    "late": lambda _: (col(Visit.status) == VisitStatus.REPORTED) & col(Visit.late) & ~_EXTRA,
    "extra": lambda _: (col(Visit.status) == VisitStatus.REPORTED) & _EXTRA,
    "met": lambda _: col(VisitReport.workers_met) > 0,
    "flag": lambda _: flagged(),
    "case": _with_proposals,
    "com": _commending,
    "t": _troubled,
    "o": lambda officer: col(Visit.officer_id) == int(officer),
}


async def listed(
    session: AsyncSession, scope: Scope, kind: str, value: str, limit: int, offset: int
) -> Sequence[Listed]:
    """Visits of one of KINDS, what needs attention first."""
    query: Any = (
        select(Visit, Unit, Person, VisitReport)
        .select_from(Visit)
        .join(Person, col(Person.id) == Visit.officer_id)
        .join(
            VisitReport,
            (col(VisitReport.visit_id) == Visit.id) & col(VisitReport.latest),
            isouter=True,
        )
    )
    order = case(*((col(Visit.status) == key, place) for key, place in _ORDER.items()), else_=9)
    wanted = within(query, scope).where(KINDS[kind](value))
    places = await session.exec(wanted.with_only_columns(col(Visit.id), order, col(Unit.name)))
    in_order = sorted(places.all(), key=lambda row: (row[1], name_order(row[2]), row[0]))
    ids = [row[0] for row in in_order[offset : offset + limit]]
    rows: Sequence[Listed] = (await session.exec(wanted.where(col(Visit.id).in_(ids)))).all()
    return sorted(rows, key=lambda row: ids.index(row[0].id))


async def trouble_words(
    session: AsyncSession, topic: str, report_ids: Collection[int]
) -> dict[int, str]:
    """Report -> what it says about a topic in trouble."""
    rows = await session.exec(
        select(ReportTopic.report_id, ReportTopic.words).where(
            col(ReportTopic.report_id).in_(report_ids), ReportTopic.topic == topic
        )
    )
    return dict(rows.all())


async def brought_cases(
    session: AsyncSession, visit_ids: Collection[int]
) -> dict[int, dict[int, str]]:
    """Visit -> the proposals that its reports brought, whichever version did, in order: case ->
    the path of the unit that the visit was made for, wherever the site is by now."""
    rows = await session.exec(
        select(VisitReport.visit_id, Case.id, Unit.path)
        .join(Case, col(Case.report_id) == VisitReport.id)
        .join(Visit, col(Visit.id) == VisitReport.visit_id)
        .join(Unit, col(Unit.id) == Visit.unit_id)
        .where(col(VisitReport.visit_id).in_(visit_ids))
        .order_by(col(Case.id))
    )
    cases: dict[int, dict[int, str]] = {}
    for visit, case_id, path in rows.all():
        cases.setdefault(visit, {})[case_id or 0] = path
    return cases


async def versions(session: AsyncSession, visit_id: int) -> Sequence[VisitReport]:
    """Every version of a visit's report, the newest first."""
    rows = await session.exec(
        select(VisitReport)
        .where(VisitReport.visit_id == visit_id)
        .order_by(col(VisitReport.version).desc())
    )
    return rows.all()
