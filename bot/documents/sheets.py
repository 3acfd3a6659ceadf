"""Tables to a workbook, a sheet each: how they look, and how they are printed."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.documents.safe_cells import Cell, safe


@dataclass(frozen=True)
class SheetTable:
    """`widths` in letters, one for each heading. `total`: the last row is a sum. `note`: above.
    `frozen`: columns that stay in sight and on every page. `none`: said where there is no row.
    `filtered`: the headings filter the rows.
    """

    sheet: str
    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    total: bool = False
    note: str = ""
    frozen: int = 2
    none: str = "Chưa có số liệu."
    filtered: bool = True


def listing(
    title: str,
    columns: Mapping[str, int],
    rows: Sequence[Sequence[Cell]],
    sums: Sequence[Cell] = (),
) -> SheetTable:
    """A list as a sheet: numbered rows, headings that stay and filter, the sum below where there is
    one. `columns`: heading -> width, without that of the numbers; `sums` alike.
    """
    filled = _filled(rows, len(columns))
    cells = [[row[place] for place in filled] for row in rows]
    numbered: list[list[Cell]] = [[number, *row] for number, row in enumerate(cells, 1)]
    summed = bool(sums and rows)
    every = [*numbered, ["", *(sums[place] for place in filled)]] if summed else numbered
    return SheetTable(
        sheet="Danh sách",
        title=title,
        headings=("TT", *(list(columns)[place] for place in filled)),
        widths=(6, *(list(columns.values())[place] for place in filled)),
        rows=[[safe(cell) if isinstance(cell, str) else cell for cell in row] for row in every],
        total=summed,
        none="Không có dòng nào.",
    )


def _filled(rows: Sequence[Sequence[Cell]], columns: int) -> list[int]:
    """The places of the columns that some row fills; the first is always there."""
    return [
        place
        for place in range(columns)
        if not (place and rows) or any(row[place] not in (None, "") for row in rows)
    ]


def workbook(tables: Sequence[SheetTable], about: str) -> bytes:
    """The xlsx; `about` stands under the title of every sheet. Nothing becomes a formula."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = formats_of(book)
        for table in tables:
            _sheet(book, table, about, formats)
    return out.getvalue()


def formats_of(book: Any) -> dict[str, Any]:
    """How the cells of a workbook look."""
    return {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "head": book.add_format({**_BOX, "bold": True, "bg_color": "#DDEBF7", **_MIDDLE}),
        "cell": book.add_format({**_BOX, "valign": "top"}),
        "day": book.add_format({**_BOX, "valign": "top", "num_format": "dd/mm/yyyy"}),
        "total": book.add_format({**_BOX, "bold": True}),
        "decimal": book.add_format({**_BOX, "valign": "top", "num_format": "#,##0.0"}),
        "sum": book.add_format({"bold": True}),
    }


_BOX = {"border": 1, "text_wrap": True, "num_format": "#,##0"}
_MIDDLE = {"align": "center", "valign": "vcenter"}
FIRST = 2  # the row of the headings: the title and a note or an empty row stand above


def _sheet(book: Any, table: SheetTable, about: str, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(table.sheet)
    write_head(sheet, table.title, f"{about} {table.note}".rstrip(), formats)
    sheet.write_row(FIRST, 0, table.headings, formats["head"])
    frozen = _in_sight(table)
    sheet.freeze_panes(FIRST + 1, frozen)
    if table.filtered:
        last_row = FIRST + max(1, len(table.rows) - table.total)
        sheet.autofilter(FIRST, 0, last_row, len(table.headings) - 1)
    to_print(sheet, table.widths, frozen)
    for index, width in enumerate(table.widths):
        sheet.set_column(index, index, width)
    if not table.rows:
        sheet.write_string(FIRST + 1, 0, table.none)
    for place, cells in enumerate(table.rows, FIRST + 1):
        last = table.total and place == FIRST + len(table.rows)
        for index, cell in enumerate(cells):
            write_cell(sheet, (place, index), cell, formats, formats["total" if last else "cell"])


def _in_sight(table: SheetTable) -> int:
    """So many columns as leave room for the others on a narrow screen."""
    frozen = table.frozen
    while frozen and sum(table.widths[:frozen]) > _BESIDE:
        frozen -= 1
    return frozen


_BESIDE = 50  # letters


def write_head(sheet: Any, title: str, about: str, formats: Mapping[str, Any]) -> None:
    """Title, and below it what the sheet covers."""
    sheet.write_string(0, 0, safe(title), formats["title"])
    sheet.write_string(1, 0, about)


def to_print(sheet: Any, widths: Sequence[int], frozen: int) -> None:
    """A4 on its side, as wide as the paper; the widest table over several pages, to be read."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&CTrang &P/&N")
    sheet.fit_to_pages(1 + sum(widths) // (_PAGE + 1), 0)
    sheet.repeat_rows(FIRST)
    if frozen:
        sheet.repeat_columns(0, frozen - 1)


_PAGE = 240  # letters that can still be read on a page


def write_cell(
    sheet: Any, place: tuple[int, int], cell: Cell, formats: Mapping[str, Any], plain: Any
) -> None:
    """A cell at (row, column); never a formula."""
    row, column = place
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["day"])
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, plain)
    elif isinstance(cell, float):
        sheet.write_number(row, column, cell, formats["decimal"])
    elif cell is None:
        sheet.write_blank(row, column, None, plain)
    else:
        sheet.write_number(row, column, cell, plain)
