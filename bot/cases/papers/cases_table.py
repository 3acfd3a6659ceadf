"""A case as one row of the table of proposals that the unions keep; no reporter is in it."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.cases.cards.labels import CATEGORIES, affected_of, kind_of, status_of
from bot.cases.cards.lists import TITLES
from bot.cases.rules.cases import is_confidential
from bot.core.rendering import day, moment
from bot.core.rules.calendar import local
from bot.documents.safe_cells import Cell, safe
from bot.documents.tables import TableHead
from storage.enums import Severity
from storage.models import Case

TITLE = "Kiến nghị"
HEADINGS = (
    *("TT", "Ngày", "Đơn vị", "Nội dung", "Lĩnh vực"),
    *("Cấp giải quyết", "Hạn", "Kết quả", "Ghi chú"),
)
HIDDEN = "(nội dung bảo mật)"


def row(number: int, case: Case, site: str, unit: str) -> list[Cell]:
    """The cells under HEADINGS, text already made safe. Of a confidential case, and of one about a
    cadre, nothing goes out but that there is one, whose it is to settle, and how far it is."""
    hidden = is_confidential(case.category, case.kind) or case.about_id is not None
    cells: list[Cell] = [
        number,
        local(case.created_at).date(),
        "" if hidden else site,
        HIDDEN if hidden else case.text,
        "" if hidden else CATEGORIES[case.category][1],
        unit,
        local(case.settle_by).date() if case.settle_by else None,
        _result(case, unit, hidden),
        _remarks(case, hidden),
    ]
    return [safe(cell) if isinstance(cell, str) else cell for cell in cells]


WIDTHS = (6, 12, 34, 60, 26, 30, 12, 50, 36)
"""In letters, under HEADINGS."""


def head_of(scope: str, now: datetime, since: date | None = None) -> TableHead:
    """What stands above the whole table. `scope`: whose cases these are; `since`: older ones are
    left out, there are too many."""
    about = f"Phạm vi: {scope}. Lập lúc {moment(now)}."
    if since:
        about += (
            f" Bảng chỉ gồm những việc tiếp nhận từ ngày {since:%d/%m/%Y}; cần những việc trước"
        )
        about += " đó, đề nghị nhờ người vận hành máy chủ xuất riêng."
    counted = "phản ánh, kiến nghị"
    return TableHead(TITLE, "Bảng tổng hợp phản ánh, kiến nghị", about, WIDTHS, counted)


def list_xlsx(kind: str, rows: Sequence[Sequence[Cell]], now: datetime) -> bytes:
    """One of the lists as a workbook of its own. `rows`: under HEADINGS, numbered."""
    from bot.documents.sheets import listing, workbook  # with it comes what writes workbooks

    columns = dict(zip(HEADINGS[1:], WIDTHS[1:], strict=True))
    title = f"Phản ánh, kiến nghị: {TITLES[kind].lower()}"
    table = listing(title, columns, [cells[1:] for cells in rows])
    return workbook([table], f"{len(rows)} phản ánh, kiến nghị. Lập lúc {moment(now)}.")


def _result(case: Case, unit: str, hidden: bool) -> str:
    status = status_of(case, unit)
    return f"{status}: {case.result}" if case.result and not hidden else status


def _remarks(case: Case, hidden: bool) -> str:
    if hidden:  # its kind, its size or whom it was passed to would say what it is
        return case.code
    remarks = [case.code, kind_of(case)]
    remarks += ["khẩn"] if case.severity is Severity.URGENT else []
    remarks += [people] if (people := affected_of(case)) else []
    if case.agency:
        on = f" ngày {day(case.agency_on)}" if case.agency_on else ""
        remarks.append(f"đã chuyển {case.agency}{on}")
    return "; ".join(remarks)
