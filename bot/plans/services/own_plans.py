"""A unit's own plan for carrying out a plan: registered with number and day, or as it was sent.

Asked for by `sat-co-so` IV.2.2 and IV.3, `viec-lam` III.2, `nang-suat` III.3, `doan-vien` III.2,
`ctr-1306` IV.2.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Subject
from bot.core.rules.programmes import Programme
from bot.plans.cards.tasks import PER_PAGE
from bot.plans.facts.own_plans import NewPlan, OwnPlan, PlanlessUnits
from bot.plans.services.places import may_any, plan_of, unit_for
from bot.plans.services.task_lists import units_concerned
from bot.plans.services.task_rows import this_year
from storage import files, people, plan_tasks
from storage.folding import name_order
from storage.models import StoredFile, Unit, UnitPlan


async def look(context: Context, key: str, unit_id: int = 0) -> OwnPlan:
    """What a unit registered this year. Raises Refused: not within the actor's units."""
    plan = plan_of(context.work, key)
    async with context.work.read() as session:
        unit = await unit_for(session, context, unit_id)
        return await _look(session, context, plan, unit)


async def register(context: Context, key: str, unit_id: int, new: NewPlan) -> OwnPlan:
    """Keep it; what was registered before is replaced. Raises Refused: not the actor's unit."""
    plan, year = plan_of(context.work, key), this_year(context.now)
    async with context.work.write() as session:
        unit = await unit_for(session, context, unit_id, Action.REGISTER_PLAN)
        require(context.actor, Action.REGISTER_PLAN, Subject(unit.path))
        row = UnitPlan(
            unit_id=unit.id or 0,
            plan=key,
            year=year,
            number=new.number,
            issued=new.issued,
            words=new.words,
            files=list(new.files),
            person_id=context.actor.person_id,
            at=context.now,
        )
        await plan_tasks.keep_plan(session, row)
        return await _look(session, context, plan, unit)


async def list_units(context: Context, key: str, page: int) -> PlanlessUnits:
    """Which units below have registered a plan of their own, those that have not first."""
    require(context.actor, Action.SEE_TASKS)
    plan, year = plan_of(context.work, key), this_year(context.now)
    async with context.work.read() as session:
        below = [unit for unit, _ in await units_concerned(session, context, plan)]
        with_plan = await plan_tasks.with_own_plan(session, key, year)
    rows = [(unit, unit.id in with_plan) for unit in below]
    rows.sort(key=lambda row: (row[1], row[0].path.count("/"), name_order(row[0].name)))
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(page, pages - 1)
    registered = sum(has for _, has in rows)
    part = rows[page * PER_PAGE : (page + 1) * PER_PAGE]
    return PlanlessUnits(plan, year, part, registered, len(rows), page, pages)


async def files_of(context: Context, plan_id: int) -> tuple[OwnPlan, list[StoredFile]]:
    """The files of a unit's own plan. Raises Refused as `look`."""
    async with context.work.read() as session:
        row = await session.get(UnitPlan, plan_id) if plan_id < plan_tasks.MAX_ID else None
        if row is None:
            raise Refused(messages.NOT_FOUND)
        unit = await unit_for(session, context, row.unit_id)
        facts = await _look(session, context, plan_of(context.work, row.plan), unit)
        return facts, list(await files.by_ids(session, row.files))


async def _look(session: AsyncSession, context: Context, plan: Programme, unit: Unit) -> OwnPlan:
    year = local(context.now).year
    row = await plan_tasks.own_plan(session, unit.id or 0, plan.key, year)
    names = await people.named(session, [row.person_id] if row else [])
    below = [other.id for other, _ in await units_concerned(session, context, plan)]
    with_plan = await plan_tasks.with_own_plan(session, plan.key, year)
    return OwnPlan(
        plan,
        unit,
        year,
        row,
        names[row.person_id].name if row else "",
        may_any(context.actor, unit, Action.REGISTER_PLAN),
        len(below),
        len(with_plan.intersection(below)),
    )
