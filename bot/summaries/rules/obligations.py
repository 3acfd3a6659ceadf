"""Which reports units owe and when they are prompted (DOMAIN: plans say "trước ngày 15/12").

"Before 15/12" means that 14/12 is the last day in time and 15/12 itself is late. One prompt at a
time, as with the reminders of visits: the service asks, sends or waits, remembers, asks again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.core.rules.calendar import Calendar, Week, at, local
from bot.core.rules.programmes import Programme, ReportDue
from bot.core.rules.slots import DAYS_OFF, Slot, next_slot, planned
from storage.enums import SITE_KINDS, UnitKind

Kind = Literal["before", "late", "nudge"]
NUDGES = 26
"""Weeks. Whoever has not answered for half a year is spoken to by people, not by a program."""
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class OwedReport:
    """A report of a plan for one year; every unit concerned owes it. `due_before` is late."""

    group: str
    programme: Programme
    report: ReportDue
    first_day: date
    last_day: date
    due_before: date

    @property
    def last_in_time(self) -> date:
        return self.due_before - _DAY


def counts_figures(kind: UnitKind) -> bool:
    """Whether the reports of such a unit hold counted figures. Those of a site do not: what
    happened there is the union's above it, and its committee does not read what others reported."""
    return kind not in SITE_KINDS


def owed(programme: Programme, report: ReportDue, year: int) -> OwedReport:
    """The report that is due in `year`. 29/2 outside leap years: the period ends on 28/2, and
    what begins or becomes late on 29/2 does so on 1/3.
    """
    covered = year - report.of_last_year
    return OwedReport(
        f"{programme.key}:{report.key}:{year}",
        programme,
        report,
        _begins(covered, report.first),
        _ends(covered, report.last),
        _begins(year, report.before),
    )


def owed_between(programmes: Iterable[Programme], first: date, last: date) -> list[OwedReport]:
    """What becomes late from `first` to `last`, of plans still in force on the last day in time;
    of a report about the year before, on the last day that it covers.
    """
    years = range(first.year, last.year + 1)
    owed_reports = [owed(p, r, year) for p in programmes for r in p.reports for year in years]
    return [
        owed_report
        for owed_report in owed_reports
        if first <= owed_report.due_before <= last
        and owed_report.programme.in_force(_asked_on(owed_report))
    ]


def _asked_on(owed_report: OwedReport) -> date:
    return owed_report.last_day if owed_report.report.of_last_year else owed_report.last_in_time


@dataclass(frozen=True)
class ObligationFacts:
    """What a prompt depends on. `open`: neither sent, accepted nor excused."""

    due_before: date
    open: bool = True


@dataclass(frozen=True)
class PromptTimes:
    """Wall times in Vietnam (proposed; configurable). `nudge_day`: 0 is Monday."""

    days: tuple[int, ...] = (30, 14, 7, 3, 1)
    """Days before `due_before`; 1 is the last day in time."""
    time: time = time(8, 0)
    nudge_day: int = 0


@dataclass(frozen=True)
class Prompt:
    """One prompt due at a moment (UTC). The tag names the deadline, so that after a move prompts
    begin anew.
    """

    kind: Kind
    at: datetime
    tag: str


def next_prompt(
    facts: ObligationFacts,
    sent: frozenset[str],
    now: datetime,
    times: PromptTimes,
    calendar: Calendar,
) -> Prompt | None:
    """The prompt to send now (`at` ≤ now) or to wait for (`at` > now); None when none is left.

    `sent` holds the tags already sent. Of several that came due only the latest that still makes
    sense is given. Raises ValueError for a naive `now`.
    """
    if not facts.open:
        return None
    slots = _slots(facts.due_before, times, calendar)
    pair = next_slot(slots, sent, now, calendar, once_a_day=True)
    if pair is None:
        return None
    moment, slot = pair
    return Prompt(slot.kind, moment, slot.tag)


def over_by(
    due_before: date, now: datetime, times: PromptTimes, calendar: Calendar
) -> frozenset[str]:
    """The tags of what came due by `now`: nothing of it is said again to whoever was just told."""
    slots = _slots(due_before, times, calendar)
    return frozenset(slot.tag for slot in slots if planned(slot, calendar) <= now)


def _slots(due_before: date, times: PromptTimes, calendar: Calendar) -> Iterator[Slot[Kind]]:
    late = at(due_before, time.min)  # "one more day" is no news then
    for day, days in _days_before(due_before, times, calendar).items():
        moment = at(day, times.time)
        yield Slot("before", moment, f"{due_before}:{days}", late, brought_forward=True)
    heard = calendar.first_working_day(due_before)
    lateness: Slot[Kind] = Slot("late", at(heard, times.time), f"{due_before}:late")
    yield lateness
    heard_on = local(planned(lateness, calendar)).date()  # later than due_before after days off
    first = Week.of(heard_on).monday + times.nudge_day * _DAY
    first += _WEEK * (first <= heard_on)
    for n in range(NUDGES):
        day = first + n * _WEEK
        yield Slot("nudge", at(day, times.time), f"{due_before}:{day}")


def _days_before(due_before: date, times: PromptTimes, calendar: Calendar) -> dict[date, int]:
    """When it is prompted before the deadline -> so many days before, as planned. On days off
    nobody signs a report: a prompt comes on the working day before, of several the last alone.
    """
    planned_days = {}
    for days in sorted(set(times.days), reverse=True):
        day = due_before - days * _DAY
        near = (day - back * _DAY for back in range(DAYS_OFF))
        planned_days[next((d for d in near if calendar.is_working_day(d)), day)] = days
    return planned_days


def _begins(year: int, day_month: tuple[int, int]) -> date:
    day, month = day_month
    return date(year, 3, 1) if _missing(year, day, month) else date(year, month, day)


def _ends(year: int, day_month: tuple[int, int]) -> date:
    day, month = day_month
    return date(year, 2, 28) if _missing(year, day, month) else date(year, month, day)


def _missing(year: int, day: int, month: int) -> bool:
    """29/2 in a year that has none."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (day, month) == (29, 2) and not leap
