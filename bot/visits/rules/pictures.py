"""Into which classes pictures sort sites and cases, and what they leave out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from statistics import median

from storage.enums import UnitKind

WEEKS = 12  # beside each other in a picture
MONTHS = 6  # of cases settled
MONTHS_OF_MEMBERS = 12
AGES = (7, 15, 30)
"""Days: a case is put among those that waited up to so many; the rest waited longer."""
LEAST_CASES = 3
"""Fewer of a category are drawn together with the others: a picture goes from hand to hand, and a
single case says whose it may be."""


class SinceVisit(StrEnum):
    """How long ago somebody was at a site."""

    RECENTLY = "4 weeks"
    A_WHILE_AGO = "12 weeks"
    LONG_AGO = "longer"
    NEVER = "never"


def reached(weeks: int | None) -> SinceVisit:
    """`weeks` since the last visit, 0 in its own week; None: there is none on record. As the
    coverage counts: within 4 weeks are this one and the three before it.
    """
    if weeks is None:
        return SinceVisit.NEVER
    if weeks < 4:
        return SinceVisit.RECENTLY
    return SinceVisit.A_WHILE_AGO if weeks < 12 else SinceVisit.LONG_AGO


def had_no_union(kind: UnitKind, union_since: date | None, day: date) -> bool:
    """Whether a site was an enterprise without a union on that day, as far as is known."""
    return kind is UnitKind.ENTERPRISE or (union_since is not None and day < union_since)


def age_class(days: int) -> int:
    """0 for what waited up to the first of AGES, 3 for what waited longer than the last."""
    return sum(days > limit for limit in AGES)


def few_together(counts: Mapping[str, Sequence[int]], other: str) -> list[tuple[str, list[int]]]:
    """(category, its counts by age), the most first; those of fewer than LEAST_CASES in one row
    `other` at the end, which is left out where it would be as small itself.
    """
    large = {key: list(ages) for key, ages in counts.items() if sum(ages) >= LEAST_CASES}
    small = [ages for key, ages in counts.items() if key not in large or key == other]
    large.pop(other, None)
    rows = sorted(large.items(), key=lambda row: -sum(row[1]))
    if small:
        together = [sum(column) for column in zip(*small, strict=True)]
        if sum(together) >= LEAST_CASES:
            rows.append((other, together))
    return rows


def by_month(
    waits: Iterable[tuple[date, int]], months: Sequence[tuple[int, int]]
) -> list[tuple[list[int], int]]:
    """(settled on, days waited) -> for each (year, month) the counts by age and the median of the
    days, 0 where nothing was settled."""
    by: dict[tuple[int, int], list[int]] = {month: [] for month in months}
    for day, days in waits:
        if (day.year, day.month) in by:
            by[day.year, day.month].append(days)
    rows = []
    for month in months:
        classes = Counter(age_class(days) for days in by[month])
        middle = round(median(by[month])) if by[month] else 0
        rows.append(([classes[n] for n in range(len(AGES) + 1)], middle))
    return rows


def months_until(day: date, count: int) -> list[tuple[int, int]]:
    """So many (year, month), the last one that of the day."""
    last = day.year * 12 + day.month - 1
    numbers = range(last - count + 1, last + 1)
    return [(number // 12, number % 12 + 1) for number in numbers]


def members_on(
    days: Sequence[date],
    now: Mapping[int, int],
    counts: Iterable[tuple[int, date, int]],
    there: Mapping[int, tuple[date, date | None]],
) -> list[int]:
    """How many members the sites had together on each of these days, which are in order.

    `counts`: (site, day, members) in the order in which they were written, a later one wins;
    `now`: what holds where none is known; `there`: the days between which a site exists.
    """
    by_site = {
        site: [(day, members) for _, day, members in rows]
        for site, rows in groupby(sorted(counts, key=itemgetter(0)), key=itemgetter(0))
    }
    sums = []
    for on in days:
        total = 0
        for site, members in now.items():
            since, until = there[site]
            if since > on or (until is not None and until <= on):
                continue
            before = [row for row in by_site.get(site, ()) if row[0] <= on]
            earliest = by_site.get(site, ((on, members),))[0]
            total += (before[-1] if before else earliest)[1]
        sums.append(total)
    return sums
