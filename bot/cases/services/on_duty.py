"""Whom to call about something urgent on a day off: who is on duty, else who leads."""

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.facts.alerts import OnDuty
from bot.config.settings import DutyTurn
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, roles_for
from bot.core.work import Work
from storage import people, supervision, units
from storage.models import Unit
from storage.paths import ids_of


async def named(
    session: AsyncSession, work: Work, unit_id: int, now: datetime, *, but_not: int | None = None
) -> list[OnDuty]:
    """Those on duty for the unit, as the settings name them, or for the nearest one above it; the
    leaders where nobody is named. Nobody on a working day. `but_not`: whom the case is about.
    """
    today = local(now).date()
    if work.calendar.is_working_day(today):
        return []
    place = await session.get_one(Unit, unit_id)
    levels = ids_of(place.path)
    places = await units.by_ids(session, levels)
    for level in reversed(levels):
        if turns := _turns(work, places[level].code.casefold(), today):
            return [OnDuty(turn.name, turn.phone, by_list=True) for turn in turns]
    leading = await supervision.nearest_over(
        session, place.path, roles_for(Action.SEE_ALERTS), but_not=but_not
    )
    persons = await people.named(session, leading)
    leaders = [persons[key] for key in leading if key in persons]
    return [OnDuty(person.name, person.phone, by_list=False) for person in leaders]


def _turns(work: Work, code: str, today: date) -> list[DutyTurn]:
    turns = work.settings.calendar.duty
    return [t for t in turns if t.unit.casefold() == code and t.first <= today <= t.last]
