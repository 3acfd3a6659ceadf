"""The month in sentences: the day it is told on, and what is said of which figures."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.core.rules.calendar import Calendar, at
from bot.visits.rules.monthly import (
    RULES,
    MonthFigures,
    MonthlyTime,
    Statement,
    UnitMonth,
    sentences,
)
from bot.visits.rules.periods import Period, PeriodKind

EIGHT = MonthlyTime(time(8))
CALENDAR = Calendar(holidays=frozenset({date(2027, 1, 1)}))
S = Statement


def month(year: int, number: int) -> Period:
    return Period(PeriodKind.MONTH, year, number)


@pytest.mark.parametrize(
    ("year", "number", "day"),
    [
        (2026, 10, date(2026, 11, 2)),  # the 1st is a Sunday
        (2026, 11, date(2026, 12, 1)),
        (2026, 12, date(2027, 1, 4)),  # a holiday and a weekend
        (2027, 9, date(2027, 10, 4)),  # on Friday the 1st the month's last week is still running
        (2026, 6, date(2026, 7, 1)),
    ],
)
def test_a_month_is_told_of_on_the_first_working_day_after_it_and_its_last_week(
    year: int, number: int, day: date
) -> None:
    assert EIGHT.of(month(year, number), CALENDAR) == at(day, time(8))


@pytest.mark.parametrize("number", range(1, 13))
def test_the_last_and_the_next_moment_fit_each_other(number: int) -> None:
    moment = EIGHT.of(month(2026, number), CALENDAR)
    before = moment - (at(date(2026, 1, 2), time(8)) - at(date(2026, 1, 1), time(8)))
    assert EIGHT.last(moment, CALENDAR) == month(2026, number)
    assert EIGHT.last(before, CALENDAR) == month(2026, number).previous()
    assert EIGHT.next(before, CALENDAR) == moment
    assert EIGHT.next(moment, CALENDAR) == EIGHT.of(month(2026, number).next(), CALENDAR)


PLAIN = MonthFigures(done=9, due=10)
LOW, GOOD, FEW = UnitMonth("A", 6, 10), UnitMonth("B", 10, 10), UnitMonth("C", 0, 3)


@pytest.mark.parametrize(
    ("figures", "more"),
    [
        (PLAIN, []),
        (replace(PLAIN, before=88), [S.RISEN]),
        (replace(PLAIN, before=92), [S.FALLEN]),
        (replace(PLAIN, before=91), [S.STEADY_SHARE]),
        (replace(PLAIN, before=89, year_before=50), [S.STEADY_SHARE, S.YEAR_BEFORE]),
        (replace(PLAIN, missed=1, excused=2), [S.MISSED, S.EXCUSED]),
        (replace(PLAIN, units=[FEW, GOOD, LOW]), [S.UNITS_BEHIND, S.UNITS_FULL]),
        (replace(PLAIN, units=[replace(GOOD, late=1), replace(LOW, done=7)]), []),
        (replace(PLAIN, flagged=1, promises_overdue=1), [S.FLAGGED, S.PROMISES]),
        (replace(PLAIN, cases_overdue=2, alerts=1, never=1), [S.ALERTS, S.CASES_OVERDUE, S.NEVER]),
        (replace(PLAIN, gained=1, unplanned=3), [S.GAINED, S.UNPLANNED]),
        (replace(PLAIN, sites=5, reached=2, never=1), [S.NEVER, S.REACHED]),
        (replace(PLAIN, steady=["An"], unplanned=3), [S.OFFICERS_STEADY, S.UNPLANNED]),
    ],
)
def test_what_is_said_follows_from_the_figures(
    figures: MonthFigures, more: list[Statement]
) -> None:
    assert sentences(figures) == [S.REPORTED, *more]


def test_nothing_is_said_where_nothing_was_due() -> None:
    assert sentences(MonthFigures(before=90, year_before=90)) == []


def test_every_sentence_has_its_rule_once_in_its_order() -> None:
    assert [sentence for sentence, _ in RULES] == list(Statement)


def test_units_that_lag_are_named_the_lowest_first() -> None:
    lower = UnitMonth("D", 1, 10)
    assert [u.name for u in replace(PLAIN, units=[LOW, GOOD, lower]).behind] == ["D", "A"]
