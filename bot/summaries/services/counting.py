"""One span of days counted for several reports at once; what each figure means stands in
`bot/summaries/rules/figures.py` and docs/decisions/0010.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.rules.cases import CONFIDENTIAL_KINDS, PAST_OFFICERS
from bot.core.rules.calendar import Calendar, Week, at
from bot.summaries.rules.figures import CategoryCount, Numbers, TopicCount
from bot.summaries.rules.unit_scope import Owned
from bot.summaries.services.unit_scope import Ground
from storage import alerts, figures
from storage.enums import (
    CLOSED_STATUSES,
    OPEN_CASES,
    CaseStatus,
    Category,
    Rating,
    UnitKind,
    VisitKind,
)
from storage.figures import Days, Node
from storage.models import Alert

VISITS_BY_KIND = {
    VisitKind.COMMITTEE: "committee_visits",
    VisitKind.PROPAGANDA: "propaganda_visits",
    VisitKind.EXCHANGE: "exchange_visits",
    VisitKind.CARE: "care_visits",
    VisitKind.DIALOGUE: "dialogue_visits",
}
RATING_ORDER = tuple(Rating)
_FLOWS = (
    *("arrears_sites", "alerts", "visits", "sites_reached", *VISITS_BY_KIND.values()),
    *("weeks_met", "guided", "workers_met", "received", "settled", "passed", "open", "overdue"),
    *("new_members", "new_unions", "surveyed", "rated", "raised", "lowered"),
    *("commendations", "training_needs", "fees_troubles"),
)


class Count:
    """The numbers of one report while they are being added up."""

    def __init__(self, owned: Owned, known_since: date) -> None:
        self.owned, self.known_since = owned, known_since
        self.values: Counter[str] = Counter(dict.fromkeys(_FLOWS, 0))
        self.topics: dict[str, TopicCount] = {}
        self.categories: dict[str, CategoryCount] = {}
        self.ratings: Counter[str] = Counter()

    def numbers(self) -> Numbers:
        return Numbers(dict(self.values), self.topics, self.categories, dict(self.ratings))


async def count(
    session: AsyncSession,
    calendar: Calendar,
    ground: Ground,
    reports: Collection[int],
    days: Days,
    *,
    levels: bool = True,
) -> dict[int, Numbers]:
    """Report -> what happened within the days; with `levels` also how things stand now."""
    counts = {key: Count(ground.owned[key], ground.known_since(key)) for key in reports}
    units = ground.units()
    of_unit: dict[int, list[Count]] = defaultdict(list)
    for one in counts.values():
        for unit in one.owned.flow:
            of_unit[unit].append(one)
    _add_visits(of_unit, await figures.visits(session, days, units))
    _add_sites(of_unit, ground, await figures.sites(session, days, units))
    _add_topics(of_unit, await figures.topics(session, days, units))
    fees = await figures.fees_troubles(session, days, units)
    _add_distinct(of_unit, "fees_troubles", fees)
    _add_distinct(of_unit, "arrears_sites", await figures.arrears(session, days, units))
    met = await figures.days_out(session, whole_weeks(days), units)
    _add_weeks(counts.values(), of_unit, calendar, days, met)
    add_cases(of_unit, await figures.cases(session, *moments(days), units, QUIET), days.last)
    for _, home in await events(session, days):
        for one in of_unit[home]:
            one.values["alerts"] += 1
    rated = await figures.ratings(session, rating_year(days))
    for key, one in counts.items():
        _add_tree(one, ground.sites(key), ground, days, rated, levels=levels)
    return {key: one.numbers() for key, one in counts.items()}


def moments(days: Days) -> tuple[datetime, datetime]:
    """From the first moment of the days to the first one after them."""
    return at(days.first, time()), at(days.last + timedelta(days=1), time())


def weeks_of(calendar: Calendar, days: Days, known_since: date) -> list[Week]:
    """The weeks of a span: those whose Thursday lies in it, as in the ISO year; without those in
    which nobody works (Tết) and those before the unit was known here."""
    first = max(days.first, known_since)
    week = Week.of(first)
    found = []
    while week.monday + timedelta(days=3) <= days.last:
        if week.monday + timedelta(days=3) >= first and not calendar.week_is_off(week):
            found.append(week)
        week = week.next()
    return found


def whole_weeks(days: Days) -> Days:
    """The same days with the rest of their first and last weeks: a week may be met on any day."""
    return Days(Week.of(days.first).monday, Week.of(days.last).sunday)


async def events(session: AsyncSession, days: Days) -> list[tuple[Alert, int]]:
    """The first alert of each event that began within the days, with the home of its case.

    An event is told again when it grows: alerts of one cluster less than a week apart are one.
    """
    since, before = moments(days)
    found = await figures.alerts(session, since - alerts.ONE_EVENT, before)
    last: dict[str, datetime] = {}
    begun = []
    for alert, home in found:
        again = alert.key in last and alert.at - last[alert.key] <= alerts.ONE_EVENT
        last[alert.key] = alert.at
        if not again and alert.at >= since:
            begun.append((alert, home))
    return begun


def standing(status: CaseStatus, unit: int, inside: Collection[int]) -> str:
    """Where a case stands for a report: settled, passed or open; every case is one of these.

    Passed: not settled, and with an agency or with a level outside of the reporting unit.
    """
    if status not in OPEN_CASES:
        return "settled"
    if status is CaseStatus.REFERRED or unit not in inside:
        return "passed"
    return "open"


def is_overdue(status: CaseStatus, due: datetime | None, until: date) -> bool:
    """Not settled, and its day was before the day of counting."""
    return status in OPEN_CASES and due is not None and due < at(until, time())


def is_unionless(node: Node, day: date) -> bool:
    """Whether the enterprise had no union on that day, as far as we know."""
    return node.kind is UnitKind.ENTERPRISE or (
        node.union_since is not None and day < node.union_since
    )


def rating_year(days: Days) -> int:
    """The year whose ratings belong to a period, also before it has begun."""
    return max(days.first, days.last).year


def transition(rating: Rating, before: Rating | None) -> str:
    """ "KHT>HT"; ">T" without a rating the year before."""
    return f"{before.value if before else ''}>{rating.value}"


def moved(rating: Rating, before: Rating | None) -> int:
    """1 up, -1 down, 0 where it stayed or there was none before."""
    if before is None:
        return 0
    now, then = RATING_ORDER.index(rating), RATING_ORDER.index(before)
    return (now > then) - (now < then)


def level_of(key: str, node: Node) -> int:
    """What a site adds to a figure of kind LEVEL."""
    union = node.kind is UnitKind.SITE_UNION
    worth = {
        "unions": int(union),
        "enterprises": int(not union),
        "workers": node.workers,
        "women": node.women,
        "members": node.members,
        "sensitive": int(node.sensitive),
        "sites": 1,
    }
    return worth[key]


LEVELS = ("unions", "enterprises", "workers", "women", "members", "sensitive", "sites")
_OfUnit = dict[int, list["Count"]]


def _add_visits(of_unit: _OfUnit, rows: Iterable[tuple[Any, ...]]) -> None:
    for unit, kind, visits, met, new, commended, trained in rows:
        for one in of_unit[unit]:
            one.values["visits"] += visits
            one.values["workers_met"] += met
            one.values["new_members"] += new
            one.values["commendations"] += commended
            one.values["training_needs"] += trained
            if kind in VISITS_BY_KIND:
                one.values[VISITS_BY_KIND[kind]] += visits


def _add_sites(of_unit: _OfUnit, ground: Ground, rows: Iterable[tuple[int, int, date]]) -> None:
    _add_distinct(of_unit, "sites_reached", rows)
    unionless = [row for row in rows if is_unionless(ground.nodes[row[1]], row[2])]
    _add_distinct(of_unit, "surveyed", unionless)


def _add_distinct(of_unit: _OfUnit, key: str, rows: Iterable[tuple[int, int, Any]]) -> None:
    """Sites, each once, though several units of one report may have been there."""
    found: dict[Count, set[int]] = defaultdict(set)
    for unit, site, _ in rows:
        for one in of_unit[unit]:
            found[one].add(site)
    for one, sites in found.items():
        one.values[key] = len(sites)


def _add_topics(of_unit: _OfUnit, rows: Iterable[tuple[int, str, int, int]]) -> None:
    for unit, topic, times, troubles in rows:
        for one in of_unit[unit]:
            one.topics[topic] = one.topics.get(topic, TopicCount()) + TopicCount(times, troubles)
            one.values["guided"] += times


def _add_weeks(
    counts: Iterable[Count],
    of_unit: _OfUnit,
    calendar: Calendar,
    days: Days,
    rows: Iterable[tuple[int, date, int]],
) -> None:
    met: dict[Count, set[date]] = defaultdict(set)
    for unit, day, _ in rows:
        for one in of_unit[unit]:
            met[one].add(day - timedelta(days=day.weekday()))
    for one in counts:
        asked = {week.monday for week in weeks_of(calendar, days, one.known_since)}
        one.values["weeks"] = len(asked)
        one.values["weeks_met"] = len(met[one] & asked)


QUIET = figures.Quiet(PAST_OFFICERS, CONFIDENTIAL_KINDS, Category.KHAC)


def add_cases(of_unit: _OfUnit, rows: Iterable[tuple[Any, ...]], until: date) -> None:
    for home, unit, category, status, due, many in rows:
        for one in of_unit[home]:
            stands = standing(status, unit, one.owned.inside)
            one.values["received"] += many
            one.values[stands] += many
            one.values["overdue"] += many * is_overdue(status, due, until)
            before = one.categories.get(category, CategoryCount())
            one.categories[category] = before + CategoryCount(received=many, **{stands: many})


def _add_tree(
    one: Count,
    sites: Sequence[Node],
    ground: Ground,
    days: Days,
    rated: dict[int, tuple[Rating, Rating | None]],
    *,
    levels: bool,
) -> None:
    if levels:
        for key in LEVELS:
            one.values[key] = sum(level_of(key, site) for site in sites)
    one.values["new_unions"] = len(new_unions(ground, one.owned, days))
    for site in sites:
        if site.id in rated:
            rating, before = rated[site.id]
            one.ratings[transition(rating, before)] += 1
            one.values["rated"] += 1
            one.values["raised"] += moved(rating, before) > 0
            one.values["lowered"] += moved(rating, before) < 0


def new_unions(ground: Ground, owned: Owned, days: Days) -> list[Node]:
    """Enterprises that got a union within the days, where they stand now."""
    found = (ground.nodes[key] for key in owned.inside)
    return [n for n in found if n.union_since and days.first <= n.union_since <= days.last]


assert {*OPEN_CASES, *CLOSED_STATUSES} == set(CaseStatus)
