"""Plain values that the overview's services return and its cards show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.cases.facts.cases import CasesThere, Pressing
from bot.core.labels import TOPICS, TopicWords
from bot.core.rules.calendar import Week
from bot.core.rules.quotas import EVERY_SECOND_WEEK, in_words
from bot.visits.facts.promises import SitePromise
from bot.visits.rules.overview import Coverage, WeekTally
from storage.models import Person, ReportTopic, StoredFile, Unit, Visit, VisitReport


@dataclass(frozen=True)
class View:
    """What is looked at: a week of one unit, or (unit 0) of everything one is in charge of."""

    week: Week
    unit_id: int = 0
    name: str = ""
    above_id: int | None = None  # where "up" leads; None: this is the top
    topic_words: TopicWords = field(default_factory=lambda: TOPICS, repr=False)

    @property
    def is_top(self) -> bool:
        """Everything that whoever looks is in charge of."""
        return self.above_id is None

    @property
    def key(self) -> str:
        """The part of a button's data that names it."""
        return f"{self.week.monday:%Y%m%d}:{self.unit_id}"


@dataclass(frozen=True)
class Gains:
    """What is good: unions founded, proposals to commend brought by reports, good practices
    released for every unit."""

    unions: int = 0
    commendations: int = 0
    practices: int = 0


@dataclass(frozen=True)
class WeekFacts:
    """One week at a glance."""

    view: View
    current: Week
    tally: WeekTally
    coverage: Coverage
    sums: Mapping[str, int]  # column of the reports -> its sum, see DIGESTS
    flagged: int
    proposals: int
    troubles: Sequence[tuple[str, Sequence[str]]]  # (topic, sites), the most sites first
    praise: Sequence[tuple[str, int]]  # (officer, weeks in a row)
    unreachable: Sequence[str]
    undelivered: Sequence[tuple[str, int]]  # (person, messages given up this week)
    promises_overdue: int  # as it is now, whichever week is looked at; 0 for other weeks
    short: Sequence[tuple[str, int]]  # (officer, visits missing for want of sites)
    planned: bool
    off: bool  # a week without a working day
    has_units: bool
    recruits: bool = False  # whoever looks sees enterprises on their way to a union
    before: Sequence[tuple[Week, WeekTally]] = ()  # the weeks before with visits, the latest first
    year_before: WeekTally = field(default_factory=WeekTally)  # the week of this number
    reminds: bool = False  # whoever looks may remind officers of their reports
    gains: Gains = field(default_factory=Gains)
    unopened: Sequence[tuple[str, int]] = ()  # (person, notices nobody came to read), as it is now
    pressing: Pressing = field(default_factory=Pressing)  # of whoever looks or the unit, as of now


@dataclass(frozen=True)
class ListPage:
    """Where in a list: pages from 0."""

    number: int
    more: bool


@dataclass(frozen=True)
class ListedVisit:
    """One visit in a list, with what the list is about in words."""

    visit: Visit
    site: Unit
    officer: Person
    report: VisitReport | None
    words: Sequence[str] = ()
    excused_by: str = ""  # the leader who allowed that it does not take place


@dataclass(frozen=True)
class ListFacts:
    view: View
    kind: str
    value: str
    title: str
    rows: Sequence[ListedVisit]
    page: ListPage
    to_remind: int | None = None  # officers; None: nobody here is reminded by whoever looks


@dataclass(frozen=True)
class OfficerRow:
    """One officer's week. `planned` and `done` count visits anywhere, not only in this view."""

    person: Person
    quota: int
    planned: int
    done: int
    quota_met: bool
    streak: int
    away: Sequence[tuple[date, date]]  # leaves that touch the week
    came_in: bool  # else there is no address to write to

    @property
    def quota_words(self) -> str:
        """What is asked of them as a rule, also in a week that asks for nothing."""
        own = self.person.weekly_quota
        return in_words(EVERY_SECOND_WEEK if own == EVERY_SECOND_WEEK else self.quota)


@dataclass(frozen=True)
class StaffFacts:
    view: View
    rows: Sequence[OfficerRow]
    page: ListPage


@dataclass(frozen=True)
class UnitsFacts:
    view: View
    rows: Sequence[tuple[Unit, WeekTally]]
    direct: tuple[int, int]  # (done, due) of sites that lie under none of the units shown
    page: ListPage


@dataclass(frozen=True)
class SiteLine:
    """A site in a list by its last visit. `weeks` since then; None: no visit is recorded."""

    site: Unit
    weeks: int | None
    cases: CasesThere


@dataclass(frozen=True)
class CoverageFacts:
    """`sites`: those where nobody has been for longest come first. `until`: the last week that is
    counted, this one where the view's has not begun."""

    view: View
    until: Week
    coverage: Coverage
    sites: Sequence[SiteLine]
    page: ListPage


@dataclass(frozen=True)
class TroubleFacts:
    view: View
    troubles: Sequence[tuple[str, Sequence[str]]]
    flagged: int
    proposals: int


@dataclass(frozen=True)
class PromisesFacts:
    """What was promised and is overdue within a view."""

    view: View
    rows: Sequence[SitePromise]
    page: ListPage


@dataclass(frozen=True)
class NamedFacts:
    """People behind a figure of the week: (name, what is to be said of them)."""

    view: View
    kind: str
    rows: Sequence[tuple[str, str]]


AnyList = ListFacts | StaffFacts | UnitsFacts | PromisesFacts | CoverageFacts | NamedFacts


@dataclass(frozen=True)
class VisitPage:
    """One visit down to the last word of its report; `report` is the version looked at."""

    visit: Visit
    site: Unit
    officer: Person
    report: VisitReport | None
    versions: Sequence[int] = ()  # the newest first
    topics: Sequence[ReportTopic] = ()
    proposals: Sequence[str] = ()
    files: Sequence[StoredFile] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    may_direct: bool = False
    own: bool = False  # the visit of whoever looks
    deferrable: bool = False  # may be put off to the next week
    may_print: bool = False  # whoever looks may have the minutes
    may_remind: bool = False
    may_remark: bool = False  # ask its officer about the report, or thank
    notes: Sequence[tuple[str, str, datetime, str]] = ()  # what was said about the report
    reminded: tuple[str, datetime] | None = None  # by which leader last, and when
    oversees: bool = False  # whoever looks is told what makes a report look thin
    site_opens: bool = False  # whoever looks may read the page of the site
    week_is_over: bool = False
    excused_by: str = ""  # the leader who allowed that it does not take place
    vouched: tuple[str, datetime] | None = None  # by whom of the site's committee, and when
    topic_words: TopicWords = field(default_factory=lambda: TOPICS)
