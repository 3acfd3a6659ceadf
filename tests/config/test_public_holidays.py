"""The public holidays, read without the other countries."""

from datetime import date

import holidays
import pytest

from bot.config.public_holidays import LANGUAGE, NEW_YEAR, public_holidays
from bot.config.settings import YEARS_OF_HOLIDAYS


def test_they_are_those_that_the_library_has_for_vietnam() -> None:
    ours = public_holidays(YEARS_OF_HOLIDAYS)
    theirs = holidays.country_holidays("VN", years=YEARS_OF_HOLIDAYS, language=LANGUAGE)
    assert dict(ours) == dict(theirs)
    assert ours.weekend_workdays == theirs.weekend_workdays
    assert len(ours) > 10 * len(YEARS_OF_HOLIDAYS)


@pytest.mark.parametrize("day", [date(2026, 2, 17), date(2027, 2, 6), date(2030, 2, 2)])
def test_the_first_day_of_tet_is_known_by_its_name(day: date) -> None:
    named = [d for d, name in public_holidays((day.year,)).items() if name == NEW_YEAR]
    assert named == [day]
