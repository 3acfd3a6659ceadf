"""Months, quarters and years as whole weeks: every week in exactly one of each."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rules.calendar import Week
from bot.visits.rules.periods import Period, PeriodKind

WEEKS = st.dates(date(2001, 1, 7), date(2099, 12, 20)).map(Week.of)


@given(WEEKS, st.sampled_from(PeriodKind))
def test_a_week_lies_in_the_one_period_that_it_belongs_to(week, kind):
    period = Period.of(kind, week)
    assert period.first <= week <= period.last
    assert period.next().first == period.last.next()
    assert period.previous().last.next() == period.first
    assert period.next().previous() == period


@given(WEEKS, st.sampled_from(PeriodKind))
def test_its_key_names_it(week, kind):
    period = Period.of(kind, week)
    assert Period.from_key(period.key) == period


@given(WEEKS, st.sampled_from([PeriodKind.QUARTER, PeriodKind.YEAR]))
def test_its_parts_are_all_of_it(week, kind):
    period = Period.of(kind, week)
    assert period.parts[0].first == period.first
    assert period.parts[-1].last == period.last
    for one, following in zip(period.parts, period.parts[1:], strict=False):
        assert one.next() == following


@pytest.mark.parametrize(
    ("key", "first", "last", "label"),
    [
        # The week of 26/10–01/11 has its Thursday in October, that of 30/11–06/12 in December.
        ("m202611", date(2026, 11, 2), date(2026, 11, 23), "tháng 11/2026"),
        ("m202612", date(2026, 11, 30), date(2026, 12, 28), "tháng 12/2026"),
        ("m202701", date(2027, 1, 4), date(2027, 1, 25), "tháng 1/2027"),
        ("q20264", date(2026, 9, 28), date(2026, 12, 28), "quý IV/2026"),
        ("y2026", date(2025, 12, 29), date(2026, 12, 28), "năm 2026"),
    ],
)
def test_its_weeks_are_those_whose_thursday_lies_in_it(key, first, last, label):
    period = Period.from_key(key)
    assert (period.first.monday, period.last.monday, period.label()) == (first, last, label)


@pytest.mark.parametrize(
    "key", ["m202600", "m202613", "q20260", "q20265", "y1999", "w2026", "m", ""]
)
def test_what_is_no_period_is_refused(key):
    with pytest.raises(ValueError, match=r"."):
        Period.from_key(key)


@pytest.mark.parametrize(("days", "weeks"), [(-1, 0), (0, 1), (7, 2), (21, 4), (28, 4), (400, 4)])
def test_as_many_weeks_as_have_begun_count(days, weeks):
    november = Period.from_key("m202611")
    assert november.weeks_until(Week.of(november.first.monday + timedelta(days=days))) == weeks
