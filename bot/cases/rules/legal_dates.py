"""The law's time limits for complaints, denunciations and labour disputes of one worker.

The limits are data: `data/law.toml`, each with article, source and whether it was confirmed.
They count from the day of an event that a handler writes down; without that day there is no date
but only the rule in words. A last day that is no working day moves to the next one (Bộ luật Dân sự
2015, Điều 148 khoản 5). To be shown for reference, never as advice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from bot.core.rules.calendar import Calendar
from bot.core.rules.likeness import data
from storage.enums import CaseKind, Category

_FILE = "law.toml"
_DAY = timedelta(days=1)
_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?![\d/-])")
FORMAL = (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
"""Kinds whose handling the law orders; both want somebody with a name and an address."""

Start = Literal["since", "filed", "accepted"]


class Opponent(StrEnum):
    """Whom a complaint is against: two laws, two sets of limits."""

    EMPLOYER = "employer"
    OFFICE = "office"


class Complexity(StrEnum):
    NORMAL = "normal"
    COMPLEX = "complex"
    VERY_COMPLEX = "very_complex"  # "đặc biệt phức tạp": of a denunciation only


@dataclass(frozen=True)
class LegalFacts:
    """What the law counts from, as a handler wrote it down; local days in Vietnam, None: not known.

    `since`: the worker knew of the decision, or found the violation; `filed`: whoever is to decide
    got the complaint; `accepted`: it was accepted (thụ lý). `remote`: a place hard to reach.
    """

    opponent: Opponent | None
    since: date | None
    filed: date | None
    accepted: date | None
    complexity: Complexity | None
    remote: bool | None


NOTHING_KNOWN = LegalFacts(None, None, None, None, None, None)


@dataclass(frozen=True)
class Procedure:
    """What limits belong to, by which law; `caution`: what is open about that law as a whole."""

    name: str
    source: str
    in_force_from: date
    caution: str
    checked_on: date


@dataclass(frozen=True)
class LegalLimit:
    """One limit: `count` of `unit` from the day `start`, until the day `until` is known.

    `complexity`, `remote`: only for such cases; empty or None: for all. `body`: who is turned to.
    """

    procedure: str
    says: str
    rule: str
    article: str
    count: int
    unit: Literal["days", "working_days", "months"]
    start: Start
    until: Start | Literal[""]
    complexity: frozenset[str]
    remote: bool | None
    confirmed: bool
    body: str = ""

    def fits(self, facts: LegalFacts) -> bool:
        """Whether it is one for this case, as far as is known: plain and not remote unless said."""
        if self.until and getattr(facts, self.until) is not None:
            return False
        if self.complexity and (facts.complexity or Complexity.NORMAL) not in self.complexity:
            return False
        return self.remote is None or self.remote is bool(facts.remote)


@dataclass(frozen=True)
class LegalTerm:
    """A limit of one case. `last_day`: the last day in time, None where `start` is not known;
    `moved`: from a day off to the next working day; `over`: it is over by now.
    """

    limit: LegalLimit
    start: date | None
    last_day: date | None
    moved: bool = False
    over: bool = False


@cache
def procedures() -> Mapping[str, Procedure]:
    """The procedures of the law, by name."""
    file = data(_FILE, __package__)
    return {
        key: Procedure(**row, checked_on=file["checked_on"])
        for key, row in file["procedures"].items()
    }


@cache
def limits() -> tuple[LegalLimit, ...]:
    """Every limit, in the order in which they are shown."""
    return tuple(_limit(row) for row in data(_FILE, __package__)["limits"])


def _limit(row: Mapping[str, Any]) -> LegalLimit:
    return LegalLimit(
        procedure=row["procedure"],
        says=row["says"],
        rule=row["rule"],
        article=row["article"],
        count=row["count"],
        unit=row["unit"],
        start=row["from"],
        until=row["until"],
        complexity=frozenset(row.get("complexity", ())),
        remote=row.get("remote"),
        confirmed=row["confirmed"],
        body=row.get("body", ""),
    )


def is_information(kind: CaseKind, nameless: bool) -> bool:
    """Whether it is a complaint or denunciation without a name: no standing (Luật Tố cáo 2018 Điều
    25; Luật Khiếu nại 2011 Điều 8), so it is looked into as information and no clock runs."""
    return nameless and kind in FORMAL


def procedures_of(
    kind: CaseKind, category: Category, facts: LegalFacts, *, nameless: bool
) -> tuple[str, ...]:
    """The names of the procedures whose limits concern a case."""
    office = kind is CaseKind.COMPLAINT and facts.opponent is Opponent.OFFICE
    formal = {
        CaseKind.COMPLAINT: "office_complaint" if office else "employer_complaint",
        CaseKind.DENUNCIATION: "denunciation",
    }
    names = () if is_information(kind, nameless) or kind not in formal else (formal[kind],)
    disputed = category in data(_FILE, __package__)["disputes"]["categories"]
    if disputed and not office and kind is not CaseKind.DENUNCIATION:
        names = (*names, "dispute")
    return names


def legal_terms(
    names: Sequence[str], facts: LegalFacts, calendar: Calendar, today: date
) -> tuple[LegalTerm, ...]:
    """The limits of these procedures for one case, those that are over already left out."""
    return tuple(
        _term(limit, getattr(facts, limit.start), calendar, today)
        for limit in limits()
        if limit.procedure in names and limit.fits(facts)
    )


def _term(limit: LegalLimit, start: date | None, calendar: Calendar, today: date) -> LegalTerm:
    if start is None:
        return LegalTerm(limit, None, None)
    counted = _counted(limit, start, calendar)
    last = counted
    while not calendar.is_working_day(last):
        last += _DAY
    return LegalTerm(limit, start, last, moved=last != counted, over=last < today)


def _counted(limit: LegalLimit, start: date, calendar: Calendar) -> date:
    """The last day as counted; the day of the event is not counted (Bộ luật Dân sự, Điều 147)."""
    if limit.unit == "working_days":
        return calendar.add_working_days(start, limit.count)
    if limit.unit == "months":
        return add_months(start, limit.count)
    return start + limit.count * _DAY


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + (day.day - 1) * _DAY, following - _DAY)


def as_stored(facts: LegalFacts) -> dict[str, str]:
    """As the case's column keeps them: what is known only."""
    stored = {key: value for key, value in vars(facts).items() if value is not None}
    return {
        key: "yes" if v is True else "no" if v is False else str(v) for key, v in stored.items()
    }


def from_stored(stored: Mapping[str, str]) -> LegalFacts:
    """What `as_stored` gave."""

    def day(key: str) -> date | None:
        return date.fromisoformat(stored[key]) if key in stored else None

    return LegalFacts(
        opponent=Opponent(stored["opponent"]) if "opponent" in stored else None,
        since=day("since"),
        filed=day("filed"),
        accepted=day("accepted"),
        complexity=Complexity(stored["complexity"]) if "complexity" in stored else None,
        remote=stored["remote"] == "yes" if "remote" in stored else None,
    )


def days_named(text: str, today: date) -> tuple[date, ...]:
    """Days up to today that the words name ("5/11", "05-11-2026"), in their order, to be offered:
    without a year the latest such day."""
    return tuple(dict.fromkeys(_days(text, today)))


def _days(text: str, today: date) -> Iterator[date]:
    for day, month, year in _DATE.findall(text):
        for candidate in (int(year),) if year else (today.year, today.year - 1):
            try:
                named_day = date(candidate, int(month), int(day))
            except ValueError:
                continue
            if named_day <= today:
                yield named_day
                break
