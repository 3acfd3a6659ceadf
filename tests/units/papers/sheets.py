"""Lists of units as tests write them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from bot.units.facts.columns import HEADINGS


def sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    """An xlsx whose first sheet has these cells."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for line, row in enumerate(rows):
            page.write_row(line, 0, row)
    return written.getvalue()


def units(*rows: dict[str, Any]) -> bytes:
    """An xlsx with one line a unit; a column for every key that any of them has."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return sheet([[HEADINGS[key] for key in keys], *([r.get(k) for k in keys] for r in rows)])
