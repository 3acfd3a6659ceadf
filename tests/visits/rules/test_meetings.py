"""When a committee meets, by its rule."""

from datetime import date, time

import pytest

from bot.core.rules.calendar import Week
from bot.visits.rules.meetings import Meetings, meeting_in, next_meeting
from storage.enums import MeetingRule

ONCE, DAY, WEEKDAY, QUARTER = MeetingRule


@pytest.mark.parametrize(
    ("first", "rule", "day", "coming"),
    [
        (date(2026, 11, 20), ONCE, date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 20), ONCE, date(2026, 11, 21), None),
        (date(2026, 11, 5), DAY, date(2026, 11, 6), date(2026, 12, 5)),
        (date(2026, 12, 5), DAY, date(2026, 11, 1), date(2026, 12, 5)),
        (date(2026, 12, 31), DAY, date(2027, 2, 1), date(2027, 2, 28)),
        (date(2027, 12, 31), DAY, date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 11, 6), WEEKDAY, date(2026, 11, 7), date(2026, 12, 4)),  # first Friday
        (date(2026, 11, 30), WEEKDAY, date(2026, 12, 1), date(2026, 12, 28)),  # fifth: the last
        (date(2026, 11, 30), QUARTER, date(2026, 12, 1), date(2027, 2, 28)),
        (date(2026, 11, 10), QUARTER, date(2027, 3, 1), date(2027, 5, 10)),
    ],
)
def test_the_next_meeting_follows_the_rule(
    first: date, rule: MeetingRule, day: date, coming: date | None
) -> None:
    assert next_meeting(Meetings(first, rule, time(14, 0)), day) == coming


@pytest.mark.parametrize("rule", MeetingRule)
def test_a_week_has_a_meeting_where_the_next_one_lies_in_it(rule: MeetingRule) -> None:
    meetings = Meetings(date(2026, 10, 30), rule, time(8, 0))
    week = Week.of(date(2026, 10, 19))
    for _ in range(80):
        coming = next_meeting(meetings, week.monday)
        lies = coming is not None and coming <= week.sunday
        assert meeting_in(meetings, week) == (coming if lies else None)
        week = week.next()
