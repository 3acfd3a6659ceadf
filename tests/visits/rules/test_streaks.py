"""Weeks in a row that met the quota."""

from datetime import date, timedelta

import pytest

from bot.core.rules.calendar import Calendar, Week
from bot.visits.rules.streaks import weeks_in_a_row

NOW = Week(date(2027, 2, 22))
BACK = [Week(NOW.monday - timedelta(weeks=n)) for n in range(8)]  # BACK[2]: two weeks ago
TET = Calendar(frozenset(BACK[2].days))
PLAIN = Calendar()
ASKED = dict.fromkeys(BACK, 1)


@pytest.mark.parametrize(
    ("done", "asked", "calendar", "row"),
    [
        (set(), ASKED, PLAIN, 0),
        ({0, 1, 2}, ASKED, PLAIN, 3),
        ({1, 2}, ASKED, PLAIN, 2),  # this week is not over yet
        ({0, 2, 3}, ASKED, PLAIN, 1),  # last week broke it
        ({0, 1, 3, 4}, ASKED, TET, 4),  # the week of Tết does not
        ({0, 1, 3}, ASKED | {BACK[2]: 0}, PLAIN, 3),  # nor does a week of leave
        ({0, 1, 3}, {w: 1 for w in BACK if w != BACK[2]}, PLAIN, 3),  # nor one without a plan
        (set(range(8)), ASKED, PLAIN, 8),  # since the start
        (set(), {}, PLAIN, 0),  # nobody asked anything yet
    ],
)
def test_the_row_ends_with_the_first_week_that_was_asked_for_and_not_met(
    done, asked, calendar, row
):
    assert weeks_in_a_row({BACK[n] for n in done}, asked, NOW, calendar) == row
