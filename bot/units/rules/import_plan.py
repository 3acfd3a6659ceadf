"""What a list of units says and what importing it would do, as data."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.enums import Rating

Values = Mapping[str, Any]

NOT_IN_FILE = 0  # the line of a unit that the program adds

# What a unit is when nothing is said.
NOTHING: Values = {
    "name": "",
    "kind": None,
    "parent": None,
    "level_name": "",
    "sector": "",
    "address": "",
    "latitude": None,
    "longitude": None,
    "workers": 0,
    "women": 0,
    "members": 0,
    "contact_name": "",
    "contact_phone": "",
    "sensitive": False,
    "officer": None,
    "officer_name": "",
    "weekly_quota": None,
    "cluster": "",
    "dissolved_on": None,
    "successor": None,
}
ENDING = ("dissolved_on", "successor")


@dataclass(frozen=True, order=True)
class Mistake:
    """What is wrong where; `column` is a key, "" when the row as a whole is meant."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class ImportRow:
    """One line of the file. `cells`: the filled-in cells; `parent`, `successor` are codes."""

    line: int
    code: str
    cells: Values


@dataclass(frozen=True)
class KnownUnit:
    """A unit as it is: `values` has the keys of NOTHING, `ratings` year -> rating."""

    code: str
    values: Values
    ratings: Mapping[int, Rating] = field(default_factory=dict)

    @property
    def dissolved(self) -> bool:
        return self.values["dissolved_on"] is not None


@dataclass(frozen=True)
class Change:
    """One unit before and after; `before` is None for a new one. `rating`: (year, rating).

    `follows`: nothing else changes; it goes along with the unit above it, which was merged.
    """

    line: int
    code: str
    before: Values | None
    after: Values
    rating_before: Rating | None = None
    rating: tuple[int, Rating] | None = None
    follows: str = ""  # the code of the dissolved unit that it lay under

    @property
    def ends(self) -> bool:
        """Whether this dissolves a unit, or says anew where a dissolved one went."""
        return self.after["dissolved_on"] is not None and not set(self.keys).isdisjoint(ENDING)

    @property
    def keys(self) -> list[str]:
        """What changes, in the order of the columns."""
        before = self.before or NOTHING
        return [key for key in NOTHING if before[key] != self.after[key]]

    @property
    def new_rating(self) -> bool:
        return self.rating is not None and self.rating[1] != self.rating_before


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. With `mistakes` it must not be done."""

    new: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    same: int = 0
    missing: int = 0
    warnings: tuple[Mistake, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def top(self) -> Change | None:
        """The top unit, where the import makes it though the file does not name it."""
        return next((change for change in self.new if change.line == NOT_IN_FILE), None)

    @property
    def altered(self) -> tuple[Change, ...]:
        """Known units that change otherwise than by an end, theirs or that of the one above."""
        return tuple(c for c in self.changed if not c.ends and not c.follows)

    @property
    def following(self) -> tuple[Change, ...]:
        """Units that only go along with the merged one above them."""
        return tuple(change for change in self.changed if change.follows)

    @property
    def ends(self) -> tuple[Change, ...]:
        """The units that are dissolved or merged."""
        return tuple(change for change in (*self.new, *self.changed) if change.ends)

    def digest(self) -> str:
        """The same for the same changes: what was seen is what is done."""
        changes = [
            [c.code, c.before and dict(c.before), dict(c.after), c.rating_before, c.rating]
            for c in (*self.new, *self.changed)
        ]
        return hashlib.sha256(
            json.dumps(changes, sort_keys=True, default=str).encode()
        ).hexdigest()[:16]
