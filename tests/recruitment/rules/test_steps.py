"""The way to a union: moves, what they need, when a step lies too long."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.core.rules.calendar import Calendar, at
from bot.recruitment.rules.steps import (
    ORDER,
    StepDays,
    days_since,
    is_back,
    is_still,
    may_found,
    may_undo,
    next_reminder,
    next_step,
    suggested,
    wrong,
)
from bot.recruitment.rules.survey import QUESTIONS, answer_words, more_than_workers
from storage.enums import RecruitmentStep, VisitKind
from tests.cast import MONDAY

S = RecruitmentStep
CALENDAR = Calendar()


def test_the_steps_follow_one_another_and_the_founding_is_left() -> None:
    assert [next_step(step) for step in ORDER] == [S.OWNER, S.GROUP, S.READY, S.CONGRESS, None]
    assert [may_found(step) for step in ORDER] == [False, False, False, True, True]
    assert is_back(S.GROUP, S.SURVEY)
    assert not is_back(S.SURVEY, S.CONGRESS)


@pytest.mark.parametrize(
    ("to", "workers", "willing", "applications", "why"),
    [
        (S.GROUP, 100, 100, 0, None),
        (S.GROUP, 100, 101, None, "more_than_workers"),
        (S.READY, 100, None, 101, "more_than_workers"),
        (S.READY, 0, 200, 101, None),  # how many work there is not known
        (S.READY, 100, None, None, "too_few"),
        (S.READY, 100, None, 4, "too_few"),
        (S.READY, 100, None, 5, None),
        (S.CONGRESS, 100, None, 4, "too_few"),
    ],
)
def test_numbers_that_a_step_does_not_stand_on_are_refused(
    to: RecruitmentStep, workers: int, willing: int, applications: int, why: str
) -> None:
    assert wrong(to, workers, willing, applications) == why


@pytest.mark.parametrize(
    ("step", "kind", "to"),
    [
        (None, VisitKind.SURVEY, S.SURVEY),
        (S.SURVEY, VisitKind.SURVEY, S.OWNER),
        (S.OWNER, VisitKind.PROPAGANDA, S.GROUP),
        (S.OWNER, VisitKind.SURVEY, None),
        (S.READY, VisitKind.PROPAGANDA, None),
        (None, VisitKind.CARE, None),
    ],
)
def test_a_visit_speaks_for_the_step_that_its_kind_fits(
    step: RecruitmentStep | None, kind: VisitKind, to: RecruitmentStep | None
) -> None:
    assert suggested(step, kind) == to


def test_a_kind_of_report_that_no_list_knows_speaks_for_nothing() -> None:
    assert suggested(None, "a kind of later") is None


def test_every_step_lies_too_long_after_its_own_days() -> None:
    days = StepDays(survey=10, congress=3)
    morning = at(date(2026, 11, 16), time(7, 0))
    for step, length in ((S.SURVEY, 10), (S.CONGRESS, 3), (S.GROUP, 45)):
        that_day = date(2026, 11, 16) - timedelta(days=length)
        assert not is_still(step, at(that_day, time(0, 0)), days, morning)
        assert is_still(step, at(that_day - timedelta(days=1), time(23, 59)), days, morning)


def test_what_was_noted_yesterday_evening_is_not_of_today() -> None:
    evening = at(date(2026, 11, 24), time(17, 0))
    assert days_since(evening, at(date(2026, 11, 24), time(23, 59))) == 0
    assert days_since(evening, at(date(2026, 11, 25), time(8, 30))) == 1


def test_a_founding_is_taken_back_for_a_day() -> None:
    assert may_undo(MONDAY, MONDAY + timedelta(days=1))
    assert not may_undo(MONDAY, MONDAY + timedelta(days=1, seconds=1))


def test_it_is_reminded_of_when_the_days_are_over_and_once_more_two_weeks_later() -> None:
    moved = MONDAY
    sent: set[str] = set()
    moments: list[tuple[str, datetime]] = []
    now = moved
    while pair := next_reminder(moved, 30, frozenset(sent), now, CALENDAR):
        now = pair[0]
        moments.append((pair[1].kind, now))
        sent.add(pair[1].tag)
    assert [kind for kind, _ in moments] == ["still", "again"]
    assert moments[0][1] == at((moved + timedelta(days=31)).date(), time(7, 30))
    assert moments[1][1] == at((moved + timedelta(days=45)).date(), time(7, 30))


def test_a_downtime_of_months_brings_one_reminder_not_two() -> None:
    late = MONDAY + timedelta(days=100)
    pair = next_reminder(MONDAY, 30, frozenset(), late, CALENDAR)
    assert pair
    assert pair[1].kind == "again"
    assert next_reminder(MONDAY, 30, frozenset({pair[1].tag}), late, CALENDAR) is None


def test_a_survey_shows_what_was_answered_and_refuses_parts_larger_than_the_whole() -> None:
    by_key = {question.key: question for question in QUESTIONS}
    assert answer_words(by_key["workers"], 1540) == "1.540"
    assert answer_words(by_key["owner_view"], "supports") == "Ủng hộ"
    assert answer_words(by_key["notes"], None) == ""
    assert more_than_workers({"workers": 10, "women": 11})
    assert not more_than_workers({"workers": 10, "women": 10})
    assert not more_than_workers({"women": 11})
