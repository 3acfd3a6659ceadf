import pytest

from bot.core.rules.shares import whole_percent
from bot.summaries.rules.figures import value_of
from bot.visits.rules.overview import Coverage


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 11, 0), (8, 11, 73), (3, 11, 27), (1, 8, 13), (999, 1000, 99), (1, 1000, 1), (7, 7, 100)],
)
def test_a_share_is_rounded_and_never_up_to_all_or_down_to_none(
    part: int, whole: int, percent: int
) -> None:
    assert whole_percent(part, whole) == percent


def test_a_corrected_part_may_be_more_than_the_whole() -> None:
    assert whole_percent(11, 10) == 110


@pytest.mark.parametrize("reached", range(12))
def test_the_weeks_overview_and_the_years_report_say_the_same_share(reached: int) -> None:
    coverage = Coverage(sites=11, year=reached)
    assert coverage.percent(reached) == value_of(
        {"sites_reached": reached, "sites": 11}, "coverage"
    )
