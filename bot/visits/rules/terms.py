"""When an officer is reminded that something runs out at a site (TƯLĐTT, BLLĐ 2019, Điều 78).

The law asks for a new agreement before the old one is over and names no day to begin; 60 and 14
days before are our own proposal.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.core.rules.calendar import Calendar, at
from bot.core.rules.slots import DAYS_OFF, Slot, next_slot

MORNING = time(7, 30)
DAYS_BEFORE = (60, 14)
SOON = timedelta(days=DAYS_BEFORE[0])


def ends_soon(until: date, today: date) -> bool:
    """Whether it runs out within 60 days, or has run out."""
    return until <= today + SOON


def next_reminder(
    until: date, sent: frozenset[str], now: datetime, calendar: Calendar
) -> tuple[datetime, Slot[str]] | None:
    """The reminder to send now or to wait for, as `next_slot` gives it; of several that are past
    the last one is sent. None: both were, or it is over."""
    return next_slot(_slots(until, calendar), sent, now, calendar)


def _slots(until: date, calendar: Calendar) -> Iterator[Slot[str]]:
    ends = [at(until - timedelta(days=days), time.min) for days in DAYS_BEFORE[1:]]
    for days, over in zip(
        DAYS_BEFORE, (*ends, at(until + timedelta(days=1), time.min)), strict=True
    ):
        planned = until - timedelta(days=days)
        near = (planned - timedelta(days=back) for back in range(DAYS_OFF))
        day = next((day for day in near if calendar.is_working_day(day)), planned)
        yield Slot("ends", at(day, MORNING), f"{days}:{until}", over)
