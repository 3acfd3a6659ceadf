"""Behind the figures of an overview: lists of visits, officers, units and sites, page by page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.sight import proposals_of
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from bot.visits.facts.overview import (
    CoverageFacts,
    ListedVisit,
    ListFacts,
    ListPage,
    NamedFacts,
    OfficerRow,
    PromisesFacts,
    StaffFacts,
    TroubleFacts,
    UnitsFacts,
)
from bot.visits.rules.overview import WeekTally, by_child, tally
from bot.visits.services import nudges, promises, unreached
from bot.visits.services.overview import (
    WRITTEN_TO,
    ScopedView,
    as_row,
    begun,
    by_topic,
    coverage_of,
    look,
    overdue_promises,
    praised,
    staff_facts,
)
from bot.visits.services.promises import MOST_ROWS
from bot.visits.services.site_lists import site_lines
from storage import directing, overview, overview_lists, overview_staff, people, site_pages
from storage.models import Person
from storage.overview import Scope

PER_PAGE = 10
_T = TypeVar("_T")
Number = int | None
"""Which page of a list, from 0; None: all of it, for a workbook."""


async def visits(
    context: Context, kind: str, monday: date, unit_id: int, page: Number
) -> ListFacts:
    """Visits of one of the KINDS of storage, with its value behind a dot (`o.12`)."""
    key, _, value = kind.partition(".")
    if not _is_listable(context.work, key, value):
        raise Refused(messages.NOT_FOUND)
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        rows, page_of_list = await rows_of(session, context.actor, looking.scope, kind, page)
        title = await _title(session, context.work, key, value)
        to_remind = await _to_remind(session, context, looking) if key == "open" else None
    return ListFacts(looking.view, key, value, title, rows, page_of_list, to_remind)


async def rows_of(
    session: AsyncSession, actor: Actor, scope: Scope, kind: str, page: Number
) -> tuple[list[ListedVisit], ListPage]:
    """The visits of a scope that are of a kind, with its value behind a dot."""
    key, _, value = kind.partition(".")
    stored_rows = await overview_lists.listed(session, scope, key, value, *_window(page))
    excused = await directing.excusers(session, [row[0] for row in stored_rows])
    rows = [
        ListedVisit(*row, excused_by=excused.get(row[0].id or 0, ""))
        for row in _on_page(page, stored_rows)
    ]
    rows = await _with_words(session, actor, key, value, rows)
    return rows, _page(page, stored_rows)


async def _to_remind(session: AsyncSession, context: Context, looking: ScopedView) -> int | None:
    if not context.actor.may(Action.REMIND_OFFICERS):
        return None
    waiting = await nudges.waiting(session, context, looking.scope)
    return len(waiting.to_remind) if waiting.anybody else None


def _is_listable(work: Work, kind: str, value: str) -> bool:
    if kind == "t":
        return value in work.topics
    if kind == "o":
        return value.isdecimal() and len(value) < 10
    return kind in overview_lists.KINDS


async def _with_words(
    session: AsyncSession, actor: Actor, kind: str, value: str, rows: Sequence[ListedVisit]
) -> list[ListedVisit]:
    """What the list is about, in the words of the report."""
    words: dict[int, Sequence[str]] = {}
    if kind == "t":
        reports = [row.report.id for row in rows if row.report and row.report.id]
        trouble_words = await overview_lists.trouble_words(session, value, reports)
        words = {r.visit.id or 0: [trouble_words[r.report.id or 0]] for r in rows if r.report}
    elif kind == "case":
        cases = await proposals_of(session, actor, [row.visit.id or 0 for row in rows])
        words = {visit: proposals.words for visit, proposals in cases.items()}
    return [replace(r, words=words.get(r.visit.id or 0, ())) for r in rows]


async def _title(session: AsyncSession, work: Work, kind: str, value: str) -> str:
    if kind == "t":
        return work.topics[value][1]
    if kind == "o":
        person = await session.get(Person, int(value))
        return person.name if person else ""
    return ""


async def staff(context: Context, monday: date, unit_id: int, page: Number) -> StaffFacts:
    """The officers with their quota, what they did, their row of weeks and their leave."""
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        officers = await staff_facts(session, context.work, looking.scope, context.now)
        reached = await people.addresses(session, [o.person.id for o in officers if o.person.id])
    # Who still owes something comes first.
    officers.sort(key=lambda officer: officer.done >= officer.planned)
    part = _part(page, officers)
    rows = [
        OfficerRow(
            officer.person,
            officer.quota,
            officer.planned,
            officer.done,
            officer.quota_met,
            officer.streak,
            [(leave.first_day, leave.last_day) for leave in officer.leaves],
            bool(reached.get(officer.person.id or 0)),
        )
        for officer in _on_page(page, part)
    ]
    return StaffFacts(looking.view, rows, _page(page, part))


async def named(context: Context, kind: str, monday: date, unit_id: int) -> NamedFacts:
    """The people behind a figure of the week: `praise`, `unreached`, `undelivered` or
    `unopened`."""
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        paths, week = looking.scope.paths, looking.view.week
        if kind == "praise":
            staff_rows = await staff_facts(session, context.work, looking.scope, context.now)
            rows = [(name, f"{weeks} tuần liên tục") for name, weeks in praised(staff_rows)]
        elif kind == "unreached":
            persons = await overview_staff.unreachable_people(session, paths, WRITTEN_TO)
            rows = await unreached.unreachable_lines(session, persons)
        elif kind == "undelivered":
            late = await unreached.undelivered(session, paths, week, context.now)
            rows = await unreached.undelivered_lines(session, late)
        elif kind == "unopened":
            waiting = await unreached.unopened(session, paths, week, context.now)
            rows = unreached.unopened_lines(waiting)
        else:
            raise Refused(messages.NOT_FOUND)
    return NamedFacts(looking.view, kind, rows)


async def promises_overdue(
    context: Context, monday: date, unit_id: int, page: Number
) -> PromisesFacts:
    """What was promised at the sites and is overdue, the longest overdue first."""
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        condition = overdue_promises(looking.scope, context.now)
        rows = await promises.listed(session, condition, page, context.now)
    return PromisesFacts(looking.view, rows.rows, ListPage(page or 0, rows.more))


async def units(context: Context, monday: date, unit_id: int, page: Number) -> UnitsFacts:
    """The units one step down, each with everything below it; what is behind comes first."""
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        children = await overview.units_to_show(session, looking.scope)
        rows = await overview.tally_rows(session, looking.scope)
    tallies: dict[str, WeekTally] = {}
    for row in rows:
        tallies[row[0]] = tallies.get(row[0], WeekTally()) + tally([as_row(row[1:])])
    sums = by_child(tallies, looking.scope.tree_paths, (unit.path for unit in children))
    pairs = [(unit, sums[unit.path]) for unit in children]
    pairs.sort(key=lambda pair: pair[1].done - pair[1].due)
    due, done = (
        sum(getattr(unit_tally, what) for unit_tally in tallies.values())
        for what in ("due", "done")
    )
    direct = (
        done - sum(unit_tally.done for _, unit_tally in pairs),
        due - sum(unit_tally.due for _, unit_tally in pairs),
    )
    part = _part(page, pairs)
    return UnitsFacts(looking.view, _on_page(page, part), direct, _page(page, part))


async def coverage(context: Context, monday: date, unit_id: int, page: Number) -> CoverageFacts:
    """How far the visits reach, and the sites, the longest without a visit first."""
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        scope = begun(looking.scope, context.now)
        figures = await coverage_of(session, scope)
        there = overview.existing_site(scope)
        rows = await site_pages.by_last_visit(session, there, scope.week, *_window(page))
        # A file goes from hand to hand: it counts what anybody may know.
        reader = context if page is not None else replace(context, actor=Actor())
        lines = await site_lines(session, reader, _on_page(page, rows), Week(scope.week))
    return CoverageFacts(looking.view, Week(scope.week), figures, lines, _page(page, rows))


async def troubles(context: Context, monday: date, unit_id: int) -> TroubleFacts:
    """What the officers found."""
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        topics = by_topic(await overview.troubles(session, looking.scope))
        reports = await overview.report_figures(session, looking.scope)
        proposals = await overview.proposals(session, looking.scope)
    return TroubleFacts(looking.view, topics, reports.flagged, proposals)


def _window(page: Number) -> tuple[int, int]:
    """(limit, offset), with one row more than is shown: it says that there are others."""
    return (MOST_ROWS, 0) if page is None else (PER_PAGE + 1, page * PER_PAGE)


def _part(page: Number, rows: Sequence[_T]) -> Sequence[_T]:
    limit, offset = _window(page)
    return rows[offset : offset + limit]


def _on_page(page: Number, rows: Sequence[_T]) -> Sequence[_T]:
    return rows if page is None else rows[:PER_PAGE]


def _page(page: Number, rows: Sequence[_T]) -> ListPage:
    return ListPage(page or 0, page is not None and len(rows) > PER_PAGE)
