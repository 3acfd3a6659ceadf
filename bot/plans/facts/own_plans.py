"""What the cards of units' own plans and of difficulties show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.rules.programmes import Programme
from storage.models import Case, Unit, UnitPlan


@dataclass(frozen=True)
class NewPlan:
    """What the form hands in about a unit's own plan."""

    number: str
    issued: date
    words: str
    files: tuple[int, ...]


@dataclass(frozen=True)
class OwnPlan:
    """A unit's own plan for a plan in a year; `stored` None: nothing was registered. `units`: how
    many of those below there are, `registered`: how many registered theirs."""

    plan: Programme
    unit: Unit
    year: int
    stored: UnitPlan | None
    by: str
    may_register: bool
    units: int
    registered: int


@dataclass(frozen=True)
class PlanlessUnits:
    """The units below, those without a plan of their own first."""

    plan: Programme
    year: int
    rows: Sequence[tuple[Unit, bool]]
    registered: int
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class SentDifficulty:
    """Where a difficulty went. `receivers`: who was told, by name."""

    plan: Programme
    case: Case
    unit: str
    receivers: Sequence[str]
