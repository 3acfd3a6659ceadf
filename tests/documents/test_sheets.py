"""One look for all workbooks: title, what it covers, headings that stay and filter, widths."""

import inspect
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bot.documents import sheets, tables
from bot.documents.safe_cells import Cell
from bot.documents.sheets import SheetTable, listing, workbook
from tests.workbooks import part, rows_of

ROOT = Path(inspect.getfile(sheets)).parents[1]
ON_THEIR_OWN = {
    "documents/sheets.py",
    "documents/tables.py",
    "units/papers/template.py",  # lists to be filled in and read again
    "people/papers/invitation_list.py",
}


def test_workbooks_are_made_by_the_one_that_knows_how_they_look() -> None:
    makers = {
        str(file.relative_to(ROOT))
        for file in ROOT.rglob("*.py")
        if "xlsxwriter.Workbook" in file.read_text(encoding="utf-8")
    }
    assert makers == ON_THEIR_OWN


def test_a_column_that_no_row_fills_is_left_out_with_its_width_and_its_sum() -> None:
    columns = {"Tên": 30, "Ghi chú": 60, "Số": 12, "Hạn": 13}
    rows: list[list[Cell]] = [["A", "", 0, None], ["B", "", 3, None]]
    table = listing("Danh sách", columns, rows, ["Cộng", "", 3, None])
    assert (table.headings, table.widths) == (("TT", "Tên", "Số"), (6, 30, 12))
    assert table.rows == [[1, "A", 0], [2, "B", 3], ["", "Cộng", 3]]
    assert listing("Danh sách", columns, []).headings == ("TT", "Tên", "Ghi chú", "Số", "Hạn")


@pytest.mark.parametrize(("widths", "frozen"), [((6, 34, 12), 2), ((34, 42, 12), 1)])
def test_what_stays_in_sight_leaves_room_for_the_rest(widths: tuple[int, ...], frozen: int) -> None:
    table = SheetTable("A", "Bảng", ("a", "b", "c"), widths, [(1, "x", 2)])
    sheet = part(workbook([table], "Toàn tỉnh."), "worksheets/sheet1")
    assert f'<pane xSplit="{frozen}" ySplit="3"' in sheet
    assert '<autoFilter ref="A3:C4"/>' in sheet


async def test_a_table_of_any_length_looks_like_a_list(tmp_path: Path) -> None:
    async def rows() -> AsyncIterator[list[Cell]]:
        for place in range(3):
            yield [place + 1, "=1+1", None]

    head = tables.TableHead("Bảng", "Bảng kê", "Toàn tỉnh.", (6, 30, 12), "dòng")
    await tables.write(tmp_path / "a.xlsx", ("TT", "Tên", "Số"), rows(), head=head)
    data = (tmp_path / "a.xlsx").read_bytes()
    written = rows_of(data)
    assert [row[0] for row in written[:2]] == ["Bảng kê", "Toàn tỉnh."]
    assert written[2] == ["TT", "Tên", "Số"]
    assert written[-1][1] == "Cộng: 3 dòng"
    sheet = part(data, "worksheets/sheet1")
    assert '<pane xSplit="2" ySplit="3"' in sheet
    assert '<autoFilter ref="A3:C6"/>' in sheet
    assert "<f>" not in sheet
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Bảng"]
