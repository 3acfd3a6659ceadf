"""The month in sentences: when they are said, and which ones the figures bear out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.core.rules.calendar import Calendar, Week, at
from bot.core.rules.shares import whole_percent
from bot.visits.rules.periods import Period, PeriodKind

LEVEL = 1  # percentage points that are no difference
BEHIND = 70  # percent: a unit below is named
LEAST_VISITS = 4  # a unit is praised or named for so many at least


@dataclass(frozen=True)
class MonthlyTime:
    """When a month is told of: on the first working day after it and after its last week."""

    wall: time

    def of(self, month: Period, calendar: Calendar) -> datetime:
        """The moment (UTC)."""
        year, number = divmod(month.year * 12 + month.number, 12)
        monday = month.last.next().monday
        return at(_working(max(date(year, number + 1, 1), monday), calendar), self.wall)

    def last(self, now: datetime, calendar: Calendar) -> Period:
        """The latest month that was to be told of by `now`."""
        month = Period.of(PeriodKind.MONTH, Week.containing(now))
        while self.of(month, calendar) > now:
            month = month.previous()
        return month

    def next(self, after: datetime, calendar: Calendar) -> datetime:
        """The first such moment after this one."""
        month = Period.of(PeriodKind.MONTH, Week.containing(after)).previous()
        while (moment := self.of(month, calendar)) <= after:
            month = month.next()
        return moment


def _working(day: date, calendar: Calendar) -> date:
    while not calendar.is_working_day(day):
        day = date.fromordinal(day.toordinal() + 1)
    return day


@dataclass(frozen=True)
class UnitMonth:
    """What one unit below did in a month."""

    name: str
    done: int
    due: int
    late: int = 0

    @property
    def percent(self) -> int:
        return whole_percent(self.done, self.due) if self.due else 0


@dataclass(frozen=True)
class MonthFigures:
    """A month of a scope; `before`, `year_before`: the percent kept then, None: nothing was due."""

    done: int = 0
    due: int = 0
    late: int = 0
    missed: int = 0
    excused: int = 0
    allowed: int = 0  # a leader agreed that they need not take place: not among those due
    unplanned: int = 0
    before: int | None = None
    year_before: int | None = None
    units: Sequence[UnitMonth] = ()
    steady: Sequence[str] = ()  # who met what was asked in every week of the month
    sites: int = 0
    reached: int = 0
    never: int = 0
    promises_overdue: int = 0
    flagged: int = 0
    cases_overdue: int = 0  # as it is now
    alerts: int = 0  # not over now
    gained: int = 0  # of what is good: unions, proposals to commend, practices

    @property
    def percent(self) -> int:
        return whole_percent(self.done, self.due) if self.due else 0

    @property
    def behind(self) -> list[UnitMonth]:
        """The units that kept least of enough to judge by, the lowest first."""
        low = [u for u in self.units if u.due >= LEAST_VISITS and u.percent < BEHIND]
        return sorted(low, key=lambda unit: unit.percent)

    @property
    def full(self) -> list[UnitMonth]:
        """The units that kept everything, in time."""
        return [u for u in self.units if u.due >= LEAST_VISITS and u.done >= u.due and not u.late]


class Statement(StrEnum):
    """In the order in which they are said: the whole, what is not as it should be, praise, the
    rest."""

    REPORTED = "reported"
    RISEN = "risen"
    FALLEN = "fallen"
    STEADY_SHARE = "steady_share"
    YEAR_BEFORE = "year_before"
    MISSED = "missed"
    EXCUSED = "excused"
    UNITS_BEHIND = "units_behind"
    FLAGGED = "flagged"
    PROMISES = "promises"
    ALERTS = "alerts"
    CASES_OVERDUE = "cases_overdue"
    NEVER = "never"
    UNITS_FULL = "units_full"
    OFFICERS_STEADY = "officers_steady"
    GAINED = "gained"
    UNPLANNED = "unplanned"
    REACHED = "reached"


def _than_before(figures: MonthFigures) -> int | None:
    return None if figures.before is None or not figures.due else figures.percent - figures.before


def _rises(figures: MonthFigures) -> bool:
    return (_than_before(figures) or 0) > LEVEL


def _falls(figures: MonthFigures) -> bool:
    return (_than_before(figures) or 0) < -LEVEL


def _level(figures: MonthFigures) -> bool:
    than_before = _than_before(figures)
    return than_before is not None and abs(than_before) <= LEVEL


RULES: Sequence[tuple[Statement, Callable[[MonthFigures], bool]]] = (
    (Statement.REPORTED, lambda f: f.due > 0),
    (Statement.RISEN, _rises),
    (Statement.FALLEN, _falls),
    (Statement.STEADY_SHARE, _level),
    (Statement.YEAR_BEFORE, lambda f: f.due > 0 and f.year_before is not None),
    (Statement.MISSED, lambda f: f.missed > 0),
    (Statement.EXCUSED, lambda f: f.excused > 0),
    (Statement.UNITS_BEHIND, lambda f: bool(f.behind)),
    (Statement.FLAGGED, lambda f: f.flagged > 0),
    (Statement.PROMISES, lambda f: f.promises_overdue > 0),
    (Statement.ALERTS, lambda f: f.alerts > 0),
    (Statement.CASES_OVERDUE, lambda f: f.cases_overdue > 0),
    (Statement.NEVER, lambda f: f.never > 0),
    (Statement.UNITS_FULL, lambda f: bool(f.full)),
    (Statement.OFFICERS_STEADY, lambda f: bool(f.steady)),
    (Statement.GAINED, lambda f: f.gained > 0),
    (Statement.UNPLANNED, lambda f: f.unplanned > 0),
    (Statement.REACHED, lambda f: f.sites > 0),
)
"""Each sentence with what the figures must say for it; all that hold are said, in this order."""


def sentences(figures: MonthFigures) -> list[Statement]:
    """What is said of a month."""
    return [sentence for sentence, holds in RULES if holds(figures)]
