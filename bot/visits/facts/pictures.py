"""Plain values that the overview's pictures are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.rules.calendar import Week
from bot.visits.facts.overview import View
from bot.visits.rules.overview import WeekTally
from bot.visits.rules.pictures import SinceVisit


@dataclass(frozen=True)
class PictureChoice:
    """The pictures of a view that whoever looks may have. `period`: of which the view is the last
    week, empty for the week itself."""

    view: View
    kinds: Sequence[str]
    period: str = ""


@dataclass(frozen=True)
class WeeksFacts:
    """Visits week by week, the oldest first. `running`: the week that is not over yet."""

    view: View
    weeks: Sequence[tuple[Week, WeekTally]]
    running: Week


@dataclass(frozen=True)
class ReachFacts:
    """Sites by how long ago somebody was there: of each unit one step down, the lowest share of the
    last 12 weeks first, and of all together."""

    view: View
    units: Sequence[tuple[str, Mapping[SinceVisit, int]]]
    every: Mapping[SinceVisit, int]


@dataclass(frozen=True)
class PlacedSite:
    """`weeks` since the last visit, None: none on record. `exact`: the site's own position, else
    that of its ward's centre; none where neither is known. `unionless`: an enterprise that had no
    union yet in the week that is shown."""

    name: str
    weeks: int | None
    position: tuple[float, float] | None
    exact: bool
    unionless: bool = False


@dataclass(frozen=True)
class MapFacts:
    """`ground`: centres of wards, to show the shape of the land."""

    view: View
    sites: Sequence[PlacedSite]
    names: Sequence[tuple[str, tuple[float, float]]]
    ground: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class AgesFacts:
    """Open cases: (category, counts by age), few ones together; how many are left out for that."""

    view: View
    rows: Sequence[tuple[str, Sequence[int]]]
    left_out: int


@dataclass(frozen=True)
class WaitsFacts:
    """Settled cases: ((year, month), counts by days waited, median of the days)."""

    view: View
    months: Sequence[tuple[tuple[int, int], Sequence[int], int]]


@dataclass(frozen=True)
class MembersFacts:
    """Members on the last day of each month, today for the running one; how they stand to a plan's
    target is the target's own picture. `listed_since`: those of today at sites that the list of
    units has only since the first month with members: they were there before, unknown.
    """

    view: View
    months: Sequence[tuple[date, int]]
    listed_since: int = 0


AnyPicture = WeeksFacts | ReachFacts | MapFacts | AgesFacts | WaitsFacts | MembersFacts
