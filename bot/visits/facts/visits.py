"""Plain values that services return and messages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.cases.facts.site_requests import AskedFor
from bot.core.labels import STATUSES, TopicWords
from bot.core.rules.calendar import Calendar, Week
from bot.visits.facts.promises import PromiseCounts
from storage.enums import OPEN_STATUSES, VisitStatus
from storage.models import Case, Promise, ReportTopic, Unit, Visit, VisitReport


def status_words(visit: Visit) -> str:
    """How a visit stands; what was allowed is not its officer's own word."""
    allowed = visit.status is VisitStatus.EXCUSED and visit.excused_by is not None
    return "được phép không đi" if allowed else STATUSES[visit.status]


@dataclass(frozen=True)
class LastReport:
    """What the last visit to a site found."""

    report: VisitReport
    topics: Sequence[ReportTopic]


@dataclass(frozen=True)
class VisitFacts:
    """One visit as its officer sees it."""

    visit: Visit
    site: Unit
    week: Week
    last: LastReport | None
    open_cases: Sequence[Case]
    days: Sequence[date]  # the days of its week that can still be set
    reportable: bool
    correctable: bool
    topic_words: TopicWords
    calendar: Calendar
    excused_by: str = ""  # the leader who allowed that it does not take place
    deferrable: bool = False  # may be put off to the next week
    promises: Sequence[tuple[Promise, bool]] = ()
    """Of the site and still open, the earliest day first; whether each is overdue."""
    requests: Sequence[AskedFor] = ()  # by the site's committee, and perhaps done by this visit


OpenForm = tuple[int, str, Mapping[str, Any]]
"""A form left lying: the draft's id, the form's name, what it is about."""


@dataclass(frozen=True)
class OfficerWeek:
    """An officer's home: this week's visits, older ones that can still be reported, drafts.

    `unreported`: of earlier weeks, also where a Monday morning or days off have yet to call them
    missed.
    """

    week: Week
    visits: Sequence[tuple[Visit, Unit]]
    unreported: Sequence[tuple[Visit, Unit]]
    drafts: Sequence[OpenForm]  # the one touched last first
    promises: PromiseCounts
    excused: Mapping[int, str] = field(default_factory=dict)
    """Visit -> the leader who allowed that it does not take place."""

    @property
    def to_report(self) -> list[tuple[Visit, Unit]]:
        """What waits for a report: this week's open visits, then the older ones."""
        return [(v, s) for v, s in self.visits if v.status in OPEN_STATUSES] + list(self.unreported)


@dataclass(frozen=True)
class Submitted:
    """A report that was taken. `cases`: what its versions brought; `troubles`: the topics in
    trouble that no case was made of, by key; `alert_id`: the alert that its words raised;
    `requests`: what the site's committee asked for and the visit may have been the answer to.
    """

    visit: Visit
    site: Unit
    report: VisitReport
    cases: Sequence[Case]
    troubles: Sequence[str]
    files: int
    topic_words: TopicWords
    alert_id: int | None = None
    requests: Sequence[AskedFor] = ()


@dataclass(frozen=True)
class ReportFacts:
    """A report with what hangs on it. `troubles`: topics that whoever reads may make a case of;
    `requests`: as in `Submitted`."""

    report: VisitReport
    site: Unit
    topics: Sequence[ReportTopic]
    files: int
    topic_words: TopicWords
    troubles: Sequence[str] = ()
    notes: Sequence[tuple[str, str, datetime, str]] = ()  # what was said about it since
    may_answer: bool = False
    requests: Sequence[AskedFor] = ()
