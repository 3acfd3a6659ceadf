"""A week of visits counted: each visit in exactly one place, whatever became of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from bot.core.rules.calendar import Calendar, Week, at
from bot.core.rules.shares import whole_percent
from bot.visits.rules.deferring import is_due
from bot.visits.rules.streaks import weeks_in_a_row
from storage.enums import VisitStatus

_SATURDAY = 5
PRAISED_FROM = 3  # weeks in a row


@dataclass(frozen=True)
class AlikeVisits:
    """Visits that are alike, as the database counts them; the last four are among them."""

    status: VisitStatus
    late: bool
    unplanned: bool
    count: int
    no_day: int = 0
    swaps: int = 0
    allowed: int = 0
    excuse_requests: int = 0


@dataclass(frozen=True)
class WeekTally:
    """The visits of a week. A late report counts as late in the week that it belonged to."""

    in_time: int = 0
    late: int = 0
    excused: int = 0  # of earlier years: its officer's own word was enough
    missed: int = 0
    no_day: int = 0  # still open, no day set
    dated: int = 0  # still open, the day is set
    unplanned: int = 0  # reported on top of the plan
    swaps: int = 0  # open ones for which another site is asked
    allowed: int = 0  # a supervisor said that they need not take place
    excuse_requests: int = 0  # open or missed: the officer asked to be excused, nobody answered
    deferred: int = 0  # to a later week, where they are due: see rules/deferring.py

    @property
    def due(self) -> int:
        """What is asked of officers: everything planned or directed but what a leader agreed need
        not take place. The one rule of what a share of visits kept is a share of; in queries it is
        `storage.overview.due`. The unit's own duty of a visit each week (`sat-co-so`, II) is not
        lifted by it: figures of weeks count every working week.
        """
        return self.done + self.excused + self.missed + self.open

    @property
    def planned(self) -> int:
        """All that was planned or directed, whatever became of it."""
        return self.due + self.allowed

    @property
    def unreported(self) -> int:
        """Those that a report is still waited for."""
        return self.due - self.done

    @property
    def awaited(self) -> int:
        """Those of them whose officers did not say that they cannot go."""
        return self.unreported - self.excused - self.excuse_requests

    @property
    def done(self) -> int:
        return self.in_time + self.late

    @property
    def open(self) -> int:
        return self.no_day + self.dated

    def __add__(self, other: "WeekTally") -> "WeekTally":
        mine, theirs = vars(self), vars(other)
        return WeekTally(**{key: mine[key] + theirs[key] for key in mine})


def tally(rows: Iterable[AlikeVisits]) -> WeekTally:
    """Add up what the database counted."""
    return sum((_tally_of(row) for row in rows), WeekTally())


def _tally_of(row: AlikeVisits) -> WeekTally:
    if row.unplanned:
        return WeekTally(unplanned=row.count if row.status is VisitStatus.REPORTED else 0)
    if not is_due(row.status):
        return WeekTally(deferred=row.count)
    if row.status is VisitStatus.REPORTED:
        return WeekTally(late=row.count) if row.late else WeekTally(in_time=row.count)
    if row.status is VisitStatus.EXCUSED:
        return WeekTally(excused=row.count - row.allowed, allowed=row.allowed)
    if row.status is VisitStatus.MISSED:
        return WeekTally(missed=row.count, excuse_requests=row.excuse_requests)
    return WeekTally(
        no_day=row.no_day,
        dated=row.count - row.no_day,
        swaps=row.swaps,
        excuse_requests=row.excuse_requests,
    )


@dataclass(frozen=True)
class Coverage:
    """How many sites were visited within 4 weeks, 12 weeks, this year, ever."""

    sites: int = 0
    weeks_4: int = 0
    weeks_12: int = 0
    year: int = 0
    ever: int = 0

    @property
    def never(self) -> int:
        return self.sites - self.ever

    def percent(self, visited: int) -> int:
        """Whole percent; 100 means every single site."""
        return whole_percent(visited, self.sites) if self.sites else 0


@dataclass(frozen=True)
class OfficerWeekCount:
    """One officer's week. `expected` leaves out unplanned visits and excused ones."""

    week: Week
    expected: int
    done: int

    @property
    def is_met(self) -> bool:
        return self.done > 0 and self.done >= self.expected


def streak(weeks: Iterable[OfficerWeekCount], current: Week, calendar: Calendar) -> int:
    """Weeks in a row with every visit asked for done; an excused one is not asked for."""
    quota: dict[Week, int] = {}
    met: set[Week] = set()
    for count in weeks:
        quota[count.week] = count.expected
        if count.is_met:
            met.add(count.week)
    return weeks_in_a_row(met, quota, current, calendar)


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without those that lie within another: nothing is counted twice."""
    outermost_paths: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(outer) for outer in outermost_paths):
            outermost_paths.append(path)
    return tuple(outermost_paths)


def child_path(parents: Iterable[str], path: str) -> str | None:
    """The path just below one of `parents` on the way to `path`; None: not below any.

    With several parents (a cluster) it is the parent itself.
    """
    own = tuple(parents)
    for parent in own:
        if path.startswith(parent):
            if len(own) > 1:
                return parent
            rest = path.removeprefix(parent).split("/")[0]
            return f"{parent}{rest}/" if rest else parent
    return None


def by_child(
    tallies: Mapping[str, WeekTally], parents: Iterable[str], children: Iterable[str]
) -> dict[str, WeekTally]:
    """Tallies of units at any depth, added up to the children shown."""
    own, sums = tuple(parents), defaultdict(WeekTally, {path: WeekTally() for path in children})
    for path, unit_tally in tallies.items():
        if (child := child_path(own, path)) is not None:
            sums[child] += unit_tally
    return dict(sums)


@dataclass(frozen=True)
class DigestTime:
    """When a week is told of. `day` is 0 for Monday."""

    day: int
    wall: time

    def of(self, week: Week, calendar: Calendar) -> datetime:
        """The moment (UTC): where that day is off, the last working day before it in that week."""
        day = week.days[self.day]
        last = calendar.last_working_day(day)
        return at(day if last < week.monday or self.day >= _SATURDAY else last, self.wall)

    def last(self, now: datetime, calendar: Calendar) -> Week:
        """The latest week that was to be told of by `now`."""
        week = Week.containing(now)
        return week if self.of(week, calendar) <= now else week.previous()

    def next(self, after: datetime, calendar: Calendar) -> datetime:
        """The first such moment after this one."""
        week = Week.containing(after)
        moment = self.of(week, calendar)
        return moment if moment > after else self.of(week.next(), calendar)
