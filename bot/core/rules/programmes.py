"""The plans (kế hoạch) as data: what they ask for, of whom, by when.

A plan is a TOML file; `bot/programmes` reads it into these values. Nothing here knows a
particular plan.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.core.rules.official_names import spelled

ALL_FIGURES = ("I", "III.1", "III.2", "III.3", "III.4", "III.5", "III.6", "III.7")
ALL_SECTIONS = ("II", "IV.1", "IV.2", "IV.3", "IV.4", "V", "VI")
LEAP_YEAR = 2028  # 29/2 is the end of its month; in other years the period ends on 28/2
ALL_COUNTS = (
    *("declared", "visits_kept", "coverage", "members_gained"),
    *("new_unions", "union_share", "settled_in_time"),
)
"""What a target is counted from: declared by the units, or one of those that the data says
(`bot/summaries/rules/targets.py` has what each means)."""
ALL_SPANS = ("year", "span")
ALL_LEVELS = ("province", "upper", "site", "direct_site")
"""Whose it is: LĐLĐ tỉnh and its departments, the unions above the sites, every CĐCS, or only those
directly under the province (CĐCS trực thuộc)."""
OWING = ("upper", "direct_site")
"""Of ALL_LEVELS, those whose reports go to the province."""


@dataclass(frozen=True)
class Task:
    """A task of the plan. `source`: where it stands in the plan, such as "II.1.2".

    `department`: who does it, in the plan's words; `levels`: which units that are, of ALL_LEVELS.
    """

    number: str
    text: str
    department: str
    source: str
    levels: tuple[str, ...] = ("province", "upper")


@dataclass(frozen=True)
class Target:
    """Chỉ tiêu. `value` in `measure` ("đoàn viên", "%"); at least, not exactly.

    `first_year` and `last_year` bound it where the plan does; both inclusive. `counts`: what its
    result is counted from, of ALL_COUNTS; `of`: of what units declare a share, in words. `per`:
    whether the value is asked of every year or of the whole time. `from_workers`: which enterprises
    `union_share` is about.
    """

    key: str
    text: str
    value: int
    measure: str
    source: str
    first_year: int | None = None
    last_year: int | None = None
    counts: str = "declared"
    per: str = "year"
    from_workers: int = 0
    of: str = ""

    def asked_in(self, year: int) -> bool:
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True)
class Topic:
    """A topic of the visit's checklist. A known key keeps its words; a new one brings its own."""

    key: str
    short: str = ""  # on a button
    words: str = ""  # in a sentence


@dataclass(frozen=True)
class ReportDue:
    """A report that units owe once a year. `levels`: which units, of OWING.

    `before`: (day, month), the first day that is late. The period runs from `first` to `last`,
    (day, month) of the year in which the report is due; `of_last_year`: of the year before, for
    what is due "trước ngày 15/01" about the year that has just ended. `outline`: which template it
    is written on, "full" or "short". `figures` and `sections`: see ALL_FIGURES, ALL_SECTIONS.
    """

    key: str
    title: str
    before: tuple[int, int]
    source: str
    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (31, 12)
    outline: str = "full"
    figures: tuple[str, ...] = ALL_FIGURES
    sections: tuple[str, ...] = ALL_SECTIONS
    of_last_year: bool = False
    levels: tuple[str, ...] = ("upper",)


@dataclass(frozen=True)
class Programme:
    """One plan. `units`: codes of the upper-level unions it concerns; empty: all of them.

    `difficulties`: the department that takes difficulties, `difficulties_phone` its telephone where
    the plan prints one. `ends` None: until it is replaced.
    `number`, `issued` (15/KH-LĐLĐ, its day) and `about` (after "về") name it where a report says
    what it carries out; without them dots are left, to be filled in by hand.
    """

    key: str
    title: str
    short: str
    issuer: str
    source: str
    starts: date
    responsible: str
    difficulties: str
    ends: date | None = None
    units: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    topics: tuple[Topic, ...] = ()
    campaign_months: tuple[int, ...] = ()
    reports: tuple[ReportDue, ...] = ()
    number: str = ""
    issued: date | None = None
    about: str = ""
    difficulties_phone: str = ""

    def in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


EVERY = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How often a report recurs -> the months that one covers."""
PERIOD_NAMES = {
    "quarter": ("quý I", "quý II", "quý III", "quý IV"),
    "half": ("6 tháng đầu năm", "6 tháng cuối năm"),
    "year": ("cả năm",),
}


def recurring(report: ReportDue, every: str, before_day: int) -> tuple[ReportDue, ...]:
    """The reports of a year, where a plan asks for one again and again without naming days (giao
    ban, sơ kết): each covers its month, quarter, half or whole year and is late from `before_day`
    of the month after it. `every`: a key of EVERY. The last one is due in the next year.
    """
    months = EVERY[every]
    names = PERIOD_NAMES.get(every) or tuple(f"tháng {month}" for month in range(1, 13))
    ends = range(months, 13, months)
    return tuple(
        replace(
            report,
            key=f"{report.key}-{number}",
            title=f"{report.title}, {names[number - 1]}",
            first=(1, end - months + 1),
            last=(monthrange(LEAP_YEAR, end)[1], end),
            before=(before_day, end % 12 + 1),
            of_last_year=end == 12,
        )
        for number, end in enumerate(ends, 1)
    )


def basis_of(plan: Programme, body: str) -> str:
    """What a report carries out: Kế hoạch số … ngày … của Ban Thường vụ … về ….

    `body`: who issued it where the plan has no number of its own, which is then another province's
    plan taken over.
    """
    number = plan.number or "………/KH-LĐLĐ"
    day = f"{plan.issued:%d/%m/%Y}" if plan.issued else "……………"
    issuer = spelled(plan.issuer) if plan.number else f"Ban Thường vụ {body}"
    about = plan.about or f"thực hiện “{plan.title.strip('“”')}”"
    return f"Kế hoạch số {number} ngày {day} của {issuer} về {about}"


def new_topics(programmes: Iterable[Programme]) -> tuple[Topic, ...]:
    """The topics with words of their own, each once, in the order of the plans."""
    topics = {topic.key: topic for plan in programmes for topic in plan.topics if topic.words}
    return tuple(topics.values())
