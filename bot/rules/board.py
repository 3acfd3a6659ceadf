"""How far a unit is with a report that it owes, and what units add up to together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.figures import BY_KEY, Numbers, Sort, total
from bot.rules.papers import Paper, UnitRow
from bot.rules.summaries import SummaryState


class Standing(StrEnum):
    """Most pressing first; a list of units comes in this order."""

    LATE = "late"  # never sent, and the deadline has passed
    NOT_BEGUN = "not_begun"
    WRITING = "writing"
    RETURNED = "returned"
    SENT = "sent"  # waits for a decision
    ACCEPTED = "accepted"
    EXCUSED = "excused"


ORDER: Sequence[Standing] = tuple(Standing)
NEVER_SENT = frozenset({Standing.LATE, Standing.NOT_BEGUN, Standing.WRITING})
MISSING = NEVER_SENT | {Standing.RETURNED}
"""Something has still to come from the unit."""


@dataclass(frozen=True)
class Owed:
    """What is known of one obligation. `begun`: something was written; `sent`: ever."""

    due_before: date
    state: SummaryState = SummaryState.WRITING
    begun: bool = False
    sent: bool = False
    excused: bool = False


def standing(owed: Owed, today: date) -> Standing:
    """`due_before` itself is late: "trước ngày 15/12" ends with 14/12.

    A unit that sent although it was excused stands as sent: what it did is not hidden. A returned
    one answered once, so it is not called late again.
    """
    if owed.sent:
        return Standing(owed.state) if owed.state != SummaryState.WRITING else Standing.RETURNED
    if owed.excused:
        return Standing.EXCUSED
    if today >= owed.due_before:
        return Standing.LATE
    return Standing.WRITING if owed.begun else Standing.NOT_BEGUN


def counted(paper: Paper, *, levels: bool = True) -> Numbers:
    """The numbers of a paper as the unit signed them; without levels for a unit that was merged:
    what stands today stands with its successor.
    """
    numbers = paper.numbers
    values = paper.values if levels else _without_levels(paper.values)
    return Numbers(values, numbers.topics, numbers.categories, numbers.ratings)


def total_of(rows: Iterable[UnitRow]) -> Numbers:
    """All rows added up: of rows that do not count, only what happened, not what stands."""
    return total(counted(row.paper, levels=row.counts) for row in rows)


def before_of(rows: Iterable[UnitRow]) -> Numbers | None:
    """Last year's numbers of all rows that have any; None where no row has."""
    known = [
        before if row.counts else _flows(before)
        for row in rows
        if (before := row.paper.before) is not None
    ]
    return total(known) if known else None


def _flows(numbers: Numbers) -> Numbers:
    values = _without_levels(numbers.values)
    return Numbers(values, numbers.topics, numbers.categories, numbers.ratings)


def _without_levels(values: Mapping[str, int]) -> dict[str, int]:
    return {k: v for k, v in values.items() if BY_KEY[k].sort is not Sort.LEVEL}
