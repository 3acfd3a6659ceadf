"""When an officer is reminded of what was promised: on its last day, and once more a week later."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.core.rules.calendar import Calendar, at
from bot.visits.rules.promises import PromisedDay, is_overdue, next_reminder

CALENDAR = Calendar(
    holidays=frozenset({date(2026, 12, 31), date(2027, 1, 1)}),
)
SINCE = at(date(2026, 11, 18), time(15, 0))


def reminder(
    until: date | None, now: datetime, *sent: str, since: datetime = SINCE
) -> tuple[datetime, str] | None:
    pair = next_reminder(PromisedDay(until, since), frozenset(sent), now, CALENDAR)
    return (pair[0], pair[1].tag) if pair else None


FRIDAY, SUNDAY = date(2026, 11, 27), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("until", "now", "sent", "expected"),
    [
        (None, SINCE, (), None),
        (FRIDAY, SINCE, (), (at(FRIDAY, time(7, 30)), "due:2026-11-27")),
        (date(2027, 1, 1), SINCE, (), (at(date(2026, 12, 30), time(7, 30)), "due:2027-01-01")),
        # A Sunday is reminded of on the working day before.
        (SUNDAY, SINCE, (), (at(FRIDAY, time(7, 30)), "due:2026-11-29")),
        # A week late, once.
        (
            FRIDAY,
            at(FRIDAY, time(8, 0)),
            ("due:2026-11-27",),
            (at(date(2026, 12, 4), time(7, 30)), "late:2026-11-27"),
        ),
        (FRIDAY, at(date(2026, 12, 5), time(8, 0)), ("due:2026-11-27", "late:2026-11-27"), None),
        # Agreed for today in the afternoon: the morning is over, the week after is not.
        (SINCE.date(), SINCE, (), (at(date(2026, 11, 25), time(7, 30)), "late:2026-11-18")),
    ],
)
def test_the_next_reminder(
    until: date | None,
    now: datetime,
    sent: tuple[str, ...],
    expected: tuple[datetime, str] | None,
) -> None:
    assert reminder(until, now, *sent) == expected


def test_what_came_due_while_the_program_was_down_is_said_once() -> None:
    moment, tag = reminder(FRIDAY, at(date(2026, 12, 7), time(9, 0))) or (SINCE, "")
    assert tag == "late:2026-11-27"
    assert moment <= at(date(2026, 12, 7), time(9, 0))


@pytest.mark.parametrize(
    ("until", "now", "overdue"),
    [
        (None, SINCE, False),
        (FRIDAY, at(FRIDAY, time(23, 59)), False),
        (FRIDAY, at(FRIDAY + timedelta(days=1), time(0, 0)), True),
    ],
)
def test_overdue_is_when_the_last_day_is_over_in_vietnam(
    until: date | None, now: datetime, overdue: bool
) -> None:
    assert is_overdue(until, now) is overdue
