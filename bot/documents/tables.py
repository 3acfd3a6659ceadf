"""Rows to a file, one after another: xlsx or csv by the file's name."""

import asyncio
import csv
from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.rendering import number
from bot.documents import sheets as looks
from bot.documents.safe_cells import Cell

FORMATS = (".xlsx", ".csv")
_WIDTH = 16


@dataclass(frozen=True)
class TableHead:
    """What stands above a table in an xlsx, and how it looks: as `bot.documents.sheets` has it.
    `sheet`: its name; `about`: what it covers, and of which moment; `widths` in letters; `counted`:
    what the last row counts ("lượt đi"), empty: there is none.
    """

    sheet: str
    title: str
    about: str
    widths: Sequence[int]
    counted: str = ""


PAGE = 500  # rows


async def write(
    path: Path,
    headings: Sequence[str],
    rows: AsyncIterable[Sequence[Cell]],
    head: TableHead | str,
) -> int:
    """Write the table, first beside its place so that it is never half there; returns the rows.

    `head`: a name alone: the headings come first, for whatever reads the file again; csv has none.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".xlsx":
            count = await _xlsx(unfinished, headings, rows, head)
        else:
            count = await _csv(unfinished, headings, rows)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


async def _xlsx(
    path: Path,
    headings: Sequence[str],
    rows: AsyncIterable[Sequence[Cell]],
    head: TableHead | str,
) -> int:
    """Written a page at a time beside the event loop, which others wait for."""
    import xlsxwriter

    # Constant memory; and nothing that people wrote becomes a formula or a link.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(path, options)
    with_head = isinstance(head, TableHead)
    sheet = book.add_worksheet(head.sheet if isinstance(head, TableHead) else head)
    formats = looks.formats_of(book)
    first = looks.FIRST if with_head else 0
    if isinstance(head, TableHead):
        looks.write_head(sheet, head.title, head.about, formats)
        looks.to_print(sheet, head.widths, _FROZEN)
        for index, width in enumerate(head.widths):
            sheet.set_column(index, index, width)
    else:
        sheet.set_column(0, len(headings) - 1, _WIDTH)
    sheet.freeze_panes(first + 1, _FROZEN if with_head else 0)
    sheet.write_row(first, 0, headings, formats["head"])
    count = 0
    try:
        async for page in _pages(rows):
            await asyncio.to_thread(_lines, sheet, first + count + 1, page, formats)
            count += len(page)
        if isinstance(head, TableHead):
            last = first + max(count, 1)
            sheet.autofilter(first, 0, last, len(headings) - 1)
            if head.counted and count:
                sheet.write_string(
                    last + 1, 1, f"Cộng: {number(count)} {head.counted}", formats["sum"]
                )
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


_FROZEN = 2  # columns that stay in sight: the number and what it is about


def _lines(
    sheet: Any, first: int, page: Sequence[Sequence[Cell]], formats: Mapping[str, Any]
) -> None:
    for line, cells in enumerate(page, first):
        for index, cell in enumerate(cells):
            looks.write_cell(sheet, (line, index), cell, formats, formats["cell"])


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
