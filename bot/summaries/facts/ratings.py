"""Plain values about the yearly ratings of CĐCS and of the unions above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.enums import Rating
from storage.models import Unit

BY_LEADER = "lãnh đạo quyết định"
"""The basis of a rating that follows no proposal."""


@dataclass(frozen=True)
class RatedUnit:
    """A unit's ratings: last year's, this year's, what is proposed for it and by whom.

    `proposal_id`: the newest proposal, 0 where there is none. `unions`: of a union above the sites,
    how its CĐCS are rated this year (None: not yet).
    """

    unit: Unit
    before: Rating | None
    rating: Rating | None
    proposal: Rating | None = None
    by: Sequence[str] = ()
    from_visits: int = 0
    proposal_id: int = 0
    decided_by: str = ""
    decided_at: datetime | None = None
    basis: str = ""
    unions: Mapping[Rating | None, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RatingList:
    """All that a unit rates in a year, the undecided ones first; `rows` is one page.

    `moves`: how many went up, stayed, went down since last year. `stamp`: of the open proposals.
    `others`: the other lists that are the reader's own, of who watches over a cluster.
    """

    unit: Unit
    year: int
    this_year: int
    rows: Sequence[RatedUnit]
    counts: Mapping[Rating | None, int]
    moves: tuple[int, int, int]
    proposals: int
    page: int
    pages: int
    decides: bool
    others: Sequence[Unit] = ()


@dataclass(frozen=True)
class ProposalsPreview:
    """The open proposals, to be decided as they are."""

    unit: Unit
    year: int
    rows: Sequence[RatedUnit]
    stamp: str


@dataclass(frozen=True)
class RatingPage:
    """One unit's rating of a year, and what the actor may do about it."""

    row: RatedUnit
    above: Unit
    year: int
    this_year: int
    decides: bool
    proposes: bool
