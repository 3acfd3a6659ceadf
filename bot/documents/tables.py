"""Rows to a file, one after another: xlsx or csv by the file's name."""

import asyncio
import csv
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.documents.safe_cells import Cell

FORMATS = (".xlsx", ".csv")
_WIDTH = 16
PAGE = 500  # rows


async def write(
    path: Path,
    headings: Sequence[str],
    rows: AsyncIterable[Sequence[Cell]],
    *,
    title: str = "Lượt đi cơ sở",
) -> int:
    """Write the table, first beside its place so that it is never half there; returns the rows."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".xlsx":
            count = await _xlsx(unfinished, headings, rows, title)
        else:
            count = await _csv(unfinished, headings, rows)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


async def _xlsx(
    path: Path, headings: Sequence[str], rows: AsyncIterable[Sequence[Cell]], title: str
) -> int:
    """Written a page at a time beside the event loop, which others wait for."""
    import xlsxwriter

    # Constant memory; and nothing that people wrote becomes a formula or a link.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDEBF7"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, _WIDTH)
    sheet.write_row(0, 0, headings, bold)
    count = 0
    try:
        async for page in _pages(rows):
            await asyncio.to_thread(_lines, sheet, count + 1, page, day)
            count += len(page)
    finally:
        await asyncio.to_thread(book.close)
    return count


async def _pages(rows: AsyncIterable[Sequence[Cell]]) -> AsyncIterator[list[Sequence[Cell]]]:
    page: list[Sequence[Cell]] = []
    async for cells in rows:
        page.append(cells)
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page


def _lines(sheet: Any, first: int, page: Sequence[Sequence[Cell]], day: Any) -> None:
    for line, cells in enumerate(page, first):
        _line(sheet, line, cells, day)


def _line(sheet: Any, line: int, cells: Sequence[Cell], day: Any) -> None:
    for index, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(line, index, cell, day)
        elif isinstance(cell, str):
            sheet.write_string(line, index, cell)
        elif cell is not None:
            sheet.write_number(line, index, cell)


async def _csv(path: Path, headings: Sequence[str], rows: AsyncIterable[Sequence[Cell]]) -> int:
    count = 0
    # The mark at the beginning tells Excel that the letters are UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        async for cells in rows:
            count += 1
            writer.writerow([f"{c:%d/%m/%Y}" if isinstance(c, date) else c for c in cells])
    return count
