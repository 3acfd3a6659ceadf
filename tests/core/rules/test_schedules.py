"""Which years' days off were decided: what is not known is said, not guessed."""

from datetime import date

import pytest

from bot.core.rules import schedules


@pytest.mark.parametrize(
    ("today", "confirmed", "missing"),
    [
        (date(2026, 6, 1), (), []),
        (date(2026, 10, 31), (), []),
        (date(2026, 11, 28), (), [2027]),
        (date(2026, 11, 28), (2027,), []),
        (date(2027, 3, 1), (), [2027]),
        (date(2031, 12, 1), (2031,), [2032]),
        (date(2031, 12, 1), (), [2031, 2032]),
    ],
)
def test_the_present_year_and_in_time_the_next_one_are_asked_for(
    today: date, confirmed: tuple[int, ...], missing: list[int]
) -> None:
    assert schedules.missing(today, frozenset(confirmed)) == missing


def test_a_swap_has_two_halves_of_its_own_year_and_a_source() -> None:
    for year, decided in schedules.official_years().items():
        assert decided.source
        assert decided.checked.year >= year - 1
        assert len(decided.off) == len(decided.worked)
        assert all(day.weekday() < 5 for day in decided.off)
        assert all(day.weekday() >= 5 for day in decided.worked)
        assert {day.year for day in decided.off | decided.worked} == {year}
