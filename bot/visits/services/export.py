"""Visits with their reports as rows of a table, a page at a time."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.facts.cases import NOT_SHOWN
from bot.cases.services.sight import is_quiet, readable
from bot.core import messages
from bot.core.access import require
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from bot.documents.safe_cells import Cell
from bot.visits.papers.visits_table import Parts, VisitLine, row
from storage import directing, exporting, importing, units, visits
from storage.models import Case

PAGE = 500


async def visit_rows(
    work: Work,
    actor: Actor | None,
    *,
    since: date | None = None,
    until: date | None = None,
    unit_code: str = "",
) -> AsyncIterator[list[Cell]]:
    """One row a visit, the oldest first, of the weeks with these days in them.

    `actor` None is the operator. Five queries a page, however much was reported.
    """
    async with work.read() as session:
        paths = await _paths(session, actor, unit_code)
        last: tuple[date, int] | None = None
        while True:
            page = await exporting.visits_after(
                session, last, PAGE, paths=paths, since=_monday(since), until=_monday(until)
            )
            for cells in await _rows(session, work, actor, page):
                yield cells
            if len(page) < PAGE:
                return
            last = (page[-1][0].week, page[-1][0].id or 0)
            session.expunge_all()  # what was written out need not be kept


async def _rows(
    session: AsyncSession, work: Work, actor: Actor | None, page: Sequence[exporting.VisitRow]
) -> list[list[Cell]]:
    reports = await exporting.reports_of(session, [visit.id or 0 for visit, *_ in page])
    ids = [report.id or 0 for report in reports.values()]
    topics = await visits.topics_of(session, ids)
    cases = await _proposals(session, actor, await exporting.cases_of(session, ids))
    excusers = await directing.excusers(session, [visit for visit, *_ in page])
    rows = []
    for visit, site, above, officer in page:
        report = reports.get(visit.id or 0)
        key = (report.id or 0) if report else 0
        parts = Parts(topics.get(key, ()), cases.get(key, ()), work.topics)
        excused_by = excusers.get(visit.id or 0, "")
        rows.append(row(VisitLine(visit, site, above, officer, report, parts, excused_by)))
    return rows


async def _proposals(
    session: AsyncSession, actor: Actor | None, brought: Mapping[int, Sequence[Case]]
) -> dict[int, list[str]]:
    """Report -> its proposals in words, as far as whoever asked for the file may have them. Of what
    is to be kept quiet there is not even a line: beside it stands the site."""
    every = {case.id or 0 for cases in brought.values() for case in cases}
    may = every if actor is None else {*await readable(session, actor, every)}
    return {
        report: [c.text if c.id in may else NOT_SHOWN for c in cases if not is_quiet(c)]
        for report, cases in brought.items()
    }


async def _paths(session: AsyncSession, actor: Actor | None, unit_code: str) -> list[str]:
    """The subtrees to export: the named unit, else all, within what the person may see."""
    if unit_code:
        unit = await units.by_code(session, unit_code)
        if unit is None:
            raise Refused(messages.NO_SUCH_UNIT.format(name=unit_code))
        paths = [unit.path]
    else:
        paths = list(await importing.top_paths(session))
    if actor is not None:
        for path in paths or ["/"]:
            require(actor, Action.EXPORT_VISITS, Subject(path))
    return paths


def _monday(day: date | None) -> date | None:
    return Week.of(day).monday if day else None
