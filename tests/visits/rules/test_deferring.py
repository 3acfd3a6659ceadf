"""A visit that is put off is due once, in the week it was put off to."""

from datetime import date

import pytest

from bot.core.rules.calendar import Calendar, Week
from bot.visits.rules.deferring import is_due, may_be_deferred, week_after
from bot.visits.rules.overview import AlikeVisits, WeekTally, tally
from storage.enums import VisitStatus

WEEK = Week(date(2026, 11, 16))


def test_the_next_week_is_the_first_one_that_is_no_holiday() -> None:
    assert week_after(WEEK, Calendar()) == WEEK.next()
    tet = WEEK.next()
    assert week_after(WEEK, Calendar(holidays=frozenset(tet.days))) == tet.next()


@pytest.mark.parametrize(
    ("status", "this_week", "may"),
    [
        (VisitStatus.PLANNED, WEEK, True),
        (VisitStatus.CONFIRMED, WEEK, True),
        (VisitStatus.PLANNED, WEEK.next(), False),  # its week is over
        (VisitStatus.PLANNED, WEEK.previous(), False),  # its week has not begun
        (VisitStatus.REPORTED, WEEK, False),
        (VisitStatus.EXCUSED, WEEK, False),
        (VisitStatus.MISSED, WEEK, False),
        (VisitStatus.DEFERRED, WEEK, False),
    ],
)
def test_only_an_open_visit_of_the_running_week_is_put_off(
    status: VisitStatus, this_week: Week, may: bool
) -> None:
    assert may_be_deferred(status, WEEK, this_week) is may


@pytest.mark.parametrize("status", list(VisitStatus))
def test_every_visit_is_due_in_its_week_but_one_that_was_put_off(status: VisitStatus) -> None:
    assert is_due(status) is (status is not VisitStatus.DEFERRED)
    counted = tally([AlikeVisits(status, False, False, 1)])
    assert counted.due == (status is not VisitStatus.DEFERRED)


def test_over_both_weeks_it_counts_once() -> None:
    before = tally([AlikeVisits(VisitStatus.DEFERRED, False, False, 1)])
    after = tally([AlikeVisits(VisitStatus.REPORTED, False, False, 1)])
    assert before == WeekTally(deferred=1)
    both = before + after
    assert (both.due, both.done, both.unreported, both.deferred) == (1, 1, 0, 1)
