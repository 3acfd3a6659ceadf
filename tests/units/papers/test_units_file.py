"""Reading the list of units: cells as people write them, files as nobody should send them."""

import struct
import zipfile
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from bot.core.errors import Refused
from bot.documents import limits, safe_xlsx, xlsx_parts
from bot.units.facts.columns import COLUMNS, HEADINGS
from bot.units.papers.template import template
from bot.units.papers.units_file import NO_HEADINGS, NO_ROWS, NO_SHEET, read_units
from tests.units.papers.sheets import sheet, units

TOO_WIDE, TOO_LONG = (
    problem.format(sheet="Sheet1")
    for problem in (xlsx_parts.TOO_MANY_COLUMNS, xlsx_parts.TOO_MANY_ROWS)
)


def only(data: bytes) -> dict:
    """The single row that was read, without mistakes."""
    file = read_units(data)
    assert not file.mistakes
    (row,) = file.rows
    return {"code": row.code, **row.cells}


def words(data: bytes) -> list[tuple[int, str, str]]:
    return [(m.line, m.column, m.words) for m in read_units(data).mistakes]


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_units(data)
    return str(refused.value)


def repacked(data: bytes, **parts: bytes | None) -> bytes:
    """The workbook with some parts replaced, added, or (None) taken out."""
    names = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(written, "w", 8) as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, part in names.items():
            if part is not None:
                new.writestr(name, part)
    return written.getvalue()


def with_cells(xml: str) -> bytes:
    """A workbook whose sheet says exactly this."""
    page = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml'
        f'/2006/main"><sheetData>{xml}</sheetData></worksheet>'
    )
    return repacked(sheet([["Mã đơn vị"]]), xl__worksheets__sheet1_xml=page.encode())


def test_the_template_is_an_empty_list_with_an_example_that_is_left_out():
    assert refusal(template()) == NO_ROWS


@pytest.mark.parametrize(
    ("heading", "words", "value"),
    [
        ("Xếp loại", "HTXS", "XS"),
        ("Xếp loại", "htt", "T"),
        ("Xếp loại", "HTXSNV", "XS"),
        ("Xếp loại", "HTT NV", "T"),
        ("Xếp loại", "KHTNV", "KHT"),
        ("Xếp loại", "HT", "HT"),
        ("Loại", "DN chưa có công đoàn", "enterprise"),
        ("Loại", "Doanh nghiệp chưa có CĐ", "enterprise"),
        ("Loại", "doanh nghiệp chưa thành lập công đoàn cơ sở", "enterprise"),
        ("Loại", "CĐ cấp trên trực tiếp cơ sở", "upper"),
        ("Loại", "Liên đoàn Lao động tỉnh", "federation"),
        ("Loại", "site_union", "site_union"),
    ],
)
def test_a_choice_is_understood_as_a_cadre_writes_it(heading: str, words: str, value: str):
    key = next(column.key for column in COLUMNS if column.heading == heading)
    assert only(sheet([["Mã đơn vị", heading], ["DN01", words]]))[key] == value


def test_every_column_of_the_template_is_understood():
    headings = [column.heading for column in COLUMNS]
    examples = [column.example for column in COLUMNS]
    examples[0] = "DN01"
    read = only(sheet([headings, examples]))
    assert read["kind"] == "site_union"
    assert read["rating"] == "XS"
    assert read["workers"] == 1850
    assert read["sensitive"] is False
    assert read["latitude"] == 10.3712


def test_headings_count_without_accents_case_and_order():
    data = sheet([["SO LAO DONG", "ma don vi", "Tên  đơn vị"], [12, "A1", "Gỗ Minh Thới"]])
    assert only(data) == {"code": "A1", "name": "Gỗ Minh Thới", "workers": 12}


def test_a_title_above_the_headings_is_passed_over():
    data = sheet([["DANH SÁCH ĐƠN VỊ"], [], ["Mã đơn vị", "Tên đơn vị"], ["A1", "Một"]])
    assert only(data) == {"code": "A1", "name": "Một"}


def test_an_unknown_column_is_named():
    data = sheet([["Mã đơn vị", "Mã số thuế"], ["A1", "1"]])
    assert words(data) == [
        (
            1,
            "",
            "cột “Mã số thuế” không có trong tệp mẫu, đề nghị xóa cột này hoặc ghi tên cột "
            "như tệp mẫu",
        )
    ]


def test_a_column_given_twice_is_named():
    data = sheet([["Mã đơn vị", "Ngành nghề", "nganh nghe"], ["A1", "may", "gỗ"]])
    assert words(data) == [(1, "", "cột “nganh nghe” có hai lần, đề nghị xóa một cột")]


def test_a_list_without_the_code_column_is_refused():
    assert refusal(sheet([["Tên đơn vị"], ["Một"]])) == NO_HEADINGS


def test_a_row_without_a_code_is_a_mistake():
    assert words(units({"code": "", "name": "Một"})) == [
        (2, "code", "chưa ghi mã đơn vị, đề nghị ghi mã, hoặc xóa dòng nếu không phải đơn vị")
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [(1850, 1850), ("1850", 1850), ("1.850", 1850), ("1,850", 1850), ("1 850", 1850), (0, 0)],
)
def test_whole_numbers_as_people_write_them(cell, value):
    assert only(units({"code": "A1", "workers": cell}))["workers"] == value


@pytest.mark.parametrize("cell", ["khoảng 50", 12.5, -3, "12,5", "1.85", True, 1e12, "٣", 1e300])
def test_what_is_not_a_whole_number_is_a_mistake(cell):
    ((line, column, _),) = words(units({"code": "A1", "workers": cell}))
    assert (line, column) == (2, "workers")


@pytest.mark.parametrize("cell", [10.37, "10,37", "10.37"])
def test_degrees_with_a_point_or_a_comma(cell):
    assert only(units({"code": "A1", "latitude": cell}))["latitude"] == 10.37


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (912345678, "0912345678"),
        (2963852852, "02963852852"),
        ("+84 912 345 678", "+84 912 345 678"),
    ],
)
def test_a_phone_number_keeps_or_gets_back_its_first_zero(cell, value):
    assert only(units({"code": "A1", "contact_phone": cell}))["contact_phone"] == value


def test_a_code_that_is_a_number_has_no_point():
    assert only(units({"code": 12, "name": "Một"}))["code"] == "12"


@pytest.mark.parametrize(
    ("cell", "value"), [("Doanh nghiệp chưa có Công đoàn", "enterprise"), ("cdcs", "site_union")]
)
def test_kinds_count_without_accents_and_case(cell, value):
    assert only(units({"code": "A1", "kind": cell}))["kind"] == value


def test_a_kind_that_does_not_exist_is_answered_with_those_that_do():
    ((_, column, said),) = words(units({"code": "A1", "kind": "hợp tác xã"}))
    assert column == "kind"
    assert "CĐCS" in said


def test_a_dash_clears_a_cell_and_an_empty_one_says_nothing():
    read = only(units({"code": "A1", "address": "-", "sector": "", "workers": None}))
    assert read == {"code": "A1", "address": None}


def test_letters_are_composed_and_lines_joined():
    decomposed = "Gỗ Minh\nThới"
    assert only(units({"code": "A1", "name": decomposed}))["name"] == "Gỗ Minh Thới"


def test_too_long_a_text_is_a_mistake():
    ((_, column, said),) = words(units({"code": "A1", "name": "x" * 201}))
    assert (column, said) == ("name", "dài 201 ký tự, đề nghị rút gọn còn nhiều nhất 200")


def test_a_formula_typed_as_text_is_a_mistake():
    data = units({"code": "A1", "name": '=HYPERLINK("http://x")'})
    assert words(data) == [(2, "name", "ô ghi công thức, đề nghị ghi giá trị")]


def test_a_date_where_a_number_belongs_is_a_mistake():
    written = BytesIO()
    with xlsxwriter.Workbook(written) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Mã đơn vị", HEADINGS["workers"]])
        page.write(1, 0, "A1")
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_datetime(1, 1, date(2026, 5, 1), style)
    ((_, column, said),) = words(written.getvalue())
    assert column == "workers"
    assert "ngày tháng" in said


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", safe_xlsx.EMPTY),
        (b"Ma don vi,Ten\n1,2", safe_xlsx.NOT_EXCEL),
        (b"PK\x03\x04 and then nothing", safe_xlsx.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, safe_xlsx.OLD_EXCEL),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            safe_xlsx.LOCKED,
        ),
        (b"PK" + b"\0" * limits.MAX_UPLOAD_BYTES, safe_xlsx.TOO_LARGE),
    ],
    ids=["empty", "text", "half a zip", "old Excel", "locked", "too large"],
)
def test_a_file_that_is_no_xlsx_is_refused_in_a_sentence(data, sentence):
    assert refusal(data) == sentence


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.999])
def test_half_a_file_is_refused(cut):
    data = units({"code": "A1", "name": "Một"})
    assert refusal(data[: int(len(data) * cut)]) == safe_xlsx.DAMAGED


def test_another_zip_is_refused():
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal(written.getvalue()) == safe_xlsx.NOT_EXCEL


def test_macros_are_refused():
    data = repacked(units({"code": "A1"}), xl__vbaProject=b"macro")
    assert refusal(data) == safe_xlsx.MACROS


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    data = repacked(units({"code": "A1"}), xl__worksheets__sheet9_xml=b" " * 61_000_000)
    assert len(data) < 100_000
    assert refusal(data) == safe_xlsx.BLOATED


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    bomb = repacked(units({"code": "A1"}), xl__worksheets__sheet9_xml=b" " * 61_000_000)
    said = struct.pack("<L", 61_000_000)
    assert refusal(bomb.replace(said, struct.pack("<L", 1000))) == safe_xlsx.DAMAGED


@pytest.mark.parametrize("packed", ["<a>" * 1000, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "x"])
def test_xml_that_is_none_or_defines_its_own_entities_is_refused(packed):
    data = repacked(units({"code": "A1"}), xl__worksheets__sheet1_xml=packed.encode())
    assert refusal(data) == safe_xlsx.DAMAGED


@pytest.mark.parametrize("encoding", ["no-such-thing", "cp037", "utf-16"])
def test_an_encoding_that_would_hide_cells_is_not_followed(encoding):
    far = '<row r="1"><c r="XFD1"><v>1</v></c></row>'
    page = f'<?xml version="1.0" encoding="{encoding}"?><worksheet>{far}</worksheet>'
    data = repacked(units({"code": "A1"}), xl__worksheets__sheet1_xml=page.encode())
    assert refusal(data) == TOO_WIDE


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', TOO_LONG),
        ('<row r="1"><c r="XFD1"><f>1</f></c></row>', TOO_WIDE),
        ('<row r="1"><c r="A99999999999"/></row>', safe_xlsx.DAMAGED),
        ('<row r="-1"><c r="?"/></row>', safe_xlsx.DAMAGED),
        ("<row>" + "<c/>" * 60 + "<c><v></v></c></row>", TOO_WIDE),
        ("<row/>" * 20_001 + "<row><c><v>1</v></c></row>", TOO_LONG),
    ],
)
def test_one_cell_in_a_far_corner_does_not_take_all_memory(xml, sentence):
    assert refusal(with_cells(xml)) == sentence


def test_a_sheet_without_anything_is_refused():
    assert refusal(with_cells("")) == NO_SHEET


def test_a_workbook_whose_sheet_is_missing_is_refused():
    data = repacked(units({"code": "A1"}), xl__worksheets__sheet1_xml=None)
    assert refusal(data) == safe_xlsx.DAMAGED


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1048576" ht="12.8" customHeight="1"/>',
        '<row r="2"><c r="XFD2" s="1"/></row>',
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        "<row>" + "<c/>" * 200 + "</row>",
    ],
)
def test_borders_and_colours_far_out_are_no_part_of_the_list(xml):
    head, cells = (
        "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
        for texts in (("Mã đơn vị", "Tên đơn vị"), ("A1", "Một"))
    )
    data = with_cells(f"<row>{head}</row><row>{cells}</row>{xml}")
    assert only(data) == {"code": "A1", "name": "Một"}
