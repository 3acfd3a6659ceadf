"""When an officer is reminded of what was promised on a visit, and what counts as overdue.

The plan `sat-co-so` asks that what was found be settled; the moments are our own proposal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.core.rules.calendar import Calendar, at, local
from bot.core.rules.slots import DAYS_OFF, Slot, next_slot

Kind = Literal["due", "late"]
MORNING = time(7, 30)
LATE_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class PromisedDay:
    """`until`: the last day, None where none was agreed. `since` (aware): when it was set."""

    until: date | None
    since: datetime


def is_overdue(until: date | None, now: datetime) -> bool:
    """Whether its last day is over in Vietnam. Raises ValueError for a naive `now`."""
    return until is not None and until < local(now).date()


def next_reminder(
    promised: PromisedDay, sent: frozenset[str], now: datetime, calendar: Calendar
) -> tuple[datetime, Slot[Kind]] | None:
    """The reminder to send now or to wait for, as `next_slot` gives it: on the last day (the
    working day before where it is a day off), and once more a week later, on a working day. The
    tags name the day, so that another one is reminded of again.
    """
    since = calendar.next_speaking_moment(promised.since)
    return next_slot(_slots(promised.until, calendar), sent, now, calendar, since=since)


def _slots(until: date | None, calendar: Calendar) -> Iterator[Slot[Kind]]:
    if until is None:
        return
    late = calendar.first_working_day(until + LATE_AFTER)
    days = (until - timedelta(days=back) for back in range(DAYS_OFF))
    last = next((day for day in days if calendar.is_working_day(day)), until)
    over = at(until + timedelta(days=1), time.min)
    yield Slot("due", at(last, MORNING), f"due:{until}", over)
    yield Slot("late", at(late, MORNING), f"late:{until}")
