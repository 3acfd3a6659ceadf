"""Plain values that the board's services return and its cards show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.summaries.rules.board import MISSING, Standing
from bot.visits.facts.overview import ListPage
from storage.enums import Outcome, SummaryState


@dataclass(frozen=True)
class GroupLine:
    """A report that units owe, in a list. `obligation_id`: any obligation of it."""

    obligation_id: int
    title: str
    due_before: date
    units: int
    sent: int
    late: int
    undecided: int
    open: bool  # somebody still owes it, or waits for a decision


@dataclass(frozen=True)
class GroupsFacts:
    """What the actor receives, or (`whole` False) what the units of their cluster owe. `owes`:
    their own unit owes something too.
    """

    lines: Sequence[GroupLine]
    page: ListPage
    today: date
    owes: bool = False
    whole: bool = True


@dataclass(frozen=True)
class BoardRow:
    """One unit: where it stands, and how much of what has to be written is written."""

    obligation_id: int
    unit: str
    standing: Standing
    done: int
    needed: int
    sent_at: datetime | None = None
    late: bool = False  # what it sent last was late
    version: int = 0
    doubtful: bool = False  # it waits for a decision, and some numbers look wrong
    unit_id: int = 0
    targets_behind: int = 0  # of the plan, this year's


@dataclass(frozen=True)
class BoardFacts:
    """Who has sent, who is writing, who is late; `rows` is one page, the most pressing first.

    `obligation_id` names the whole group; `receives`: the actor decides and excuses; `whole`
    False: only the units of the actor's cluster; `units`: how many have to send.
    """

    obligation_id: int
    title: str
    receiver: str
    due_before: date
    today: date
    counts: Mapping[Standing, int]
    rows: Sequence[BoardRow]
    page: ListPage
    units: int
    receives: bool
    has_questions: bool  # a request with questions of its own
    late_ones: int = 0  # sent, but late
    reminds: bool = False
    whole: bool = True
    targets_of: str = ""  # the plan that has targets to look at, for the receiver
    receiver_id: int = 0
    year: int = 0

    @property
    def missing(self) -> int:
        """Units from which something has still to come: those given back too."""
        return sum(self.counts.get(standing, 0) for standing in MISSING)

    @property
    def sent(self) -> int:
        standings = (Standing.RETURNED, Standing.SENT, Standing.ACCEPTED)
        return sum(self.counts.get(standing, 0) for standing in standings)


@dataclass(frozen=True)
class WrittenPart:
    """A part of the report; `author` empty: nobody wrote anything."""

    title: str
    done: bool
    required: bool
    author: str = ""
    at: datetime | None = None
    voices: int = 0


@dataclass(frozen=True)
class VersionLine:
    number: int
    sent_at: datetime
    sent_by: str
    late: bool
    outcome: Outcome
    decided_at: datetime | None
    remarks: str
    decided_by: str = ""


@dataclass(frozen=True)
class UnitFacts:
    """One unit's report, for whoever receives it."""

    row: BoardRow
    title: str
    due_before: date
    state: SummaryState
    receives: bool
    back: int  # page of the board to go back to
    parts: Sequence[WrittenPart] = ()
    versions: Sequence[VersionLine] = ()  # the newest first
    doubts: Sequence[str] = ()
    excuse: str = ""
    excused_by: str = ""
    has_questions: bool = False
    reminds: bool = False


@dataclass(frozen=True)
class AnswerRow:
    """A unit's answers by question key; a unit that has not answered has none."""

    unit: str
    standing: Standing
    sent_at: datetime | None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitAnswers:
    """What the units answered to a request. `questions`: (key, words); `numbers`: keys of those
    that ask for a number.
    """

    title: str
    due_before: date
    questions: Sequence[tuple[str, str]]
    rows: Sequence[AnswerRow]
    numbers: Collection[str] = ()
