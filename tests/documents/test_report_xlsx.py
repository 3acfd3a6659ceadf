"""Every table of a report in a workbook, safe to open."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook

from bot.documents import report_xlsx, samples
from bot.rules.papers import Part


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_units_workbook_has_every_table() -> None:
    found = sheets(report_xlsx.unit_workbook(samples.PAPER))
    assert list(found) == [
        *("Số liệu", "Lĩnh vực", "Nội dung", "Xếp loại", "Chỉ tiêu", "Kiến nghị"),
        "Nội dung viết",
    ]
    figures = {row[1]: row for row in found["Số liệu"][3:]}
    assert figures["Đoàn viên mới"][3:6] == [431, 288, 412]
    assert "Tính thêm 19" in figures["Đoàn viên mới"][6]
    assert figures["Lượt đi cơ sở"][3:6] == [96, 71, 96]
    assert found["Lĩnh vực"][-1] == ["", "Tổng cộng", 41, 33, 5, 3]
    assert found["Kiến nghị"][2][:5] == ["TT", "Ngày", "Đơn vị", "Nội dung", "Lĩnh vực"]
    assert found["Kiến nghị"][3][1] == date(2026, 3, 9)
    assert found["Nội dung viết"][3][0] == "II"


def test_the_consolidated_workbook_has_every_figure_of_every_unit() -> None:
    found = sheets(report_xlsx.consolidated_workbook(samples.CONSOLIDATED))
    units = found["Theo đơn vị"]
    assert [row[1] for row in units[3:]] == [
        *("CĐ các KCN tỉnh", "CĐ phường Long Hòa", "CĐ đặc khu Hòn Sao"),
        "Tổng cộng",
    ]
    column = units[2].index("Lượt đi cơ sở (lượt)")
    assert [row[column] for row in units[3:]] == [96, 48, 29, 173]
    share = units[2].index("Tỷ lệ nơi đã đến (%)")
    assert units[-1][share] == 100
    assert len(found["Lĩnh vực theo đơn vị"]) == 3 + 5 + 1 + 1
    assert found["Đề xuất của đơn vị"][3][:2] == ["CĐ các KCN tỉnh", "Ban Thường vụ LĐLĐ tỉnh"]


def test_nothing_that_people_wrote_runs() -> None:
    evil = '=HYPERLINK("http://x")'
    case = replace(samples.CASES[0], text=evil, note="@SUM(1)")
    paper = replace(
        samples.PAPER,
        unit=evil,
        subject=evil,
        cases=(case,),
        parts=(Part("II", "Chỉ đạo", "+1+1"),),
        proposals={"btv": (evil,)},
    )
    found = sheets(report_xlsx.unit_workbook(paper))
    assert found["Kiến nghị"][3][3] == f"'{evil}"
    assert found["Kiến nghị"][3][8] == "'@SUM(1)"
    assert found["Nội dung viết"][3][2] == "'+1+1"
    assert found["Nội dung viết"][4][2] == f"'{evil}"
    assert found["Số liệu"][0][0] == f"'{evil}"


def test_a_report_with_few_parts_has_few_tables() -> None:
    paper = replace(samples.PAPER, figures=(), targets=(), cases=(), parts=(), proposals={})
    assert list(sheets(report_xlsx.unit_workbook(paper))) == [
        *("Số liệu", "Kiến nghị", "Nội dung viết")
    ]
