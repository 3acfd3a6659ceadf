"""Plain values about what was promised at sites."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.models import Promise, Unit


@dataclass(frozen=True)
class SitePromise:
    """One promise at its site. `overdue`: its last day is over. `may_tick`: by whoever looks."""

    promise: Promise
    site: Unit
    overdue: bool
    may_tick: bool = True


@dataclass(frozen=True)
class PromiseList:
    """A page of open promises. `first`: the number of its first row, from 1."""

    rows: Sequence[SitePromise]
    first: int
    more: bool


@dataclass(frozen=True)
class PromiseCounts:
    """Of one officer: all that are open, and how many of them are overdue."""

    open: int
    overdue: int
