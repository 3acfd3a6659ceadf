"""The lists behind the figures. Each adds up to what `counting` counts, by the same rules."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards.alerts import SIGNS
from bot.cases.cards.labels import category_of, status_of
from bot.cases.rules.early_warning import SignKind
from bot.cases.services.sight import is_quiet, openable
from bot.core.labels import ARREARS, RATINGS, VISIT_KINDS
from bot.core.rules.calendar import Week, local
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from bot.summaries.facts.figures import FigureEntry
from bot.summaries.rules.figures import BY_KEY, Figure
from bot.summaries.services import counting
from bot.summaries.services.counting import SiteArrears
from bot.summaries.services.unit_scope import UnitScope
from bot.units.services.growth import new_members
from bot.visits.facts.results import words_of
from bot.visits.rules.results import sums_of
from bot.visits.rules.statements import states_something
from storage import cases, counts, figure_lists, figures
from storage.enums import CaseStatus, Rating, VisitKind
from storage.figure_lists import VisitRow
from storage.figures import DaySpan, SiteWords, UnitNode
from storage.models import Case

OTHER_ALERTS = "Cảnh báo khác, không hiển thị tại đây"
OTHERS = "Phản ánh, kiến nghị khác, không hiển thị tại đây"


@dataclass(frozen=True)
class ReportLook:
    """Who looks at which report, and what it speaks for."""

    work: Work
    actor: Actor
    unit_scope: UnitScope
    report: int
    days: DaySpan

    @property
    def units(self) -> set[int]:
        return self.unit_scope.units()

    @property
    def sites(self) -> list[UnitNode]:
        return self.unit_scope.sites(self.report)

    @property
    def weeks(self) -> list[Week]:
        known_since = self.unit_scope.known_since(self.report)
        return counting.weeks_of(self.work.calendar, self.days, known_since)

    @property
    def weeks_since(self) -> date | None:
        """Since when the unit is in the list, where weeks of the days are left out for it."""
        known_since = self.unit_scope.known_since(self.report)
        return counting.since_in_list(self.work.calendar, self.days, known_since)

    def name(self, unit: int | None) -> str:
        node = self.unit_scope.tree_of(self.report).get(unit or 0)
        return node.name if node else ""

    def opens(self, row: VisitRow) -> int | None:
        """The visit, where the actor may see it."""
        nodes = self.unit_scope.nodes
        paths = [nodes[key].path for key in (row.site_id, row.home_id) if key in nodes]
        subjects = [Subject(path, row.officer_id) for path in paths]
        may = any(self.actor.may(Action.SEE_VISIT, subject) for subject in subjects)
        return row.visit_id if may else None


async def entries(session: AsyncSession, looking: ReportLook, key: str) -> list[FigureEntry]:
    """Everything that a figure (no share) is made of; the worth of all entries is the figure."""
    if key in counting.LEVELS:
        return await _level(session, looking, key)
    if key in ("received", "settled", "passed", "handed_up", "referred", "open", "overdue"):
        return await _cases(session, looking, key)
    if key in counting.ARREARS_FIGURES:
        return await _arrears(session, looking, key)
    if BY_KEY[key].of_result:
        return await _visits(session, looking, key)
    if key in _VISITS:
        return await _visits(session, looking, key)
    return await _OTHERS[key](session, looking)


async def _level(session: AsyncSession, looking: ReportLook, key: str) -> list[FigureEntry]:
    plain = key in ("unions", "enterprises", "sensitive", "sites")
    counted_then = await counts.as_of(session, looking.days.last)
    nodes = [counting.as_of(node, counted_then, looking.days.last) for node in looking.sites]
    node_worths = [(node, counting.level_of(key, node)) for node in nodes]
    return [
        FigureEntry(node.name, amount=None if plain else worth)
        for node, worth in node_worths
        if worth
    ]


def _small(words: str) -> str:
    """`Dự họp BCH` -> `dự họp BCH`; str.lower would spoil the rest."""
    return words[:1].lower() + words[1:]


@dataclass(frozen=True)
class VisitFigure:
    """A figure made of visits. `amount`: what a visit adds; `words` stand beside it.

    `summed`: a visit may add more than 1, and its line says how much.
    """

    amount: Callable[[VisitRow], int]
    words: Callable[[VisitRow], str] = lambda row: row.officer
    summed: bool = False


def _of_kind(kind: VisitKind) -> VisitFigure:
    return VisitFigure(amount=lambda row: int(row.kind == kind))


def _of_words(name: str) -> VisitFigure:
    """Reports whose words there state something."""
    return VisitFigure(
        amount=lambda row: int(states_something(getattr(row, name))),
        words=lambda row: getattr(row, name),
    )


def _of_result(figure: Figure) -> VisitFigure:
    """Reports that state such a result, with what they say of it."""
    kind = figure.of_result.kind.key if figure.of_result else ""

    def words(row: VisitRow) -> str:
        return "; ".join(words_of(result) for result in row.results if result["kind"] == kind)

    return VisitFigure(
        amount=lambda row: sums_of(row.results)[figure.key], words=words, summed=True
    )


_VISITS: Mapping[str, VisitFigure] = {
    "visits": VisitFigure(
        amount=lambda row: 1,
        words=lambda row: f"{row.officer}; {_small(VISIT_KINDS.get(row.kind, row.kind))}",
    ),
    **{figure: _of_kind(kind) for kind, figure in counting.VISITS_BY_KIND.items()},
    "workers_met": VisitFigure(amount=lambda row: row.workers_met, summed=True),
    "leader_visits": VisitFigure(amount=lambda row: int(row.by_leader is True)),
    "specialist_visits": VisitFigure(amount=lambda row: int(row.by_leader is False)),
    **{figure: _of_words(name) for figure, name in counting.WORDS_BY_FIGURE.items()},
    "commended": VisitFigure(
        amount=lambda row: row.commended, words=lambda row: row.commendation, summed=True
    ),
}


async def _visits(session: AsyncSession, looking: ReportLook, key: str) -> list[FigureEntry]:
    figure = _of_result(BY_KEY[key]) if BY_KEY[key].of_result else _VISITS[key]
    entries = []
    for row in await figure_lists.visit_rows(session, looking.days, looking.units):
        if row.unit_id in looking.units and (amount := figure.amount(row)):
            head = f"{row.day:%d/%m/%Y} · {looking.name(row.site_id)}"
            worth = amount if figure.summed else None
            entries.append(FigureEntry(head, figure.words(row), worth, looking.opens(row)))
    return entries


async def _new_members(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    """Each counted once, from visits' reports and from the sites' figures; the newest first."""
    rows = await figure_lists.visit_rows(session, looking.days, looking.units)
    visits = {row.visit_id: row for row in rows}
    flow = looking.unit_scope.owned[looking.report].flow
    entries = []
    for gain in reversed(await new_members(session, looking.days, looking.units)):
        if gain.home_id in flow:
            visit = visits.get(gain.visit_id)
            words = visit.officer if visit else "" if gain.by_visit else "theo số liệu của cơ sở"
            head = f"{gain.day:%d/%m/%Y} · {looking.name(gain.site_id)}"
            opens = looking.opens(visit) if visit else None
            entries.append(FigureEntry(head, words, gain.members, opens))
    return entries


async def _sites_reached(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    rows = await figure_lists.visit_rows(session, looking.days, looking.units)
    times = Counter(row.site_id for row in rows if row.unit_id in looking.units)
    lines = [(looking.name(site), f"{many} lượt đi") for site, many in times.most_common()]
    return [FigureEntry(name, words) for name, words in lines]


async def _surveyed(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    nodes = looking.unit_scope.nodes
    rows = await figures.sites(session, looking.days, looking.units)
    first: dict[int, date] = {}
    for row in rows:
        if counting.is_unionless(nodes[row.site_id], row.first_day):
            first[row.site_id] = min(row.first_day, first.get(row.site_id, row.first_day))
    return [
        FigureEntry(looking.name(site), f"đến lần đầu trong kỳ ngày {day:%d/%m/%Y}")
        for site, day in sorted(first.items(), key=lambda pair: pair[1])
    ]


def _once_a_site(looking: ReportLook, rows: Iterable[SiteWords]) -> list[FigureEntry]:
    words_of: dict[int, str] = {}
    for row in rows:
        words_of.setdefault(row.site_id, row.words)
    return [FigureEntry(looking.name(site), words) for site, words in words_of.items()]


async def _arrears(session: AsyncSession, looking: ReportLook, key: str) -> list[FigureEntry]:
    states, units = counting.ARREARS_FIGURES[key], looking.unit_scope.owned[looking.report].flow
    return [
        FigureEntry(looking.name(site.site_id), _of_arrears(site))
        for site in await counting.arrears_at_sites(session, looking.days, looking.units)
        if site.state in states and site.unit_id in units
    ]


def _of_arrears(site: SiteArrears) -> str:
    return "; ".join(part for part in (ARREARS[site.state], site.words) if part)


async def _fees(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    return _once_a_site(looking, await figures.fees_troubles(session, looking.days, looking.units))


async def _weeks(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    """Every week that was asked for, and whether somebody went."""
    met = await _by_week(session, looking)
    weeks = looking.weeks
    return [
        FigureEntry(
            _week(week), f"{met[week.monday]} lượt đi" if met[week.monday] else "chưa có lượt đi"
        )
        for week in reversed(weeks)
    ]


async def _weeks_met(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    met = await _by_week(session, looking)
    weeks = looking.weeks
    return [
        FigureEntry(_week(w), f"{met[w.monday]} lượt đi") for w in reversed(weeks) if met[w.monday]
    ]


async def _by_week(session: AsyncSession, looking: ReportLook) -> Counter[date]:
    days = counting.whole_weeks(looking.days)
    visits_by_week: Counter[date] = Counter()
    for row in await figures.days_out(session, days, looking.units):
        visits_by_week[Week.of(row.day).monday] += row.visits
    return visits_by_week


def _week(week: Week) -> str:
    label = week.label()
    return label[:1].upper() + label[1:]


async def _cases(session: AsyncSession, looking: ReportLook, key: str) -> list[FigureEntry]:
    """By code and status, without a word of what was said; the newest first. Of what the actor may
    not see or what is confidential only how many there are together: a line of its own, with its
    day, would say that there is something."""
    inside = looking.unit_scope.owned[looking.report].inside
    brought = await counting.cases_brought(session, looking.days)
    case_rows = await figures.cases_one_by_one(session, brought, looking.units)
    theirs = await openable(session, looking.actor, {case.id or 0 for case, _ in case_rows})
    case_entries, others = [], 0
    for case, into in reversed(case_rows):
        stands = into or case
        overdue = counting.is_overdue(stands.status, stands.settle_by, looking.days.last)
        standing = counting.standing(stands.status, stands.unit_id, inside)
        keys = {"received", standing, "overdue" if overdue else standing}
        if standing == "passed":
            keys.add(counting.passed_to(stands.status))
        if key in keys:
            if case.id in theirs and not is_quiet(case):
                case_entries.append(_case(looking, case, stands, overdue=overdue))
            else:
                others += 1
    return [*case_entries, *([FigureEntry(OTHERS, amount=others)] if others else [])]


def _case(looking: ReportLook, case: Case, stands: Case, *, overdue: bool) -> FigureEntry:
    day = f"{local(case.created_at):%d/%m/%Y}"
    level = looking.name(stands.unit_id)
    standing = [status_of(stands, level)]
    if stands.status is not CaseStatus.ESCALATED:  # else its status names the level
        standing.append(level)
    words = [category_of(case)[1], *standing, "quá hạn" if overdue else ""]
    return FigureEntry(f"{day} · {case.code}", "; ".join(part for part in words if part))


async def _alerts(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    """Where and of what; of those that a case rang which is to be kept quiet, how many."""
    events = await counting.events(session, looking.days)
    rang = await cases.by_ids(session, {alert.case_id for alert, _ in events if alert.case_id})
    lines, others = [], 0
    for alert, home in events:
        if home in looking.unit_scope.owned[looking.report].flow:
            if alert.case_id in rang and is_quiet(rang[alert.case_id]):
                others += 1
                continue
            signs = [SIGNS[SignKind(sign.partition(":")[0])] for sign in alert.signs]
            place = looking.name(alert.site_id) or looking.name(home)
            lines.append((alert.at, f"{local(alert.at):%d/%m/%Y} · {place}", ", ".join(signs)))
    entries = [FigureEntry(head, words) for _, head, words in sorted(lines, reverse=True)]
    return [*entries, *([FigureEntry(OTHER_ALERTS, amount=others)] if others else [])]


async def _new_unions(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    owned = looking.unit_scope.owned[looking.report]
    tree = looking.unit_scope.tree_of(looking.report)
    nodes = counting.new_unions([tree[key] for key in owned.inside], looking.days)
    return [FigureEntry(node.name, f"từ ngày {node.union_since:%d/%m/%Y}") for node in nodes]


async def _rated(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    return await _ratings(session, looking, lambda _rating, _before: True)


async def _raised(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    return await _ratings(session, looking, lambda now, then: counting.moved(now, then) > 0)


async def _lowered(session: AsyncSession, looking: ReportLook) -> list[FigureEntry]:
    return await _ratings(session, looking, lambda now, then: counting.moved(now, then) < 0)


async def _ratings(
    session: AsyncSession, looking: ReportLook, wanted: Callable[[Rating, Rating | None], bool]
) -> list[FigureEntry]:
    rated = await figures.ratings(session, counting.rating_year(looking.days))
    rating_entries = []
    for site in looking.sites:
        if site.id in rated and wanted(*rated[site.id]):
            now, then = rated[site.id]
            words = f"{RATINGS[now]}; năm trước: {RATINGS[then] if then else 'chưa xếp loại'}"
            rating_entries.append(FigureEntry(site.name, words))
    return rating_entries


_OTHERS: Mapping[str, Callable[[AsyncSession, ReportLook], Awaitable[list[FigureEntry]]]] = {
    "alerts": _alerts,
    "sites_reached": _sites_reached,
    "weeks": _weeks,
    "weeks_met": _weeks_met,
    "new_unions": _new_unions,
    "surveyed": _surveyed,
    "rated": _rated,
    "raised": _raised,
    "lowered": _lowered,
    "fees_troubles": _fees,
    "new_members": _new_members,
}
