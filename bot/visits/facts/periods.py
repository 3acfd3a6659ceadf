"""Plain values of a month, quarter or year of visits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.rules.calendar import Week
from bot.visits.facts.overview import ListedVisit, ListPage, View
from bot.visits.rules.overview import WeekTally
from bot.visits.rules.periods import Period
from storage.models import Unit


@dataclass(frozen=True)
class PeriodFigures:
    """What was counted in some weeks of a period."""

    period: Period
    weeks: int
    weekly: Mapping[date, WeekTally] = field(default_factory=dict)  # Monday -> what was counted
    sums: Mapping[str, int] = field(default_factory=dict)  # column of the reports -> sum
    proposals: int = 0
    sites: int = 0  # where somebody was

    @property
    def tally(self) -> WeekTally:
        return sum(self.weekly.values(), WeekTally())

    @property
    def whole(self) -> bool:
        """Whether all weeks of the period are in it."""
        return self.period.weeks_until(self.period.last) == self.weeks


@dataclass(frozen=True)
class PeriodFacts:
    """A period beside the one before and the same of the year before, each with as many weeks as
    have begun of it.
    """

    view: View
    current: Week
    figures: PeriodFigures
    before: PeriodFigures | None
    year_before: PeriodFigures | None
    parts: Sequence[tuple[Period | Week, WeekTally]]
    sites: int  # that there are
    has_units: bool


@dataclass(frozen=True)
class PeriodUnits:
    """The units one step down in a period, what is behind first."""

    view: View
    period: Period
    rows: Sequence[tuple[Unit, WeekTally]]
    page: ListPage


@dataclass(frozen=True)
class PeriodVisits:
    """Visits of a period that are of one of the kinds of a week's lists."""

    view: View
    period: Period
    kind: str
    rows: Sequence[ListedVisit]
    page: ListPage
