"""What stands in a plan's way, told to the department that the plan names.

`sat-co-so` (end), `viec-lam` III (end), `nang-suat` (end, with a telephone), `ctr-1306` IV (end):
difficulties are reported to a department of the province. It has an owner and a clock, as every
proposal of a cadre has.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.access import place_of
from bot.cases.services.concern_notices import but_those_alerted, owe, those_to_tell
from bot.cases.services.creation import NewCase, bear
from bot.cases.services.notifications import CaseNotice
from bot.cases.services.staff import supervisors_from
from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from bot.core.rules.programmes import Programme
from bot.plans.cards import own_plans as cards
from bot.plans.facts.own_plans import SentDifficulty
from bot.plans.rules.departments import department_meant
from bot.plans.services.places import plan_of, unit_for
from storage import people, plan_tasks
from storage.enums import CaseKind
from storage.models import Unit


def look(context: Context, key: str) -> Programme:
    """The plan that something stands in the way of. Raises Refused."""
    require(context.actor, Action.RAISE_DIFFICULTY)
    return plan_of(context.work, key)


async def send(context: Context, key: str, words: str, file_ids: tuple[int, ...]) -> SentDifficulty:
    """Make a case of it at the plan's department, else at the province, and tell those there.

    Raises Refused: the plan is not active any more, or the role has ended.
    """
    plan = look(context, key)
    async with context.work.write() as session:
        own = await unit_for(session, context, 0, Action.RAISE_DIFFICULTY)
        receiver = await _receiver(session, plan)
        case = await bear(
            session,
            context.work,
            NewCase(
                text=cards.text_of(plan, own, words),
                site=None,
                root=receiver,
                kind=CaseKind.PROPOSAL,
                author_id=context.actor.person_id,
                site_words=own.name,
                files=file_ids,
            ),
            context.now,
        )
        place = await place_of(session, case)
        told_to = [
            *await those_to_tell(session, case),
            *await supervisors_from(session, place, place.unit_id),
        ]
        receivers = [p for p in dict.fromkeys(told_to) if p != context.actor.person_id]
        card = cards.difficulty(plan, case, own, context.actor.name)
        notice = CaseNotice(case, card, f"new:{case.id}")
        unalerted = await but_those_alerted(session, case, receivers)
        await owe(session, context.work, notice, unalerted, context.now)
        names = await people.named(session, receivers)
        unit = await session.get_one(Unit, place.unit_id)
        return SentDifficulty(
            plan, case, unit.name, [names[p].name for p in receivers if p in names]
        )


async def _receiver(session: AsyncSession, plan: Programme) -> Unit:
    units = await plan_tasks.federation_units(session)
    departments = {unit.id or 0: unit.name for unit in units if unit.parent_id}
    meant = department_meant(plan.difficulties, departments)
    chosen = next((u for u in units if u.id == meant), None) or next(
        (u for u in units if u.parent_id is None), None
    )
    if chosen is None:
        raise Refused(messages.NOT_FOUND)
    return chosen
