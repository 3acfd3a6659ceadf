"""Limits against spam."""

from datetime import UTC, datetime

import pytest

from bot.cases.rules.spam import HourlyShare, Limits, hour_of, too_many


@pytest.mark.parametrize(("before", "refused"), [(0, False), (9, False), (10, True), (11, True)])
def test_the_last_one_within_the_limit_goes_through(before: int, refused: bool) -> None:
    assert too_many(before, Limits().concerns_a_day) is refused


def test_things_count_for_the_hour_they_happen_in() -> None:
    late = datetime(2026, 11, 16, 7, 59, 59, tzinfo=UTC)
    assert hour_of(late) == datetime(2026, 11, 16, 7, tzinfo=UTC)


def test_a_limit_that_would_shut_everybody_out_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Limits(concerns_a_day=0)


@pytest.mark.parametrize(
    ("at_site", "over_all", "has_room"),
    [
        (0, 0, True),
        (9, 49, True),
        (10, 10, False),  # its own share is used up
        (2, 50, True),  # all that is common is, not what is each site's own
        (3, 50, False),
        (2, 10**6, True),
    ],
)
def test_a_flood_elsewhere_leaves_each_site_its_reserve(
    at_site: int, over_all: int, has_room: bool
) -> None:
    assert HourlyShare(at_site=10, over_all=50, reserve=3).has_room(at_site, over_all) is has_room
