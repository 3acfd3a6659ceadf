"""Plain values about alerts and short reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.cases.rules.early_warning import SignKind
from bot.core.rules.letterhead import Head
from storage.models import Alert, Case, Person, QuickReport, Unit


@dataclass(frozen=True)
class OnDuty:
    """Whom to call on a day off. `by_list`: the office named them; else they lead the place."""

    name: str
    phone: str
    by_list: bool


@dataclass(frozen=True)
class AlertSeen:
    """An alert as those who lead see it. `unit`: the level that has the case; never the reporter.

    `case`: None where a report or a person raised it; `by`: that person's name. `leads` False:
    whoever raised it and does not lead, who may report on it and no more. `meet_by`: until when
    both sides are to be met, where words of a stoppage rang.

    `report_by`: when the short report is expected, where one is. `quotes`: the reader may know
    the phrases that rang and what the newest case is about. `notified`: names of those who lead and
    were sent it, known where somebody has just raised it.
    """

    alert: Alert
    case: Case | None
    unit: Unit
    site: Unit | None
    known_to: Sequence[str] = ()
    reports: Sequence[QuickReport] = ()
    report_by: datetime | None = None
    quotes: bool = True
    by: str = ""
    leads: bool = True
    may_judge: bool = False
    site_opens: bool = False  # the reader may read the page of the site
    meet_by: datetime | None = None
    duty: Sequence[OnDuty] = ()  # of an alert on a day off
    notified: Sequence[str] = ()

    @property
    def place(self) -> str:
        if self.site:
            return self.site.name
        return (self.case.site_words if self.case else "") or "cơ sở chưa rõ"

    @property
    def about_id(self) -> int | None:
        """The person whom the case complains about: they never hear of it."""
        return self.case.about_id if self.case else None


@dataclass(frozen=True)
class FalseWords:
    """Words that rang for nothing, and as what."""

    on: date
    kind: SignKind
    words: str


@dataclass(frozen=True)
class QuickFacts:
    """A short report with what stands around it; `number` is 1 for the first on an event.

    `head`: what the unit's papers carry (/thethuc).
    """

    report: QuickReport
    alert: Alert
    unit: Unit
    head: Head
    author: Person
    number: int = 1

    @property
    def stopped(self) -> bool:
        """Whether anybody has stopped work, now or before."""
        return self.report.taking_part != 0
