"""Which month of a campaign is looked at."""

from datetime import date

import pytest

from bot.recruitment.rules.campaigns import Month, after, before, campaign_at

MONTHS = frozenset({5, 7})


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2027, 5, 1), Month(2027, 5)),
        (date(2027, 5, 31), Month(2027, 5)),
        (date(2027, 6, 10), Month(2027, 5)),
        (date(2027, 7, 31), Month(2027, 7)),
        (date(2027, 4, 30), Month(2026, 7)),
        (date(2026, 12, 31), Month(2026, 7)),
    ],
)
def test_the_month_that_runs_or_the_last_that_did(today: date, month: Month) -> None:
    assert campaign_at(today, MONTHS) == month


def test_there_is_none_where_no_plan_names_one() -> None:
    assert campaign_at(date(2027, 5, 1), ()) is None


def test_one_turns_to_the_months_before_and_after_but_not_to_what_has_not_begun() -> None:
    today = date(2027, 6, 1)
    assert before(Month(2027, 5), MONTHS) == Month(2026, 7)
    assert before(Month(2027, 7), MONTHS) == Month(2027, 5)
    assert after(Month(2026, 7), MONTHS, today) == Month(2027, 5)
    assert after(Month(2027, 5), MONTHS, today) is None
    assert after(Month(2027, 5), MONTHS, date(2027, 7, 1)) == Month(2027, 7)


def test_a_month_ends_on_its_last_day() -> None:
    assert [Month(2028, m).last.day for m in (2, 5, 12)] == [29, 31, 31]
