"""Plain values about alerts and short reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.models import Alert, Case, Person, QuickReport, Unit


@dataclass(frozen=True)
class AlertSeen:
    """An alert as those who lead see it. `unit`: the level that has the case; never the reporter.

    `report_by`: when the short report is expected, where one is. `quotes`: the reader may know
    the phrases that rang and what the newest case is about.
    """

    alert: Alert
    case: Case
    unit: Unit
    site: Unit | None
    known_to: Sequence[str] = ()
    reports: Sequence[QuickReport] = ()
    report_by: datetime | None = None
    quotes: bool = True

    @property
    def place(self) -> str:
        return self.site.name if self.site else self.case.site_words or "nơi chưa rõ"


@dataclass(frozen=True)
class QuickFacts:
    """A short report with what stands around it; `number` is 1 for the first on an event.

    `above`: the level the unit reports to, None for the province; `town`: where it is written.
    """

    report: QuickReport
    alert: Alert
    unit: Unit
    above: Unit | None
    author: Person
    number: int = 1
    town: str = ""
