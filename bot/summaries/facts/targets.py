"""Plain values about targets: what services return, cards show and pictures are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.rules.programmes import Programme, Target
from bot.summaries.rules.targets import Frame, Outlook, Pace, Reached
from storage.models import Declaration, Unit


@dataclass(frozen=True)
class TargetLine:
    """One target of a plan at one unit in one year, as of the end of `day`.

    `position`: in the plan's file. `wanted` None: the unit was given no number. `set_by` and
    `set_at`: who set it; "" and None: it is what the plan asks, by an even spread where that is for
    a longer time. `due`: what an even pace would have reached by `day`, in the measure of
    `reached`. `newest` and `accepted`: what the unit declared. `units` and `units_known`: of how
    many units a result of the whole province is put together, and of how many there is one.
    """

    plan: Programme
    position: int
    target: Target
    unit: Unit
    year: int
    day: date
    frame: Frame
    wanted: int | None
    reached: Reached | None
    due: int | None
    outlook: int | Outlook | None
    pace: Pace
    set_by: str = ""
    set_at: datetime | None = None
    newest: Declaration | None = None
    accepted: Declaration | None = None
    units: int = 0
    units_known: int = 0


@dataclass(frozen=True)
class UnitTargets:
    """A unit's targets of one plan in one year. `below`: how many units answer to it for them."""

    plan: Programme
    unit: Unit
    year: int
    this_year: int
    lines: Sequence[TargetLine]
    below: int


@dataclass(frozen=True)
class PlansWithTargets:
    """The plans in force that ask something of a unit, each with how many of its targets lag.
    `others`: further units that are the reader's own, of who watches over a cluster.
    """

    unit: Unit
    day: date
    plans: Sequence[tuple[Programme, int, int]]  # plan, targets, lagging
    others: Sequence[Unit] = ()


@dataclass(frozen=True)
class UnitsOfTarget:
    """One target at the units below one unit: those that lag first; `lines` is one page.
    `of_cluster`: the unit is one of them.
    """

    whole: TargetLine
    lines: Sequence[TargetLine]
    counts: dict[Pace, int]
    page: int
    pages: int
    may_set: bool
    of_cluster: bool = False


@dataclass(frozen=True)
class SetValue:
    """What a target was set to: by whom, when."""

    value: int
    by: str
    at: datetime
    by_split: bool


@dataclass(frozen=True)
class Declared:
    """A declaration with the names of those who made and decided it."""

    stored: Declaration
    by: str
    decided_by: str


@dataclass(frozen=True)
class Course:
    """What a picture of a target is drawn from: what was reached by the end of each month and today
    (`points`), the straight line from nothing on the day before `frame.first` to `wanted` on
    `frame.last`, and the forecast for `frame.last` where there is one."""

    line: TargetLine
    points: Sequence[tuple[date, int]]
    months_ahead: Sequence[date] = ()  # their last days

    @property
    def straight(self) -> tuple[tuple[date, int], tuple[date, int]] | None:
        if self.line.wanted is None:
            return None
        return (self.line.frame.first, 0), (self.line.frame.last, self.line.wanted)


@dataclass(frozen=True)
class TargetPage:
    """One target at one unit: all there is to say and to do about it."""

    line: TargetLine
    history: Sequence[SetValue]  # the newest first
    declared: Sequence[Declared]  # the newest first
    below: int
    may_set: bool
    may_split: bool
    may_declare: bool
    decides: int = 0  # the declaration that waits for the actor's decision
    room: int | None = None  # how much the unit can reach at most, where it was given more
    all_years: int | None = None  # of the province: what the years of the whole time add up to


@dataclass(frozen=True)
class Part:
    """What one unit would get: `room` is what is shared out by: how many could become members, or
    enterprises get a union, within the target's time; `before`: what it has now."""

    unit: Unit
    room: int
    value: int
    before: int | None

    @property
    def too_much(self) -> bool:
        """More than the unit can reach by the figures at hand."""
        return self.value > self.room


@dataclass(frozen=True)
class SplitPreview:
    """A number shared out among the units below, before anybody has it. `stamp`: of just these;
    `own`: what a province itself has now, which becomes `total`; none for other units."""

    plan: Programme
    place: int  # of the plan among the active ones
    position: int
    target: Target
    unit: Unit
    year: int
    total: int
    parts: Sequence[Part] = field(default_factory=tuple)
    stamp: str = ""
    own: int | None = None

    @property
    def room(self) -> int:
        """Of all units that it is shared out among."""
        return sum(part.room for part in self.parts)
