"""Plain values about figures suggested for sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.models import Unit


@dataclass(frozen=True)
class FiguresFacts:
    """What waits for a decision about one site.

    `present` and `suggested`: figure -> value (see bot/visits/rules/suggested_figures.py);
    `year`: of the rating. `newest_id`: the last suggestion seen here, so that none is decided
    unseen.
    """

    site: Unit
    present: Mapping[str, object]
    suggested: Mapping[str, object]
    year: int
    names: Sequence[str]
    newest_at: datetime
    newest_id: int


@dataclass(frozen=True)
class FiguresPage:
    """Sites about which something waits, a page of them. `first`: the first one's number."""

    rows: Sequence[FiguresFacts]
    first: int
    total: int
