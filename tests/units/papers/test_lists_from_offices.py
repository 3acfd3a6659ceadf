"""What offices really send, kind by kind: read right, or refused with what to do about it."""

import re

import pytest

from bot.core.errors import Refused
from bot.core.rules.writing import is_legacy, one_line
from bot.documents import safe_xlsx
from bot.units.papers.units_file import UnitsFile, read_units
from tests.units.papers.test_units_file import repacked
from tests.units.papers.workbooks import HEAD, KEYS, ROW, Page, rows, with_xml, workbook

TWO = rows({"code": "P01"}, {"code": "P02"}, {"code": "P03"})


def said(file: UnitsFile) -> list[str]:
    return [mistake.words for mistake in file.mistakes]


def merged(area: str, value: str = "KCN"):
    return lambda book, sheet: sheet.merge_range(area, value)


@pytest.mark.parametrize(
    "area",
    ["D2:D4", "G2:G4", "A2:A3", "B2:B4", "C3:C4", "D2:E2", "A2:G2", "C2:D4", "E3:F4", "D1:D3"],
)
def test_merged_cells_in_the_data_are_named_with_what_to_do(area):
    bare = [
        row if n == 0 else ["" if isinstance(c, str) else c for c in row]
        for n, row in enumerate(TWO)
    ]
    file = read_units(workbook(Page(bare, more=merged(area, HEAD[3] if "1" in area[:2] else "x"))))
    assert any(f"các ô {area} đang gộp, đề nghị bỏ gộp ô" in words for words in said(file))


@pytest.mark.parametrize("area", ["A1:G1", "I3:J9", "A8:G8"])
def test_merged_titles_and_merged_cells_beside_the_list_disturb_nobody(area):
    lines = [["DANH SÁCH"], *TWO] if area == "A1:G1" else TWO
    value = "DANH SÁCH" if area == "A1:G1" else ""
    file = read_units(workbook(Page(lines, more=merged(area, value))))
    assert not file.mistakes
    assert [row.cells["cluster"] for row in file.rows] == ["Cụm 1"] * 3


OLD = Page(rows({"workers": 900}), "Cũ 2025", hidden=True)
NOTE = Page([["Lưu ý"], ["Gửi trước 15/12"]], "Ghi chú")


@pytest.mark.parametrize(
    "pages",
    [
        [OLD, Page()],
        [OLD, NOTE, Page()],
        [NOTE, Page()],
        [NOTE, OLD, Page()],
        [Page(), OLD],
        [Page(), NOTE],
        [Page([], "Trống"), Page()],
        [Page([], "Trống", hidden=True), OLD, Page()],
        [Page([["x"]], "Tổng hợp"), NOTE, Page(), OLD],
        [Page([["DANH SÁCH"], [], HEAD, ROW]), OLD],
    ],
)
def test_the_visible_sheet_with_the_list_is_read_and_named(pages):
    file = read_units(workbook(*pages))
    assert (file.sheet, file.mistakes, file.notes) == ("Đơn vị", (), ())
    assert [row.cells["workers"] for row in file.rows] == [310]


def test_a_second_visible_list_is_said_not_to_be_read():
    file = read_units(workbook(Page(), Page(name="Năm 2025")))
    (note,) = file.notes
    assert "Trang “Năm 2025”" in note
    assert "không được đọc" in note


def test_a_list_on_a_hidden_sheet_only_is_refused_with_its_name():
    with pytest.raises(Refused, match=r"“Cũ 2025” đang bị ẩn.*Bỏ ẩn"):
        read_units(workbook(NOTE, OLD))


def hide_lines(*lines, **options):
    def hide(book, sheet):
        for line in lines:
            sheet.set_row(
                line - 1, options.get("height"), None, {"hidden": "height" not in options}
            )

    return hide


def filtered(book, sheet):
    sheet.autofilter("A1:G4")
    sheet.filter_column(0, "x == P01")
    hide_lines(3, 4)(book, sheet)


MANY = rows(*({"code": f"P{n:02}"} for n in range(1, 10)))


@pytest.mark.parametrize(
    ("lines", "hide", "named"),
    [
        (TWO, hide_lines(3), "3"),
        (TWO, hide_lines(2), "2"),
        (TWO, hide_lines(4), "4"),
        (TWO, hide_lines(2, 3, 4), "2–4"),
        (TWO, hide_lines(2, 4), "2, 4"),
        (TWO, filtered, "3–4"),
        (TWO, hide_lines(3, height=0), "3"),
        (MANY, hide_lines(2, 3, 5, 8, 9, 10), "2–3, 5, 8–10"),
        ([["DANH SÁCH"], *TWO], hide_lines(5), "5"),
        (TWO, lambda book, sheet: sheet.set_row(2, None, None, {"level": 1, "hidden": True}), "3"),
    ],
)
def test_hidden_rows_with_something_in_them_are_named(lines, hide, named):
    file = read_units(workbook(Page(lines, more=hide)))
    (words,) = said(file)
    assert str(file.mistakes[0].line) == re.split("[–,]", named)[0]
    lines_said = (
        "dòng này" if named.isdigit() else f"các dòng {named}"
    )  # the first heads the sentence
    assert words.startswith(f"{lines_said} đang bị ẩn hoặc bị lọc")
    assert "đề nghị bỏ lọc" in words


def test_an_empty_hidden_row_is_nothing_to_speak_of():
    file = read_units(workbook(Page([*TWO, []], more=hide_lines(6))))
    assert not file.mistakes


def test_hidden_columns_are_read_and_said_to_be():
    hide = lambda book, sheet: sheet.set_column(4, 5, 9, None, {"hidden": True})  # noqa: E731
    file = read_units(workbook(Page(more=hide)))
    assert file.rows[0].cells["workers"] == 310
    assert file.notes == ("Cột đang ẩn cũng được đọc: Số lao động, Số đoàn viên.",)


@pytest.mark.parametrize("column", range(len(KEYS)))
@pytest.mark.parametrize("result", ["<v></v>", "<v/>", ""])
def test_a_formula_without_a_result_is_named_by_its_cell(column, result):
    place = f"{'ABCDEFG'[column]}2"

    def unsolved(xml: str) -> str:
        begin = xml.index(f'<c r="{place}"')
        end = xml.index("</c>", begin) + len("</c>")
        return f'{xml[:begin]}<c r="{place}"><f>100+50</f>{result}</c>{xml[end:]}'

    file = read_units(with_xml(workbook(Page()), unsolved))
    (mistake,) = file.mistakes
    assert (mistake.line, mistake.column) == (2, KEYS[column])
    assert "công thức chưa có kết quả" in mistake.words
    assert "ghi giá trị thay công thức" in mistake.words


@pytest.mark.parametrize(
    ("formula", "value", "kept"),
    [
        ("=100+50", 150, 150),
        ("=E9*2", 0, 0),
        ("=SUM(E3:E9)", 310.0, 310),
        ('="3"&"10"', "310", 310),
    ],
)
def test_a_formula_with_its_result_is_read(formula, value, kept):
    write = lambda book, sheet: sheet.write_formula("E2", formula, None, value)  # noqa: E731
    (row,) = read_units(workbook(Page(more=write))).rows
    assert row.cells["workers"] == kept


ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!"]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("before", [True, False])
def test_an_error_on_another_sheet_disturbs_nobody(error, before):
    fail = lambda book, sheet: sheet.write_formula("D5", "=1/0", None, error)  # noqa: E731
    other = Page([["Tổng hợp"]], "Tổng hợp", more=fail)
    file = read_units(workbook(*([other, Page()] if before else [Page(), other])))
    assert not file.mistakes
    assert len(file.rows) == 1


@pytest.mark.parametrize("error", ERRORS)
def test_every_failed_formula_of_the_list_is_named_in_one_round(error):
    def fail(book, sheet):
        for place in ("D2", "E2", "E3", "B4"):
            sheet.write_formula(place, "=1/0", None, error)

    file = read_units(workbook(Page(TWO, more=fail)))
    places = [(mistake.line, mistake.column) for mistake in file.mistakes]
    assert places == [(2, "parent"), (2, "workers"), (3, "workers"), (4, "name")]
    assert all(f"báo lỗi ({error}), đề nghị ghi lại giá trị" in words for words in said(file))


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("line", "column"), [(0, 60), (0, 200), (5, 16_383), (25_000, 0), (1_048_575, 16_383)]
)
def test_a_wide_or_long_table_on_another_sheet_disturbs_nobody(before, line, column):
    other = Page([["x"]], "Chi tiết", more=lambda book, sheet: sheet.write(line, column, 1))
    file = read_units(workbook(*([other, Page()] if before else [Page(), other])))
    assert (len(file.rows), file.mistakes) == (1, ())


@pytest.mark.parametrize("column", [60, 77, 16_383])
def test_a_list_that_is_too_wide_is_refused_with_what_to_delete(column):
    wide = Page(more=lambda book, sheet: sheet.write(0, column, "x"))
    with pytest.raises(Refused, match=r"Trang “Đơn vị” có ô ngoài cột thứ 60.*xóa các cột từ BI"):
        read_units(workbook(wide, OLD))


@pytest.mark.parametrize(
    ("cell", "shown", "code"),
    [
        (1, "000", "001"),
        (1, "00", "01"),
        (12, "000", "012"),
        (1, "00000", "00001"),
        (120, "0000", "0120"),
        (7, "General", "7"),
        (7, "0", "7"),
        ("001", "@", "001"),
        ("001", "General", "001"),
        (1234, "000", "1234"),
    ],
)
def test_a_code_is_read_as_it_is_shown(cell, shown, code):
    write = lambda book, sheet: sheet.write("A2", cell, book.add_format({"num_format": shown}))  # noqa: E731
    file = read_units(workbook(Page(more=write)))
    assert [row.code for row in file.rows] == [code]


@pytest.mark.parametrize(
    "shown",
    [
        *('"P"00', "000-000", "0.00", "#,##0.0", '00"/KCN"'),
        *("0%", "0.00E+00", "00 000", '"Mã "0', "dd/mm/yyyy"),
    ],
)
def test_a_code_shown_in_a_way_of_its_own_is_to_be_typed_as_text(shown):
    write = lambda book, sheet: sheet.write("A2", 1, book.add_format({"num_format": shown}))  # noqa: E731
    (mistake,) = read_units(workbook(Page(more=write))).mistakes
    assert (mistake.line, mistake.column) == (2, "code")
    assert "dạng Văn bản (Text)" in mistake.words


LEGACY = [
    "C§CS C«ng ty N­íc m¾m ¤ng T­",
    "CÑCS Coâng ty May Sen Vaøng",
    "CÄÃCS Công ty NÆ°á»\x9bc máº¯m",
    "C?CS C?ng ty N??c m?m ?ng T?",
    "Tr­êng TiÓu häc B×nh An",
    "Thuûy saûn Soâng Laønh",
    "Siªu thÞ BÕn Quª",
    "Nöôùc maém OÂng Tö",
    "MÇm non Hoa Sóng",
    "Khaùch saïn Bieån Ngoïc",
    "Cty Thñy s¶n S«ng Lµnh",
    "ÑIEÄN TÖÛ VI NA SUN",
    "Phßng kh¸m T©m §øc",
    "Xí nghi\ufffdp may",
]


@pytest.mark.parametrize("name", LEGACY)
@pytest.mark.parametrize("key", ["name", "parent", "cluster"])
def test_text_in_an_old_font_is_refused_with_the_way_to_unicode(name, key):
    (mistake,) = read_units(workbook(Page(rows({key: name[:40]})))).mistakes
    assert (mistake.line, mistake.column) == (2, key)
    assert "Unicode (UniKey: Ctrl+Shift+F6)" in mistake.words


@pytest.mark.parametrize("headings", [["M· ®¬n vÞ", "Tªn ®¬n vÞ"], ["Maõ ñôn vò", "Teân ñôn vò"]])
def test_headings_in_an_old_font_are_known_for_what_they_are(headings):
    with pytest.raises(Refused, match="Unicode"):
        read_units(workbook(Page([headings, ["P01", "x"]])))


@pytest.mark.parametrize(
    "name",
    [
        "CĐCS Công ty Müller Việt Nam",
        "Nestlé Bến Tre",
        "Café Trung Nguyên",
        "XÃ NGÃ BẢY",
        "Coca-Cola® Việt Nam",
        "Hoà Bình, Hòa Bình",
        "Ủy ban nhân dân xã Ô Lâm",
        "CĐCS Citroën",
        "Công ty TNHH São Paulo",
        "Doanh nghiệp “Ánh Dương” – 5 m²",
        "Trường Mẫu giáo Ea Súp – Krông Pắc",
        "Đông Á, Nam Á; Quý Hải",
        "Có phải công ty này không?",
    ],
)
def test_names_in_unicode_are_no_old_font(name):
    assert not is_legacy(name)
    assert read_units(workbook(Page(rows({"name": name})))).rows[0].cells["name"] == name


SONG_LANH = "CĐCS Thủy sản Sông Lành"


@pytest.mark.parametrize(
    "written",
    [
        "CĐCS Thủy s\u00adản Sông L\u200bành",
        "\ufeffCĐCS Thủy sản Sông Lành",
        "CĐCS\u00a0Thủy\u2003sản Sông Lành ",
        "CĐCS Thu\u0309y sa\u0309n So\u0302ng La\u0300nh",
        "CĐCS \u202aThủy sản\u202c Sông Lành",
        "CĐCS Thủy sản\nSông\tLành",
        "CĐCS Thủy sản Sông Lành\u2060\u200d",
        "CĐCS \u3164Thủy\u2800sản Sông Lành",
        "C\u034eĐCS Thủy s\u0347ản Sông Lành",
        "CĐCS\u200e Thủy sản\u200f Sông Lành",
    ],
)
def test_what_no_eye_sees_is_not_part_of_a_name(written):
    (row,) = read_units(workbook(Page(rows({"name": written})))).rows
    assert row.cells["name"] == SONG_LANH


@pytest.mark.parametrize(
    "blank",
    [
        " ",
        "\u00a0",
        "\u200b",
        "\u2800",
        "\u3164",
        "\ufeff",
        "\u00ad",
        "\u2003\u2003",
        "\t",
        "\u034f\u200d",
    ],
)
def test_a_name_of_blanks_is_no_name(blank):
    assert one_line(blank) == ""
    (row,) = read_units(workbook(Page(rows({"name": blank})))).rows
    assert "name" not in row.cells


def test_bidi_marks_and_stacked_accents_do_not_hide_a_name():
    written = (
        "CĐCS \u202eABC\u202c Z\u034e\u0317\u0315a\u0327\u031b\u034el\u035f\u0360g\u0300\u035fo"
    )
    (row,) = read_units(workbook(Page(rows({"name": written})))).rows
    assert row.cells["name"] == "CĐCS ABC Zalgo"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("xl__workbook.bin", safe_xlsx.BINARY_EXCEL),
        ("word__document_xml", safe_xlsx.NOT_EXCEL),
    ],
)
def test_other_kinds_of_office_files_are_called_by_their_name(name, sentence):
    data = repacked(workbook(Page()), xl__workbook_xml=None, **{name: b"x"})
    with pytest.raises(Refused) as refused:
        read_units(data)
    assert str(refused.value) == sentence


def test_content_under_no_heading_is_not_lost_without_a_word():
    lines = [[*HEAD, "", ""], [*ROW, "", "quan trọng"]]
    assert said(read_units(workbook(Page(lines)))) == [
        "cột I có nội dung nhưng không có tên cột, đề nghị xóa cột này hoặc ghi tên cột như tệp mẫu"
    ]


def test_all_mistakes_of_all_kinds_are_named_in_one_round():
    lines = rows(
        {"code": "P01", "kind": "hợp tác xã"},
        {"code": "", "workers": "khoảng 50"},
        {"code": "P03", "name": "C«ng ty T©n Lóa"},
    )
    lines[0] = [*HEAD, "Mã số thuế"]

    def more(book, sheet):
        sheet.merge_range("D2:D4", "KCN")
        sheet.write_formula("F2", "=1/0", None, "#DIV/0!")
        hide_lines(4)(book, sheet)

    words = said(read_units(workbook(Page(lines, more=more))))
    for part in (
        "Mã số thuế",
        "hợp tác xã",
        "D2:D4",
        "#DIV/0!",
        "chưa ghi mã đơn vị",
        "khoảng 50",
        "Unicode",
        "dòng này đang bị ẩn",
    ):
        assert sum(part in each for each in words) == 1, part
    assert all("đề nghị" in each for each in words)
