"""Who hears of a new concern: its officer, else those of the unit; many alike are one notice."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import concern_notices as cards
from bot.cases.rules.cases import is_confidential
from bot.cases.services.access import place_of
from bot.cases.services.staff import staff_of, supervisors
from bot.core.card import Card
from bot.core.notices import notice
from bot.core.rules.likeness import alike
from bot.core.work import Work
from storage import concerns, outbox
from storage.models import Case, Unit

TOGETHER = timedelta(hours=24)
HOUR = timedelta(hours=1)


async def tell_handlers(
    session: AsyncSession, work: Work, case: Case, site: Unit | None, now: datetime
) -> None:
    """One notice for a new concern; of those like it only how many, once an hour at most."""
    told = await those_to_tell(session, case)
    found = await _like_it(session, case, now)
    if len(found) > 1 and await _hear_of(session, found[0], told):
        await _tell_more(session, work, case, found, told, now)
        return
    card = cards.new(case, site.name if site else case.site_words)
    await owe(session, work, case, told, card, f"new:{case.id}", now)


async def owe(
    session: AsyncSession,
    work: Work,
    case: Case,
    told: list[int],
    card: Card,
    key: str,
    now: datetime,
) -> None:
    """One message to each; `key` makes it once."""
    await outbox.add_all(
        session,
        [
            notice(work.calendar, person, card, f"{key}:{person}", now, subject=f"case:{case.id}")
            for person in told
        ],
    )


async def those_to_tell(session: AsyncSession, case: Case) -> list[int]:
    """The assignee, else everybody of the level that has it, else who leads the next one up.

    Of a confidential case only those who lead hear, so that they hand it out.
    """
    if case.assignee_id is not None and case.assignee_id != case.about_id:
        return [case.assignee_id]
    place = await place_of(session, case)
    staff = await staff_of(session, {*place.levels})
    told = [person.id or 0 for _, person in staff.get(place.unit_id, [])]
    if is_confidential(case.category, case.kind) or not told:
        told = supervisors(staff, place, place.unit_id)
    return [person for person in dict.fromkeys(told) if person != case.about_id]


async def _like_it(session: AsyncSession, case: Case, now: datetime) -> list[int]:
    """The cases of this day that say the same at the same site, the oldest first, this one too."""
    if case.site_id is None or not case.text:
        return [case.id or 0]
    recent = await concerns.recent(session, case.site_id, case.category, now - TOGETHER)
    others = [one for one in recent if one[0] != case.id]
    return sorted([*(key for key, _ in alike(case.text, others)), case.id or 0])


async def _hear_of(session: AsyncSession, case_id: int, told: list[int]) -> bool:
    """Whether all of them are told of that case too; else one of them would read its code only."""
    first = await session.get(Case, case_id)
    return first is not None and {*told} <= {*await those_to_tell(session, first)}


async def _tell_more(
    session: AsyncSession,
    work: Work,
    case: Case,
    found: list[int],
    told: list[int],
    now: datetime,
) -> None:
    """How many there are by now, told when the hour is over; until then the number grows."""
    first = await session.get(Case, found[0])
    if first is None:
        return
    hours = (now - first.created_at) // HOUR + 1
    card = cards.more(first, len(found))
    key = f"more:{first.id}:{hours}"
    await owe(session, work, first, told, card, key, first.created_at + hours * HOUR)
    for person in told:
        await concerns.reword(session, f"{key}:{person}", card.text)
