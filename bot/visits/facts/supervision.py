"""Plain values about what a supervisor decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core.rules.calendar import Week
from storage.enums import VisitStatus
from storage.models import Person, Unit, Visit


@dataclass(frozen=True)
class Decided:
    """A visit as it stands after a decision, whose it is and where it leads. `reached`: messages
    come to the officer, who came in and blocks nothing."""

    visit: Visit
    site: Unit
    officer: Person
    reached: bool = True

    @property
    def week(self) -> Week:
        return Week.of(self.visit.week)


@dataclass(frozen=True)
class VisitOnCard:
    """Whose visit and where to, by their ids, as the pressed card showed it; 0: it does not say."""

    officer: int = 0
    site: int = 0


@dataclass(frozen=True)
class Candidate:
    """An officer who could take a visit over. `reached`: see Decided."""

    person: Person
    open: int
    on_leave: bool
    local: bool  # their own area covers the site
    reached: bool
    fates: Collection[VisitStatus] = ()  # what became of their visits this week


@dataclass(frozen=True)
class Handing:
    """A visit to be given to somebody else."""

    now: Decided
    candidates: Sequence[Candidate]
    page: int
    more: bool


@dataclass(frozen=True)
class Deferral:
    """A visit put off, or about to be, from one week to another. `others`: who goes there then."""

    decided: Decided
    week: Week
    former: Week
    others: Sequence[str] = ()
