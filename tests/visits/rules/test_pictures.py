"""How pictures sort sites and cases, and what they leave out."""

from datetime import date

import pytest

from bot.visits.rules.pictures import (
    SinceVisit,
    age_class,
    by_month,
    few_together,
    members_on,
    months_until,
    reached,
)

JUNE, JULY, AUGUST = date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31)


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        (0, SinceVisit.RECENTLY),
        (3, SinceVisit.RECENTLY),
        (4, SinceVisit.A_WHILE_AGO),
        (11, SinceVisit.A_WHILE_AGO),
        (12, SinceVisit.LONG_AGO),
        (None, SinceVisit.NEVER),
    ],
)
def test_a_site_is_sorted_by_weeks_as_the_coverage_counts_them(
    weeks: int | None, expected: SinceVisit
) -> None:
    assert reached(weeks) is expected


@pytest.mark.parametrize(
    ("days", "number"), [(0, 0), (7, 0), (8, 1), (15, 1), (16, 2), (30, 2), (31, 3), (400, 3)]
)
def test_a_case_is_sorted_by_the_days_it_waited(days: int, number: int) -> None:
    assert age_class(days) == number


def test_few_cases_of_a_category_are_drawn_together_and_too_few_not_at_all() -> None:
    counts = {
        "LUONG": [1, 1, 1, 0],
        "NU": [1, 0, 0, 0],
        "NHA_O": [0, 2, 0, 0],
        "BHXH": [9, 0, 0, 0],
    }
    assert few_together(counts, "KHAC") == [
        ("BHXH", [9, 0, 0, 0]),
        ("LUONG", [1, 1, 1, 0]),
        ("KHAC", [1, 2, 0, 0]),
    ]
    assert few_together({"NU": [1, 0, 0, 0], "KHAC": [1, 0, 0, 0]}, "KHAC") == []
    assert few_together({"KHAC": [3, 0, 0, 0]}, "KHAC") == [("KHAC", [3, 0, 0, 0])]


def test_what_was_settled_is_counted_in_its_month_with_the_median_of_the_days() -> None:
    waits = [(JUNE, 3), (JUNE, 9), (JUNE, 40), (AUGUST, 1), (date(2026, 5, 31), 1)]
    assert by_month(waits, months_until(AUGUST, 3)) == [
        ([1, 1, 0, 1], 9),
        ([0, 0, 0, 0], 0),
        ([1, 0, 0, 0], 1),
    ]


def test_months_go_back_over_the_turn_of_the_year() -> None:
    assert months_until(date(2026, 2, 3), 4) == [(2025, 11), (2025, 12), (2026, 1), (2026, 2)]


def test_members_of_a_day_are_what_counted_then_of_the_sites_that_existed_then() -> None:
    there = {1: (date(2020, 1, 1), None), 2: (JULY, None), 3: (date(2020, 1, 1), AUGUST)}
    counts = [(1, date(2026, 1, 1), 50), (1, date(2026, 7, 9), 70), (1, date(2026, 7, 9), 60)]
    now = {1: 60, 2: 10, 3: 5}
    assert members_on((JUNE, JULY, AUGUST), now, counts, there) == [55, 75, 70]


def test_before_the_first_count_of_a_site_the_earliest_holds() -> None:
    there = {1: (date(2020, 1, 1), None)}
    assert members_on((JUNE, JULY), {1: 80}, [(1, JULY, 80)], there) == [80, 80]
