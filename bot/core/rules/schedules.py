"""Which years' official days off are known: swapped days are decided by the government every year.

The law's own holidays (Bộ luật Lao động 2019, Điều 112) are not here: they need no decision.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.core.rules.likeness import data

_AHEAD = timedelta(days=60)  # schedules are mostly announced in November and December


@dataclass(frozen=True)
class OfficialYear:
    """`off`: weekdays not worked by decision; `worked`: days of rest worked instead. `source` is
    the decision, `checked` the day on which somebody looked.
    """

    source: str
    checked: date
    off: frozenset[date]
    worked: frozenset[date]


@cache
def official_years() -> dict[int, OfficialYear]:
    """Year -> its decision, as `data/schedules.toml` has it."""
    return {
        int(year): OfficialYear(
            entry["source"], entry["checked"], frozenset(entry["off"]), frozenset(entry["worked"])
        )
        for year, entry in data("schedules.toml").items()
    }


def missing(today: date, confirmed: frozenset[int]) -> list[int]:
    """The years whose schedule is needed by now and neither known nor confirmed by the operator:
    the present one, and the next one from November on.
    """
    needed = {today.year, (today + _AHEAD).year}
    return sorted(needed - official_years().keys() - confirmed)
