"""Plain values about officers who ask to be excused from a visit."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.visits.facts.overview import ListPage
from bot.visits.facts.supervision import Decided


@dataclass(frozen=True)
class ExcuseRequest:
    """One wish; where its week is over, the visit counts as not made until somebody says yes."""

    subject: Decided
    week_is_over: bool


@dataclass(frozen=True)
class ExcuseRequests:
    rows: Sequence[ExcuseRequest]
    page: ListPage
