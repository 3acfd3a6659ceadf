"""From how many workers an enterprise is to have a union."""

import re

import pytest

from bot.config.settings import Programmes
from bot.core.rules.unionless import union_owed_from
from bot.programmes import load


@pytest.mark.parametrize(
    ("year", "configured", "workers"),
    [(2026, 0, 25), (2028, 0, 25), (2029, 0, 20), (2033, 0, 20), (2040, 0, 20), (2026, 10, 10)],
)
def test_the_year_decides_unless_the_office_has_set_a_number(
    year: int, configured: int, workers: int
) -> None:
    assert union_owed_from(year, configured) == workers


def test_it_is_what_the_plan_itself_says_of_its_years() -> None:
    plan = next(plan for plan in load(Programmes()) if plan.key == "doan-vien")
    asked = {
        year: int(number[1])
        for target in plan.targets
        if (number := re.search(r"từ (\d+) lao động", target.text))
        for year in range(target.first_year or plan.starts.year, (target.last_year or 0) + 1)
    }
    assert asked.keys() >= set(range(2024, 2034))
    assert asked == {year: union_owed_from(year) for year in asked}
