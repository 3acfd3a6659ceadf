"""What is said at planned moments, and which of it is next: one rule for every kind of reminder.

A kind of reminder lists its slots; the service asks for the next one, sends it or waits, remembers
its tag and asks again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.core.rules.calendar import Calendar, at, local

Kind = TypeVar("Kind", bound=str)
DAYS_OFF = 30  # the longest row of days off that a slot may come before


@dataclass(frozen=True)
class Slot(Generic[Kind]):
    """Something to say, as planned on a calendar that knows no holidays. Moments are aware.

    `tag` is what to remember as sent. From `until` on it makes no sense; None: it always does.
    `binding`: it changes something, so nothing that was said since stands for it.
    `brought_forward`: what days off would put off beyond `until` comes before them.
    """

    kind: Kind
    due: datetime
    tag: str
    until: datetime | None = None
    binding: bool = False
    brought_forward: bool = False

    def makes_sense(self, moment: datetime) -> bool:
        return self.until is None or moment < self.until


def next_slot(
    slots: Iterable[Slot[Kind]],
    sent: frozenset[str],
    now: datetime,
    calendar: Calendar,
    *,
    since: datetime | None = None,
    once_a_day: bool = False,
) -> tuple[datetime, Slot[Kind]] | None:
    """The slot to say now (its moment ≤ `now`) or to wait for, with its moment (UTC); None when all
    is said.

    Of several that came due, as after a downtime, only the latest that still makes sense is given;
    whatever came due before one already sent, or up to `since`, is dropped. `once_a_day`: nothing
    is made up for on the day of the next one. Raises ValueError for a naive `now`.
    """
    local(now)  # refuses a naive moment before anything is compared with it
    slots = list(slots)
    past = [slot.due for slot in slots if slot.tag in sent]
    last = max([*past, *([since] if since else [])], default=None)
    waiting = [s for s in slots if s.binding or last is None or s.due > last]
    timed = [(_moment(slot, now, calendar), slot) for slot in waiting if slot.tag not in sent]
    timed = [(moment, slot) for moment, slot in timed if slot.makes_sense(max(moment, now))]
    if not timed:
        return None
    # What is due already counts as one moment: its latest slot stands for all of them.
    first = min(timed, key=lambda pair: (max(pair[0], now), now - pair[1].due))
    return _with_the_next_of_its_day(first, timed, now) if once_a_day else first


def planned(slot: Slot[Kind], calendar: Calendar) -> datetime:
    """When people may hear it (UTC)."""
    moment = calendar.next_speaking_moment(slot.due)
    if not slot.brought_forward or slot.makes_sense(moment):
        return moment
    wall = local(slot.due)
    for days in range(1, DAYS_OFF + 1):
        day = wall.date() - timedelta(days=days)
        earlier = calendar.next_speaking_moment(at(day, wall.time()))
        if slot.makes_sense(earlier):
            return earlier
    return moment


def _moment(slot: Slot[Kind], now: datetime, calendar: Calendar) -> datetime:
    """When it may be said: at its time, or when people may be written to again."""
    moment = planned(slot, calendar)
    if moment > now or calendar.may_speak(now):
        return moment
    return calendar.next_speaking_moment(now)


def _with_the_next_of_its_day(
    first: tuple[datetime, Slot[Kind]], timed: list[tuple[datetime, Slot[Kind]]], now: datetime
) -> tuple[datetime, Slot[Kind]]:
    """Of what is late, the one that is said on that day anyway."""
    moment, slot = first
    day = local(max(moment, now)).date()
    if local(slot.due).date() >= day:
        return first
    same = [pair for pair in timed if now < pair[0] and local(pair[0]).date() == day]
    return max([*same, first], key=lambda pair: pair[1].due)
