"""What cases do by themselves: remind, move on, escalate; follow their site; look for a new hand.

Nothing here needs anybody to press anything: a case that nobody touches escalates to the province.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import cases as case_cards
from bot.cases.cards.cases import Climb
from bot.cases.cards.concerns import CaseNews
from bot.cases.rules.cases import CaseAction, is_confidential
from bot.cases.rules.deadlines import CaseReminder, is_word_owed
from bot.cases.rules.escalation import HeldCase, orphaned
from bot.cases.services.access import CasePlace, follow, place_of, step
from bot.cases.services.clocks import clocked, next_of, plan_next
from bot.cases.services.handling import escalate_one_level
from bot.cases.services.notifications import CaseNotice, notices, tell_those_who_raised
from bot.cases.services.staff import Staff, staff_of, supervisors
from bot.cases.services.view import days_late
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import HANDLING_CASES, Action, roles_for
from bot.core.streams import Chore, Keyed, Stream, do_apart
from bot.core.work import Work
from storage import cases, outbox, people, units
from storage.enums import CaseStatus, Lane
from storage.models import Case, CaseEvent, OutboxMessage, Person, Unit

BATCH = 200
ORPHAN = "orphan:"  # in `Case.reminded`: offered on this day
LEFT, AWAY = "đã thôi nhiệm vụ", "đang nghỉ"


class CasesFailed(Exception):  # noqa: N818 - it reads as what happened
    """The ids of cases that could not be handled."""


@dataclass(frozen=True)
class _Desk:
    """What a batch needs to know, asked once for all of it."""

    session: AsyncSession
    work: Work
    now: datetime
    places: dict[int, CasePlace]
    units: dict[int, Unit]
    staff: Staff
    holders: dict[int, Person]
    away: frozenset[int]

    def place(self, case: Case) -> CasePlace:
        return self.places[case.id or 0]

    def site(self, case: Case) -> str:
        site = self.units.get(case.site_id or 0)
        return site.name if site else case.site_words

    def holder(self, case: Case) -> int | None:
        """Who has the case, if they can be reached and are at work."""
        person = self.holders.get(case.assignee_id or 0)
        if person is None or person.id in self.away:
            return None
        return None if person.blocked_at else person.id

    def leads(self, case: Case) -> list[int]:
        place = self.place(case)
        return supervisors(self.staff, place, place.unit_id)

    def leader_hears(self, case: Case) -> bool:
        """Whether a message reaches somebody who leads there and whom the case is not about."""
        leads = set(self.leads(case)) - {case.about_id}
        here = (member for members in self.staff.values() for member in members)
        return any(member.reached and member.person.id in leads for member in here)

    def queue(self, case: Case) -> list[int]:
        """Who may take a case that nobody has: the officers too, unless it is confidential."""
        if is_confidential(case.category, case.kind):
            return self.leads(case)
        here = self.staff.get(self.place(case).unit_id, [])
        taking = roles_for(Action.TAKE_CASES)
        officers = [p.id or 0 for role, p, _ in here if role in taking]
        return list(dict.fromkeys([*self.leads(case), *officers]))


async def _strike(session: AsyncSession, work: Work, due: Sequence[Case], now: datetime) -> None:
    """The clocks of these cases."""
    desk = await _desk(session, work, due, now)
    messages: list[OutboxMessage] = []
    for case in due:
        place = desk.place(case)
        follow(case, place)
        reminder = next_of(work, case, now, top=place.top)
        if reminder and reminder.at <= now:
            case.reminded = [*case.reminded, reminder.tag]
            messages += await _act(desk, case, reminder)
            if is_word_owed(
                clocked(case, top=place.top), reminder.kind, case.settle_by or now, now
            ):
                await _say_that_nobody_takes_it(desk, case)
        _plan_later(work, case, place, now)
    await outbox.add_all(session, messages)


async def _desk(session: AsyncSession, work: Work, due: Sequence[Case], now: datetime) -> _Desk:
    units_by_id = await units.by_ids(
        session, {i for case in due for i in (case.site_id, case.home_id, case.unit_id) if i}
    )
    places = {case.id or 0: await place_of(session, case) for case in due}  # from the session
    levels = {level for place in places.values() for level in place.levels}
    units_by_id |= await units.by_ids(session, levels)
    staff = await staff_of(session, levels)
    working = {handler.person.id for rows in staff.values() for handler in rows}
    ids = {case.assignee_id for case in due if case.assignee_id in working}
    reached = await people.addresses(session, {key for key in ids if key})
    holders = await people.named(session, reached)
    today = local(now).date()
    away = {
        leave.person_id for leave in await people.leaves_between(session, today, today, holders)
    }
    return _Desk(session, work, now, places, units_by_id, staff, holders, frozenset(away))


async def _act(desk: _Desk, case: Case, reminder: CaseReminder) -> Sequence[OutboxMessage]:
    """One reminder, or the step that the clock takes; the messages owed for it."""
    if reminder.kind == "escalate":
        return await _escalate(desk, case)
    late = case_cards.late_words(days_late(case, desk.now, desk.work.calendar), case.severity)
    kind: str = reminder.kind
    if kind in ("move_on", "weekly"):
        receivers = desk.leads(case)
    elif case.assignee_id is None:
        receivers = desk.queue(case)
    elif holder := desk.holder(case):
        receivers = [holder]
    else:
        kind, receivers = "unreachable", desk.leads(case)
    card = case_cards.reminder(case, kind, desk.site(case), late)
    case_notice = CaseNotice(case, card, f"remind:{reminder.tag}")
    return notices(desk.work, case_notice, receivers, desk.now, lane=Lane.REMINDER)


async def _say_that_nobody_takes_it(desk: _Desk, case: Case) -> None:
    """To those who raised it, once unless it is opened again: the day they were told is over,
    nobody has taken it, and who leads there was reminded just now, where anybody is."""
    since = case.clock_from or case.created_at
    events = await cases.events_of(desk.session, case.id or 0)
    if any(event.what == "untaken" and event.at >= since for event in events):
        return
    desk.session.add(CaseEvent(case_id=case.id or 0, at=desk.now, what="untaken"))
    unit = desk.units.get(case.unit_id)
    reminded = unit.name if unit and desk.leader_hears(case) else ""
    news = CaseNews("untaken", reminded)
    await tell_those_who_raised(desk.session, desk.work, case, news, desk.now)


async def plan_forgotten(work: Work, now: datetime) -> None:
    """What nobody takes at the top had nothing to come any more in versions before the reminders of
    every Monday: it gets its next one."""
    async with work.write() as session:
        for case in await cases.untaken_without_reminder(session):
            plan_next(work, case, now, top=(await place_of(session, case)).top)


async def _escalate(desk: _Desk, case: Case) -> Sequence[OutboxMessage]:
    """One level up by itself: whoever leads there gets it, the others concerned are told."""
    session, work, now, before = desk.session, desk.work, desk.now, desk.place(case)
    try:
        former = await escalate_one_level(session, case, before, now)
    except Refused:
        return []
    step(case, CaseAction.ESCALATE)
    event = CaseEvent(
        case_id=case.id or 0,
        at=now,
        what="escalate",
        data={"reason": "overdue", "before": before.unit_id, "to": case.unit_id},
    )
    session.add(event)
    unit = desk.units.get(case.unit_id)
    name = unit.name if unit else ""
    await outbox.cancel(session, f"case:{case.id}", outbox.REMINDERS)
    await tell_those_who_raised(session, work, case, CaseNews("overdue", name), now)
    above = supervisors(desk.staff, before, case.unit_id)
    climb = Climb("", "overdue", "", name, desk.site(case))
    up = case_cards.told_escalated(case, climb)
    escalated_away = case_cards.told_escalated_away(case, climb)
    below = (former, *supervisors(desk.staff, before, before.unit_id))
    hears_otherwise = (0, case.author_id, *above)
    left = [person for person in below if person not in hears_otherwise]
    return [
        *notices(work, CaseNotice(case, up, "climbed"), above, now),
        *notices(work, CaseNotice(case, escalated_away, "climbed-away"), left, now),
    ]


def _plan_later(work: Work, case: Case, place: CasePlace, now: datetime) -> None:
    """The one after; never in the past, so that one case cannot keep the program busy."""
    plan_next(work, case, now, top=place.top)
    if case.remind_at and case.remind_at <= now:
        case.remind_at = now + timedelta(minutes=1)


async def follow_sites(work: Work, now: datetime) -> bool:
    """Cases follow their site to another union; whoever had them there has them no longer. Whether
    there were any.
    """

    async def follow_these(session: AsyncSession, keys: Sequence[int]) -> None:
        await _follow(session, work, keys, now)

    async with work.read() as session:
        moved = await cases.maybe_moved(session)
        keys = [c.id or 0 for c in moved if _elsewhere(c, await place_of(session, c))]
    await _in_batches(work, "case_moves", keys, follow_these)
    return bool(keys)


async def follow_moved(session: AsyncSession, work: Work, now: datetime) -> None:
    """The same within the transaction that moves the sites, so that it can be taken back."""
    off_site = [case.id or 0 for case in await cases.maybe_moved(session)]
    await _follow(session, work, off_site, now)


async def _follow(session: AsyncSession, work: Work, keys: Sequence[int], now: datetime) -> None:
    for case in await cases.moved(session, keys):
        place = await place_of(session, case)
        if _elsewhere(case, place):
            _move(session, case, place, now)
            plan_next(work, case, now, top=place.top)


def _elsewhere(case: Case, place: CasePlace) -> bool:
    return (case.home_id, case.unit_id) != (place.home_id, place.unit_id)


async def _in_batches(work: Work, name: str, keys: Sequence[int], batch: Keyed) -> None:
    """Raises CasesFailed at the end, so that those that cannot be handled are tried later."""
    bad: list[int] = []
    for start in range(0, len(keys), BATCH):
        bad += await do_apart(work, name, keys[start : start + BATCH], batch)
    if bad:
        raise CasesFailed(bad)


def let_go(case: Case, now: datetime) -> dict[str, str]:
    """The people who had it did not come along with its unit. What the event of the move keeps: in
    papers of an earlier period it goes on to be what it was."""
    was = case.status
    case.assignee_id, case.taken_at, case.level_since = None, None, now
    if was is not CaseStatus.IN_PROGRESS:
        return {}
    case.status = CaseStatus.RECEIVED
    return {"status": was.value}


def _move(session: AsyncSession, case: Case, place: CasePlace, now: datetime) -> None:
    data: dict[str, Any] = {"to": place.unit_id, "unit": case.unit_id, "home": case.home_id}
    if case.unit_id != place.unit_id:
        data |= let_go(case, now)
    follow(case, place)
    session.add(CaseEvent(case_id=case.id or 0, at=now, what="moved", internal=True, data=data))


async def offer_orphans(work: Work, now: datetime) -> bool:
    """Once a working day: the cases of those who are away or have left, to their supervisors, in
    one list each. A case that loses its hand during the day is offered at once. Whether there were
    any."""
    today, roles = local(now).date(), roles_for(*HANDLING_CASES)
    if not work.calendar.is_working_day(today) or not work.calendar.may_speak(now):
        return False
    async with work.read() as session:
        unoffered = _unoffered(await cases.unattended(session, today, roles), f"{ORPHAN}{today}")

    async def offer(session: AsyncSession, keys: Sequence[int]) -> None:
        await _offer(session, work, keys, now)

    keys = [case.id or 0 for case, *_ in unoffered]  # all in one batch: one list for each
    if keys and (bad := await do_apart(work, "orphans", keys, offer)):
        raise CasesFailed(bad)
    return bool(keys)


async def _offer(session: AsyncSession, work: Work, keys: Sequence[int], now: datetime) -> None:
    today = local(now).date()
    tag = f"{ORPHAN}{today}"
    roles = roles_for(*HANDLING_CASES)
    unoffered = _unoffered(await cases.unattended(session, today, roles), tag)
    unoffered = [row for row in unoffered if row[0].id in keys]
    desk = await _desk(session, work, [case for case, *_ in unoffered], now)
    lists: dict[int, list[tuple[Case, str, str, str]]] = defaultdict(list)
    for case, person, leave in unoffered:
        earlier = [tag for tag in case.reminded if not tag.startswith(ORPHAN)]
        case.reminded = [*earlier, tag]
        line = (case, desk.site(case), person.name, AWAY if leave else LEFT)
        for supervisor in desk.leads(case):
            if supervisor not in (case.about_id, case.assignee_id):
                lists[supervisor].append(line)
    for supervisor, lines in lists.items():
        first = lines[0][0]
        card = case_cards.orphans(lines)
        messages = notices(work, CaseNotice(first, card, "orphans"), [supervisor], now)
        await outbox.add_all(session, messages)


def _unoffered(
    unattended: Sequence[tuple[Case, Person, bool]], tag: str
) -> list[tuple[Case, Person, bool]]:
    """What the rule calls orphaned and was not offered today."""
    states = {
        person.id or 0: ("on_leave" if leave else "departed") for _, person, leave in unattended
    }
    held = orphaned((HeldCase(c.id or 0, c.assignee_id) for c, *_ in unattended), states)  # type: ignore[arg-type]
    ids = {held_case.case for held_case in held}
    return [row for row in unattended if row[0].id in ids and tag not in row[0].reminded]


STREAM = Stream("cases", Case, cases.OPEN, _strike)
MOVES = Chore("case_moves", follow_sites)
ORPHANS = Chore("orphans", offer_orphans)
