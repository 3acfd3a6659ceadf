"""Plain values about one site as cadres see it: its page and the lists behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.cases.facts.cases import CasesThere
from bot.core.labels import TopicWords
from bot.core.rules.calendar import Calendar
from bot.visits.facts.meetings import KnownMeetings
from bot.visits.facts.overview import ListedVisit, ListPage, SiteLine
from storage.enums import CountSource
from storage.models import Case, Person, Recruitment, ReportTopic, Unit, UnitRating, Visit

ROWS = 8  # of a list on a page


@dataclass(frozen=True)
class LastVisit:
    """The last visit that was reported; `weeks`: so many weeks before this one."""

    listed: ListedVisit
    topics: Sequence[ReportTopic]
    weeks: int


@dataclass(frozen=True)
class SitePage:
    """One site at a glance. `officer`: in charge of it; `committee`: of its union; `ratings`: by
    year, the oldest first; `done` of `visits` were reported; `alerts` that are not over, as many as
    the reader may see."""

    site: Unit
    above: Unit | None
    officer: Person | None
    committee: Sequence[Person]
    ratings: Sequence[UnitRating]
    last: LastVisit | None
    coming: tuple[Visit, Person] | None
    promises: int
    promises_overdue: int
    cases: CasesThere
    visits: int
    done: int
    calendar: Calendar
    topic_words: TopicWords
    alerts: int = 0
    may_warn: bool = False
    ending: Sequence[tuple[str, date]] = ()  # (what, its last day), soon or past
    meetings: KnownMeetings | None = None
    may_set_meetings: bool = False
    may_see_recruitment: bool = False
    recruitment: Recruitment | None = None
    recruiter: Person | None = None  # in charge of the recruitment, maybe not of the visits


@dataclass(frozen=True)
class VisitThere:
    """One visit of a site, with the topics in trouble. `may_open`: by whoever looks."""

    listed: ListedVisit
    troubles: Sequence[str]
    may_open: bool


@dataclass(frozen=True)
class SiteVisitsPage:
    """Its visits, the newest first."""

    site: Unit
    rows: Sequence[VisitThere]
    page: ListPage


@dataclass(frozen=True)
class SiteCase:
    """A case of the site whose words may be read; `may_open`: by whoever looks. `level`: the unit
    that has it by now."""

    case: Case
    days_late: int | None
    may_open: bool
    level: str


@dataclass(frozen=True)
class SiteCasesPage:
    """Those that may be read, open ones first; `others`: open ones that other hands have."""

    site: Unit
    rows: Sequence[SiteCase]
    others: int
    page: ListPage


@dataclass(frozen=True)
class CountedFigures:
    """Figures of a site on a day. `source` None: a report says so, and nobody has decided; figures
    None: not said there. `by`: whose words they are, "" where nobody is known."""

    on: date
    workers: int | None
    women: int | None
    members: int | None
    by: str
    source: CountSource | None = None


@dataclass(frozen=True)
class SiteFiguresPage:
    """Workers and members over time, the newest first; `site` has what counts now."""

    site: Unit
    rows: Sequence[CountedFigures]
    page: ListPage
    may_set: bool = False


@dataclass(frozen=True)
class OwnSites:
    """The sites that somebody goes to, those where nobody has been for longest first."""

    sites: Sequence[SiteLine]
    page: ListPage
