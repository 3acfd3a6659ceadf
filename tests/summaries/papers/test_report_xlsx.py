"""Every table of a report in a workbook, safe to open."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from bot.summaries.papers import report_xlsx, samples
from bot.summaries.rules.figures import Numbers
from bot.summaries.rules.papers import PaperPart


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_units_workbook_has_every_table() -> None:
    found = sheets(report_xlsx.unit_workbook(samples.PAPER))
    assert list(found) == [
        *("Số liệu", "Lĩnh vực", "Nội dung đã nắm", "Xếp loại", "Chỉ tiêu", "Kiến nghị"),
        "Nội dung viết",
    ]
    figures = {row[1]: row for row in found["Số liệu"][3:]}
    assert figures["Đoàn viên mới"][3:6] == [431, 288, 412]
    assert "tính thêm 19" in figures["Đoàn viên mới"][6]
    assert figures["Lượt đi cơ sở"][3:6] == [96, 71, 96]
    assert found["Lĩnh vực"][-1] == ["", "Tổng cộng", 41, 33, 5, 3]
    assert found["Kiến nghị"][2][:5] == ["TT", "Ngày", "Đơn vị", "Nội dung", "Lĩnh vực"]
    assert found["Kiến nghị"][3][1] == date(2026, 3, 9)
    assert found["Nội dung viết"][3][0] == "II"


def test_the_consolidated_workbook_has_every_figure_of_every_unit() -> None:
    found = sheets(report_xlsx.consolidated_workbook(samples.CONSOLIDATED))
    units = found["Theo đơn vị"]
    assert [row[1] for row in units[3:]] == [
        "Công đoàn các Khu công nghiệp tỉnh",
        *("Công đoàn phường Long Hòa", "Công đoàn đặc khu Hòn Sao"),
        "Tổng cộng",
    ]
    column = units[2].index("Lượt đi cơ sở (lượt)")
    assert [row[column] for row in units[3:]] == [96, 48, 29, 173]
    share = units[2].index("Tỷ lệ cơ sở đã có cán bộ đến (%)")
    assert units[-1][share] == 100
    assert len(found["Lĩnh vực theo đơn vị"]) == 3 + 5 + 1 + 1
    assert found["Đề xuất của đơn vị"][3][:2] == [
        "Công đoàn các Khu công nghiệp tỉnh",
        "Ban Thường vụ Liên đoàn Lao động tỉnh",
    ]


def test_the_workbook_does_not_say_that_nothing_is_proposed_where_nobody_has_sent() -> None:
    rows = tuple(replace(row, sent_on=None) for row in samples.CONSOLIDATED.rows)
    report = replace(samples.CONSOLIDATED, rows=rows)
    found = sheets(report_xlsx.consolidated_workbook(report))
    assert found["Đề xuất của đơn vị"][3][0] == "Chưa có đơn vị nào gửi báo cáo."


def test_a_sum_says_whose_corrected_numbers_are_in_it_and_claims_no_record_of_its_own() -> None:
    found = sheets(report_xlsx.consolidated_workbook(samples.CONSOLIDATED))["Tổng hợp"]
    assert found[2] == [
        "Phần",
        "Nội dung",
        "Đơn vị tính",
        "Năm 2026 (đến 16/12)",
        "Năm 2025",
        "Ghi chú",
    ]
    row = next(row for row in found if row[1] == "Đoàn viên mới")
    assert row[3:] == [761, 518, "Gồm số điều chỉnh của Công đoàn các Khu công nghiệp tỉnh."]


def test_every_sheet_says_whose_and_from_when_its_numbers_are() -> None:
    for data, unit, last in (
        (report_xlsx.unit_workbook(samples.PAPER), samples.HEAD.issuer, "14/12/2026"),
        (
            report_xlsx.consolidated_workbook(samples.CONSOLIDATED),
            samples.PROVINCE_HEAD.issuer,
            "16/12/2026",
        ),
    ):
        for name, rows in sheets(data).items():
            about = f"Đơn vị: {unit}. Số liệu từ 01/01/2026 đến hết {last}."
            assert rows[1][0].startswith(about), name


def test_a_list_with_dashes_stays_a_list() -> None:
    parts = (
        PaperPart("II", "Chỉ đạo", "- Họp giao ban;\n- Đi cơ sở"),
        PaperPart("V", "Hướng", "-1+2"),
    )
    proposals = {"btv": ("- Thêm kinh phí",)}
    paper = replace(samples.PAPER, parts=parts, proposals=proposals)
    words = sheets(report_xlsx.unit_workbook(paper))["Nội dung viết"]
    assert [row[2] for row in words[3:]] == [
        *("– Họp giao ban;\n– Đi cơ sở", "'-1+2", "– Thêm kinh phí")
    ]


def test_an_empty_table_says_so() -> None:
    bare = replace(samples.PAPER, numbers=Numbers(), cases=(), parts=(), proposals={})
    found = sheets(report_xlsx.unit_workbook(bare))
    assert found["Xếp loại"][3][0] == "Chưa có số liệu."
    assert found["Kiến nghị"][3][0] == "Không có kiến nghị trong kỳ."
    assert found["Nội dung viết"][3][0] == "Chưa có nội dung."


def printed(data: bytes) -> dict[str, str]:
    """How each sheet is laid out, as it stands in the file."""
    with ZipFile(io.BytesIO(data)) as archive:
        names = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
        pages = [f"xl/worksheets/sheet{place}.xml" for place, _ in enumerate(names, 1)]
        return {n: archive.read(p).decode() for n, p in zip(names, pages, strict=True)}


def kept_in_sight(sheet: str) -> list[float]:
    """The widths, in letters, of the columns that stay when one looks further right."""
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
    widths = [
        float(width) for first, last, width in columns for _ in range(int(first), int(last) + 1)
    ]
    split = re.search(r'xSplit="(\d+)"', sheet)
    return widths[: int(split[1])] if split else []


def test_sheets_are_printed_on_a4_and_the_widest_over_several_pages() -> None:
    found = printed(report_xlsx.consolidated_workbook(samples.CONSOLIDATED))
    for name, sheet in found.items():
        assert 'paperSize="9"' in sheet, name
        assert 'orientation="landscape"' in sheet, name
        assert 'fitToHeight="0"' in sheet, name
        assert "Trang &amp;P/&amp;N" in sheet, name
        assert ('fitToWidth="3"' in sheet) is (name == "Theo đơn vị"), "else it is too small"
        assert 0 < sum(kept_in_sight(sheet)) <= 48, f"{name}: a phone shows little else"


def test_nothing_that_people_wrote_runs() -> None:
    evil = '=HYPERLINK("http://x")'
    case = replace(samples.CASES[0], text=evil, note="@SUM(1)")
    paper = replace(
        samples.PAPER,
        unit=evil,
        subject=evil,
        cases=(case,),
        parts=(PaperPart("II", "Chỉ đạo", "+1+1"),),
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


def test_a_column_that_no_unit_has_a_number_for_is_left_out() -> None:
    def without(numbers: Numbers) -> Numbers:
        return replace(numbers, values={k: v for k, v in numbers.values.items() if k != "members"})

    rows = tuple(
        replace(row, paper=replace(row.paper, numbers=without(row.paper.numbers)))
        for row in samples.CONSOLIDATED.rows
    )
    report = replace(samples.CONSOLIDATED, rows=rows)
    units = sheets(report_xlsx.consolidated_workbook(report))["Theo đơn vị"]
    assert not [heading for heading in units[2] if heading.startswith("Đoàn viên (")]
    empty = [h for h, *cells in zip(*units[2:-1], strict=True) if not any(c != "" for c in cells)]
    assert empty == []
    assert [heading for heading in units[2] if heading[:1].islower()] == []


def test_weeks_of_units_are_not_added_up() -> None:
    found = sheets(report_xlsx.consolidated_workbook(samples.CONSOLIDATED))
    assert not [row for row in found["Tổng hợp"] if "tuần" in str(row[1])]
    units = found["Theo đơn vị"]
    column = units[2].index("Số tuần có đi cơ sở (tuần)")
    assert [row[column] for row in units[3:]] == [46, 46, 46, ""]
