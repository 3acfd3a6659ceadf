"""What a target (chỉ tiêu) means for one unit and one year: how much is wanted, what is reached,
what would be due by a day, where the pace leads.

Three kinds. A **number** grows through its time ("5.746 đoàn viên"). A **growing share** does too:
of so many, how many have it by now ("CĐCS ở 54% DN"). A **rate** is asked of every day alike
("tuần nào cũng có lượt đi"): what is due is the whole of it at any time. Everything is compared in
whole numbers, never in rounded percents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.core.rules.programmes import Programme, Target
from storage.enums import UnitKind

RATES = frozenset({"visits_kept", "settled_in_time"})
OF_SITES = frozenset({"members_gained", "declared"})
"""What can be said of a single CĐCS; visits and cases are its upper union's."""
SPLIT = frozenset({"members_gained", "new_unions"})
"""Numbers that a province shares out among its units."""
FEW_DAYS = 56
"""Eight weeks: with less behind it a pace says nothing."""


@dataclass(frozen=True)
class Frame:
    """The days that a year's target is counted over, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def elapsed(self, day: date) -> int:
        """How many of them are over by the end of `day`."""
        return min(max((day - self.first).days + 1, 0), self.days)


@dataclass(frozen=True)
class Reached:
    """What the data says: `value`, and of how many where it is a share (0: of nothing yet)."""

    value: int
    of: int | None = None


def is_asked(target: Target, plan: Programme, year: int) -> bool:
    """Whether the plan asks for it in this year; nothing before it starts or after it has ended."""
    within = plan.starts.year <= year and (plan.ends is None or year <= plan.ends.year)
    return within and target.asked_in(year)


def whole_span(target: Target, plan: Programme) -> Frame:
    """From the target's first day to its last: its years, within the plan's time."""
    first = date(target.first_year, 1, 1) if target.first_year else plan.starts
    last = date(target.last_year, 12, 31) if target.last_year else plan.ends or date.max
    return Frame(max(first, plan.starts), min(last, plan.ends) if plan.ends else last)


def frame_of(target: Target, plan: Programme, year: int) -> Frame:
    """The days that count for a year. A share of the whole time is counted from its beginning, and
    everything else from the year's."""
    span = whole_span(target, plan)
    first = date(year, 1, 1)
    through = target.per == "span" and target.measure == "%"
    return Frame(
        span.first if through else max(span.first, first), min(span.last, date(year, 12, 31))
    )


def plan_asks(target: Target, plan: Programme, year: int) -> int:
    """What the plan itself asks of all in this year. What it asks by the end of a longer time is
    spread over its days: years add up to the whole, and a share grows to it."""
    if target.per != "span":
        return target.value
    span = whole_span(target, plan)
    until = span.elapsed(date(year, 12, 31))
    if target.measure == "%":
        return -(-target.value * until // span.days)
    before = span.elapsed(date(year - 1, 12, 31))
    return target.value * until // span.days - target.value * before // span.days


def sum_of_years(target: Target, plan: Programme, chosen: Mapping[int, int]) -> int:
    """What all years of its time add up to. `chosen`: year -> what was set for it; the others are
    as the plan asks."""
    span = whole_span(target, plan)
    years = range(span.first.year, span.last.year + 1)
    return sum(chosen.get(year, plan_asks(target, plan, year)) for year in years)


def is_share(target: Target) -> bool:
    """Whether what is reached is so many of so many."""
    return target.measure == "%" or target.counts == "visits_kept"


def percent_asked(target: Target, wanted: int) -> int:
    """A share as percent: one visit every week is all of the weeks."""
    return 100 if target.counts == "visits_kept" else wanted


def is_for(target: Target, kind: UnitKind, *, direct: bool) -> bool:
    """Whether the target can be followed at a unit of this kind; `direct`: it stands directly under
    the province. An enterprise without a union has none."""
    if kind in (UnitKind.FEDERATION, UnitKind.UPPER):
        return True
    if kind is not UnitKind.SITE_UNION:
        return False
    return target.counts in OF_SITES if direct else target.counts == "members_gained"


def split(amount: int, weights: Mapping[int, int]) -> dict[int, int]:
    """The amount shared out by weight, in whole numbers that add up to it: each its whole part, and
    what is left to the largest remainders (the heavier first, then the lower id). All alike where
    nobody weighs anything."""
    if not weights:
        return {}
    whole = sum(weights.values())
    shares = dict(weights) if whole else dict.fromkeys(weights, 1)
    whole = whole or len(weights)
    parts = {key: amount * weight // whole for key, weight in shares.items()}
    left = amount - sum(parts.values())
    order = sorted(shares, key=lambda key: (-(amount * shares[key] % whole), -shares[key], key))
    for key in order[:left]:
        parts[key] += 1
    return parts


def left_to_win(target: Target, kind: UnitKind, workers: int, members: int) -> int:
    """What a site can still add to a number that is shared out: its workers who are in no union, or
    itself where it has none yet."""
    if target.counts == "new_unions":
        return int(kind is UnitKind.ENTERPRISE)
    return max(0, workers - members)


def whole_goal(target: Target, wanted: int, reached: Reached) -> int:
    """What has to be reached in the end, in the measure of what is reached: 54 % of 3 are 2, for 1
    of them is a third."""
    if is_share(target):
        return -(-(reached.of or 0) * percent_asked(target, wanted) // 100)
    return wanted


def due(target: Target, wanted: int, frame: Frame, day: date, reached: Reached) -> int:
    """What would be reached by the end of `day` at an even pace, in the measure of what is reached;
    rounded down, so that on the way nobody is late by a fraction. On the last day: the goal."""
    days = frame.days if target.counts in RATES else frame.elapsed(day)
    return whole_goal(target, wanted, reached) * days // frame.days


class Outlook(StrEnum):
    """Why there is no forecast."""

    FEW = "few"  # too little behind it
    RATE = "rate"  # asked of every day alike: it stands where it stands
    DECLARED = "declared"  # comes in at once, not by a pace
    OVER = "over"  # the time is over
    CLOSE = "close"  # on pace, and by less than one: one more or less turns the forecast


def forecast(
    target: Target, reached: Reached, frame: Frame, known_since: date, day: date
) -> int | Outlook:
    """What is reached on the last day if it goes on as it has, and no faster.

    The pace is that of the days since the beginning or, where we know the unit for less long, since
    then. A share never comes to more than all.
    """
    if target.counts == "declared":
        return Outlook.DECLARED
    if target.counts in RATES:
        return Outlook.RATE
    if day >= frame.last:
        return Outlook.OVER
    behind = (day - max(frame.first, known_since)).days + 1
    if behind < FEW_DAYS or reached.of == 0:
        return Outlook.FEW
    ahead = (frame.last - day).days
    then = reached.value + reached.value * ahead // behind
    return then if reached.of is None else min(then, reached.of)


class Pace(StrEnum):
    """How a unit stands."""

    BEHIND = "behind"
    ON = "on"
    UNKNOWN = "unknown"  # no data
    NOTHING = "nothing"  # nothing that it is asked of has come up
    NOT_SET = "not_set"  # no number was given to the unit


def pace(
    target: Target, wanted: int | None, frame: Frame, day: date, reached: Reached | None
) -> Pace:
    """Behind: less than what is due by the end of `day`."""
    if reached is None:
        return Pace.UNKNOWN
    if wanted is None:
        return Pace.NOT_SET
    if reached.of == 0:
        return Pace.NOTHING
    return Pace.BEHIND if reached.value < due(target, wanted, frame, day, reached) else Pace.ON


def fitting(then: int | Outlook, standing: Pace, wanted: int | None) -> int | Outlook:
    """The forecast beside the pace: whoever is not behind is not told that they will miss the goal
    (`wanted`), for the rest of a fraction that is not due yet decides that."""
    missing = isinstance(then, int) and wanted is not None and then < wanted
    return Outlook.CLOSE if standing is Pace.ON and missing else then


def together(parts: Iterable[Reached | None]) -> Reached | None:
    """Several units as one; None where nobody has data."""
    with_data = [part for part in parts if part is not None]
    if not with_data:
        return None
    ofs = [part.of for part in with_data if part.of is not None]
    return Reached(sum(part.value for part in with_data), sum(ofs) if ofs else None)


def course(gains: Mapping[date, int], frame: Frame, day: date) -> list[tuple[date, int]]:
    """What was reached by the end of each month and on `day`: to draw beside the straight line."""
    points, total = [], 0
    ends = [end for end in _month_ends(frame) if end < day] + [min(day, frame.last)]
    ordered = sorted(gains.items())
    for end in ends:
        while ordered and ordered[0][0] <= end:
            total += ordered.pop(0)[1]
        points.append((end, total))
    return points


def months_ahead(frame: Frame, day: date) -> list[date]:
    """The last days of the months that end after `day`, as far as the target goes."""
    return [end for end in _month_ends(frame) if end > day]


def _month_ends(frame: Frame) -> list[date]:
    ends, first = [], frame.first.replace(day=1)
    while first <= frame.last:
        following = (first + timedelta(days=32)).replace(day=1)
        ends.append(min(following - timedelta(days=1), frame.last))
        first = following
    return ends
