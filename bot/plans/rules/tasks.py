"""Which of a plan's tasks a unit has, in which order they are seen, when one is reminded of.

Whose a task is, is the plan's to say (`levels`); the moments of the reminders are our own proposal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.core.rules.calendar import Calendar, at, local
from bot.core.rules.programmes import Task
from bot.core.rules.slots import DAYS_OFF, Slot, next_slot
from bot.plans.rules.departments import plain
from storage.enums import TaskState, UnitKind

Kind = Literal["soon", "due", "late"]
MORNING = time(7, 30)
SOON = timedelta(days=7)
LATE_AFTER = timedelta(days=1)
LATE_AGAIN = timedelta(days=7)


@dataclass(frozen=True)
class Place:
    """Where a unit stands. `direct`: right under the province; `department`: its name where it is
    one of the province's departments (Ban Tổ chức), else ""."""

    kind: UnitKind
    direct: bool = False
    department: str = ""


def levels_of(place: Place) -> frozenset[str]:
    """The words of `Task.levels` that fit the unit; an enterprise without a union has none."""
    match place.kind:
        case UnitKind.FEDERATION:
            return frozenset({"province"})
        case UnitKind.UPPER:
            return frozenset({"upper"})
        case UnitKind.SITE_UNION:
            return frozenset({"site", "direct_site"} if place.direct else {"site"})
    return frozenset()


def has_task(place: Place, task: Task) -> bool:
    """Whether the task is one of the unit's. A department has those that name it."""
    if not levels_of(place) & set(task.levels):
        return False
    return not place.department or plain(place.department) in plain(task.department)


def last_day(year: int) -> date:
    """By when a task is to be done where nobody says otherwise: the plans go by years."""
    return date(year, 12, 31)


def is_overdue(state: TaskState, due: date, now: datetime) -> bool:
    """Whether its last day is over in Vietnam. Raises ValueError for a naive `now`."""
    return state is TaskState.OPEN and due < local(now).date()


def urgency(state: TaskState | None, due: date | None, now: datetime) -> tuple[int, date]:
    """Late ones first, then those in hand by their day, those nobody took (None), what is over."""
    if state is None or due is None:
        return 2, date.max
    if state is TaskState.OPEN:
        return (0 if is_overdue(state, due, now) else 1), due
    return 3, due


@dataclass(frozen=True)
class TaskDay:
    """`due`: the last day. `since` (aware): when it was set."""

    due: date
    since: datetime


def next_reminder(
    day: TaskDay, sent: frozenset[str], now: datetime, calendar: Calendar
) -> tuple[datetime, Slot[Kind]] | None:
    """The reminder to send now or to wait for, as `next_slot` gives it: a week before, on the last
    day (the working day before where it is a day off), the day after and a week after, on working
    days. The tags name the day, so that another one is reminded of again.
    """
    since = calendar.next_speaking_moment(day.since)
    return next_slot(_slots(day.due, calendar), sent, now, calendar, since=since)


def _slots(due: date, calendar: Calendar) -> Iterator[Slot[Kind]]:
    days = (due - timedelta(days=back) for back in range(DAYS_OFF))
    last = next((day for day in days if calendar.is_working_day(day)), due)
    over = at(due + timedelta(days=1), time.min)
    soon = calendar.last_working_day(due - SOON)
    late, again = (calendar.first_working_day(due + wait) for wait in (LATE_AFTER, LATE_AGAIN))
    yield Slot("soon", at(soon, MORNING), f"soon:{due}", at(last, time.min))
    yield Slot("due", at(last, MORNING), f"due:{due}", over)
    yield Slot("late", at(late, MORNING), f"late:{due}")
    yield Slot("late", at(again, MORNING), f"late7:{due}")
