"""What reminds of work at a desk comes on working days, whichever day it is counted from.

Prompts of reports do not: they count the days to a deadline, weekends too.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.core.rules.calendar import Calendar, at, local
from bot.plans.rules import tasks
from bot.recruitment.rules import steps
from bot.visits.rules import promises, terms

CALENDAR = Calendar(holidays=frozenset({date(2026, 9, 2), date(2026, 11, 24), date(2027, 1, 1)}))
SINCE = at(date(2026, 6, 1), time(9))
Next = Callable[[date, frozenset[str], datetime], tuple[datetime, Any] | None]


REMINDERS: dict[str, Next] = {
    "recruitment": lambda day, sent, now: steps.next_reminder(
        at(day, time(9)), 30, sent, now, CALENDAR
    ),
    "promise": lambda day, sent, now: promises.next_reminder(
        promises.PromisedDay(day, SINCE), sent, now, CALENDAR
    ),
    "task": lambda day, sent, now: tasks.next_reminder(
        tasks.TaskDay(day, SINCE), sent, now, CALENDAR
    ),
    "term": lambda day, sent, now: terms.next_reminder(day, sent, now, CALENDAR),
}


def moments(kind: Next, day: date) -> Iterator[datetime]:
    """All reminders about this day, one after the other."""
    sent: set[str] = set()
    now = SINCE
    while pair := kind(day, frozenset(sent), now):
        now = max(now, pair[0])
        yield now
        sent.add(pair[1].tag)


@pytest.mark.parametrize("kind", REMINDERS.values(), ids=REMINDERS)
def test_no_reminder_of_desk_work_comes_on_a_day_off(kind: Next) -> None:
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(100)]
    spoken = [local(moment).date() for day in days for moment in moments(kind, day)]
    assert len(spoken) > len(days)
    assert [day for day in spoken if not CALENDAR.is_working_day(day)] == []
