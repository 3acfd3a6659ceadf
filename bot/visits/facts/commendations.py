"""Plain values about what reports propose to commend, and good practices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.visits.facts.overview import ListPage
from storage.models import Commendation, Person, Unit


@dataclass(frozen=True)
class CommendationFacts:
    """One proposal, the site it is from, who proposed it. `unit`: the one that decides now;
    `above`: whether a leader above it can be asked instead.
    """

    row: Commendation
    site: Unit
    proposer: Person
    unit: Unit
    above: bool = False
    may_release: bool = False


@dataclass(frozen=True)
class WaitingCommendations:
    """`accepted`: for the paper, those since the day `since`."""

    rows: Sequence[tuple[Commendation, Unit, Person]]
    page: ListPage
    total: int
    accepted: Sequence[tuple[Commendation, Unit, Person]]
    since: date


@dataclass(frozen=True)
class Practices:
    """Good practices that were released; a site without its name is None."""

    rows: Sequence[tuple[Commendation, str]]
    page: ListPage
