"""What a figure of a summary is, from what was counted."""

import pytest

from bot.summaries.rules.figures import value_of


@pytest.mark.parametrize(
    ("values", "by_leaders"),
    [
        ({"visits": 12, "specialist_visits": 12}, 0),
        ({"visits": 12, "specialist_visits": 9}, None),
        ({"visits": 12, "specialist_visits": 9, "leader_visits": 3}, 3),
        ({"visits": 12}, None),
        ({"visits": 0, "specialist_visits": 0}, None),
        ({}, None),
    ],
)
def test_where_specialists_made_all_visits_no_leader_went_and_that_is_known(
    values: dict[str, int], by_leaders: int | None
) -> None:
    assert value_of(values, "leader_visits") == by_leaders
