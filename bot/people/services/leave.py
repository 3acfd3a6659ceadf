"""Leave (nghỉ phép): entered by whoever takes it, told to the supervisors above."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rendering import day
from bot.core.rules.calendar import Week, local
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.work import Work
from bot.people.cards import leave as leave_cards
from bot.people.facts.leave import EnteredLeave, PlannedVisit
from storage import outbox, people, visits
from storage.enums import OPEN_STATUSES
from storage.models import Leave
from storage.supervision import to_tell

LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


async def take(context: Context, first: date, last: date) -> EnteredLeave:
    """Enter one's own leave, both days included; leaves that touch become one."""
    require(context.actor, Action.TAKE_LEAVE, Subject(owner_id=context.actor.person_id))
    _check(first, last, local(context.now).date())
    async with context.work.write() as session:
        leave, merged = await _merge(session, context.actor.person_id, first, last)
        handed_over, clashes = await _affected(session, context.work, leave, context.now)
        card = leave_cards.leave_notice(
            context.actor.name, leave.first_day, leave.last_day, handed_over
        )
        key = f"leave:{leave.id}:{context.now:%Y%m%d%H%M}"
        supervisors_told = await _tell_supervisors(session, context, card, key)
    return EnteredLeave(
        leave.id or 0,
        leave.first_day,
        leave.last_day,
        merged,
        handed_over,
        clashes,
        supervisors_told,
    )


async def mine(context: Context) -> Sequence[Leave]:
    """One's own leaves that are not over."""
    require(context.actor, Action.TAKE_LEAVE, Subject(owner_id=context.actor.person_id))
    async with context.work.read() as session:
        return await people.leaves_of(session, context.actor.person_id, local(context.now).date())


async def own(context: Context, leave_id: int) -> Leave:
    """One of one's own leaves that is not over. Raises Refused for any other."""
    async with context.work.read() as session:
        return await _own(session, context.actor, leave_id, context.now)


async def cancel(context: Context, leave_id: int) -> None:
    """Take a leave back; one that has begun ends with yesterday."""
    today = local(context.now).date()
    async with context.work.write() as session:
        leave = await _own(session, context.actor, leave_id, context.now)
        card = leave_cards.called_off(context.actor.name, leave.first_day, leave.last_day)
        if leave.first_day < today:
            leave.last_day = today - _DAY
        else:
            await session.delete(leave)
        key = f"leave-off:{leave_id}:{context.now:%Y%m%d%H%M}"
        await _tell_supervisors(session, context, card, key)


def _check(first: date, last: date, today: date) -> None:
    if last < first:
        raise Refused(messages.LEAVE_ENDS_BEFORE)
    if last < today:
        raise Refused(messages.LEAVE_IS_PAST)
    if last - first > LONGEST:
        raise Refused(messages.LEAVE_TOO_LONG)


async def _merge(
    session: AsyncSession, person_id: int, first: date, last: date
) -> tuple[Leave, bool]:
    """One row for leaves that overlap or follow each other directly."""
    touching = await people.leaves_between(session, first - _DAY, last + _DAY, [person_id])
    for leave in touching:
        if leave.first_day <= first and leave.last_day >= last:
            span = f"{day(leave.first_day)} – {day(leave.last_day)}"
            raise Refused(messages.LEAVE_KNOWN.format(span=span))
    merged = Leave(
        person_id=person_id,
        first_day=min([first, *(leave.first_day for leave in touching)]),
        last_day=max([last, *(leave.last_day for leave in touching)]),
    )
    for leave in touching:
        await session.delete(leave)
    session.add(merged)
    await session.flush()
    return merged, bool(touching)


async def _affected(
    session: AsyncSession, work: Work, leave: Leave, now: datetime
) -> tuple[list[PlannedVisit], list[PlannedVisit]]:
    """Planned visits in weeks with no day left to work, and those set for a day of the leave."""
    today, this_week = local(now).date(), Week.containing(now)
    own_visits = await visits.of_officer_since(
        session, leave.person_id, this_week.previous().monday
    )
    away = await people.leaves_between(session, today, leave.last_day, [leave.person_id])
    no_day_left, clashing = [], []
    for visit, site in own_visits:
        if visit.status not in OPEN_STATUSES or not _within(visit.day, leave):
            continue
        week = Week.of(visit.day or visit.week)
        if week >= this_week and _all_off(work, week, today, away, leave):
            no_day_left.append((visit, site))
        elif visit.day:
            clashing.append((visit, site))
    return no_day_left, clashing


def _within(set_for: date | None, leave: Leave) -> bool:
    """A visit whose day is not set may fall into the leave; a set day does or does not."""
    return set_for is None or leave.first_day <= set_for <= leave.last_day


def _all_off(work: Work, week: Week, today: date, away: Iterable[Leave], new: Leave) -> bool:
    """Whether nothing is left of a week that the new leave touches."""
    left = [d for d in week.days if d >= today and work.calendar.is_working_day(d)]
    touched = any(new.first_day <= d <= new.last_day for d in left)
    return touched and all(any(x.first_day <= d <= x.last_day for x in away) for d in left)


async def _tell_supervisors(session: AsyncSession, context: Context, card: Card, key: str) -> int:
    """Those who are nearest above the units of the person's role."""
    supervisors: set[int] = set()
    roles = roles_for(Action.HEAR_OF_LEAVE)
    for path in context.actor.paths_for(Action.GO_TO_SITES) or context.actor.paths_for(
        Action.TAKE_LEAVE
    ):
        supervisors |= {*await to_tell(session, path, roles, but_not=context.actor.person_id)}
    for person in sorted(supervisors):
        await outbox.add(
            session, notice(context.work.calendar, person, card, f"{key}:{person}", context.now)
        )
    return len(supervisors)


async def _own(session: AsyncSession, actor: Actor, leave_id: int, now: datetime) -> Leave:
    leave = await session.get(Leave, leave_id, with_for_update=True)
    if leave is None:
        raise Refused(messages.NOT_FOUND)
    require(actor, Action.TAKE_LEAVE, Subject(owner_id=leave.person_id))
    if leave.last_day < local(now).date():
        raise Refused(messages.LEAVE_IS_PAST)
    return leave
