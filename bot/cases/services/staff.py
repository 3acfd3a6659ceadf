"""The people of the level that has a case."""

from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.facts.cases import Colleague
from bot.cases.rules.cases import CaseAction, Relation, may_act
from bot.cases.services.access import CasePlace, case_to_handle, place_of
from bot.core.context import Context
from bot.core.rules.calendar import local
from bot.core.rules.permissions import HANDLING_CASES, Action, roles_for
from storage import case_lists, cases, people
from storage.enums import Role
from storage.models import Case, Person
from storage.paths import last_of


class StaffMember(NamedTuple):
    """Somebody of a unit who handles cases there. `reached`: our messages come to them."""

    role: Role
    person: Person
    reached: bool


Staff = dict[int, list[StaffMember]]


async def staff_of(session: AsyncSession, unit_ids: set[int]) -> Staff:
    """Unit -> those of its people who handle cases, in two queries however many units."""
    staff_by_unit: Staff = {unit: [] for unit in unit_ids}
    rows = await cases.staff_at(session, unit_ids, roles_for(*HANDLING_CASES))
    reached = await people.reached(session, {person.id or 0 for _, _, person in rows})
    for unit, role, person in rows:
        staff_by_unit[unit].append(StaffMember(role, person, person.id in reached))
    return staff_by_unit


def supervisors(staff: Staff, place: CasePlace, unit_id: int) -> list[int]:
    """The supervisors of a level; where it has none, or none whom a message comes to, also those
    of the nearest level above that has: what was sent to who blocked the bot warns nobody.
    """
    leading = roles_for(Action.LEAD_CASES)
    leading_here: list[int] = []
    for level in place.levels[place.levels.index(unit_id) :]:
        leaders = [member for member in staff.get(level, []) if member.role in leading]
        leading_here += [leader.person.id or 0 for leader in leaders]
        if any(leader.reached for leader in leaders):
            break
    return list(dict.fromkeys(leading_here))


async def supervisors_from(session: AsyncSession, place: CasePlace, unit_id: int) -> list[int]:
    """The same, asked of the database."""
    return supervisors(await staff_of(session, {*place.levels}), place, unit_id)


async def former_handlers(session: AsyncSession, case: Case, place: CasePlace) -> list[int]:
    """Of the levels that passed a case up: who leads there, and who had it in hand. Nobody where
    they may not follow it."""
    follow = may_act(Relation.FORMER, CaseAction.SEE, case.category, case.kind)
    if not place.former or not follow or case.about_id is not None:
        return []
    levels = {last_of(path) for path in place.former}
    acted = {event.actor_id for event in await cases.events_of(session, case.id or 0)}
    leading = roles_for(Action.LEAD_CASES)
    staff = await staff_of(session, levels)
    return [
        person.id or 0
        for people_there in staff.values()
        for role, person, _ in people_there
        if role in leading or person.id in acted
    ]


async def colleagues(context: Context, case_id: int) -> list[Colleague]:
    """Who could take a case over: those of the unit that has it, who is there and has least first.

    Nobody whom the case is about, and not who has it already.
    """
    async with context.work.read() as session:
        case, _ = await case_to_handle(
            session, context.work, context.actor, case_id, CaseAction.SEE
        )
        place = await place_of(session, case)
        staff = (await staff_of(session, {place.unit_id}))[place.unit_id]
        candidates = {
            p.id or 0: p for _, p, _ in staff if p.id not in (case.about_id, case.assignee_id)
        }
        today = local(context.now).date()
        away = {
            leave.person_id
            for leave in await people.leaves_between(session, today, today, candidates)
        }
        held = await case_lists.held_by(session, list(candidates))
    leading = roles_for(Action.LEAD_CASES)
    leads = {person.id for role, person, _ in staff if role in leading}
    available = [
        Colleague(key, person.name, key in leads, key in away, held.get(key, 0))
        for key, person in candidates.items()
    ]
    return sorted(
        available, key=lambda colleague: (colleague.away, colleague.leads, colleague.open)
    )
