"""One span of days counted for several reports at once; what each figure means stands in
`bot/summaries/rules/figures.py` and docs/decisions/0010.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.sight import HIDDEN
from bot.core.rules.calendar import Calendar, Week, at
from bot.summaries.rules.figures import BY_KEY, FIGURES, CategoryCount, Numbers, Sort, TopicCount
from bot.summaries.rules.unit_scope import Owned
from bot.summaries.services.unit_scope import UnitScope
from bot.units.services.growth import members_by_home
from bot.visits.rules.results import sums_of
from bot.visits.rules.statements import ARREARS_TOPICS, arrears_of, states_something
from storage import alerts, counts, figures, trees
from storage.enums import (
    CLOSED_STATUSES,
    OPEN_CASES,
    Arrears,
    CaseStatus,
    Category,
    Rating,
    UnitKind,
    VisitKind,
)
from storage.figures import (
    AnsweredWords,
    CaseCount,
    CasesBrought,
    DayOut,
    DaySpan,
    SiteVisited,
    SiteWords,
    TopicTimes,
    UnitNode,
    VisitCount,
)
from storage.models import Alert, UnitCount

VISITS_BY_KIND = {
    VisitKind.COMMITTEE: "committee_visits",
    VisitKind.PROPAGANDA: "propaganda_visits",
    VisitKind.EXCHANGE: "exchange_visits",
    VisitKind.CARE: "care_visits",
    VisitKind.DIALOGUE: "dialogue_visits",
}
RATING_ORDER = tuple(Rating)
_FLOWS = tuple(f.key for f in FIGURES if f.sort is Sort.FLOW and not f.optional)
LEVELS = tuple(figure.key for figure in FIGURES if figure.sort is Sort.LEVEL)


class Count:
    """The numbers of one report while they are being added up.

    What reports may leave unanswered (`Figure.optional`) is there once one of them answers.
    """

    def __init__(self, owned: Owned, known_since: date) -> None:
        self.owned, self.known_since = owned, known_since
        self.values: Counter[str] = Counter(dict.fromkeys(_FLOWS, 0))
        self.topics: dict[str, TopicCount] = {}
        self.categories: dict[str, CategoryCount] = {}
        self.ratings: Counter[str] = Counter()
        self.weeks_since: date | None = None

    def numbers(self) -> Numbers:
        return Numbers(
            values=dict(self.values),
            topics=self.topics,
            categories=self.categories,
            ratings=dict(self.ratings),
            weeks_since=self.weeks_since,
        )


async def count(
    session: AsyncSession,
    calendar: Calendar,
    unit_scope: UnitScope,
    reports: Collection[int],
    days: DaySpan,
    *,
    levels: bool = True,
) -> dict[int, Numbers]:
    """Report -> what happened within the days; with `levels` also how things stood on
    the last of them."""
    by_report = _begun(unit_scope, reports)
    of_unit = _by_unit(by_report.values())
    units = unit_scope.units()
    await _add_progress(session, calendar, unit_scope, by_report, days)
    _add_words(of_unit, await figures.report_words(session, days, units))
    _add_topics(of_unit, await figures.topics(session, days, units))
    for row in await figures.results(session, days, units):
        for report_count in of_unit[row.unit_id]:
            report_count.values.update(sums_of(row.results))
    fees = await figures.fees_troubles(session, days, units)
    _add_distinct(of_unit, "fees_troubles", fees)
    for site in await arrears_at_sites(session, days, units):
        for report_count in of_unit[site.unit_id]:
            for figure, states in ARREARS_FIGURES.items():
                report_count.values[figure] += site.state in states
    brought = await cases_brought(session, days)
    add_cases(of_unit, await figures.cases(session, brought, units, QUIET))
    for _, home in await events(session, days):
        for report_count in of_unit[home]:
            report_count.values["alerts"] += 1
    rated = await figures.ratings(session, rating_year(days))
    for key, report_count in by_report.items():
        _add_ratings(report_count, unit_scope.sites(key), rated)
    if levels:
        await _add_levels(session, unit_scope, by_report, days)
    return {key: report_count.numbers() for key, report_count in by_report.items()}


PROGRESS = ("visits_kept", "coverage", "members_gained", "new_unions")
"""What targets are counted from, of ALL_COUNTS, that is among these figures."""


async def progress(
    session: AsyncSession,
    calendar: Calendar,
    unit_scope: UnitScope,
    reports: Collection[int],
    days: DaySpan,
    *,
    counted: Collection[str] = PROGRESS,
) -> dict[int, Numbers]:
    """Of the same figures those that targets are counted from: weeks kept, sites reached of those
    that there are, new members, new unions; of PROGRESS only what is `counted`."""
    by_report = _begun(unit_scope, reports)
    await _add_progress(session, calendar, unit_scope, by_report, days, counted=counted)
    if "coverage" in counted:
        await _add_levels(session, unit_scope, by_report, days, keys=("sites",))
    return {key: report_count.numbers() for key, report_count in by_report.items()}


def _begun(unit_scope: UnitScope, reports: Collection[int]) -> dict[int, Count]:
    return {key: Count(unit_scope.owned[key], unit_scope.known_since(key)) for key in reports}


def _by_unit(report_counts: Iterable[Count]) -> "_OfUnit":
    """Unit -> the reports into which it counts."""
    of_unit: dict[int, list[Count]] = defaultdict(list)
    for report_count in report_counts:
        for unit in report_count.owned.flow:
            of_unit[unit].append(report_count)
    return of_unit


async def _add_progress(
    session: AsyncSession,
    calendar: Calendar,
    unit_scope: UnitScope,
    by_report: Mapping[int, Count],
    days: DaySpan,
    *,
    counted: Collection[str] = PROGRESS,
) -> None:
    of_unit, units = _by_unit(by_report.values()), unit_scope.units()
    if "coverage" in counted:
        _add_sites(of_unit, unit_scope, await figures.sites(session, days, units))
    if "visits_kept" in counted:
        met = await figures.days_out(session, whole_weeks(days), units)
        _add_weeks(by_report.values(), of_unit, calendar, days, met)
    if "members_gained" in counted:
        _add_visits(of_unit, await figures.visits(session, days, units))
        for home, members in (await members_by_home(session, days, units)).items():
            for report_count in of_unit[home]:
                report_count.values["new_members"] += members
    for report_count in by_report.values() if "new_unions" in counted else ():
        inside = [unit_scope.nodes[key] for key in report_count.owned.inside]
        report_count.values["new_unions"] = len(new_unions(inside, days))


@dataclass(frozen=True)
class SiteArrears:
    """What the newest report that speaks of arrears at a site says of them."""

    unit_id: int
    site_id: int
    state: Arrears
    words: str


ARREARS_FIGURES: Mapping[str, frozenset[Arrears]] = {
    "arrears_asked": frozenset(Arrears) - {Arrears.UNCLEAR},
    "arrears_sites": frozenset({Arrears.WAGES, Arrears.INSURANCE, Arrears.BOTH}),
    "arrears_wages": frozenset({Arrears.WAGES, Arrears.BOTH}),
    "arrears_insurance": frozenset({Arrears.INSURANCE, Arrears.BOTH}),
    "arrears_unclear": frozenset({Arrears.UNCLEAR}),
}
"""Which answers a figure counts."""


async def arrears_at_sites(
    session: AsyncSession, days: DaySpan, units: Collection[int]
) -> list[SiteArrears]:
    """At every site that stood under one of these units, each once; the newest report may be of
    another unit.
    """
    newest: dict[int, SiteArrears] = {}
    rows = await figures.arrears(session, days, ARREARS_TOPICS, units)
    for _, group in groupby(rows, key=lambda row: row.report_id):
        first, *others = group
        on_topics = [row.topic_words for row in (first, *others) if row.topic_words]
        state = arrears_of(first.state, first.words, on_topics)
        if state is not None and first.site_id not in newest:
            words = first.words or "; ".join(on_topics)
            newest[first.site_id] = SiteArrears(first.unit_id, first.site_id, state, words)
    return list(newest.values())


def moments(days: DaySpan) -> tuple[datetime, datetime]:
    """From the first moment of the days to the first one after them."""
    return at(days.first, time()), at(days.last + timedelta(days=1), time())


async def cases_brought(session: AsyncSession, days: DaySpan) -> CasesBrought:
    """The cases of some days, where they were at the end of them."""
    changed = await trees.differs(session, days.last)
    return CasesBrought(*moments(days), at(days.last, time()), as_it_was=changed)


def weeks_of(calendar: Calendar, days: DaySpan, known_since: date) -> list[Week]:
    """The weeks of a span: those whose Thursday lies in it, as in the ISO year; without those in
    which nobody works (Tết) and those before the unit was known here."""
    first = max(days.first, known_since)
    week = Week.of(first)
    weeks = []
    while week.monday + timedelta(days=3) <= days.last:
        if week.monday + timedelta(days=3) >= first and not calendar.week_is_off(week):
            weeks.append(week)
        week = week.next()
    return weeks


def since_in_list(calendar: Calendar, days: DaySpan, known_since: date) -> date | None:
    """The day on which a unit came into the list, where weeks of the span lie before it."""
    all_weeks = weeks_of(calendar, days, days.first)
    return known_since if len(weeks_of(calendar, days, known_since)) < len(all_weeks) else None


def whole_weeks(days: DaySpan) -> DaySpan:
    """The same days with the rest of their first and last weeks: a week may be met on any day."""
    return DaySpan(Week.of(days.first).monday, Week.of(days.last).sunday)


async def events(session: AsyncSession, days: DaySpan) -> list[tuple[Alert, int]]:
    """The first alert of each event that began within the days, with the home of its case.

    An event is told again when it grows: alerts of one cluster less than a week apart are one.
    """
    since, before = moments(days)
    alert_rows = await figures.alerts(session, since - alerts.ONE_EVENT, before)
    last: dict[str, datetime] = {}
    first_alerts = []
    for alert, home in alert_rows:
        again = alert.key in last and alert.at - last[alert.key] <= alerts.ONE_EVENT
        last[alert.key] = alert.at
        if not again and alert.at >= since:
            first_alerts.append((alert, home))
    return first_alerts


def standing(status: CaseStatus, unit: int, inside: Collection[int]) -> str:
    """Where a case stands for a report: settled, passed or open; every case is one of these.

    Passed: not settled, and with an agency or with a level outside of the reporting unit.
    """
    if status not in OPEN_CASES:
        return "settled"
    if status is CaseStatus.REFERRED or unit not in inside:
        return "passed"
    return "open"


def passed_to(status: CaseStatus) -> str:
    """The figure of a case that was passed on: to an agency, whatever level did so, or up."""
    return "referred" if status is CaseStatus.REFERRED else "handed_up"


def is_overdue(status: CaseStatus, due: datetime | None, until: date) -> bool:
    """Not settled, and its day was before the day of counting."""
    return status in OPEN_CASES and due is not None and due < at(until, time())


def is_unionless(node: UnitNode, day: date) -> bool:
    """Whether the enterprise had no union on that day, as far as we know."""
    return node.kind is UnitKind.ENTERPRISE or (
        node.union_since is not None and day < node.union_since
    )


def rating_year(days: DaySpan) -> int:
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


def as_of(now: UnitNode, counted_then: Mapping[int, UnitCount], day: date) -> UnitNode:
    """A site as it was on that day: its figures, and whether it had its union.

    `counted_then`: unit id -> its figures, for those with others now."""
    then = now
    if row := counted_then.get(now.id):
        then = replace(then, workers=row.workers, women=row.women, members=row.members)
    if now.kind is UnitKind.SITE_UNION and is_unionless(now, day):
        then = replace(then, kind=UnitKind.ENTERPRISE)
    return then


def level_of(key: str, node: UnitNode) -> int:
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


_OfUnit = dict[int, list["Count"]]


def _add_visits(of_unit: _OfUnit, rows: Iterable[VisitCount]) -> None:
    for row in rows:
        for report_count in of_unit[row.unit_id]:
            report_count.values["visits"] += row.visits
            if row.workers_met is not None:
                report_count.values["workers_met"] += row.workers_met
            if row.by_leader is not None:
                figure = "leader_visits" if row.by_leader else "specialist_visits"
                report_count.values[figure] += row.visits
            if row.kind in VISITS_BY_KIND:
                report_count.values[VISITS_BY_KIND[row.kind]] += row.visits
        if row.new_members is not None:
            for report_count in of_unit[row.home_id]:
                report_count.values["new_members"] += 0  # asked: known, maybe none


def _add_sites(of_unit: _OfUnit, unit_scope: UnitScope, rows: Iterable[SiteVisited]) -> None:
    _add_distinct(of_unit, "sites_reached", rows)
    unionless = [row for row in rows if is_unionless(unit_scope.nodes[row.site_id], row.first_day)]
    _add_distinct(of_unit, "surveyed", unionless)


def _add_distinct(
    of_unit: _OfUnit, key: str, rows: Iterable[SiteVisited] | Iterable[SiteWords]
) -> None:
    """Sites, each once, though several units of one report may have been there."""
    sites_of: dict[Count, set[int]] = defaultdict(set)
    for row in rows:
        for report_count in of_unit[row.unit_id]:
            sites_of[report_count].add(row.site_id)
    for report_count, sites in sites_of.items():
        report_count.values[key] = len(sites)


WORDS_BY_FIGURE = {
    "helped": "help_given",
    "commendations": "commendation",
    "training_needs": "training_needs",
}


def _add_words(of_unit: _OfUnit, rows: Iterable[AnsweredWords]) -> None:
    """A report that says "không có" answers the question, and adds nothing."""
    for row in rows:
        for key, name in WORDS_BY_FIGURE.items():
            if words := getattr(row, name):
                for report_count in of_unit[row.unit_id]:
                    report_count.values[key] += states_something(words)
        if row.commendation:
            for report_count in of_unit[row.unit_id]:
                report_count.values["commended"] += row.commended


def _add_topics(of_unit: _OfUnit, rows: Iterable[TopicTimes]) -> None:
    for row in rows:
        times = TopicCount(guided=row.guided, trouble=row.trouble)
        for report_count in of_unit[row.unit_id]:
            report_count.topics[row.topic] = (
                report_count.topics.get(row.topic, TopicCount()) + times
            )
            if row.topic == figures.FEES:
                report_count.values["fees_troubles"] += 0  # looked into: known, maybe of none


def _add_weeks(
    counts: Iterable[Count],
    of_unit: _OfUnit,
    calendar: Calendar,
    days: DaySpan,
    rows: Iterable[DayOut],
) -> None:
    met: dict[Count, set[date]] = defaultdict(set)
    for row in rows:
        monday = Week.of(row.day).monday
        for report_count in of_unit[row.unit_id]:
            met[report_count].add(monday)
    mondays_since: dict[date, set[date]] = {}  # most units are known since the same day
    for report_count in counts:
        since = report_count.known_since
        if since not in mondays_since:
            mondays_since[since] = {week.monday for week in weeks_of(calendar, days, since)}
        report_count.values["weeks"] = len(mondays_since[since])
        report_count.weeks_since = since_in_list(calendar, days, since)
        report_count.values["weeks_met"] = len(met[report_count] & mondays_since[since])


QUIET = figures.QuietCases(HIDDEN, Category.KHAC)


def add_cases(of_unit: _OfUnit, rows: Iterable[CaseCount]) -> None:
    for row in rows:
        for report_count in of_unit[row.home_id]:
            stands = standing(row.status, row.unit_id, report_count.owned.inside)
            report_count.values["received"] += row.cases
            report_count.values[stands] += row.cases
            if stands == "passed":
                report_count.values[passed_to(row.status)] += row.cases
            report_count.values["overdue"] += row.cases * row.overdue
            before = report_count.categories.get(row.category, CategoryCount())
            more = CategoryCount(received=row.cases, **{stands: row.cases})
            report_count.categories[row.category] = before + more


async def _add_levels(
    session: AsyncSession,
    unit_scope: UnitScope,
    by_report: Mapping[int, Count],
    days: DaySpan,
    *,
    keys: Sequence[str] = LEVELS,
) -> None:
    """How things stood on the last of the days."""
    counted_then = await counts.as_of(session, days.last)
    for report, report_count in by_report.items():
        sites = [as_of(site, counted_then, days.last) for site in unit_scope.sites(report)]
        for key in keys:
            value = sum(level_of(key, site) for site in sites)
            if value or not BY_KEY[key].optional:  # a list without women says nothing of them
                report_count.values[key] = value


def _add_ratings(
    report_count: Count,
    sites: Iterable[UnitNode],
    rated: Mapping[int, tuple[Rating, Rating | None]],
) -> None:
    for site in sites:
        if site.id in rated:
            rating, before = rated[site.id]
            report_count.ratings[transition(rating, before)] += 1
            report_count.values["rated"] += 1
            report_count.values["raised"] += moved(rating, before) > 0
            report_count.values["lowered"] += moved(rating, before) < 0


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


async def settled_in_time(
    session: AsyncSession, unit_scope: UnitScope, keys: Collection[int], days: DaySpan, until: date
) -> dict[int, Share]:
    """Of the cases whose day to be settled by lies within the days and is over before `until`:
    those that were settled by it."""
    since, before = moments(days)
    before = min(before, at(until, time()))
    rows = await figures.cases_due(session, since, before, unit_scope.units())
    shares = {}
    for key in keys:
        own = [row for row in rows if row.home_id in unit_scope.owned[key].flow]
        shares[key] = Share(sum(row.in_time for row in own), sum(row.cases for row in own))
    return shares


async def unions_founded(
    session: AsyncSession, unit_scope: UnitScope, wanted: Mapping[int, int], days: DaySpan
) -> dict[int, Share]:
    """Of the enterprises that had no union on the first of the days, as far as we know, and have at
    least so many workers on the last: those that have one by then.

    `wanted`: key of the scope -> how many workers.
    """
    counted_then = await counts.as_of(session, days.last)
    shares = {}
    for key, workers in wanted.items():
        concerned = [
            site
            for site in unit_scope.sites(key)
            if is_unionless(site, days.first)
            and as_of(site, counted_then, days.last).workers >= workers
        ]
        founded = [s for s in concerned if s.union_since and s.union_since <= days.last]
        shares[key] = Share(len(founded), len(concerned))
    return shares


def new_unions(nodes: Iterable[UnitNode], days: DaySpan) -> list[UnitNode]:
    """Those of the enterprises that got a union within the days."""
    return [n for n in nodes if n.union_since and days.first <= n.union_since <= days.last]


assert {*OPEN_CASES, *CLOSED_STATUSES} == set(CaseStatus)
