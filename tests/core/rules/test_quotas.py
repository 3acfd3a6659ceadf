"""How often somebody goes: so many visits a week, or one every second week."""

from datetime import date, timedelta

import pytest

from bot.core.rules.calendar import Week
from bot.core.rules.quotas import EVERY_SECOND_WEEK, in_week, in_words

FIRST = Week(date(2026, 12, 14))


def weeks(count: int) -> list[Week]:
    """Over the end of a year with 53 weeks."""
    return [Week(FIRST.monday + timedelta(weeks=n)) for n in range(count)]


@pytest.mark.parametrize(
    ("quota", "person", "asked"),
    [
        (0, 1, [0, 0, 0, 0, 0, 0]),
        (1, 1, [1, 1, 1, 1, 1, 1]),
        (3, 2, [3, 3, 3, 3, 3, 3]),
        (EVERY_SECOND_WEEK, 1, [0, 1, 0, 1, 0, 1]),
        (EVERY_SECOND_WEEK, 2, [1, 0, 1, 0, 1, 0]),
    ],
)
def test_what_a_quota_asks_for_week_by_week(quota: int, person: int, asked: list[int]) -> None:
    assert [in_week(quota, week, person) for week in weeks(6)] == asked


def test_no_week_has_all_of_those_who_go_every_second_week() -> None:
    for week in weeks(10):
        assert sum(in_week(EVERY_SECOND_WEEK, week, person) for person in range(1, 21)) == 10


def test_it_is_said_as_cadres_say_it() -> None:
    assert in_words(2) == "2 lượt mỗi tuần"
    assert in_words(EVERY_SECOND_WEEK) == "hai tuần một lượt"
