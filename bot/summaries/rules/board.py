"""How far a unit is with a report that it owes, and what units add up to together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.summaries.rules.figures import Numbers, total, without_sites
from bot.summaries.rules.papers import Paper, UnitRow
from storage.enums import EDITABLE, SummaryState


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
class ObligationState:
    """What is known of one obligation. `writing_begun`: something was written; `sent`: ever."""

    due_before: date
    state: SummaryState = SummaryState.WRITING
    writing_begun: bool = False
    sent: bool = False
    excused: bool = False


def standing(facts: ObligationState, today: date) -> Standing:
    """`due_before` itself is late: "trước ngày 15/12" ends with 14/12.

    A unit that sent although it was excused stands as sent: what it did is not hidden. A returned
    one answered once, so it is not called late again; excused since, nothing has to come any more.
    """
    if facts.sent and not (facts.excused and facts.state in EDITABLE):
        return Standing(facts.state) if facts.state != SummaryState.WRITING else Standing.RETURNED
    if facts.excused:
        return Standing.EXCUSED
    if today >= facts.due_before:
        return Standing.LATE
    return Standing.WRITING if facts.writing_begun else Standing.NOT_BEGUN


def counted(paper: Paper, *, sites: bool = True) -> Numbers:
    """The numbers of a paper as the unit signed them; without its sites for a unit that was
    merged: what stands today stands with its successor.
    """
    numbers = paper.numbers
    signed = Numbers(
        values=paper.values,
        topics=numbers.topics,
        categories=numbers.categories,
        ratings=numbers.ratings,
    )
    return signed if sites else without_sites(signed)


def total_of(rows: Iterable[UnitRow]) -> Numbers:
    """All rows added up: of rows that do not count, only what happened, not what stands."""
    return total(counted(row.paper, sites=row.counts) for row in rows)


def before_of(rows: Iterable[UnitRow]) -> Numbers | None:
    """Last year's numbers of all rows that have any; None where no row has. What a merged unit had
    then stands in its own row: its successor's last year does not hold it.
    """
    numbers = [row.paper.before for row in rows if row.paper.before is not None]
    return total(numbers) if numbers else None


def taken_over(unit: int, papers: Mapping[int, Paper], links: Mapping[int, int]) -> bool:
    """Whether a unit that this one was merged into, also through others, reports for it too.

    `papers` by unit. What a successor had sent before the merger holds nothing of this unit.
    """
    key, checked = unit, set[int]()
    while (key := links.get(key, 0)) and key not in checked:
        if key in papers and unit in (papers[key].speaks_for or (unit,)):
            return True
        checked.add(key)
    return False
