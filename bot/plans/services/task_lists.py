"""Lists of the plans' tasks: a unit's, one's own, the overdue ones, the units below."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import and_, col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.access import require
from bot.core.context import Context
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action
from bot.core.rules.programmes import Programme
from bot.plans.cards.tasks import PER_PAGE
from bot.plans.facts.tasks import OwnTasks, PlanCounts, TaskCount, TaskRow, UnitCounts, UnitTasks
from bot.plans.rules.tasks import urgency
from bot.plans.services.places import may_any, place_below, plan_of, tasks_of, unit_for
from bot.plans.services.task_rows import (
    count_of,
    row_of_stored,
    rows_of,
    this_year,
    with_owners,
)
from storage import obligations, plan_tasks, units
from storage.enums import UnitKind
from storage.folding import name_order
from storage.models import PlanTask, Unit

MOST_ROWS = 20_000  # of a whole list
_T = TypeVar("_T")


async def of_unit(
    context: Context, key: str, unit_id: int = 0, year: int = 0, page: int | None = 0
) -> UnitTasks:
    """A unit's tasks of a plan. `unit_id` 0: one's own; `year` 0: the present one; `page` None:
    all of them.

    Raises Refused: the plan is not active, or the unit is not within the actor's.
    """
    plan, now = plan_of(context.work, key), context.now
    year = year or this_year(now)
    async with context.work.read() as session:
        unit = await unit_for(session, context, unit_id)
        rows = await rows_of(session, context, [plan], unit, year)
        ordered = sorted(rows, key=lambda row: _urgency(row, now))
        number, pages, part = _part(ordered, page)
        on_page = await with_owners(session, part)
    led = context.actor.paths_for(Action.SEE_TASKS)
    return UnitTasks(
        plan,
        unit,
        year,
        this_year(now),
        on_page,
        count_of(rows),
        number,
        pages,
        may_any(context.actor, unit, Action.LEAD_TASKS),
        other_units=any(path != unit.path or unit.kind is not UnitKind.SITE_UNION for path in led),
        in_force=plan.in_force(local(now).date()),
    )


async def overview(context: Context) -> PlanCounts:
    """How one's own unit stands with each plan in force."""
    require(context.actor, Action.SEE_TASKS)
    today, year = local(context.now).date(), this_year(context.now)
    plans = [plan for plan in context.work.programmes if plan.in_force(today)]
    async with context.work.read() as session:
        unit = await unit_for(session, context, 0)
        rows = await rows_of(session, context, plans, unit, year)
        own = await plan_tasks.counts(session, _of_person(context), today)
        led = context.actor.paths_for(Action.LEAD_TASKS)
        late = -1
        if led:
            late = (await plan_tasks.counts(session, plan_tasks.overdue_below(led, today), today))[
                1
            ]
    by_plan = [(plan, count_of([row for row in rows if row.plan is plan])) for plan in plans]
    with_tasks = [(plan, count) for plan, count in by_plan if count != TaskCount()]
    return PlanCounts(unit, year, with_tasks, *own, late)


async def own(context: Context, page: int | None) -> OwnTasks:
    """What was given to the actor, the earliest day first."""
    require(context.actor, Action.WORK_TASK)
    return await _listed(context, _of_person(context), page)


async def late(context: Context, page: int | None) -> OwnTasks:
    """What is overdue at the units that the actor leads."""
    require(context.actor, Action.LEAD_TASKS)
    led = context.actor.paths_for(Action.LEAD_TASKS)
    condition = plan_tasks.overdue_below(led, local(context.now).date())
    return await _listed(context, condition, page)


async def own_counts(context: Context) -> tuple[int, int]:
    """(open, overdue) of what was given to the actor, for the home card."""
    async with context.work.read() as session:
        today = local(context.now).date()
        return await plan_tasks.counts(session, _of_person(context), today)


async def by_unit(context: Context, key: str, page: int | None = 0) -> UnitCounts:
    """How the units below stand with a plan, those with overdue tasks first."""
    require(context.actor, Action.SEE_TASKS)
    plan, year = plan_of(context.work, key), this_year(context.now)
    today, paths = local(context.now).date(), context.actor.paths_for(Action.SEE_TASKS)
    async with context.work.read() as session:
        concerned = await units_concerned(session, context, plan)
        stored = await plan_tasks.by_unit(session, key, year, paths, today)
    rows = []
    for unit, every in concerned:
        open_, overdue, done, dropped = stored.get(unit.id or 0, (0, 0, 0, 0))
        untaken = max(0, every - open_ - done - dropped)
        rows.append((unit, TaskCount(untaken, open_, overdue, done, dropped)))
    rows.sort(key=lambda row: (-row[1].late, -row[1].untaken, name_order(row[0].name)))
    number, pages, part = _part(rows, page)
    return UnitCounts(plan, year, part, number, pages)


def _part(rows: Sequence[_T], page: int | None) -> tuple[int, int, Sequence[_T]]:
    """(number, how many pages, the rows of it); a page that is gone gives the last one."""
    if page is None:
        return 0, 1, rows
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(page, pages - 1)
    return number, pages, rows[number * PER_PAGE : (number + 1) * PER_PAGE]


async def units_concerned(
    session: AsyncSession, context: Context, plan: Programme
) -> list[tuple[Unit, int]]:
    """The units that the actor may look at and the plan gives tasks, each with how many."""
    paths = context.actor.paths_for(Action.SEE_TASKS)
    below = await plan_tasks.units_with_tasks(session, paths, local(context.now).date())
    above = await units.by_ids(session, {unit.parent_id or 0 for unit in below})
    named = _paths_named(plan, await obligations.upper_units(session) if plan.units else ())
    counted = [
        (unit, len(tasks_of(plan, place_below(unit, above.get(unit.parent_id or 0)))))
        for unit in below
        if not plan.units or unit.path.startswith(named)
    ]
    return [(unit, every) for unit, every in counted if every]


def _paths_named(plan: Programme, upper: Sequence[Unit]) -> tuple[str, ...]:
    codes = {code.casefold() for code in plan.units}
    return tuple(unit.path for unit in upper if unit.code.casefold() in codes)


def _urgency(row: TaskRow, now: datetime) -> tuple[tuple[int, date], int]:
    stored = row.stored
    state, due = (stored.state, stored.due) if stored else (None, None)
    return urgency(state, due, now), row.position


def _of_person(context: Context) -> ColumnElement[bool]:
    return col(PlanTask.owner_id) == context.actor.person_id


async def _listed(context: Context, condition: ColumnElement[bool], page: int | None) -> OwnTasks:
    plans = {plan.key: plan for plan in context.work.programmes}
    among = and_(condition, col(PlanTask.plan).in_(plans))
    async with context.work.read() as session:
        limit, offset = (MOST_ROWS, 0) if page is None else (PER_PAGE + 1, page * PER_PAGE)
        stored = await plan_tasks.listed(session, among, limit, offset)
        rows = [row_of_stored(plans[task.plan], task, context.now) for task, _ in stored]
        named = await with_owners(session, rows)
    pairs = list(zip(named, [unit for _, unit in stored], strict=True))
    if page is None:
        return OwnTasks(pairs, 0, False)
    return OwnTasks(pairs[:PER_PAGE], page, len(pairs) > PER_PAGE)
