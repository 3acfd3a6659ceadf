"""When to remind an officer about one planned visit (plan `sat-co-so`: every week, no excuses).

One reminder at a time: the service asks, sends or waits, remembers the tag and asks again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.core.rules.calendar import Calendar, Week, at, local
from bot.core.rules.slots import Slot, next_slot
from storage.enums import OPEN_STATUSES, VisitStatus

Kind = Literal["no_day", "eve", "morning", "unreported", "missed"]

_DAY = timedelta(days=1)
_NOON = time(12, 0)
_WEDNESDAY, _FRIDAY = 2, 4


@dataclass(frozen=True)
class RemindedVisit:
    """What a reminder depends on. `day`: the local day the officer set, None when not set."""

    week: Week
    status: VisitStatus
    day: date | None
    created_at: datetime
    """Aware. What came due before the visit was planned is not sent."""
    day_set_at: datetime | None = None
    """Aware. Whoever just set the day needs no reminder that came due before; None: not known,
    and then `created_at` stands for it."""
    waits_for_excuse: bool = False
    """The officer asked to be excused and waits for an answer: nothing is asked of them meanwhile,
    but the week ends all the same."""


@dataclass(frozen=True)
class ReminderTimes:
    """Wall times in Vietnam (proposed; configurable)."""

    no_day: time = time(15, 0)
    """Wednesday, when no day is set; makes sense until the report is asked for, and comes a day
    before that at the latest."""
    eve: time = time(17, 0)
    """The day before; makes sense until midnight."""
    morning: time = time(6, 45)
    """The day itself; makes sense until noon."""
    unreported: time = time(15, 0)
    """Friday, or the last working day before it where Friday is off; makes sense until midnight,
    for it asks for the report today."""
    unreported_weekend: time = time(17, 0)
    """Instead, for a visit set on that very day or a later one of the week: then, or on the first
    day after it that is no holiday; at 15:00 it may be under way."""
    missed: time = time(7, 0)
    """Next Monday; always makes sense, for it also closes the visit. The words ("last week") make
    sense until that week is over."""


@dataclass(frozen=True)
class Reminder:
    """One reminder due at a moment (UTC); `tag` is what to remember as sent.

    The tag of a reminder about a set day names the day ("eve:2026-11-18"), so that a visit
    moved to another day is reminded of again.
    """

    kind: Kind
    at: datetime
    tag: str
    until: datetime
    """From then on the words are wrong: they are not sent, though the reminder is over."""


def next_reminder(
    facts: RemindedVisit,
    sent: frozenset[str],
    now: datetime,
    times: ReminderTimes,
    calendar: Calendar,
) -> Reminder | None:
    """The reminder to send now (`at` ≤ now) or to wait for (`at` > now); None when all is done.

    `sent` holds the tags already sent. Of several that came due, as after a downtime, only
    the latest that still makes sense is given. Raises ValueError for a naive `now`.
    """
    local(now)  # refuses a naive moment before anything is compared with it
    if facts.status not in OPEN_STATUSES:
        return None
    heard = calendar.next_speaking_moment(facts.created_at)  # of the visit itself
    pair = next_slot(_slots(facts, times, calendar), sent, now, calendar, since=heard)
    if pair is None:
        return None
    moment, slot = pair
    return Reminder(slot.kind, moment, slot.tag, slot.until or _end_of_week_after(facts))


def _slots(facts: RemindedVisit, times: ReminderTimes, calendar: Calendar) -> Iterator[Slot[Kind]]:
    day = facts.day
    week = _week(facts)
    missed = Slot[Kind]("missed", at(week.next().monday, times.missed), "missed", binding=True)
    if facts.waits_for_excuse:
        yield missed
        return
    closing = _closing_day(week, calendar)
    if day is None:
        asked_on = min(week.days[_WEDNESDAY], closing - _DAY)
        until = at(closing, times.unreported)
        yield Slot("no_day", at(asked_on, times.no_day), "no_day", until)
    else:
        yield from _about_the_day(facts, day, times)
    if day is None or day < closing:
        midnight = at(closing + _DAY, time.min)
        yield Slot("unreported", at(closing, times.unreported), "unreported", midnight)
    elif heard_on := _first_day_to_speak(day, week, calendar):
        evening, midnight = at(heard_on, times.unreported_weekend), at(heard_on + _DAY, time.min)
        yield Slot("unreported", evening, f"unreported:{day}", midnight)
    yield missed


def _closing_day(week: Week, calendar: Calendar) -> date:
    """Friday, or the last working day before it in that week; Friday where there is none."""
    friday = week.days[_FRIDAY]
    last = calendar.last_working_day(friday)
    return last if last >= week.monday else friday


def _first_day_to_speak(day: date, week: Week, calendar: Calendar) -> date | None:
    """`day` or the first one after it in that week on which people are written to."""
    days = (later for later in week.days if later >= day and not calendar.is_holiday(later))
    return next(days, None)


def _about_the_day(facts: RemindedVisit, day: date, times: ReminderTimes) -> Iterator[Slot[Kind]]:
    eve = at(day - _DAY, times.eve)
    morning = at(day, times.morning)
    known_since = facts.day_set_at or facts.created_at
    if eve > known_since:
        yield Slot("eve", eve, f"eve:{day}", at(day, time.min))
    if morning > known_since:
        yield Slot("morning", morning, f"morning:{day}", at(day, _NOON))


def _week(facts: RemindedVisit) -> Week:
    """A visit moved into a later week is asked about in that week."""
    return facts.week if facts.day is None else max(facts.week, Week.of(facts.day))


def _end_of_week_after(facts: RemindedVisit) -> datetime:
    """Until then "last week" is the week of the visit."""
    return at(_week(facts).next().next().monday, time.min)
