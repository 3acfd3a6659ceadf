"""The public holidays that the program carries."""

from datetime import date

import holidays
import pytest

from bot.core.rules.public_holidays import next_tet, public_years
from tests import holidays_file


def test_the_file_says_what_the_library_says() -> None:
    assert holidays_file.FILE.read_text("utf-8") == holidays_file.text(), "run: make holidays"


def test_taken_together_the_years_are_what_the_library_says_of_all_at_once() -> None:
    library = holidays.country_holidays("VN", years=holidays_file.YEARS)
    years = public_years().values()
    assert {day for year in years for day in year.off} == set(library)
    assert {day for year in years for day in year.worked} == {
        day for day in library.weekend_workdays if day.year in holidays_file.YEARS
    }
    assert all(year.tet in year.off for year in years)
    # The years that an operator may confirm, see `CalendarDays`.
    assert set(range(2020, 2041)) <= set(public_years())


@pytest.mark.parametrize(
    ("today", "tet"),
    [
        (date(2026, 1, 1), date(2026, 2, 17)),
        (date(2026, 2, 17), date(2026, 2, 17)),
        (date(2026, 2, 18), date(2027, 2, 6)),
        (date(2050, 1, 1), None),
    ],
)
def test_the_next_tet_is_today_or_ahead(today: date, tet: date | None) -> None:
    assert next_tet(today) == tet
