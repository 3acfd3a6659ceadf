"""Figures suggested for a site: what is new, what several come to, what cannot be, who decides."""

from datetime import date
from typing import Any

import pytest

from bot.visits.rules.suggested_figures import contradiction, decider, merged, news, rated_year
from storage.enums import Rating

PRESENT = {"workers": 1850, "women": 0, "members": 1790, "rating": None}


@pytest.mark.parametrize(
    ("suggested", "expected"),
    [
        ({}, {}),
        ({"workers": 1850, "women": None, "members": 1790, "rating": None}, {}),
        ({"workers": 1900, "members": 1790}, {"workers": 1900}),
        ({"women": 0}, {}),
        ({"members": 0}, {"members": 0}),  # nobody is a member any more
        ({"rating": Rating.GOOD}, {"rating": Rating.GOOD}),
    ],
)
def test_only_what_is_not_so_already_is_suggested(
    suggested: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert news(suggested, PRESENT) == expected


def test_of_each_figure_the_newest_suggestion_counts() -> None:
    rows = [
        {"workers": 10, "women": 4, "members": None, "rating": Rating.DONE},
        {"workers": 12, "women": None, "members": 0, "rating": None},
    ]
    together = {"workers": 12, "women": 4, "members": 0, "rating": Rating.DONE}
    assert merged(rows) == together
    assert merged([]) == {}


def test_more_women_than_workers_cannot_be() -> None:
    assert "Số lao động nữ (11)" in contradiction({"workers": 10, "women": 11})
    assert contradiction({"workers": 11, "women": 11, "members": 20}) == ""
    assert contradiction({}) == ""


@pytest.mark.parametrize(
    ("led", "expected"),
    [
        ({"/1/", "/1/2/"}, "/1/2/"),
        ({"/1/", "/1/3/"}, "/1/"),  # nobody leads the union over the site
        ({"/1/2/11/"}, ""),  # not the site itself
        ({"/1/2/1/"}, ""),
        (set(), ""),
    ],
)
def test_the_nearest_leader_above_the_site_decides(led: set[str], expected: str) -> None:
    assert decider("/1/2/11/", led) == expected


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 4, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 3, 31), 2026),
        (date(2027, 4, 1), 2027),
    ],
)
def test_until_the_end_of_march_the_year_before_is_rated(day: date, year: int) -> None:
    assert rated_year(day) == year
