"""Who hears of a new concern: its officer, else those of the unit; many alike are one notice."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import concern_notices as cards
from bot.cases.facts.alerts import OnDuty
from bot.cases.rules.cases import is_confidential
from bot.cases.rules.deadlines import calendar_of
from bot.cases.services import alerts, on_duty
from bot.cases.services.access import place_of
from bot.cases.services.notifications import CaseNotice
from bot.cases.services.staff import staff_of, supervisors
from bot.core.notices import notice
from bot.core.rules.likeness import alike
from bot.core.work import Work
from storage import concerns, outbox
from storage.enums import Severity
from storage.models import Case, Unit

TOGETHER = timedelta(hours=24)
HOUR = timedelta(hours=1)


async def tell_handlers(
    session: AsyncSession, work: Work, case: Case, site: Unit | None, now: datetime
) -> None:
    """One notice for a new concern; of those like it only how many, once an hour at most."""
    receivers = await those_to_tell(session, case)
    similar = await _like_it(session, case, now)
    if len(similar) > 1 and await _hear_of(session, similar[0], receivers):
        await _tell_more(session, work, similar, receivers, now)
        return
    duty: list[OnDuty] = []
    if case.severity is Severity.URGENT:
        duty = await on_duty.named(session, work, case.unit_id, now, but_not=case.about_id)
    card = cards.new(case, site.name if site else case.site_words, duty)
    unalerted = await but_those_alerted(session, case, receivers)
    await owe(session, work, CaseNotice(case, card, f"new:{case.id}"), unalerted, now)


async def owe(
    session: AsyncSession,
    work: Work,
    case_notice: CaseNotice,
    receivers: list[int],
    now: datetime,
) -> None:
    """One message to each, once ever. What is urgent is heard of on days off too."""
    case, card, key = case_notice.case, case_notice.card, case_notice.key
    calendar = calendar_of(case.severity, work.calendar)
    await outbox.add_all(
        session,
        [
            notice(calendar, person, card, f"{key}:{person}", now, subject=f"case:{case.id}")
            for person in receivers
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
    receivers = [handler.person.id or 0 for handler in staff.get(place.unit_id, [])]
    if is_confidential(case.category, case.kind) or not receivers:
        receivers = supervisors(staff, place, place.unit_id)
    return [person for person in dict.fromkeys(receivers) if person != case.about_id]


async def but_those_alerted(session: AsyncSession, case: Case, persons: list[int]) -> list[int]:
    """Those of them who are not told of this new case by its own alert, which opens it."""
    alerted = await alerts.told_of(session, case)
    return [person for person in persons if person not in alerted]


async def _like_it(session: AsyncSession, case: Case, now: datetime) -> list[int]:
    """The cases of this day that say the same at the same site, the oldest first, this one too."""
    if case.site_id is None or not case.text:
        return [case.id or 0]
    recent = await concerns.recent(session, case.site_id, case.category, now - TOGETHER)
    others = [candidate for candidate in recent if candidate[0] != case.id]
    return sorted([*(key for key, _ in alike(case.text, others)), case.id or 0])


async def _hear_of(session: AsyncSession, case_id: int, receivers: list[int]) -> bool:
    """Whether all of them are told of that case too; else one of them would read its code only."""
    first = await session.get(Case, case_id)
    return first is not None and {*receivers} <= {*await those_to_tell(session, first)}


async def _tell_more(
    session: AsyncSession,
    work: Work,
    similar: list[int],
    receivers: list[int],
    now: datetime,
) -> None:
    """How many there are by now, told when the hour is over; until then the number grows."""
    first = await session.get(Case, similar[0])
    if first is None:
        return
    hours = (now - first.created_at) // HOUR + 1
    card = cards.more(first, len(similar))
    key = f"more:{first.id}:{hours}"
    hour_over = first.created_at + hours * HOUR
    await owe(session, work, CaseNotice(first, card, key), receivers, hour_over)
    for person in receivers:
        await concerns.reword(session, f"{key}:{person}", card.text)
