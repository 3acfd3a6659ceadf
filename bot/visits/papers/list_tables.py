"""Lists of the overview as sheets: the rows of the list itself, with its title, what it covers and
the day at the head. The words of workers' proposals are in none: a sheet goes from hand to hand.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from bot.core.rendering import capital, moment
from bot.core.rules.calendar import Week
from bot.core.rules.shares import whole_percent
from bot.documents.safe_cells import Cell
from bot.documents.sheets import SheetTable, listing, workbook
from bot.visits.cards.overview import NAMED, TITLES, state
from bot.visits.facts.overview import (
    AnyList,
    CoverageFacts,
    ListFacts,
    NamedFacts,
    OfficerRow,
    PromisesFacts,
    StaffFacts,
    UnitsFacts,
    View,
)
from bot.visits.facts.periods import PeriodVisits


def as_xlsx(facts: AnyList | PeriodVisits, now: datetime) -> bytes:
    """The workbook of a list."""
    view: View = facts.view
    span = facts.period.label() if isinstance(facts, PeriodVisits) else view.week.dated()
    about = f"{capital(span)}. {view.name}." if view.name else f"{capital(span)}."
    table = _TABLES[type(facts)](facts)
    return workbook([table], f"{about} Lập lúc {moment(now)}.")


def visits(facts: ListFacts) -> SheetTable:
    title = " ".join(part for part in (TITLES[facts.kind], facts.title) if part)
    columns = {
        "Cơ sở": 34,
        "Cán bộ": 24,
        "Ngày": 12,
        "Tình trạng": 36,
        "NLĐ đã gặp": 12,
        "Nội dung": 50,
    }
    rows: list[list[Cell]] = [
        [
            row.site.name,
            row.officer.name,
            row.report.visited_on if row.report else row.visit.day,
            capital(state(row)),
            row.report.workers_met if row.report else None,
            "; ".join(row.words) if facts.kind == "t" else "",
        ]
        for row in facts.rows
    ]
    met = sum(row.report.workers_met or 0 for row in facts.rows if row.report)
    return listing(title, columns, rows, ["Cộng", "", None, "", met, ""])


def period_visits(facts: PeriodVisits) -> SheetTable:
    """The same of a month, quarter or year, each with its week."""
    columns = {"Tuần": 8, "Cơ sở": 34, "Cán bộ": 24, "Ngày": 12, "Tình trạng": 36, "NLĐ đã gặp": 12}
    rows: list[list[Cell]] = [
        [
            Week.of(row.visit.week).number,
            row.site.name,
            row.officer.name,
            row.report.visited_on if row.report else row.visit.day,
            capital(state(row)),
            row.report.workers_met if row.report else None,
        ]
        for row in facts.rows
    ]
    met = sum(row.report.workers_met or 0 for row in facts.rows if row.report)
    return listing(TITLES[facts.kind], columns, rows, ["Cộng", "", "", None, "", met])


def staff(facts: StaffFacts) -> SheetTable:
    columns = {
        "Cán bộ": 30,
        "Chỉ tiêu trong tuần": 12,
        "Được giao": 12,
        "Đã báo cáo": 12,
        "Số tuần liên tục đạt": 14,
        "Nghỉ phép": 26,
        "Liên lạc": 24,
    }
    rows: list[list[Cell]] = [
        [
            row.person.name,
            row.quota,
            row.planned,
            row.done,
            row.streak if row.quota_met else 0,
            "; ".join(f"{a:%d/%m/%Y} – {b:%d/%m/%Y}" for a, b in row.away),
            _reach(row),
        ]
        for row in facts.rows
    ]
    sums = [sum(getattr(row, key) for row in facts.rows) for key in ("quota", "planned", "done")]
    return listing("Theo cán bộ", columns, rows, ["Cộng", *sums, None, "", ""])


def _reach(row: OfficerRow) -> str:
    if not row.came_in:
        return "chưa vào lần nào"
    return "chưa liên lạc được" if row.person.blocked_at else ""


def units(facts: UnitsFacts) -> SheetTable:
    counted = [(unit.name, tally.done, tally.due) for unit, tally in facts.rows]
    if facts.direct[1]:
        counted.append(("Cơ sở trực thuộc", *facts.direct))
    rows = [[name, due, done, _share(done, due)] for name, done, due in counted]
    done, due = sum(row[1] for row in counted), sum(row[2] for row in counted)
    columns = {"Đơn vị": 44, "Lượt được giao": 14, "Đã báo cáo": 14, "Tỷ lệ %": 12}
    return listing("Theo đơn vị", columns, rows, ["Cộng", due, done, _share(done, due)])


def _share(done: int, due: int) -> int | None:
    return whole_percent(done, due) if due else None


def promises(facts: PromisesFacts) -> SheetTable:
    columns = {"Cơ sở": 34, "Việc đã thống nhất": 60, "Ai làm": 26, "Hạn": 12}
    rows: list[list[Cell]] = [
        [row.site.name, row.promise.what, row.promise.who, row.promise.until] for row in facts.rows
    ]
    return listing("Việc đã thống nhất, quá hạn", columns, rows)


def coverage(facts: CoverageFacts) -> SheetTable:
    columns = {
        "Cơ sở": 40,
        "Lao động": 12,
        "Số tuần từ lượt đi gần nhất": 18,
        "Phản ánh chưa giải quyết": 18,
        "Trong đó quá hạn": 14,
    }
    rows: list[list[Cell]] = [
        [line.site.name, line.site.workers, line.weeks, line.cases.open, line.cases.overdue]
        for line in facts.sites
    ]
    workers, cases, overdue = (
        sum(getter(line) for line in facts.sites)
        for getter in (
            attrgetter("site.workers"),
            attrgetter("cases.open"),
            attrgetter("cases.overdue"),
        )
    )
    title = "Cơ sở đã đến, lâu chưa đến xếp trước"
    return listing(title, columns, rows, ["Cộng", workers, None, cases, overdue])


def named(facts: NamedFacts) -> SheetTable:
    title = NAMED[facts.kind].split(" ", 1)[1]
    rows: list[list[Cell]] = [list(row) for row in facts.rows]
    return listing(title, {"Họ và tên": 36, "Ghi chú": 30}, rows)


_TABLES: Mapping[type[AnyList | PeriodVisits], Callable[[Any], SheetTable]] = {
    ListFacts: visits,
    PeriodVisits: period_visits,
    StaffFacts: staff,
    UnitsFacts: units,
    PromisesFacts: promises,
    CoverageFacts: coverage,
    NamedFacts: named,
}
