"""What the cards of the recruitment pipeline show, and what its forms hand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.labels import RECRUITMENT_STEPS
from storage.enums import RecruitmentState, RecruitmentStep
from storage.models import EnterpriseSurvey, Recruitment, Unit

STEP_SHORT: Mapping[RecruitmentStep, str] = {
    **RECRUITMENT_STEPS,
    RecruitmentStep.OWNER: "Tiếp cận chủ DN",
}


@dataclass(frozen=True)
class RecruitmentNews:
    """What somebody notes about an enterprise: the day, the numbers that they know, words."""

    day: date
    willing: int | None = None
    applications: int | None = None
    words: str = ""
    congress_on: date | None = None
    visit_id: int | None = None


@dataclass(frozen=True)
class Founding:
    """`day` of the congress that founded the union; the decision that recognised it, where there
    is one already."""

    day: date
    workers: int
    members: int
    decision_number: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class RecruitmentLine:
    """A line of the history. `step`: where it stood then."""

    at: datetime
    day: date
    who: str
    what: str
    step: RecruitmentStep
    willing: int | None
    applications: int | None
    words: str


@dataclass(frozen=True)
class VisitHint:
    """A visit that speaks for a step, to be confirmed."""

    visit_id: int
    visited_on: date
    officer: str
    kind: str
    step: RecruitmentStep


@dataclass(frozen=True)
class RecruitmentPage:
    """One enterprise. `stored` None: nothing has begun. `still_days`: so long nothing was noted,
    where that is longer than the step may lie."""

    site: Unit
    above: str
    stored: Recruitment | None
    owner: str
    events: Sequence[RecruitmentLine]
    survey: EnterpriseSurvey | None
    hint: VisitHint | None
    still_days: int
    union_from: int
    may_work: bool
    may_lead: bool
    may_undo: bool
    may_invite: bool

    @property
    def congress_held(self) -> date | None:
        """The day of the congress as it was noted; None: the enterprise is not there yet."""
        if self.stored is None or self.stored.step is not RecruitmentStep.CONGRESS:
            return None
        moves = [e for e in self.events if e.what == "moved" and e.step is RecruitmentStep.CONGRESS]
        return max(moves, key=lambda e: e.at).day if moves else None

    @property
    def is_open(self) -> bool:
        return bool(self.stored and self.stored.state is RecruitmentState.OPEN)


@dataclass(frozen=True)
class Funnel:
    """How many enterprises stand where, in a scope. `pool`: those large enough for a union that
    have none; `not_begun` of them nobody has begun with. `founded`: unions of this year, `members`
    gained in it."""

    unit: Unit | None
    year: int
    union_from: int
    pool: int
    not_begun: int
    at_step: Mapping[RecruitmentStep, int]
    still_at: Mapping[RecruitmentStep, int]
    stopped: int
    hinted: int
    own: int
    founded: int
    members: int
    several_units: bool
    leads: bool

    @property
    def still(self) -> int:
        return sum(self.still_at.values())


@dataclass(frozen=True)
class RecruitmentRow:
    """An enterprise in a list. `days`: since something was noted. `hint`: in the list of those of
    which a visit speaks."""

    site: Unit
    stored: Recruitment | None
    owner: str
    days: int
    still: bool
    hint: VisitHint | None = None


@dataclass(frozen=True)
class RecruitmentList:
    """A page of them. `key`: which list, as in its button's data; `unit`: of which unit alone."""

    key: str
    unit_id: int
    rows: Sequence[RecruitmentRow]
    total: int
    page: int
    more: bool
    unit: Unit | None = None


@dataclass(frozen=True)
class GrownSite:
    """A site that grew this year: its union's first day, or its new members and the latest day."""

    site_id: int
    name: str
    day: date
    members: int = 0


@dataclass(frozen=True)
class GrownSites:
    """A page of what a number of the year is made of. `key`: founded, members."""

    key: str
    unit_id: int
    year: int
    rows: Sequence[GrownSite]
    page: int
    more: bool


@dataclass(frozen=True)
class UnitRecruitment:
    """How one unit stands."""

    unit: Unit
    pool: int
    under_way: int
    still: int
    founded: int


@dataclass(frozen=True)
class RecruitmentUnits:
    """The units of a scope, those with enterprises that lie too long first."""

    year: int
    rows: Sequence[UnitRecruitment]
    page: int
    more: bool
