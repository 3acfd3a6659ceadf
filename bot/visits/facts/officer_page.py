"""Plain values about one officer's weeks."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.visits.facts.overview import ListedVisit, ListPage
from storage.models import Person


@dataclass(frozen=True)
class OfficerRecord:
    """What became of an officer's visits of some weeks. `done`, `late`, `excused`, `missed` are
    parts of `due`; `agreed`: a leader agreed that they need not take place; `weeks_met` of `weeks`
    with visits asked for had all of them made, wherever they led. `elsewhere`: so many of the
    visits asked for lie outside of what the reader sees."""

    due: int
    done: int
    late: int
    excused: int
    missed: int
    agreed: int
    unplanned: int
    weeks: int = 0
    weeks_met: int = 0
    streak: int = 0
    elsewhere: int = 0


@dataclass(frozen=True)
class OfficerPage:
    """An officer's visits, the newest first; `own`: they look at themselves. Each with whether it
    may be opened by whoever looks."""

    person: Person
    own: bool
    record: OfficerRecord
    rows: Sequence[tuple[ListedVisit, bool]]
    page: ListPage
