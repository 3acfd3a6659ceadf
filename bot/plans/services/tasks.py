"""A unit's tasks of the plans: seen, taken, given to somebody, moved, done with a result.

What the plans ask of whom: `levels` in their files. `sat-co-so` IV, `viec-lam` III, `nang-suat`
III, `doan-vien` III, `ctr-1306` IV each want it carried out by the unit, with somebody in charge.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.rules.programmes import Programme
from bot.core.streams import Stream
from bot.core.work import Work
from bot.plans.cards import tasks as task_cards
from bot.plans.facts.tasks import STATE_OF, Happening, Taking, TaskPage, TaskRow, TaskUpdate
from bot.plans.rules.tasks import TaskDay, last_day, next_reminder
from bot.plans.services.places import (
    codes_above,
    concerns,
    may_any,
    place_of,
    plan_of,
    tasks_of,
    unit_for,
)
from bot.plans.services.task_rows import row_of_stored, this_year, with_owner
from storage import files, obligations, outbox, people, plan_tasks, units
from storage.enums import Lane, TaskState, UnitKind
from storage.folding import person_order
from storage.models import PlanTask, PlanTaskEvent, StoredFile, Unit

LATEST = 12  # of a task's history


async def look(context: Context, task_id: int) -> TaskPage:
    """One task that somebody took. Raises Refused: not within the actor's units and not theirs."""
    async with context.work.read() as session:
        stored, unit = await _readable(session, context, task_id)
        return await _page(session, context, stored, unit)


async def look_untaken(context: Context, taking: Taking) -> TaskPage:
    """The same for one that nobody took, or the task of somebody who did in the meantime."""
    async with context.work.read() as session:
        plan, unit, number = await _meant(session, context, taking)
        stored = await plan_tasks.find(session, plan.key, number, unit.id or 0, taking.year)
        if stored:
            return await _page(session, context, stored, unit)
        row = TaskRow(plan, plan.tasks[taking.position], taking.position, None)
        may_lead = may_any(context.actor, unit, Action.LEAD_TASKS)
        return TaskPage(row, unit, taking.year, "", (), may_lead, may_work=False, now=context.now)


async def take(context: Context, taking: Taking) -> TaskPage:
    """The unit has the task in hand, until the end of the year; who takes it leads it.

    Raises Refused: not one of the unit's tasks, or not the actor's unit to lead.
    """
    async with context.work.write() as session:
        plan, unit, number = await _meant(session, context, taking)
        require(context.actor, Action.LEAD_TASKS, Subject(unit.path))
        is_new = await plan_tasks.take(
            session,
            PlanTask(
                plan=plan.key,
                number=number,
                unit_id=unit.id or 0,
                year=taking.year,
                taken_by=context.actor.person_id,
                due=last_day(taking.year),
                due_set_at=context.now,
                created_at=context.now,
                updated_at=context.now,
                updated_by=context.actor.person_id,
            ),
        )
        stored = await plan_tasks.find(session, plan.key, number, unit.id or 0, taking.year)
        if stored is None:
            raise Refused(messages.NOT_FOUND)
        if is_new:
            await _changed(session, context, stored, TaskUpdate("taken", ""))
        return await _page(session, context, stored, unit)


async def owners(work: Work, actor: Actor, task_id: int) -> Sequence[tuple[int, str]]:
    """Whom a task can be given to: those with a role at that very unit; at the province, also those
    of its departments. By name. Raises Refused: not the actor's unit to lead."""
    async with work.read() as session:
        stored = await session.get(PlanTask, task_id)
        unit = await session.get(Unit, stored.unit_id) if stored else None
        if unit is None:
            raise Refused(messages.NOT_FOUND)
        require(actor, Action.LEAD_TASKS, Subject(unit.path))
        staff = await _staff(session, unit)
    return sorted(staff.items(), key=lambda pair: person_order(pair[1]))


async def give(context: Context, task_id: int, owner_id: int) -> TaskPage:
    """The task is somebody's, who is told. Raises Refused: they have no role there any more."""
    async with context.work.write() as session:
        stored, unit = await _led(session, context, task_id, locked=True)
        _require_open(stored)
        staff = await _staff(session, unit)
        if owner_id not in staff:
            raise Refused(messages.TASK_NOT_THEIRS)
        changed = stored.owner_id != owner_id
        stored.owner_id = owner_id
        event = await _changed(session, context, stored, TaskUpdate("given", staff[owner_id]))
        page = await _page(session, context, stored, unit)
        if changed and owner_id != context.actor.person_id:
            card = task_cards.handed_over(page, context.actor.name)
            await _owe(session, context, owner_id, card, event)
        return page


async def move(context: Context, task_id: int, due: date) -> TaskPage:
    """The task has another last day; its owner is told. Raises Refused as `take`."""
    async with context.work.write() as session:
        stored, unit = await _led(session, context, task_id, locked=True)
        _require_open(stored)
        changed = stored.due != due
        stored.due, stored.due_set_at = due, context.now
        event = await _changed(session, context, stored, TaskUpdate("moved", due.isoformat()))
        page = await _page(session, context, stored, unit)
        if changed and stored.owner_id and stored.owner_id != context.actor.person_id:
            card = task_cards.moved(page, context.actor.name)
            await _owe(session, context, stored.owner_id, card, event)
        return page


async def report(context: Context, task_id: int, update: TaskUpdate) -> TaskPage:
    """How far it is, that it is done and what came of it, or why it will not be done.

    By its owner or who leads the unit; who took it is told what its owner said. Raises Refused.
    """
    async with context.work.write() as session:
        stored, unit = await _readable(session, context, task_id, locked=True)
        if not _may_work(context, stored, unit):
            raise Refused(messages.NOT_ALLOWED)
        _require_open(stored)
        if update.what in STATE_OF:
            stored.state = STATE_OF[update.what]
            stored.result, stored.files = update.words, list(update.files)
        event = await _changed(session, context, stored, update)
        page = await _page(session, context, stored, unit)
        if stored.taken_by != context.actor.person_id:
            card = task_cards.reported(page, context.actor.name, update)
            await _owe(session, context, stored.taken_by, card, event)
        return page


async def reopen(context: Context, task_id: int) -> TaskPage:
    """What was done or dropped is in hand again. Raises Refused as `take`."""
    async with context.work.write() as session:
        stored, unit = await _led(session, context, task_id, locked=True)
        if stored.state is not TaskState.OPEN:
            stored.state = TaskState.OPEN
            await _changed(session, context, stored, TaskUpdate("reopened", ""))
        return await _page(session, context, stored, unit)


async def files_of(context: Context, task_id: int) -> tuple[TaskPage, Sequence[StoredFile]]:
    """A task and every file that came with it, the oldest first. Raises Refused as `look`."""
    async with context.work.read() as session:
        stored, unit = await _readable(session, context, task_id)
        events = await plan_tasks.events_of(session, task_id)
        ids = dict.fromkeys(file for event in reversed(events) for file in event.files)
        page = await _page(session, context, stored, unit)
        return page, await files.by_ids(session, list(ids))


def plan_next(work: Work, stored: PlanTask, now: datetime) -> None:
    """Set `remind_at`; called whenever something about the task has changed."""
    day = TaskDay(stored.due, stored.due_set_at)
    pair = next_reminder(day, frozenset(stored.reminded), now, work.calendar)
    stored.remind_at = pair[0] if pair and stored.state is TaskState.OPEN else None


async def _meant(
    session: AsyncSession, context: Context, taking: Taking
) -> tuple[Programme, Unit, str]:
    """The plan, the unit and the number of a task that is the unit's. Raises Refused."""
    plan = plan_of(context.work, taking.plan)
    unit = await unit_for(session, context, taking.unit_id)
    positions = {n for n, _ in tasks_of(plan, await place_of(session, unit))}
    codes = await codes_above(session, unit)
    near = abs(taking.year - this_year(context.now)) <= 1
    if not near or taking.position not in positions or not concerns(plan, unit, codes):
        raise Refused(messages.NOT_FOUND)
    return plan, unit, plan.tasks[taking.position].number


async def _readable(
    session: AsyncSession, context: Context, task_id: int, *, locked: bool = False
) -> tuple[PlanTask, Unit]:
    """A task at a unit that the actor may look at, or that is theirs. Raises Refused."""
    if locked:
        stored = await plan_tasks.get_locked(session, task_id)
    else:
        stored = await session.get(PlanTask, task_id) if task_id < plan_tasks.MAX_ID else None
    unit = await session.get(Unit, stored.unit_id) if stored else None
    if stored is None or unit is None:
        raise Refused(messages.NOT_FOUND)
    sees = may_any(context.actor, unit, Action.SEE_TASKS, Action.LEAD_TASKS)
    if not sees and not _owns(context, stored, unit):
        raise Refused(messages.NOT_FOUND)
    plan_of(context.work, stored.plan)
    return stored, unit


async def _led(
    session: AsyncSession, context: Context, task_id: int, *, locked: bool = False
) -> tuple[PlanTask, Unit]:
    stored, unit = await _readable(session, context, task_id, locked=locked)
    require(context.actor, Action.LEAD_TASKS, Subject(unit.path))
    return stored, unit


def _owns(context: Context, stored: PlanTask, unit: Unit) -> bool:
    return context.actor.may(Action.WORK_TASK, Subject(unit.path, stored.owner_id))


def _may_work(context: Context, stored: PlanTask, unit: Unit) -> bool:
    return _owns(context, stored, unit) or may_any(context.actor, unit, Action.LEAD_TASKS)


def _require_open(stored: PlanTask) -> None:
    if stored.state is not TaskState.OPEN:
        raise Refused(messages.TASK_OVER)


async def _staff(session: AsyncSession, unit: Unit) -> dict[int, str]:
    """Person -> name of those who can have a task at the unit."""
    places = [unit]
    if unit.kind is UnitKind.FEDERATION:
        places += await plan_tasks.federation_units(session)
    ids = {place.id or 0 for place in places}
    rows = await obligations.staff_at(session, ids, roles_for(Action.WORK_TASK))
    named = await people.named(session, {person for _, _, person in rows})
    return {key: person.name for key, person in named.items()}


async def _page(session: AsyncSession, context: Context, stored: PlanTask, unit: Unit) -> TaskPage:
    plan = plan_of(context.work, stored.plan)
    events = await plan_tasks.events_of(session, stored.id or 0)
    ids = {stored.owner_id or 0, stored.taken_by, *(event.actor_id for event in events)}
    names = await people.named(session, ids - {0})
    happened = [
        Happening(e.at, names[e.actor_id].name, e.what, e.words, len(e.files))
        for e in events[:LATEST]
    ]
    return TaskPage(
        with_owner(row_of_stored(plan, stored, context.now), names),
        unit,
        stored.year,
        names[stored.taken_by].name,
        happened,
        may_any(context.actor, unit, Action.LEAD_TASKS),
        _may_work(context, stored, unit),
        context.now,
    )


async def _changed(
    session: AsyncSession, context: Context, stored: PlanTask, update: TaskUpdate
) -> tuple[int, int]:
    """Written into the history; reminded of anew from here. Returns the ids of task and event."""
    stored.updated_at, stored.updated_by = context.now, context.actor.person_id
    plan_next(context.work, stored, context.now)
    await outbox.cancel(session, f"task:{stored.id}", outbox.REMINDERS)
    event = PlanTaskEvent(
        task_id=stored.id or 0,
        at=context.now,
        actor_id=context.actor.person_id,
        what=update.what,
        words=update.words,
        files=list(update.files),
    )
    session.add(event)
    await session.flush()
    return stored.id or 0, event.id or 0


async def _owe(
    session: AsyncSession, context: Context, person_id: int, card: Card, event: tuple[int, int]
) -> None:
    """Tell somebody what was just done about a task."""
    task_id, event_id = event
    key, about = f"task:{task_id}:event:{event_id}", f"task:{task_id}"
    await outbox.add(
        session, notice(context.work.calendar, person_id, card, key, context.now, subject=about)
    )


async def _remind(
    session: AsyncSession, work: Work, due: Sequence[PlanTask], now: datetime
) -> None:
    """Who does it; of one that is late, also who took it. Whose role has ended hears nothing."""
    plans = {plan.key: plan for plan in work.programmes}
    places = await units.by_ids(session, {task.unit_id for task in due})
    ids = {task.owner_id or 0 for task in due} | {task.taken_by for task in due}
    working = await people.holding_among(session, ids, roles_for(Action.WORK_TASK))
    for task in due:
        day = TaskDay(task.due, task.due_set_at)
        pair = next_reminder(day, frozenset(task.reminded), now, work.calendar)
        if pair and pair[0] <= now:
            task.reminded = [*task.reminded, pair[1].tag]
            if task.plan in plans:
                row = row_of_stored(plans[task.plan], task, now)
                card = task_cards.reminder(row, places[task.unit_id])
                late = pair[1].kind == "late"
                meant = {task.owner_id or task.taken_by} | ({task.taken_by} if late else set())
                for person in meant & working.keys():
                    key = f"task:{task.id}:{person}:{pair[1].tag}"
                    about = f"task:{task.id}"
                    lane = Lane.REMINDER
                    message = notice(
                        work.calendar, person, card, key, now, lane=lane, subject=about
                    )
                    await outbox.add(session, message)
        plan_next(work, task, now)
        if task.remind_at and task.remind_at <= now:
            task.remind_at = now + timedelta(minutes=1)


STREAM = Stream("plan_tasks", PlanTask, plan_tasks.OPEN, _remind)
