"""The public holidays of Vietnam year by year, those by the lunar calendar (Tết, Giỗ Tổ) included.

`data/public_holidays.toml` is written from the library `holidays`, which the running program does
not need; tests/holidays_file.py does it and a test compares.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.core.rules.likeness import data


@dataclass(frozen=True)
class PublicYear:
    """`off`: holidays and days off for them; `worked`: Saturdays worked instead, as far as they
    were decided when the library was made; `tet`: the first day of the lunar year.
    """

    off: frozenset[date]
    worked: frozenset[date]
    tet: date


@cache
def public_years() -> dict[int, PublicYear]:
    """Year -> its holidays."""
    return {
        int(year): PublicYear(frozenset(entry["off"]), frozenset(entry["worked"]), entry["tet"])
        for year, entry in data("public_holidays.toml").items()
    }


def next_tet(today: date) -> date | None:
    """The next first day of Tết, today included; None beyond the years that are known."""
    return min((y.tet for y in public_years().values() if y.tet >= today), default=None)
