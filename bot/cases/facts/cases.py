"""Plain values that the services of cases return and their cards show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.cases.rules.cases import CaseAction, Relation
from bot.cases.rules.legal_dates import LegalTerm
from bot.core.rules.letterhead import Head
from storage.models import Case

NOT_SHOWN = "(có kiến nghị, nội dung không nêu ở đây)"
"""In place of any words that are withheld: one phrase, so that it does not say why."""


@dataclass(frozen=True)
class Happened:
    """One event as it is read; `who` is a name, the worker or the program.

    `exact` False: only its day is shown, for it came from whoever raised the case.
    """

    at: datetime
    who: str
    what: str
    words: str
    internal: bool
    exact: bool = True


@dataclass(frozen=True)
class CaseFacts:
    """Everything on the card of one case, for the one who looks at it."""

    case: Case
    site: str
    unit: str
    assignee: str
    raised_by: str
    relation: Relation
    actions: tuple[CaseAction, ...]
    days_late: int | None  # working days; None: in time or no clock runs
    happened: Sequence[Happened] = ()
    files: int = 0
    alike: Sequence[Case] = ()  # likely duplicates
    together: int = 1  # how many raised it, with those folded in
    lead: Case | None = None  # what this one was folded into
    named: bool = False  # the looker may open who the reporter is
    unreachable: bool = False  # the reporter has blocked the bot
    procedures: Sequence[str] = ()  # of the law that concern it
    legal: Sequence[LegalTerm] = ()
    at_top: bool = False  # nobody is above
    sheet: bool = False  # a hand-over sheet can be asked for
    site_opens: bool = False  # the looker may read the page of the site
    nameless: bool = False  # a worker brought it who is not named


@dataclass(frozen=True)
class Colleague:
    person_id: int
    name: str
    leads: bool
    away: bool
    open: int  # cases in hand


@dataclass(frozen=True)
class Named:
    """Who a named reporter is, opened for one look."""

    case: Case
    name: str
    phone: str


@dataclass(frozen=True)
class CaseLine:
    """One line of a list: a case, or several that say the same (`alike` more)."""

    case: Case
    site: str
    assignee: str
    days_late: int | None
    alike: int = 0
    level: str = ""  # the unit that has it


@dataclass(frozen=True)
class CaseList:
    """One page. `query` as it was typed, `key` as it goes into a button."""

    kind: str
    query: str
    key: str
    rows: Sequence[CaseLine]
    page: int
    more: bool
    counts: "Counts"
    beyond: bool = False  # more were found than can be sorted on one screen
    leads: bool = False


@dataclass(frozen=True)
class Counts:
    """What waits, as far as somebody may see it."""

    mine: int = 0
    all: int = 0
    overdue: int = 0
    urgent: int = 0
    unheld: int = 0
    passed_up: int = 0  # by one's own unit, and followed from there


@dataclass(frozen=True)
class Pressing:
    """What cannot wait for the end of the week: cases past their last day, alerts not over."""

    overdue: int = 0
    alerts: int = 0


@dataclass(frozen=True)
class Sheet:
    """What a hand-over sheet says; the reporter is left out. `head`: of the unit that passes it on.
    `raised_by`: an officer who raised it, empty for a worker.
    """

    case: Case
    site: str
    head: Head
    raised_by: str
    printed_on: date


@dataclass(frozen=True)
class Waiting:
    """A question, or a result to be judged, of one's own case."""

    case: Case
    words: str
    is_result: bool = False


@dataclass(frozen=True)
class CasesThere:
    """Cases of one site that are not settled: as far as the actor may know of them, how many of
    these are overdue, and whose words they may read."""

    open: int
    overdue: int
    readable: int
