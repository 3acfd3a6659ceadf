"""The clocks of a case: they run only in working hours of working days of the calendar.

The days are our own proposal (take up within 2, settle within 15, urgent within 3), configurable.
What is urgent does not wait for a holiday to end: its days are those of the calendar, weekends and
Tết included.
Moments go in aware and come out in UTC; working hours are wall times in Vietnam. The clocks of
the law (`legal_dates`) are its own and run beside these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.core.rules.calendar import Calendar, Week, at, local
from bot.core.rules.slots import Slot, next_slot
from storage.enums import OPEN_CASES, UNTAKEN_CASES, CaseStatus, Severity

ReminderKind = Literal["take", "move_on", "half", "day_before", "overdue", "escalate", "weekly"]

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_REST = timedelta(days=5)  # after the last reminder of its own, before those of every Monday begin


@dataclass(frozen=True)
class CaseClocks:
    """Working days for each step, and the working hours (wall times). Proposed, configurable.

    Raises ValueError when the working day has no length.
    """

    take_days: int = 2
    urgent_take_days: int = 1
    settle_days: int = 15
    urgent_settle_days: int = 3
    escalate_after_days: int = 2
    """After the deadline (of taking up: the case moves on; of settling: it escalates)."""
    level_days: int = 3
    """What each further level has at least before the case escalates again."""
    day_start: time = time(7, 30)
    day_end: time = time(17, 0)

    def __post_init__(self) -> None:
        if self.day_start >= self.day_end:
            raise ValueError("the working day ends before it starts")

    @property
    def day(self) -> timedelta:
        """The length of one working day."""
        return datetime.combine(date.min, self.day_end) - datetime.combine(date.min, self.day_start)

    def to_take(self, severity: Severity) -> timedelta:
        """Working time within which the case has to be taken up."""
        return self.day * self._pick(severity, self.take_days, self.urgent_take_days)

    def to_settle(self, severity: Severity) -> timedelta:
        """Working time within which the case has to be settled."""
        return self.day * self._pick(severity, self.settle_days, self.urgent_settle_days)

    def _pick(self, severity: Severity, normal: int, urgent: int) -> int:
        return urgent if severity is Severity.URGENT else normal


def add_working_time(
    start: datetime, amount: timedelta, clocks: CaseClocks, calendar: Calendar
) -> datetime:
    """The moment (UTC) when so much working time has passed since `start`.

    What begins in the evening or on a day off begins with the next working day, and what is used
    up at the end of a day ends there. Raises ValueError for a naive start or a negative amount.
    """
    if amount < timedelta(0):
        raise ValueError("working time is counted forwards")
    for opening, closing in _spells(start, clocks, calendar):
        if amount <= closing - opening:
            return opening + amount
        amount -= closing - opening
    raise ValueError("the calendar has no working days")


def calendar_of(severity: Severity, calendar: Calendar) -> Calendar:
    """The days on which clocks run and people hear of a case: all of them where it is urgent."""
    return calendar.without_days_off if severity is Severity.URGENT else calendar


def take_by(
    created: datetime, severity: Severity, clocks: CaseClocks, calendar: Calendar
) -> datetime:
    """By when (UTC) somebody has to have taken the case up."""
    days = calendar_of(severity, calendar)
    return add_working_time(created, clocks.to_take(severity), clocks, days)


def settle_by(
    created: datetime, severity: Severity, clocks: CaseClocks, calendar: Calendar
) -> datetime:
    """By when (UTC) the case has to be settled; after it, it is overdue."""
    days = calendar_of(severity, calendar)
    return add_working_time(created, clocks.to_settle(severity), clocks, days)


def half_time(
    created: datetime, severity: Severity, clocks: CaseClocks, calendar: Calendar
) -> datetime:
    """When half of the time to settle is used up (UTC)."""
    days = calendar_of(severity, calendar)
    return add_working_time(created, clocks.to_settle(severity) / 2, clocks, days)


def day_before(
    created: datetime, severity: Severity, clocks: CaseClocks, calendar: Calendar
) -> datetime:
    """One working day before the deadline (UTC)."""
    left = max(timedelta(0), clocks.to_settle(severity) - clocks.day)
    return add_working_time(created, left, clocks, calendar_of(severity, calendar))


def escalate_at(
    created: datetime,
    severity: Severity,
    clocks: CaseClocks,
    calendar: Calendar,
    *,
    level_since: datetime | None = None,
) -> datetime:
    """When (UTC) an unsettled case escalates by itself to the next level.

    `level_since`: when it came to the present level, None when it was never escalated. A level that
    was given an overdue case has `level_days` of its own before the case goes on.
    """
    grace, days = clocks.day * clocks.escalate_after_days, calendar_of(severity, calendar)
    escalates_at = add_working_time(created, clocks.to_settle(severity) + grace, clocks, days)
    if level_since is None:
        return escalates_at
    own = add_working_time(level_since, clocks.day * clocks.level_days, clocks, days)
    return max(escalates_at, own)


@dataclass(frozen=True)
class ClockedCase:
    """What the reminders of a case depend on; moments are aware."""

    status: CaseStatus
    severity: Severity
    started: datetime
    """When its clocks began: when it was brought, or reopened."""
    level_since: datetime | None = None
    """When it came to the present level; None: it is still where it began."""
    at_top: bool = False
    """Nobody is above (Ban Thường vụ LĐLĐ tỉnh): it cannot escalate."""


@dataclass(frozen=True)
class CaseReminder:
    """One reminder due at a moment (UTC); `tag` is what to remember as sent.

    take: nobody has taken the case up · move_on: still nobody, offer it to the supervisor ·
    half, day_before, overdue: to the assignee · escalate: the case escalates now ·
    weekly: at the top nobody takes it and there is nowhere to go; every Monday until somebody does.
    The tag names the moment it was due ("half:2026-11-20T10:00", Vietnam), so that a case that
    was reopened, made urgent or moved up a level is reminded of anew.
    """

    kind: ReminderKind
    at: datetime
    tag: str


def next_case_reminder(
    facts: ClockedCase,
    sent: frozenset[str],
    now: datetime,
    clocks: CaseClocks,
    calendar: Calendar,
) -> CaseReminder | None:
    """The reminder to send now (`at` ≤ now) or to wait for (`at` > now); None when none is left.

    Of several that came due, as after a downtime, only the latest that still makes sense is
    given; whatever came due before one already sent is dropped. Raises ValueError for a naive
    `now`.
    """
    # What came due at a lower level was the lower level's to hear.
    days = calendar_of(facts.severity, calendar)
    slots = [*_slots(facts, clocks, days), *_mondays(facts, now, clocks, days)]
    pair = next_slot(slots, sent, now, days, since=facts.level_since)
    if pair is None:
        return None
    moment, slot = pair
    return CaseReminder(slot.kind, moment, slot.tag)


def _slot(kind: ReminderKind, due: datetime, until: datetime | None = None) -> Slot[ReminderKind]:
    tag = f"{kind}:{local(due):%Y-%m-%dT%H:%M}"
    return Slot(kind, due, tag, until, binding=kind in ("escalate", "move_on"))


def _slots(
    facts: ClockedCase, clocks: CaseClocks, calendar: Calendar
) -> Iterator[Slot[ReminderKind]]:
    timing = (facts.started, facts.severity, clocks, calendar)
    if facts.status not in OPEN_CASES:
        return
    escalates_at = escalate_at(*timing, level_since=facts.level_since)
    can_escalate = not facts.at_top and facts.status is not CaseStatus.REFERRED
    if facts.status in UNTAKEN_CASES:
        yield from _untaken(facts, escalates_at if can_escalate else None, clocks, calendar)
    last = settle_by(*timing)
    eve = day_before(*timing)
    if facts.severity is not Severity.URGENT:  # there the day before is hours later
        yield _slot("half", half_time(*timing), eve)
    yield _slot("day_before", eve, last)
    yield _slot("overdue", last, escalates_at if can_escalate else None)
    if can_escalate:
        yield _slot("escalate", escalates_at)


def _untaken(
    facts: ClockedCase, escalates_at: datetime | None, clocks: CaseClocks, calendar: Calendar
) -> Iterator[Slot[ReminderKind]]:
    take, moves = _take_and_move(facts, clocks, calendar)
    yield _slot("take", take, moves)
    yield _slot("move_on", moves, escalates_at)


def _take_and_move(
    facts: ClockedCase, clocks: CaseClocks, calendar: Calendar
) -> tuple[datetime, datetime]:
    """When somebody has to have taken it up at this level, and when it is offered to who leads."""
    since = max(facts.started, facts.level_since or facts.started)
    take = take_by(since, facts.severity, clocks, calendar)
    grace = clocks.day * clocks.escalate_after_days
    return take, add_working_time(take, grace, clocks, calendar)


def _mondays(
    facts: ClockedCase, now: datetime, clocks: CaseClocks, calendar: Calendar
) -> Iterator[Slot[ReminderKind]]:
    """The last Monday and the next one, for what nobody takes at the top: all such cases are due at
    one moment, so that they come as one list."""
    if not facts.at_top or facts.status not in UNTAKEN_CASES:
        return
    _, moves = _take_and_move(facts, clocks, calendar)
    last = settle_by(facts.started, facts.severity, clocks, calendar)
    first = max(moves, last) + _REST
    week = Week.containing(max(now, first))
    for monday in (week.monday, week.next().monday):
        due = at(monday, clocks.day_start)
        if due >= first:
            yield _slot("weekly", due, due + _WEEK)


def is_word_owed(facts: ClockedCase, kind: ReminderKind, by: datetime, now: datetime) -> bool:
    """Whether whoever raised it is owed a word with this reminder: at the top, where nothing goes
    up any more, nobody has taken it although the day they were told (`by`) is over."""
    untaken = facts.status in UNTAKEN_CASES
    told_to_leaders = kind in ("move_on", "overdue", "weekly")
    return facts.at_top and untaken and told_to_leaders and by <= now


def _spells(
    start: datetime, clocks: CaseClocks, calendar: Calendar
) -> Iterator[tuple[datetime, datetime]]:
    """The working hours from `start` on, day by day, in UTC; ten years of them at most."""
    first = local(start)
    for n in range(3660):
        day = first.date() + n * _DAY
        if calendar.is_working_day(day):
            opening = max(at(day, clocks.day_start), start.astimezone(UTC))
            closing = at(day, clocks.day_end)
            if opening < closing:
                yield opening, closing
