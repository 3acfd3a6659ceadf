"""Which month of a campaign is looked at (plan `doan-vien`, II.2: May and July of every year)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return following - timedelta(days=1)


def campaign_at(today: date, months: Collection[int]) -> Month | None:
    """The month that runs, else the last that did. `months` (1–12); none: no campaign."""
    return max((m for m in _around(today.year, months) if m.first <= today), default=None)


def before(month: Month, months: Collection[int]) -> Month | None:
    """The month of the campaign before this one."""
    return max((m for m in _around(month.year, months) if m < month), default=None)


def after(month: Month, months: Collection[int], today: date) -> Month | None:
    """The one after it, once it has begun."""
    coming = [m for m in _around(month.year, months) if month < m and m.first <= today]
    return min(coming, default=None)


def _around(year: int, months: Collection[int]) -> list[Month]:
    return [Month(y, m) for y in (year - 1, year, year + 1) for m in months if 1 <= m <= 12]
