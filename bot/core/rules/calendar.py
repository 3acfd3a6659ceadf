"""Weeks, working days and quiet hours of the Vietnamese calendar.

Days are local days in Vietnam; moments go in and come out aware, and come out in UTC.
Which days are public holidays or swapped working days is told from outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import overload
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_SATURDAY = 5


def at(day: date, wall: time) -> datetime:
    """The moment (UTC) when clocks in Vietnam show `wall` on `day`."""
    if wall.tzinfo is not None:
        raise ValueError("a wall time carries no time zone of its own")
    return datetime.combine(day, wall, ZONE).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """`moment` as clocks in Vietnam show it. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(ZONE)


@dataclass(frozen=True, order=True)
class Week:
    """A week from Monday to Sunday, named by its Monday; ordered by time.

    The unit of the rule "at least once a week" (plan `sat-co-so`).
    Raises ValueError when `monday` is another day of the week.
    """

    monday: date

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise ValueError(f"{self.monday} is not a Monday")

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week with this day in it."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def containing(cls, moment: datetime) -> "Week":
        """The week in Vietnam at this aware moment; ValueError for a naive one."""
        return cls.of(local(moment).date())

    @property
    def number(self) -> int:
        """The ISO number, 1–53, as printed on Vietnamese calendars."""
        return self.monday.isocalendar().week

    @property
    def year(self) -> int:
        """The ISO year: that of the week's Thursday, not always that of its Monday."""
        return self.monday.isocalendar().year

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days, Monday first."""
        return tuple(self.monday + timedelta(days=n) for n in range(7))

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + 6 * _DAY

    @property
    def key(self) -> str:
        """A name for keys and file names, "2026-W46"; sorts as the weeks do."""
        return f"{self.year}-W{self.number:02d}"

    def next(self) -> "Week":
        """The week after."""
        return Week(self.monday + _WEEK)

    def previous(self) -> "Week":
        """The week before."""
        return Week(self.monday - _WEEK)

    def label(self) -> str:
        """As cadres write it: "tuần 46 (09–15/11)"; months and years only where they change."""
        first, last = self.monday, self.sunday
        if first.year != last.year:
            start = f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}"
        elif first.month != last.month:
            start = f"{first:%d/%m}", f"{last:%d/%m}"
        else:
            start = f"{first:%d}", f"{last:%d/%m}"
        return f"tuần {self.number} ({start[0]}–{start[1]})"

    def dated(self) -> str:
        """With its year, for what is kept: "tuần 46 năm 2026 (từ 09/11/2026 đến 15/11/2026)"."""
        first, last = self.monday, self.sunday
        return f"tuần {self.number} năm {self.year} (từ {first:%d/%m/%Y} đến {last:%d/%m/%Y})"


def weeks_between(first: Week, last: Week) -> int:
    """How many weeks `last` is after `first`; negative when it is before."""
    return (last.monday - first.monday) // _WEEK


@dataclass(frozen=True)
class Calendar:
    """Which days are worked and when people may be written to.

    Working days: Monday to Friday but holidays, and swapped days (Luật Lao động, hoán đổi
    ngày nghỉ). An extra working day that is also listed as a holiday counts as worked.
    Quiet hours are wall times in Vietnam and may run over midnight; equal ends mean none.
    """

    holidays: frozenset[date] = frozenset()
    extra_working_days: frozenset[date] = frozenset()
    quiet_from: time = time(21, 0)
    quiet_until: time = time(6, 30)
    every_day: bool = False

    @property
    def without_days_off(self) -> "Calendar":
        """The same with every day worked, for what cannot wait; quiet hours stay."""
        return replace(self, holidays=frozenset(), every_day=True)

    def is_holiday(self, day: date) -> bool:
        """A public holiday on which nobody was asked to work."""
        return day in self.holidays and day not in self.extra_working_days

    def is_working_day(self, day: date) -> bool:
        """A weekday that is no holiday, or a day swapped into a working day."""
        if self.every_day or day in self.extra_working_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def is_swapped(self, day: date) -> bool:
        """A day of rest that is worked in exchange for another (làm bù)."""
        return day.weekday() >= _SATURDAY and day in self.extra_working_days

    def last_working_day(self, until: date) -> date:
        """The last working day that is not after `until`."""
        while not self.is_working_day(until):
            until -= _DAY
        return until

    def first_working_day(self, since: date) -> date:
        """The first working day that is not before `since`."""
        while not self.is_working_day(since):
            since += _DAY
        return since

    def working_days(self, first: date, last: date) -> int:
        """How many working days from `first` to `last`, both counted; 0 if `last` is before."""
        return sum(1 for day in _days(first, last) if self.is_working_day(day))

    def week_is_off(self, week: Week) -> bool:
        """Nobody works a single day of it (Tết): no visit is asked for."""
        return not any(self.is_working_day(day) for day in week.days)

    @overload
    def add_working_days(self, start: datetime, n: int) -> datetime: ...
    @overload
    def add_working_days(self, start: date, n: int) -> date: ...
    def add_working_days(self, start: date, n: int) -> date:
        """The nth working day after `start`; the starting day itself is never counted.

        A moment keeps its wall time in Vietnam and comes back in UTC. With n = 0 the start
        comes back. Raises ValueError for a negative n or a naive moment.
        """
        if n < 0:
            raise ValueError("working days are counted forwards")
        if isinstance(start, datetime):
            wall = local(start)
            return at(self._nth_working_day(wall.date(), n), wall.time())
        return self._nth_working_day(start, n)

    def may_speak(self, moment: datetime) -> bool:
        """Whether a message that is not urgent may go out now.

        Not in quiet hours and not on holidays. Saturdays and Sundays by day are allowed:
        workers are free then, and visits are often set for the weekend.
        """
        wall = local(moment)
        return not (self.is_holiday(wall.date()) or self._is_quiet(wall.time()))

    def next_speaking_moment(self, moment: datetime) -> datetime:
        """The first moment (UTC), not before this one, at which `may_speak` holds."""
        wall = local(moment)
        if self.may_speak(moment):
            return moment.astimezone(UTC)
        day = wall.date()
        opening = self._opening(day, wall.time())
        while self.is_holiday(opening.date()):
            day = opening.date() + _DAY
            opening = self._opening(day, time.min)
        return at(opening.date(), opening.time())

    def _nth_working_day(self, day: date, n: int) -> date:
        while n > 0:
            day += _DAY
            n -= self.is_working_day(day)
        return day

    def _is_quiet(self, wall: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= wall < self.quiet_until
        return wall >= self.quiet_from or wall < self.quiet_until

    def _opening(self, day: date, wall: time) -> datetime:
        """Local date and time from `wall` on when quiet hours are over; naive on purpose."""
        if not self._is_quiet(wall):
            return datetime.combine(day, wall)
        over_midnight = wall >= self.quiet_until
        return datetime.combine(day + _DAY * over_midnight, self.quiet_until)


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)
