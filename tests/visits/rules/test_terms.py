"""When an officer is reminded that something runs out at a site."""

from datetime import date, datetime

import pytest

from bot.core.rules.calendar import ZONE, Calendar
from bot.visits.rules.terms import ends_soon, next_reminder

UNTIL = date(2027, 1, 20)
CALENDAR = Calendar()


def moment(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("today", "sent", "expected"),
    [
        (date(2026, 6, 1), (), (date(2026, 11, 20), "60:2027-01-20")),  # 21/11 is a Saturday
        (date(2026, 12, 1), (), (date(2026, 11, 20), "60:2027-01-20")),  # made up for
        (date(2026, 12, 1), ("60:2027-01-20",), (date(2027, 1, 6), "14:2027-01-20")),
        (date(2027, 1, 10), (), (date(2027, 1, 6), "14:2027-01-20")),
        (date(2027, 1, 10), ("14:2027-01-20",), None),
        (date(2027, 1, 21), (), None),
    ],
)
def test_the_officer_hears_of_it_two_months_and_two_weeks_before(
    today: date, sent: tuple[str, ...], expected: tuple[date, str] | None
) -> None:
    pair = next_reminder(UNTIL, frozenset(sent), moment(today), CALENDAR)
    shown = (pair[0].astimezone(ZONE).date(), pair[1].tag) if pair else None
    assert shown == expected


def test_what_ends_within_sixty_days_or_has_ended_stands_on_the_page() -> None:
    days = [date(2026, 11, 20), date(2026, 11, 21), UNTIL, date(2027, 2, 1)]
    assert [ends_soon(UNTIL, day) for day in days] == [False, True, True, True]
