"""A unit's tasks of the plans put together from the plans' files and what is kept of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.context import Context
from bot.core.rules.calendar import local
from bot.core.rules.programmes import Programme
from bot.plans.facts.tasks import TaskCount, TaskRow
from bot.plans.rules.tasks import is_overdue
from bot.plans.services.places import codes_above, concerns, place_of, tasks_of
from storage import people, plan_tasks
from storage.enums import TaskState
from storage.models import Person, PlanTask, Unit


def this_year(now: datetime) -> int:
    """The year in Vietnam."""
    return local(now).year


async def rows_of(
    session: AsyncSession, context: Context, plans: Sequence[Programme], unit: Unit, year: int
) -> list[TaskRow]:
    """The unit's tasks of these plans, and what it took that they do not name any more."""
    keys = [plan.key for plan in plans]
    stored = await plan_tasks.of_unit(session, unit.id or 0, year, keys)
    by_number = {(row.plan, row.number): row for row in stored}
    place, codes = await place_of(session, unit), await codes_above(session, unit)
    rows = []
    for plan in plans:
        tasks = tasks_of(plan, place) if concerns(plan, unit, codes) else []
        for position, task in tasks:
            existing = by_number.pop((plan.key, task.number), None)
            rows.append(row_of(plan, position, existing, context.now))
    by_key = {plan.key: plan for plan in plans}
    rest = [row_of_stored(by_key[row.plan], row, context.now) for row in by_number.values()]
    return [*rows, *rest]


def row_of(plan: Programme, position: int, stored: PlanTask | None, now: datetime) -> TaskRow:
    """A task at its place in the plan's file, with what is kept of it."""
    overdue = stored is not None and is_overdue(stored.state, stored.due, now)
    return TaskRow(plan, plan.tasks[position], position, stored, overdue=overdue)


def row_of_stored(plan: Programme, stored: PlanTask, now: datetime) -> TaskRow:
    """The same of what is kept; the plan may not name it any more."""
    numbers = [task.number for task in plan.tasks]
    if stored.number in numbers:
        return row_of(plan, numbers.index(stored.number), stored, now)
    overdue = is_overdue(stored.state, stored.due, now)
    return TaskRow(plan, None, 0, stored, overdue=overdue)


def count_of(rows: Sequence[TaskRow]) -> TaskCount:
    """How they stand."""
    states = Counter(row.stored.state if row.stored else None for row in rows)
    return TaskCount(
        states[None],
        states[TaskState.OPEN],
        sum(row.overdue for row in rows),
        states[TaskState.DONE],
        states[TaskState.DROPPED],
    )


async def with_owners(session: AsyncSession, rows: Sequence[TaskRow]) -> list[TaskRow]:
    """The same with the names of those who do them; one query."""
    ids = {row.stored.owner_id for row in rows if row.stored and row.stored.owner_id}
    names = await people.named(session, ids)
    return [with_owner(row, names) for row in rows]


def with_owner(row: TaskRow, names: Mapping[int, Person]) -> TaskRow:
    """The same where the names are at hand."""
    owner = names.get(row.stored.owner_id or 0) if row.stored else None
    return replace(row, owner=owner.name if owner else "")
