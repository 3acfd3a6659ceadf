"""What a report says, apart from how it is laid out: plain values that are kept with each version.

They go to JSON and back (`bot/summaries/services/contents.py`), so a version that was sent can be
printed for good as it was. Add fields with a default only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import official_name
from bot.summaries.rules.figures import FIGURES, Figure, Numbers, value_of


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """A number that the unit put in place of the computed one."""

    computed: int | None
    value: int
    reason: str
    author: str


@dataclass(frozen=True)
class PaperPart:
    """A written part as it is printed: "IV.1", its title, its text (paragraphs by newline)."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A line of the table of proposals. Words only; nothing leads to a worker.

    `case`: which it is, 0 where it had to be kept quiet when the row was written.
    """

    day: date
    unit: str
    text: str
    category: str
    level: str
    due: date | None
    result: str
    note: str
    case: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """A figure as it is shown: what counts, and last year's beside it."""

    figure: Figure
    value: int | None
    before: int | None
    corrected: Corrected | None = None
    since: date | None = None  # counted from this day on, where the period began before it


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """Chỉ tiêu of a plan, beside what was reached: `result` in words, with its source and day (""
    in versions from before it was counted). `level`: what is asked in this year; `own_level`: of a
    unit below the province, in place of the plan's number."""

    programme: str
    text: str
    value: int
    measure: str
    reached: int | None = None
    years: str = ""  # "đến năm 2028", where the plan bounds it
    result: str = ""
    level: str = ""
    own_level: str = ""


@dataclass(frozen=True)
class Paper:
    """One unit's report. `subject` follows BÁO CÁO in the title; `until` is the day of counting.

    `numbers` are what the data says, `corrections` what the unit puts in their place; `before` is
    last year's same period (corrected, if it was sent), None where nothing is known.
    `proposals`: addressee key -> texts of section VI. `parts` in their order.
    """

    unit: str
    subject: str
    outline: str  # full, short
    first_day: date
    last_day: date
    until: date
    head: Head
    numbers: Numbers = field(default_factory=Numbers)
    before: Numbers | None = None
    figures: tuple[str, ...] = ()  # the parts shown: I, III.1 …
    corrections: Mapping[str, Corrected] = field(default_factory=dict)
    parts: tuple[PaperPart, ...] = ()
    proposals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cases: tuple[CaseRow, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)  # key -> words, at that time
    targets: tuple[TargetRow, ...] = ()
    takes_proposals: bool = False  # the outline has VI, even where nothing is proposed
    speaks_for: tuple[int, ...] = ()  # the unit and all merged into it by then; (): not known
    basis: str = ""  # what the report carries out, after "Thực hiện"

    @property
    def values(self) -> dict[str, int]:
        """The figures that count: computed, with the unit's corrections."""
        corrected = {key: correction.value for key, correction in self.corrections.items()}
        return {**self.numbers.values, **corrected}

    @property
    def weeks_since(self) -> date | None:
        """As the numbers say; None where the unit put another number of weeks in their place."""
        return None if "weeks" in self.corrections else self.numbers.weeks_since

    def lines(self, part: str) -> list[FigureLine]:
        """The figures of one part, in the order of the outline."""
        values, before = self.values, self.before
        return [
            FigureLine(
                figure=figure,
                value=value_of(values, figure.key),
                before=value_of(before.values, figure.key) if before else None,
                corrected=self.corrections.get(figure.key),
                since=self.weeks_since if figure.key == "weeks" else None,
            )
            for figure in FIGURES
            if figure.part == part
        ]

    def known_lines(self, part: str) -> list[FigureLine]:
        """The same without the results that nobody stated, this year or last: there are many."""
        return [
            line
            for line in self.lines(part)
            if line.figure.of_result is None or line.value is not None or line.before is not None
        ]


@dataclass(frozen=True)
class UnitRow:
    """One unit in the consolidated report. `state`: a SummaryState, "late", "excused" or "".

    `unit`: its name in the list of units.
    """

    unit: str
    state: str
    sent_on: date | None
    paper: Paper
    late: bool = False
    counts: bool = True  # False: what it had is counted with its successor

    @property
    def named(self) -> str:
        """The unit as papers name it."""
        return self.paper.head.short_name or official_name(self.unit)


@dataclass(frozen=True)
class Consolidated:
    """The province's report over all units that owe the same. `basis`: as of a unit's. `own`: what
    the receiver's own people did; in no total, for they go to the units' sites.
    """

    subject: str
    first_day: date
    last_day: date
    until: date
    head: Head
    rows: tuple[UnitRow, ...]
    total: Numbers
    before: Numbers | None = None
    figures: tuple[str, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    targets: tuple[TargetRow, ...] = ()
    basis: str = ""
    own: Numbers | None = None
