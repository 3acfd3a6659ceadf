"""The plans' tasks at units, units' own plans: named queries."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import case as when
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import TaskState, UnitKind
from storage.inserting import insert
from storage.models import PlanTask, PlanTaskEvent, Unit, UnitPlan
from storage.overview import below

OPEN = col(PlanTask.state) == TaskState.OPEN
MAX_ID = 2**31


async def get_locked(session: AsyncSession, task_id: int) -> PlanTask | None:
    """The task, kept from other transactions until this one is over."""
    if task_id >= MAX_ID:
        return None
    return await session.get(PlanTask, task_id, with_for_update=True)


async def of_unit(
    session: AsyncSession, unit_id: int, year: int, plans: Collection[str]
) -> Sequence[PlanTask]:
    """What a unit took of these plans in a year."""
    rows = await session.exec(
        select(PlanTask)
        .where(PlanTask.unit_id == unit_id, PlanTask.year == year, col(PlanTask.plan).in_(plans))
        .order_by(col(PlanTask.id))
    )
    return rows.all()


async def take(session: AsyncSession, task: PlanTask) -> bool:
    """Keep a new task; False when another transaction was first."""
    key = [col(PlanTask.plan), col(PlanTask.number), col(PlanTask.unit_id), col(PlanTask.year)]
    added = await session.exec(
        insert(session, PlanTask)
        .on_conflict_do_nothing(index_elements=key)
        .returning(col(PlanTask.id)),
        params=[task.model_dump(exclude={"id"})],
    )
    return bool(added.all())


async def find(
    session: AsyncSession, plan: str, number: str, unit_id: int, year: int
) -> PlanTask | None:
    """A unit's task, where somebody took it."""
    rows = await session.exec(
        select(PlanTask).where(
            PlanTask.plan == plan,
            PlanTask.number == number,
            PlanTask.unit_id == unit_id,
            PlanTask.year == year,
        )
    )
    return rows.first()


async def events_of(session: AsyncSession, task_id: int) -> Sequence[PlanTaskEvent]:
    """What happened to a task, the newest first."""
    rows = await session.exec(
        select(PlanTaskEvent)
        .where(PlanTaskEvent.task_id == task_id)
        .order_by(col(PlanTaskEvent.id).desc())
    )
    return rows.all()


async def listed(
    session: AsyncSession, condition: ColumnElement[bool], limit: int, offset: int
) -> Sequence[tuple[PlanTask, Unit]]:
    """Open tasks with their units, the earliest day first."""
    rows = await session.exec(
        select(PlanTask, Unit)
        .join(Unit, col(Unit.id) == col(PlanTask.unit_id))
        .where(OPEN, condition)
        .order_by(col(PlanTask.due), col(PlanTask.id))
        .limit(limit)
        .offset(offset)
    )
    return rows.all()


async def counts(
    session: AsyncSession, condition: ColumnElement[bool], today: date
) -> tuple[int, int]:
    """(open, overdue) with this condition."""
    late = func.coalesce(func.sum(when((col(PlanTask.due) < today, 1), else_=0)), 0)
    query = (
        select(func.count(), late)
        .select_from(PlanTask)
        .join(Unit, col(Unit.id) == PlanTask.unit_id)
        .where(OPEN, condition)
    )
    every, overdue = (await session.exec(query)).one()
    return every, int(overdue)


def overdue_below(paths: Collection[str], today: date) -> ColumnElement[bool]:
    """Whose last day is over, at units of these subtrees."""
    return and_(col(PlanTask.due) < today, below(Unit.path, paths))


async def by_unit(
    session: AsyncSession, plan: str, year: int, paths: Collection[str], today: date
) -> dict[int, tuple[int, int, int, int]]:
    """Unit -> (open, overdue, done, dropped) of a plan's tasks, for the units of these subtrees."""

    def number(condition: ColumnElement[bool]) -> Any:
        return func.coalesce(func.sum(when((condition, 1), else_=0)), 0)

    query = (
        select(
            PlanTask.unit_id,
            number(OPEN),
            number(and_(OPEN, col(PlanTask.due) < today)),
            number(col(PlanTask.state) == TaskState.DONE),
        )
        .join(Unit, col(Unit.id) == col(PlanTask.unit_id))
        .where(PlanTask.plan == plan, PlanTask.year == year, below(Unit.path, paths))
        .group_by(col(PlanTask.unit_id))
    )
    totals = select(PlanTask.unit_id, func.count()).where(
        PlanTask.plan == plan, PlanTask.year == year
    )
    every = dict((await session.exec(totals.group_by(col(PlanTask.unit_id)))).all())
    return {
        unit: (int(open_), int(late), int(done), every[unit] - int(open_) - int(done))
        for unit, open_, late, done in (await session.exec(query)).all()
    }


async def units_with_tasks(
    session: AsyncSession, paths: Collection[str], today: date
) -> Sequence[Unit]:
    """The units of these subtrees that plans give work: all but the province's own and enterprises
    without a union."""
    rows = await session.exec(
        select(Unit)
        .where(
            below(Unit.path, paths),
            col(Unit.kind).in_((UnitKind.UPPER, UnitKind.SITE_UNION)),
            or_(col(Unit.dissolved_on).is_(None), col(Unit.dissolved_on) > today),
        )
        .order_by(col(Unit.id))
    )
    return rows.all()


async def federation_units(session: AsyncSession) -> Sequence[Unit]:
    """LĐLĐ tỉnh and its departments."""
    rows = await session.exec(
        select(Unit).where(Unit.kind == UnitKind.FEDERATION).order_by(col(Unit.id))
    )
    return rows.all()


async def own_plan(session: AsyncSession, unit_id: int, plan: str, year: int) -> UnitPlan | None:
    """The plan that a unit made for carrying out `plan` in a year."""
    query = select(UnitPlan).where(
        UnitPlan.unit_id == unit_id, UnitPlan.plan == plan, UnitPlan.year == year
    )
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def keep_plan(session: AsyncSession, row: UnitPlan) -> None:
    """A unit's own plan, in place of what it registered before."""
    values = row.model_dump(exclude={"id"})
    key = ("unit_id", "plan", "year")
    changed = {name: value for name, value in values.items() if name not in key}
    await session.exec(
        insert(session, UnitPlan)
        .values(**values)
        .on_conflict_do_update(index_elements=list(key), set_=changed)
    )


async def with_own_plan(session: AsyncSession, plan: str, year: int) -> set[int]:
    """The units that registered theirs."""
    rows = await session.exec(
        select(UnitPlan.unit_id).where(UnitPlan.plan == plan, UnitPlan.year == year)
    )
    return set(rows.all())


async def owned_below(session: AsyncSession, person_id: int, path: str) -> Sequence[PlanTask]:
    """Open tasks of a person at or below a unit."""
    rows = await session.exec(
        select(PlanTask)
        .join(Unit, col(Unit.id) == col(PlanTask.unit_id))
        .where(OPEN, PlanTask.owner_id == person_id, below(Unit.path, [path]))
        .order_by(col(PlanTask.id))
    )
    return rows.all()
