"""Points and reasons of a single site."""

from dataclasses import replace

import pytest

from bot.visits.rules.priority import Site, Weights, reasons, score
from storage.enums import Rating

PLAIN = Site(1, 40, False, "T", 0, 0)
MARCH, MAY = 3, 5


def keys(site: Site, month: int = MARCH, weights: Weights | None = None) -> list[str]:
    return [reason.key for reason in reasons(site, month, weights or Weights())]


def test_a_site_with_nothing_to_say_has_no_points_and_no_reasons():
    assert (score(PLAIN, MARCH), keys(PLAIN)) == (0, [])


@pytest.mark.parametrize(
    ("facts", "key", "value"),
    [
        ({"weeks_since_visit": 7}, "weeks_waited", 7),
        ({"weeks_since_visit": None}, "never_visited", None),
        ({"overdue_cases": 2}, "overdue_cases", 2),
        ({"open_cases": 3}, "open_cases", 3),
        ({"sensitive": True}, "sensitive", None),
        ({"rating": Rating.FAILED}, "weak_rating", "KHT"),
        ({"rating": Rating.DONE}, "weak_rating", "HT"),
        ({"workers": 1850}, "many_workers", 1850),
        ({"owes_union": True}, "no_union", 40),
    ],
)
def test_every_ground_raises_the_points_and_is_told_with_its_figure(facts, key, value):
    site = replace(PLAIN, **facts)
    assert score(site, MARCH) > score(PLAIN, MARCH)
    assert [(reason.key, reason.value) for reason in reasons(site, MARCH)] == [(key, value)]


def test_the_weightiest_reason_is_told_first():
    site = replace(PLAIN, sensitive=True, rating=Rating.DONE, overdue_cases=4, weeks_since_visit=3)
    assert keys(site) == ["overdue_cases", "sensitive", "weak_rating", "weeks_waited"]


@pytest.mark.parametrize(
    ("site", "month", "told"),
    [
        ({"owes_union": True}, MARCH, False),
        ({"owes_union": True}, MAY, True),
        ({"owes_union": True, "campaign": True}, MARCH, True),
        ({"owes_union": False, "campaign": True}, MAY, False),
    ],
)
def test_enterprises_without_a_union_are_pressed_in_the_campaign_months(site, month, told):
    """Of the plans, or those that the operator adds to them."""
    weights = Weights(campaign_months=(MAY,))
    assert ("campaign" in keys(replace(PLAIN, **site), month, weights)) is told


def test_the_points_for_waiting_and_for_workers_have_a_ceiling():
    assert score(replace(PLAIN, weeks_since_visit=26), 3) == score(
        replace(PLAIN, weeks_since_visit=500), 3
    )
    assert score(replace(PLAIN, workers=1500), 3) == score(replace(PLAIN, workers=90_000), 3)


def test_a_ground_without_weight_is_not_told():
    assert keys(replace(PLAIN, sensitive=True), weights=Weights(sensitive=0)) == []


def test_a_visit_last_week_is_no_reason_to_go():
    assert keys(replace(PLAIN, weeks_since_visit=1)) == []
    assert keys(replace(PLAIN, weeks_since_visit=2)) == ["weeks_waited"]


def test_a_hundred_workers_are_worth_telling_and_fewer_are_not():
    for_each = Weights(hundred_workers=2)
    assert keys(replace(PLAIN, workers=99), weights=for_each) == []
    assert keys(replace(PLAIN, workers=100), weights=for_each) == ["many_workers"]


def test_a_site_that_failed_its_year_goes_before_one_that_just_passed():
    assert score(replace(PLAIN, rating=Rating.FAILED), MARCH) > score(
        replace(PLAIN, rating=Rating.DONE), MARCH
    )


def test_a_case_that_is_overdue_weighs_more_than_two_that_are_not():
    overdue = replace(PLAIN, open_cases=1, overdue_cases=1)
    assert score(overdue, MARCH) > score(replace(PLAIN, open_cases=2), MARCH)
