"""Weeks, working days and quiet hours at fixed moments."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rules.calendar import Calendar, Week, at, weeks_between

# Tết 2027 (the year of Đinh Mùi) as the government might set it, and a day worked in exchange.
TET = frozenset(date(2027, 2, day) for day in range(4, 11))
NATIONAL_DAY = date(2026, 9, 2)
SWAPPED_SATURDAY = date(2026, 8, 22)
CALENDAR = Calendar(TET | {NATIONAL_DAY}, frozenset({SWAPPED_SATURDAY}))
WEEK_46 = Week(date(2026, 11, 9))


def test_a_wall_time_in_vietnam_is_seven_hours_ahead_of_utc():
    assert at(date(2026, 11, 9), time(6, 45)) == datetime(2026, 11, 8, 23, 45, tzinfo=UTC)


def test_a_week_knows_its_days_number_key_and_label():
    assert (WEEK_46.number, WEEK_46.year, WEEK_46.key) == (46, 2026, "2026-W46")
    assert (WEEK_46.days[0], WEEK_46.sunday) == (date(2026, 11, 9), date(2026, 11, 15))
    assert WEEK_46.label() == "tuần 46 (09–15/11)"


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 11, 30), "tuần 49 (30/11–06/12)"),
        (date(2026, 12, 31), "tuần 53 (28/12/2026–03/01/2027)"),
    ],
)
def test_the_label_names_month_and_year_where_they_change(day, label):
    assert Week.of(day).label() == label


def test_new_years_day_2027_still_belongs_to_week_53_of_2026():
    assert Week.of(date(2027, 1, 1)).key == "2026-W53"


def test_sunday_evening_in_utc_is_already_monday_in_vietnam():
    assert Week.containing(datetime(2026, 11, 8, 17, 0, tzinfo=UTC)) == WEEK_46


def test_a_week_starts_on_a_monday_and_nowhere_else():
    with pytest.raises(ValueError, match="not a Monday"):
        Week(date(2026, 11, 10))


@given(st.dates(date(2000, 1, 10), date(2100, 1, 1)), st.integers(-500, 500))
def test_weeks_between_counts_steps_and_keys_sort_like_weeks(day, steps):
    first = last = Week.of(day)
    for _ in range(abs(steps)):
        last = last.next() if steps > 0 else last.previous()
    assert weeks_between(first, last) == steps
    assert (first.key < last.key) == (first < last)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 1), True),  # a plain Tuesday
        (NATIONAL_DAY, False),
        (date(2026, 9, 5), False),  # a plain Saturday
        (SWAPPED_SATURDAY, True),
    ],
)
def test_which_days_are_worked(day, works):
    assert CALENDAR.is_working_day(day) is works


def test_a_day_worked_in_exchange_is_no_holiday_even_when_listed_as_one():
    calendar = Calendar(frozenset({NATIONAL_DAY}), frozenset({NATIONAL_DAY}))
    assert (calendar.is_holiday(NATIONAL_DAY), calendar.is_working_day(NATIONAL_DAY)) == (
        False,
        True,
    )


def test_working_days_are_counted_with_both_ends():
    assert CALENDAR.working_days(date(2026, 8, 31), date(2026, 9, 6)) == 4
    assert CALENDAR.working_days(date(2026, 9, 6), date(2026, 8, 31)) == 0


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 9, 1), 0, date(2026, 9, 1)),
        (date(2026, 9, 1), 1, date(2026, 9, 3)),  # over the national day
        (date(2026, 9, 4), 1, date(2026, 9, 7)),  # over a weekend
        (date(2026, 9, 5), 2, date(2026, 9, 8)),  # received on a Saturday
        (date(2026, 8, 21), 1, SWAPPED_SATURDAY),
        (date(2027, 2, 3), 1, date(2027, 2, 11)),  # over Tết
    ],
)
def test_adding_working_days_passes_over_days_off(start, n, end):
    assert CALENDAR.add_working_days(start, n) == end


def test_a_moment_keeps_its_wall_time_when_working_days_are_added():
    late_evening = at(date(2026, 9, 4), time(23, 30))
    assert CALENDAR.add_working_days(late_evening, 2) == at(date(2026, 9, 8), time(23, 30))


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add_working_days(NATIONAL_DAY, -1)


def test_only_a_week_without_any_working_day_is_off():
    # Tết runs from Thursday to Wednesday: both weeks keep working days.
    assert not CALENDAR.week_is_off(Week(date(2027, 2, 1)))
    week = Week(date(2027, 2, 8))
    assert Calendar(TET | {date(2027, 2, 11), date(2027, 2, 12)}).week_is_off(week)


@pytest.mark.parametrize(
    ("day", "wall", "allowed", "next_day", "next_wall"),
    [
        (date(2026, 9, 1), time(20, 59), True, date(2026, 9, 1), time(20, 59)),
        (date(2026, 9, 3), time(21, 0), False, date(2026, 9, 4), time(6, 30)),
        (date(2026, 9, 3), time(6, 29), False, date(2026, 9, 3), time(6, 30)),
        (date(2026, 9, 3), time(6, 30), True, date(2026, 9, 3), time(6, 30)),
        (date(2026, 9, 5), time(10, 0), True, date(2026, 9, 5), time(10, 0)),  # a Saturday
        (NATIONAL_DAY, time(10, 0), False, date(2026, 9, 3), time(6, 30)),
        (date(2026, 9, 1), time(22, 0), False, date(2026, 9, 3), time(6, 30)),
        (date(2027, 2, 3), time(21, 5), False, date(2027, 2, 11), time(6, 30)),  # all of Tết
    ],
)
def test_people_are_written_to_by_day_and_not_on_holidays(day, wall, allowed, next_day, next_wall):
    assert CALENDAR.may_speak(at(day, wall)) is allowed
    assert CALENDAR.next_speaking_moment(at(day, wall)) == at(next_day, next_wall)


def test_quiet_hours_may_lie_within_one_day_or_be_none_at_all():
    nap = Calendar(quiet_from=time(11, 30), quiet_until=time(13, 0))
    noon = at(date(2026, 9, 1), time(12, 0))
    assert nap.next_speaking_moment(noon) == at(date(2026, 9, 1), time(13, 0))
    never = Calendar(quiet_from=time(0, 0), quiet_until=time(0, 0))
    assert never.may_speak(at(date(2026, 9, 1), time(3, 0)))


@given(st.datetimes(datetime(2026, 8, 1), datetime(2027, 3, 1)))  # noqa: DTZ001
def test_the_next_speaking_moment_is_never_before_and_always_allowed(moment):
    moment = moment.replace(tzinfo=UTC)
    spoken = CALENDAR.next_speaking_moment(moment)
    assert spoken >= moment
    assert CALENDAR.may_speak(spoken)
    assert spoken.tzinfo is UTC


NAIVE = datetime(2026, 9, 1, 12, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    "call",
    [
        CALENDAR.may_speak,
        CALENDAR.next_speaking_moment,
        Week.containing,
        lambda moment: CALENDAR.add_working_days(moment, 1),
    ],
)
def test_a_naive_moment_is_refused(call):
    with pytest.raises(ValueError, match="time zone"):
        call(NAIVE)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 25), date(2026, 11, 25)),
        (date(2026, 11, 22), date(2026, 11, 20)),
    ],
)
def test_the_last_working_day_lies_before_the_days_off(until, last):
    calendar = Calendar(holidays=frozenset({date(2026, 11, 24)}))
    assert calendar.last_working_day(until) == last


@pytest.mark.parametrize(
    ("since", "first"),
    [
        (date(2026, 11, 24), date(2026, 11, 25)),
        (date(2026, 11, 25), date(2026, 11, 25)),
        (date(2026, 11, 21), date(2026, 11, 23)),
    ],
)
def test_the_first_working_day_lies_after_the_days_off(since, first):
    calendar = Calendar(holidays=frozenset({date(2026, 11, 24)}))
    assert calendar.first_working_day(since) == first
