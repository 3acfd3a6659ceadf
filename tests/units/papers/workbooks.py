"""Workbooks as offices send them, built cell by cell: hidden, merged, failed, invisible."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter

from bot.units.facts.columns import HEADINGS
from tests.units.papers.test_units_file import repacked

KEYS = ("code", "name", "kind", "parent", "workers", "members", "cluster")
HEAD = [HEADINGS[key] for key in KEYS]
ROW = ["P01", "CĐCS Bao bì Ánh Mai", "CĐCS", "KCN", 310, 296, "Cụm 1"]


@dataclass
class Page:
    """One sheet: `rows` are written as they are, then `more` may do anything to it."""

    rows: Sequence[Sequence[Any]] = field(default_factory=lambda: [HEAD, ROW])
    name: str = "Đơn vị"
    hidden: bool = False
    more: Callable[[Any, Any], None] = lambda book, sheet: None


def workbook(*pages: Page) -> bytes:
    """The xlsx with these sheets."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"strings_to_formulas": False}) as book:
        sheets = []
        for page in pages:
            sheet = book.add_worksheet(page.name)
            sheets.append((page, sheet))
            for line, row in enumerate(page.rows):
                sheet.write_row(line, 0, row)
        first = next((sheet for page, sheet in sheets if not page.hidden), sheets[0][1])
        first.activate()
        first.set_first_sheet()
        for page, sheet in sheets:
            if page.hidden:
                sheet.hide()
            page.more(book, sheet)
    return written.getvalue()


def rows(*changed: Mapping[str, Any]) -> list[list[Any]]:
    """The headings, then for each the usual row with these cells instead."""
    return [
        HEAD,
        *([{**dict(zip(KEYS, ROW, strict=True)), **row}[key] for key in KEYS] for row in changed),
    ]


def with_xml(data: bytes, change: Callable[[str], str], sheet: int = 1) -> bytes:
    """The workbook with the XML of one sheet written otherwise."""
    import zipfile

    part = f"xl/worksheets/sheet{sheet}.xml"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read(part).decode()
    new = change(xml)
    assert new != xml
    return repacked(data, **{part.replace("/", "__").replace(".xml", "_xml"): new.encode()})
