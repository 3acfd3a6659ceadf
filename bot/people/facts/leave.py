"""Plain values about leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.models import Unit, Visit

PlannedVisit = tuple[Visit, Unit]


@dataclass(frozen=True)
class EnteredLeave:
    """A leave as it stands now, and what it does to visits that are planned already."""

    leave_id: int
    first: date
    last: date
    merged: bool  # with one entered before
    handed_over: Sequence[PlannedVisit]  # weeks without a day left: the supervisors were asked
    clashes: Sequence[PlannedVisit]  # visits set for a day of the leave: to be set anew
    supervisors_told: int  # how many supervisors were told
