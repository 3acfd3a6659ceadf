"""At which unit somebody looks at the plans' tasks, and whose a task is."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.rules.programmes import Programme, Task
from bot.core.work import Work
from bot.plans.rules.tasks import Place, has_task
from storage import people, units
from storage.enums import UnitKind
from storage.models import Unit
from storage.paths import ids_of

LOOKING = (Action.SEE_TASKS, Action.LEAD_TASKS)


def plan_of(work: Work, key: str) -> Programme:
    """An active plan. Raises Refused: not active any more."""
    plan = next((plan for plan in work.programmes if plan.key == key), None)
    if plan is None:
        raise Refused(messages.NOT_FOUND)
    return plan


async def unit_for(session: AsyncSession, context: Context, unit_id: int, *actions: Action) -> Unit:
    """The unit with this id, or 0: the one where the actor has one of the actions. Raises Refused
    for any that is not theirs."""
    actions = actions or LOOKING
    if unit_id:
        unit = await session.get(Unit, unit_id) if unit_id < 2**31 else None
        if unit and may_any(context.actor, unit, *actions):
            return unit
        raise Refused(messages.NOT_FOUND)
    paths = context.actor.paths_for(*actions)
    own = await people.places_at(session, paths)
    if not own:
        raise Refused(messages.NOT_ALLOWED)
    # A leader's own unit comes before what a cluster puts next to it, the highest first.
    led = context.actor.paths_for(Action.LEAD_TASKS)
    return min(own, key=lambda unit: (unit.path not in led, unit.path.count("/"), unit.id))


def may_any(actor: Actor, unit: Unit, *actions: Action) -> bool:
    """Whether the actor may do one of these at the unit."""
    return any(actor.may(action, Subject(unit.path, actor.person_id)) for action in actions)


async def place_of(session: AsyncSession, unit: Unit) -> Place:
    """Where the unit stands, as the rules need it."""
    above = await session.get(Unit, unit.parent_id) if unit.parent_id else None
    return place_below(unit, above)


def place_below(unit: Unit, above: Unit | None) -> Place:
    """The same where the unit above is at hand."""
    under_province = above is not None and above.kind is UnitKind.FEDERATION
    is_department = unit.kind is UnitKind.FEDERATION and above is not None
    return Place(unit.kind, under_province, unit.name if is_department else "")


def tasks_of(plan: Programme, place: Place) -> list[tuple[int, Task]]:
    """The unit's tasks of the plan, each with its place in the plan's file."""
    return [(n, task) for n, task in enumerate(plan.tasks) if has_task(place, task)]


async def codes_above(session: AsyncSession, unit: Unit) -> frozenset[str]:
    """The folded codes of the unit and of those above it: plans name units by them."""
    ids = ids_of(unit.path)
    return frozenset(other.code.casefold() for other in (await units.by_ids(session, ids)).values())


def concerns(plan: Programme, unit: Unit, codes: frozenset[str]) -> bool:
    """Whether the plan is for a unit with these `codes_above`: all are where it names none, and the
    province always is."""
    named = {code.casefold() for code in plan.units}
    return not named or unit.kind is UnitKind.FEDERATION or bool(named & codes)
