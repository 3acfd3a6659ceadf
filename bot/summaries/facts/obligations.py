"""What cards about owed reports show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.summaries.facts.summaries import subject_of
from bot.summaries.rules.obligations import counts_figures
from bot.summaries.rules.summaries import Section
from storage.models import Obligation, ReportRequest, Unit


@dataclass(frozen=True)
class PromptedObligation:
    """One unit's obligation on a day. `missing`: required sections without text."""

    obligation: Obligation
    unit: Unit
    receiver: Unit
    today: date
    missing: Sequence[Section] = ()
    writing_begun: bool = False
    returned: bool = False
    working_until: date | None = None
    """The last working day in time, where the last day itself is off (24/11, a Sunday)."""
    nobody_there: bool = False
    """Nobody of the unit has come in: who is in charge of the site reads it instead."""

    @property
    def subject(self) -> str:
        return subject_of(self.obligation)

    @property
    def counted(self) -> bool:
        """Figures of the report are counted from the data."""
        return self.obligation.request_id is None and counts_figures(self.unit.kind)

    @property
    def days(self) -> int:
        """Until the first late day: 1 on the last day in time, 0 and less when late."""
        return (self.obligation.due_before - self.today).days


@dataclass(frozen=True)
class LateFacts:
    """The units of one group that have sent nothing. `mute`: those that nobody can be told for."""

    obligation: Obligation
    receiver: Unit
    today: date
    late: Sequence[Unit]
    mute: frozenset[int]
    owing: int
    """How many units owe it at all, those excused left out."""

    @property
    def subject(self) -> str:
        return subject_of(self.obligation)


@dataclass(frozen=True)
class AskedFacts:
    """A request as it was sent out."""

    request: ReportRequest
    receiver: Unit
    due_before: date
    units: int
    mute: Sequence[Unit]
    obligation_id: int
    """Any one of the group."""


@dataclass(frozen=True)
class MovedFacts:
    """A deadline that was moved."""

    obligation: Obligation
    receiver: Unit
    before: date
