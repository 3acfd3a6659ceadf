"""Plain values about emulation scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.summaries.rules.emulation import ScoreMeasure
from bot.summaries.rules.targets import Reached
from storage.models import Unit


@dataclass(frozen=True)
class Score:
    """One measure at one unit. `points` in tenths; None: no data, or nothing to count."""

    measure: ScoreMeasure
    reached: Reached | None
    points: int | None


@dataclass(frozen=True)
class UnitScores:
    """A unit's points and what it could get, both in tenths; `total` in tenths of a hundred points.
    `place`: its place among those listed, 0 where it has no total or nobody beside it has one."""

    unit: Unit
    scores: Sequence[Score]
    points: int
    possible: int
    total: int | None
    place: int = 0


@dataclass(frozen=True)
class ScoreList:
    """Units by their total, from the first day of the year to `day`; `rows` is one page, `units`
    all of them, `first` the number of the page's first row among them. `of_all`: the reader sees
    every union above the sites."""

    year: int
    this_year: int
    day: date
    measures: Sequence[ScoreMeasure]
    units: Sequence[UnitScores]
    rows: Sequence[UnitScores]
    page: int
    pages: int
    first: int = 1
    province: str = ""
    of_all: bool = True
