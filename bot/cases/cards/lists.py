"""Lists of cases: one line each, the figures above, buttons to open and to turn pages."""

from bot.cases.cards.cases import late_words
from bot.cases.cards.labels import NOBODY, category_of, status_of
from bot.cases.facts.cases import CaseLine, CaseList, Counts
from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import render
from storage.enums import Severity

TITLES = {
    "mine": "Của tôi",
    "unit": "Tất cả",
    "over": "Quá hạn",
    "urgent": "Khẩn",
    "free": "Chưa có người nhận",
    "up": "Đã chuyển lên",
}
FIND = Button("🔍 Tìm", "case:find")
EXPORT = Button("📥 Tải tất cả (xlsx)", "case:export")
MOST_QUERY = 40  # letters of a query that go into a button


def listed(case_list: CaseList) -> Card:
    """One page of one list."""
    title = f"Tìm “{case_list.query}”" if case_list.kind == "find" else TITLES[case_list.kind]
    text = render(
        "case/list",
        f=case_list,
        title=title,
        lines=[_line(row) for row in case_list.rows],
        first=case_list.page * 10 + 1,
        nobody=NOBODY,
    )
    opens = [
        Button(f"{n}. {row.case.code}", f"case:open:{row.case.id}")
        for n, row in enumerate(case_list.rows, case_list.page * 10 + 1)
    ]
    whole: Rows = ()
    if case_list.rows and case_list.kind in TITLES:
        whole = ((Button("📥 Tải xlsx", f"case:x:{case_list.kind}"),),)
    rows = (*grid(opens, 2), *_turn(case_list), *whole, *_others(case_list), *_last(case_list))
    return Card(text, rows)


def brief(counts: Counts) -> Card:
    """The line on the home card."""
    button = Button("📮 Phản ánh, kiến nghị", "case:list:unit:0")
    return Card(render("case/home", c=counts), ((button,),))


def _line(row: CaseLine) -> tuple[CaseLine, str, str, str, bool]:
    case = row.case
    return (
        row,
        category_of(case)[0],
        status_of(case, row.level),
        late_words(row.days_late, case.severity),
        case.severity == Severity.URGENT,
    )


def _turn(case_list: CaseList) -> Rows:
    where = "case:list:" + case_list.kind + ":{}"
    if case_list.kind == "find":
        where = "case:found:{}:" + case_list.key[:MOST_QUERY]
    turn = []
    if case_list.page:
        turn.append(Button("‹ Trước", where.format(case_list.page - 1)))
    if case_list.more:
        turn.append(Button("Tiếp ›", where.format(case_list.page + 1)))
    return (tuple(turn),) if turn else ()


def _others(case_list: CaseList) -> Rows:
    counts = case_list.counts
    figures = {
        "mine": counts.mine,
        "unit": counts.all,
        "over": counts.overdue,
        "urgent": counts.urgent,
        "free": counts.unheld,
    }
    if counts.passed_up:
        figures["up"] = counts.passed_up
    others = [
        Button(f"{TITLES[kind]} ({figure})", f"case:list:{kind}:0")
        for kind, figure in figures.items()
        if kind != case_list.kind
    ]
    return grid(others, 2)


def _last(case_list: CaseList) -> Rows:
    rows: Rows = ((FIND, Button("« Trang chính", "home")),)
    return ((EXPORT,), *rows) if case_list.leads else rows
