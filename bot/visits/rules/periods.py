"""Months, quarters and years as whole weeks, so that no visit is in two of them.

A week belongs to the month, and so to the quarter and year, of its Thursday, as ISO weeks belong to
years: to the one that most of its days lie in.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.rules.calendar import Week, weeks_between


class PeriodKind(StrEnum):
    MONTH = "m"
    QUARTER = "q"
    YEAR = "y"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
_PARTS = {PeriodKind.QUARTER: PeriodKind.MONTH, PeriodKind.YEAR: PeriodKind.QUARTER}
_ROMAN = ("I", "II", "III", "IV")
_THURSDAY = 3
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Period:
    """A month, quarter or year (2000–2100). `number`: 1–12, 1–4, 1.

    Raises ValueError where there is none of this number, or outside these years.
    """

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        fits = 1 <= self.number <= 12 // MONTHS[self.kind]
        if not fits or not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"there is no such period: {self.kind}, {self.year}, {self.number}")

    @classmethod
    def of(cls, kind: PeriodKind, week: Week) -> "Period":
        """The one that a week belongs to."""
        thursday = week.days[_THURSDAY]
        return cls(kind, thursday.year, (thursday.month - 1) // MONTHS[kind] + 1)

    @classmethod
    def from_key(cls, key: str) -> "Period":
        """From the part of a button's data. Raises ValueError."""
        kind = PeriodKind(key[:1])
        return cls(kind, int(key[1:5]), int(key[5:] or 1))

    @property
    def key(self) -> str:
        """`m202611`, `q20264`, `y2026`."""
        number = {PeriodKind.MONTH: f"{self.number:02d}", PeriodKind.QUARTER: str(self.number)}
        return f"{self.kind}{self.year}{number.get(self.kind, '')}"

    @property
    def first(self) -> Week:
        """Its first week."""
        return _first_of_month(self.year, (self.number - 1) * MONTHS[self.kind] + 1)

    @property
    def last(self) -> Week:
        """Its last week."""
        return self.next().first.previous()

    def next(self) -> "Period":
        """The one after. Raises ValueError at the end of the years."""
        return self._moved(1)

    def previous(self) -> "Period":
        """The one before. Raises ValueError at their beginning."""
        return self._moved(-1)

    def year_before(self) -> "Period":
        """The same of the year before. Raises ValueError."""
        return Period(self.kind, self.year - 1, self.number)

    @property
    def parts(self) -> tuple["Period", ...]:
        """The months of a quarter, the quarters of a year; a month has none, it has weeks."""
        if self.kind not in _PARTS:
            return ()
        kind = _PARTS[self.kind]
        count = MONTHS[self.kind] // MONTHS[kind]
        start = (self.number - 1) * count
        return tuple(Period(kind, self.year, start + n) for n in range(1, count + 1))

    def weeks_until(self, week: Week) -> int:
        """How many of its weeks had begun in this one; 0 before it."""
        ended = min(week, self.last)
        return max(0, weeks_between(self.first, ended) + 1) if ended >= self.first else 0

    def label(self) -> str:
        """As cadres write it: "tháng 11/2026", "quý IV/2026", "năm 2026"."""
        return f"{self.short()}/{self.year}" if self.kind != PeriodKind.YEAR else self.short()

    def short(self) -> str:
        """Without the year where the kind leaves it to be said."""
        if self.kind is PeriodKind.MONTH:
            return f"tháng {self.number}"
        if self.kind is PeriodKind.QUARTER:
            return f"quý {_ROMAN[self.number - 1]}"
        return f"năm {self.year}"

    def _moved(self, by: int) -> "Period":
        per_year = 12 // MONTHS[self.kind]
        years, number = divmod(self.number - 1 + by, per_year)
        return Period(self.kind, self.year + years, number + 1)


def _first_of_month(year: int, month: int) -> Week:
    """The week whose Thursday is the first one of the month."""
    week = Week.of(date(year, month, 1))
    return week if week.days[_THURSDAY].month == month else week.next()
