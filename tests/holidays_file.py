"""The file of public holidays, as the library `holidays` has them; `make holidays` writes it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import holidays

FILE = Path(__file__).parents[1] / "bot/core/rules/data/public_holidays.toml"
YEARS = range(2020, 2042)
HEAD = """\
# Public holidays of Vietnam, written from the library `holidays` by `make holidays`: do not edit.
# What the government decides year by year is in schedules.toml, which counts before this.
"""


def text() -> str:
    """What the file has to say."""
    return HEAD + "".join(map(_year, YEARS))


def _year(year: int) -> str:
    days = holidays.country_holidays("VN", years=(year,), language="en_US")
    tet = next(day for day, name in days.items() if name == "Lunar New Year")
    worked = [day for day in days.weekend_workdays if day.year == year]
    return f"\n[{year}]\noff = {_list(days)}\nworked = {_list(worked)}\ntet = {tet}\n"


def _list(days: Iterable[date]) -> str:
    lines = "".join(f"  {day},\n" for day in sorted(days))
    return f"[\n{lines}]" if lines else "[]"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
