"""Plain values about what a number was counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.summaries.rules.figures import Figure


@dataclass(frozen=True)
class FigureEntry:
    """A line of the list: a visit, a site, a week, a case.

    `amount`: what it adds to the figure; None adds 1. `visit_id`: a visit that the actor may open.
    """

    head: str
    words: str = ""
    amount: int | None = None
    visit_id: int | None = None

    @property
    def worth(self) -> int:
        return 1 if self.amount is None else self.amount


@dataclass(frozen=True)
class Shared:
    """What a share is computed from: the figures and their values."""

    part: Figure
    part_value: int
    whole: Figure
    whole_value: int


@dataclass(frozen=True)
class Behind:
    """One page of what a figure was counted from. `value`: what the data says.

    `corrected`: (value, reason, who) that the unit put in its place. `shared`: for a share, which
    has no list of its own. `may_correct`: the actor may put another number in its place now.
    `since`: weeks are counted from this day on, on which the unit came into the list. `sent`: what
    was counted for the report that was sent, where the data says otherwise by now.
    """

    obligation_id: int
    unit: str
    figure: Figure
    first_day: date
    until: date
    value: int | None
    entries: Sequence[FigureEntry]
    page: int
    pages: int
    corrected: tuple[int, str, str] | None = None
    shared: Shared | None = None
    may_correct: bool = False
    since: date | None = None
    sent: int | None = None
