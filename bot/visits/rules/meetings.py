"""When a committee (BCH CĐCS) meets: `sat-co-so`, III.2.1 and IV.2.2, has cadres attend."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.core.rules.calendar import Week
from storage.enums import MeetingRule

AHEAD = 400
"""Days that are looked through for the next meeting; each rule has one in far fewer."""


@dataclass(frozen=True)
class Meetings:
    """From `first_day` on, by the rule, at `starts_at` in Vietnam."""

    first_day: date
    rule: MeetingRule
    starts_at: time


def next_meeting(meetings: Meetings, day: date) -> date | None:
    """The first meeting on this day or later; None: there is none any more."""
    first = max(day, meetings.first_day)
    days = (first + timedelta(days=n) for n in range(AHEAD))
    return next((day for day in days if _meets_on(meetings, day)), None)


def meeting_in(meetings: Meetings, week: Week) -> date | None:
    """The day in this week on which they meet, if they do."""
    return next((day for day in week.days if _meets_on(meetings, day)), None)


def _meets_on(meetings: Meetings, day: date) -> bool:
    first = meetings.first_day
    if day < first:
        return False
    months = (day.year - first.year) * 12 + day.month - first.month
    match meetings.rule:
        case MeetingRule.ONCE:
            return day == first
        case MeetingRule.MONTHLY_DAY:
            return day == _same_day(first, day)
        case MeetingRule.QUARTERLY:
            return months % 3 == 0 and day == _same_day(first, day)
        case MeetingRule.MONTHLY_WEEKDAY:
            return day in _same_weekday(first, day)
    return False


def _same_day(first: date, day: date) -> date:
    """The 31st is the month's last day where it has none."""
    return day.replace(day=min(first.day, monthrange(day.year, day.month)[1]))


def _same_weekday(first: date, day: date) -> Iterator[date]:
    """The first Friday where the first meeting was on one; a fifth one is the month's last."""
    number = (first.day - 1) // 7
    start = day.replace(day=1)
    offset = (first.weekday() - start.weekday()) % 7
    days = monthrange(day.year, day.month)[1]
    wanted = min(1 + offset + 7 * number, 1 + offset + 7 * ((days - 1 - offset) // 7))
    yield day.replace(day=wanted)
