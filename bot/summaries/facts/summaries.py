"""What the cards of summaries show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.summaries.rules.papers import Paper
from bot.summaries.rules.summaries import Section
from storage.enums import Addressee, Outcome, SummaryState
from storage.models import Obligation


def subject_of(obligation: Obligation) -> str:
    """What follows BÁO CÁO in the title; a report of a plan names its year."""
    title, year = obligation.title, f"năm {obligation.last_day.year}"
    if obligation.request_id is not None or year in title:
        return title
    return f"{title.removesuffix('năm').rstrip()} {year}"  # "cả năm" becomes "cả năm 2026"


@dataclass(frozen=True)
class SectionFacts:
    """A part that the unit writes, and what there is of it. `revision` 0: nothing yet.

    `files`: voice messages that nobody has written out; `spoken`: there are or were some.
    `question`: how it is answered, where it is the question of a request.
    """

    section: Section
    text: str = ""
    author: str = ""
    at: datetime | None = None
    revision: int = 0
    files: tuple[int, ...] = ()
    question: str = ""
    spoken: bool = False

    @property
    def done(self) -> bool:
        return bool(self.text.strip())

    @property
    def voices(self) -> int:
        return len(self.files)


@dataclass(frozen=True)
class ProposalFacts:
    """One proposal of section VI. `case`: the code of the case it became."""

    id: int
    addressee: Addressee
    text: str
    author: str
    at: datetime
    case: str = ""


@dataclass(frozen=True)
class VersionFacts:
    """One version that was sent. `decided_by` is empty while it waits."""

    number: int
    sent_at: datetime
    sent_by: str
    late: bool
    due_before: date
    outcome: Outcome = Outcome.UNDECIDED
    decided_at: datetime | None = None
    decided_by: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class EditFacts:
    """One edit of a section, for its history."""

    revision: int
    author: str
    at: datetime
    text: str
    voices: int


@dataclass(frozen=True)
class SummaryFacts:
    """A summary as one person sees it. `paper`: as it was sent while it is with the receiver or
    accepted, else as it stands now.

    `mine`: the person's own role sits at the unit; the rest is what the permission table allows.
    `doubts`: numbers that look wrong, in sentences. `several`: the person's units owe other
    reports too.
    """

    obligation: Obligation
    unit: str
    receiver: str
    state: SummaryState
    today: date
    paper: Paper
    sections: Sequence[SectionFacts]
    missing: Sequence[Section]
    takes_proposals: bool
    proposals: Sequence[ProposalFacts]
    versions: Sequence[VersionFacts]
    doubts: Sequence[str]
    mine: bool
    may_write: bool
    may_send: bool
    may_receive: bool
    several: bool = True

    @property
    def id(self) -> int:
        return self.obligation.id or 0

    @property
    def editable(self) -> bool:
        return self.state in (SummaryState.WRITING, SummaryState.RETURNED)

    @property
    def days_left(self) -> int:
        """Days in which it is still in time, today included; not positive: late."""
        return (self.obligation.due_before - self.today).days

    @property
    def done(self) -> int:
        return sum(
            1
            for section_facts in self.sections
            if section_facts.section.required and section_facts.done
        )

    @property
    def needed(self) -> int:
        return sum(1 for section_facts in self.sections if section_facts.section.required)

    @property
    def last(self) -> VersionFacts | None:
        """The version sent last."""
        return self.versions[0] if self.versions else None

    def section(self, key: str) -> SectionFacts | None:
        return next(
            (section_facts for section_facts in self.sections if section_facts.section.key == key),
            None,
        )


@dataclass(frozen=True)
class OwedLine:
    """One line of "what my unit owes". `done` of `needed` parts are written."""

    obligation: Obligation
    unit: str
    state: SummaryState
    today: date
    done: int
    needed: int
    late: bool = False  # of the version sent last

    @property
    def subject(self) -> str:
        return subject_of(self.obligation)

    @property
    def days_left(self) -> int:
        return (self.obligation.due_before - self.today).days

    @property
    def open(self) -> bool:
        """Something is still to be done about it."""
        return self.obligation.excused_at is None and self.state in (
            SummaryState.WRITING,
            SummaryState.RETURNED,
        )
