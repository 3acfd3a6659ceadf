"""Every table of a report as xlsx, a sheet each; nothing that people wrote becomes a formula."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from bot.documents.annexes import (
    FIGURES_OF_UNITS,
    TITLES,
    category_rows,
    rating_rows,
    state_of,
    target_rows,
    topic_rows,
    total_row,
)
from bot.documents.consolidated_words import sent_parts, sent_proposals
from bot.documents.report_words import compared_with, corrected_note, printed
from bot.documents.visits_table import Cell, safe
from bot.messages.render import capital
from bot.rules.figures import BY_KEY, FIGURES, PARTS, value_of
from bot.rules.papers import CaseRow, Consolidated, Line, Paper
from bot.rules.summaries import ADDRESSEES


@dataclass(frozen=True)
class Table:
    """`widths` in letters, one for each heading. `total`: the last row is a sum. `note`: above."""

    sheet: str
    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    total: bool = False
    note: str = ""


def unit_workbook(paper: Paper) -> bytes:
    """One unit's tables."""
    return _written([_figures(paper), *_shared(paper), *_words(paper)])


def consolidated_workbook(report: Consolidated) -> bytes:
    """The tables over all units: totals, every figure by unit, what units propose."""
    tables = [_totals(report), _by_unit(report), *_categories_by_unit(report), *_shared(report)]
    return _written([*tables, _own_words(report), _proposals(report)])


def _figures(paper: Paper) -> Table:
    rows: list[Sequence[Cell]] = [
        _figure_cells(line) for part in paper.figures for line in paper.lines(part)
    ]
    return Table("Số liệu", paper.subject, *_FIGURE_COLUMNS, rows, note=compared_with(paper))


_FIGURE_COLUMNS = (
    ("Phần", "Nội dung", "Đơn vị tính", "Năm nay", "Năm trước", "Hệ thống ghi nhận", "Ghi chú"),
    (34, 42, 12, 12, 12, 12, 60),
)


def _figure_cells(line: Line) -> list[Cell]:
    computed = line.corrected.computed if line.corrected else line.value
    figure = line.figure
    shown = f"{figure.part}. {PARTS[figure.part]}"
    numbers = (line.value, line.before, computed)
    return [shown, figure.label, figure.measure, *numbers, safe(corrected_note(line))]


def _totals(report: Consolidated) -> Table:
    before = report.before.values if report.before else {}
    lines = [
        Line(one, value_of(report.total.values, one.key), value_of(before, one.key))
        for one in FIGURES
        if one.part in report.figures
    ]
    rows = [_figure_cells(line) for line in lines]
    return Table("Tổng hợp", report.subject, *_FIGURE_COLUMNS, rows, note=compared_with(report))


def _by_unit(report: Consolidated) -> Table:
    """Every figure of every unit; a share has no sum, so the last row computes it anew."""
    keys = [one.key for one in FIGURES if one.part in report.figures] or [*FIGURES_OF_UNITS]
    rows: list[list[Cell]] = [
        [place, safe(row.unit), state_of(row), *(value_of(row.paper.values, k) for k in keys)]
        for place, row in enumerate(report.rows, 1)
    ]
    rows.append([None, "Tổng cộng", "", *(value_of(report.total.values, key) for key in keys)])
    labels = [f"{BY_KEY[key].label} ({BY_KEY[key].measure})" for key in keys]
    headings = ("TT", "Đơn vị", "Gửi báo cáo", *labels)
    widths = (5, 36, 18, *(12 for _ in keys))
    return Table("Theo đơn vị", TITLES["don_vi"], headings, widths, rows, total=True)


def _categories_by_unit(report: Consolidated) -> list[Table]:
    if "III.3" not in report.figures:
        return []
    headings = ("TT", "Đơn vị", *_CATEGORY_HEADINGS[1:])
    rows: list[list[Cell]] = []
    for row in report.rows:
        for one in category_rows(row.paper.numbers):
            rows.append([len(rows) + 1, safe(row.unit), *_counts(one)])
    title = f"{TITLES['linh_vuc']} của từng đơn vị"
    return [Table("Lĩnh vực theo đơn vị", title, headings, (5, 36, 40, *_FOUR), rows)]


_CATEGORY_HEADINGS = (
    *("TT", "Lĩnh vực", "Tiếp nhận", "Đã giải quyết"),
    *("Đã chuyển", "Đang xử lý"),
)
_FOUR = (14, 14, 14, 14)


def _counts(row: dict[str, Any]) -> list[Cell]:
    keys = ("noi_dung", "tiep_nhan", "da_giai_quyet", "da_chuyen", "dang_xu_ly")
    return [row[key] for key in keys]


def _shared(report: Paper | Consolidated) -> list[Table]:
    """The annexes that a unit's report and the consolidated one have alike."""
    numbers = report.total if isinstance(report, Consolidated) else report.numbers
    found: list[Table] = []
    if "III.3" in report.figures:
        rows = category_rows(numbers)
        cells: list[list[Cell]] = [[row["tt"], *_counts(row)] for row in rows]
        cells.append([None, *_counts(total_row(rows))])
        widths = (5, 40, *_FOUR)
        found.append(
            Table("Lĩnh vực", TITLES["linh_vuc"], _CATEGORY_HEADINGS, widths, cells, total=True)
        )
    if "III.1" in report.figures:
        cells = [[*row.values()] for row in topic_rows(numbers, report.topics)]
        headings: tuple[str, ...] = ("TT", "Nội dung", "Lượt nắm, hướng dẫn", "Lượt có vấn đề")
        found.append(Table("Nội dung", TITLES["chuyen_de"], headings, (5, 50, 16, 16), cells))
    if "III.5" in report.figures:
        cells = [[*row.values()] for row in rating_rows(numbers)]
        headings = ("TT", "Xếp loại năm trước", "Xếp loại năm nay", "Số CĐCS", "Chuyển biến")
        found.append(Table("Xếp loại", TITLES["xep_loai"], headings, (5, 26, 26, 10, 16), cells))
    if report.targets:
        cells = [[*row.values()] for row in target_rows(report.targets)]
        headings = ("TT", "Kế hoạch", "Chỉ tiêu", "Mức đề ra", "Thực hiện")
        found.append(Table("Chỉ tiêu", TITLES["chi_tieu"], headings, (5, 36, 60, 20, 20), cells))
    return [*found, _cases(report.cases)]


def _cases(cases: Sequence[CaseRow]) -> Table:
    headings = (
        *("TT", "Ngày", "Đơn vị", "Nội dung", "Lĩnh vực"),
        *("Cấp giải quyết", "Hạn", "Kết quả", "Ghi chú"),
    )
    rows: list[list[Cell]] = [
        [
            *(place, one.day, safe(one.unit), safe(one.text), safe(capital(one.category))),
            *(safe(one.level), one.due, safe(one.result), safe(one.note)),
        ]
        for place, one in enumerate(cases, 1)
    ]
    widths = (5, 12, 30, 60, 22, 24, 12, 36, 30)
    return Table("Kiến nghị", TITLES["kien_nghi"], headings, widths, rows)


def _words(paper: Paper) -> list[Table]:
    """What the unit wrote, and what it proposes."""
    rows: list[Sequence[Cell]] = [(p.key, p.title, safe(p.text)) for p in printed(paper.parts)]
    rows += [
        ("VI", f"Đối với {_addressee(key)}", safe(text))
        for key, texts in paper.proposals.items()
        for text in texts
    ]
    title = "Nội dung đơn vị viết"
    return [Table("Nội dung viết", title, ("Phần", "Mục", "Nội dung"), (8, 36, 100), rows)]


def _own_words(report: Consolidated) -> Table:
    """What units wrote and sent, as they wrote it."""
    rows: list[list[Cell]] = [
        [place, safe(row.unit), part.key, safe(part.title), safe(part.text)]
        for place, row in enumerate(report.rows, 1)
        for part in sent_parts(row)
    ]
    headings, widths = ("TT", "Đơn vị", "Phần", "Mục", "Nội dung"), (5, 36, 8, 36, 100)
    return Table("Nội dung đơn vị viết", TITLES["noi_dung"], headings, widths, rows)


def _proposals(report: Consolidated) -> Table:
    found = [
        (safe(row.unit), capital(_addressee(key)), safe(text))
        for row in report.rows
        for key, texts in sent_proposals(row).items()
        for text in texts
    ]
    headings, widths = ("Đơn vị", "Gửi đến", "Đề xuất, kiến nghị"), (36, 32, 100)
    return Table("Đề xuất của đơn vị", "Đề xuất, kiến nghị của các đơn vị", headings, widths, found)


def _addressee(key: str) -> str:
    return {one.value: words for one, words in ADDRESSEES.items()}.get(key, key)


def _written(tables: Sequence[Table]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 13}),
            "head": book.add_format({**_BOX, "bold": True, "bg_color": "#DDEBF7", **_MIDDLE}),
            "cell": book.add_format({**_BOX, "valign": "top"}),
            "day": book.add_format({**_BOX, "valign": "top", "num_format": "dd/mm/yyyy"}),
            "total": book.add_format({**_BOX, "bold": True}),
        }
        for table in tables:
            _sheet(book, table, formats)
    return out.getvalue()


_BOX = {"border": 1, "text_wrap": True, "num_format": "#,##0"}
_MIDDLE = {"align": "center", "valign": "vcenter"}
_FIRST = 2  # the row of the headings: the title and a note or an empty row stand above


def _sheet(book: Any, table: Table, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(table.sheet)
    sheet.write_string(0, 0, safe(table.title), formats["title"])
    if table.note:
        sheet.write_string(1, 0, table.note)
    sheet.write_row(_FIRST, 0, table.headings, formats["head"])
    sheet.freeze_panes(_FIRST + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST)
    for index, width in enumerate(table.widths):
        sheet.set_column(index, index, width)
    for place, cells in enumerate(table.rows, _FIRST + 1):
        last = table.total and place == _FIRST + len(table.rows)
        for index, cell in enumerate(cells):
            _cell(sheet, place, index, cell, formats, formats["total" if last else "cell"])


def _cell(sheet: Any, row: int, column: int, cell: Cell, formats: Any, plain: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["day"])
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, plain)
    elif cell is None:
        sheet.write_blank(row, column, None, plain)
    else:
        sheet.write_number(row, column, cell, plain)
