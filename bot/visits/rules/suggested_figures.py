"""Figures of a site that somebody suggests: what of them is new, what counts, what cannot be.

Plan `sat-co-so`: officers see how many work and are members, and how a CĐCS should be rated; the
unit over it decides (our own proposal).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

COUNTS = ("workers", "women", "members")
RATING = "rating"
FIGURES = (*COUNTS, RATING)
LAST_MONTH_OF_RATING = 3
Figures = Mapping[str, Any]
"""Figure -> its value; a rating as its key. What is not there is not suggested."""


def news(suggested: Figures, present: Figures) -> dict[str, Any]:
    """What of these figures is not so already."""
    return {
        key: suggested[key]
        for key in FIGURES
        if suggested.get(key) is not None and suggested[key] != present.get(key)
    }


def merged(rows: Iterable[Figures]) -> dict[str, Any]:
    """What several suggestions come to, the oldest first: of each figure the newest counts."""
    together: dict[str, Any] = {}
    for row in rows:
        together |= {key: row[key] for key in FIGURES if row.get(key) is not None}
    return {key: together[key] for key in FIGURES if key in together}


def contradiction(after: Figures) -> str:
    """Why these figures cannot stand together, in words; empty where they can."""
    workers, women = _count(after, "workers"), _count(after, "women")
    if women > workers:
        return f"Số lao động nữ ({women}) lớn hơn tổng số lao động ({workers}), đề nghị xem lại."
    return ""


def decider(site_path: str, led: Collection[str]) -> str:
    """The path of the unit whose leader decides: the nearest above the site that has one; empty
    where nobody leads."""
    over = [path for path in led if site_path.startswith(path) and path != site_path]
    return max(over, key=len, default="")


def rated_year(day: date) -> int:
    """The year that is looked back on, rated and scored on a day of Vietnam: until the end of March
    the one before (our own proposal: ratings are proposed and decided around the year's end)."""
    return day.year - (day.month <= LAST_MONTH_OF_RATING)


def _count(figures: Figures, key: str) -> int:
    value = figures.get(key)
    return value if isinstance(value, int) else 0
