"""Templates: the ones shipped, the office's own, the broken ones; and what papers say."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from bot.documents.parts import WRITING_LINE
from bot.documents.templates import FOLDER
from bot.summaries.papers import report_docx, samples
from bot.summaries.papers.annexes import MOST_CASES, case_rows
from bot.summaries.papers.own_templates import NAMES
from bot.summaries.papers.template_builder import build_all
from bot.summaries.rules.figures import Numbers, TopicCount
from bot.summaries.rules.papers import Paper, PaperPart, UnitRow
from bot.visits.papers import minutes
from tests.documents.measuring import text_of


def said(paper: Paper = samples.PAPER, **changed: Any) -> str:
    return text_of(report_docx.unit_report(replace(paper, **changed), None))


def headings(**changed: Any) -> list[str]:
    data = report_docx.unit_report(replace(samples.PAPER, **changed), None)
    paper = docx.Document(io.BytesIO(data))
    return [p.text for p in paper.paragraphs if p.runs and p.text[:1].strip() and p.runs[0].bold]


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_file_is_what_the_script_builds(name: str) -> None:
    with ZipFile(FOLDER / name) as shipped, ZipFile(io.BytesIO(build_all()[name])) as built:
        assert shipped.namelist() == built.namelist()
        for part in built.namelist():
            assert shipped.read(part) == built.read(part), f"{part}: run `make templates`"


def test_no_file_is_shipped_that_nobody_uses() -> None:
    assert {path.name for path in FOLDER.glob("[!_]*")} == set(NAMES)


NASTY = (
    'Nợ <w:p> & "lương" {{ 7*7 }} {% for x in y %} \x00\x0b]]> ' + "\N{VULGAR FRACTION ONE HALF}"
)


def test_whatever_people_write_stays_their_words() -> None:
    parts = (PaperPart("II", "Chỉ đạo <b>", f"{NASTY}\n\n  Dòng hai\t{NASTY}"),)
    case = replace(samples.CASES[0], text=NASTY, note="{{ d.tt }}")
    head = replace(samples.HEAD, issuer=f"Xã {NASTY}", short_name=f"Xã {NASTY}")
    text = said(parts=parts, cases=(case,), proposals={"btv": (NASTY,)}, head=head)
    assert text.count('Nợ <w:p> & "lương" {{ 7*7 }} {% for x in y %} ]]> ½') >= 5
    assert "Dòng hai" in text
    assert "{{ d.tt }}" in text
    assert "49" not in text.split("PHƯƠNG")[0].replace("46/49", "").replace("| 49 |", "")


def test_paragraphs_are_those_that_people_wrote() -> None:
    data = report_docx.unit_report(samples.PAPER, None)
    lines = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    first, second = samples.TEXTS["II"].split("\n")
    assert lines.index(second) == lines.index(first) + 1


def test_the_outline_is_whole() -> None:
    found = [line for line in headings() if not line.startswith(("BÁO", "Kết quả thực hiện"))]
    assert found[:8] == [
        "I. ĐẶC ĐIỂM, TÌNH HÌNH",
        "II. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN",
        "III. KẾT QUẢ THỰC HIỆN",
        "1. “Sát cơ sở”",
        "2. “Gắn công nhân”",
        "3. Kiến nghị, phản ánh",
        "4. Phát triển đoàn viên, thành lập công đoàn cơ sở",
        "5. Xếp loại công đoàn cơ sở",
    ]
    assert found[9:14] == [
        "IV. ĐÁNH GIÁ CHUNG",
        "1. Ưu điểm",
        "2. Hạn chế",
        "3. Nguyên nhân",
        "4. Bài học kinh nghiệm",
    ]
    assert found[14:18] == [
        "V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI",
        "VI. ĐỀ XUẤT, KIẾN NGHỊ",
        "1. Đối với Ban Thường vụ Liên đoàn Lao động tỉnh",
        "2. Đối với cấp ủy Đảng, chính quyền",
    ]


def test_what_a_report_does_not_hold_leaves_no_gap_in_the_numbers() -> None:
    parts = tuple(p for p in samples.PAPER.parts if p.key in ("IV.2", "V"))
    found = headings(figures=("III.1", "III.4"), parts=parts, proposals={}, takes_proposals=False)
    assert found[2 : found.index("Phụ lục I")] == [
        "I. KẾT QUẢ THỰC HIỆN",
        "1. “Sát cơ sở”",
        "2. Phát triển đoàn viên, thành lập công đoàn cơ sở",
        "II. ĐÁNH GIÁ CHUNG",
        "1. Hạn chế",
        "III. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI",
    ]


def test_annexes_are_numbered_as_they_are_named_and_every_one_is_named() -> None:
    text = said()
    body = text[: text.index("Phụ lục I\n")]
    assert re.findall(r"Phụ lục ([IVX]+)", body) == ["IV", "I", "II", "V", "III"]
    assert "\nKết quả thực hiện các chỉ tiêu theo kế hoạch nêu tại Phụ lục IV.\n" in body
    assert "quá hạn giải quyết (chi tiết 02 kiến nghị tại Phụ lục V).\n" in body


def test_a_short_report_shows_what_was_reached_of_its_plans_targets() -> None:
    """Units declare them (CTr 1306, II): nothing else that is sent would show them."""
    text = said(samples.SHORT)
    assert "\nKết quả thực hiện các chỉ tiêu theo kế hoạch nêu tại Phụ\xa0lục.\n" in text
    annex = text[text.index("\nPhụ lục\n") :]
    assert "431/400 đoàn viên (107,8%)" in annex
    assert "Đơn vị có kế hoạch giám sát trong năm" in annex
    assert "\nPhụ lục" not in said(samples.ANSWERS)


def test_where_there_is_no_proposal_no_list_is_named() -> None:
    text = said(cases=())
    assert "(chi tiết" not in text
    assert "Không có kiến nghị trong kỳ." in text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Đi cơ sở đều", "Đi cơ sở đều."),
        ("Đi đều (mỗi tuần)", "Đi đều (mỗi tuần)."),
        ("Đi đều.\n- Gặp công nhân;\n- Họp", "Đi đều.\n- Gặp công nhân;\n- Họp."),
        ("Đi đều…", "Đi đều…"),
        ("Đi đều;", "Đi đều;"),
    ],
)
def test_a_part_ends_with_a_full_stop(written: str, printed: str) -> None:
    parts = (PaperPart("II", "Công tác chỉ đạo", written), samples.PAPER.parts[-1])
    assert f"CHỈ ĐẠO\n{printed}\nII. " in said(figures=(), parts=parts, targets=())
    assert f"\n- {printed}\n" in said(proposals={"btv": (written.splitlines()[-1],)}) or (
        "\n" in printed
    )


def test_the_signature_is_never_alone_on_its_page() -> None:
    for data in (
        report_docx.unit_report(samples.PAPER, None),
        report_docx.unit_report(samples.SHORT, None),
        report_docx.consolidated(samples.CONSOLIDATED, None),
        minutes.minutes(samples.VISIT, None),
    ):
        (end,) = (p for p in docx.Document(io.BytesIO(data)).paragraphs if p.text[-3:] == "./.")
        assert end.paragraph_format.keep_with_next
        assert end._p.getnext().tag == qn("w:tbl")


def test_a_target_without_data_says_so_and_an_old_version_stays_as_it_was() -> None:
    assert "Đơn vị có kế hoạch giám sát trong năm | 100% | chưa có số liệu\n" in said()
    old = tuple(replace(target, result="") for target in samples.PAPER.targets)
    assert "Đơn vị có kế hoạch giám sát trong năm | 100% | \n" in said(targets=old)


@pytest.mark.wide
def test_what_was_reached_of_a_target_stands_with_its_source_and_day() -> None:
    source = "theo báo cáo đi cơ sở và số liệu của cơ sở, tính đến 14/12/2026"
    assert f"431/400 đoàn viên (107,8%); {source}" in said()
    (first, *rest) = samples.PAPER.targets
    wanted = replace(first, level="năm 2026: 100 đoàn viên")
    assert "400 đoàn viên; năm 2026: 100 đoàn viên" in said(targets=(wanted, *rest))
    assert "| Công đoàn cơ sở đã có |" in said(
        targets=(replace(first, text="CĐCS đã có", years=""),)
    )
    own = replace(first, own_level="48 đoàn viên (năm 2026; mức chung của kế hoạch: 400 đoàn viên)")
    text = said(targets=(own, *rest))
    assert "| 48 đoàn viên (năm 2026; mức chung của kế hoạch: 400 đoàn viên) |" in text


def test_the_line_under_an_annex_does_not_tear_the_units_name() -> None:
    line = next(one for one in said().splitlines() if one.startswith("(Kèm theo"))
    assert line.endswith(
        "2026 của\xa0Công\xa0đoàn\xa0các\xa0Khu\xa0công\xa0nghiệp\xa0tỉnh\xa0An\xa0Giang)"
    )
    assert "/BC-CĐ ngày 14 tháng 12" in line, "as in the rules: no comma"


def test_annexes_that_are_not_there_leave_no_gap_either() -> None:
    text = said(figures=("III.5",), targets=())
    assert "Phụ lục I\nCHUYỂN BIẾN XẾP LOẠI" in text
    assert "Phụ lục II\nBẢNG TỔNG HỢP KIẾN NGHỊ" in text
    assert "Phụ lục III" not in text
    assert "nghiệp đoàn (Phụ lục I).\nSo với năm trước, có 02 đơn vị tăng loại, 01 đơn" in text


def test_a_part_nobody_has_written_is_seen() -> None:
    parts = (PaperPart("II", "Công tác chỉ đạo", "  \n "), samples.PAPER.parts[-1])
    assert "I. CÔNG TÁC CHỈ ĐẠO\n…\n" in said(figures=(), parts=parts)


def test_an_optional_part_without_text_is_left_out_and_the_numbers_go_on() -> None:
    parts = tuple(replace(p, text="") if p.key == "IV.3" else p for p in samples.PAPER.parts)
    found = headings(parts=parts)
    at = found.index("IV. ĐÁNH GIÁ CHUNG")
    assert found[at + 1 : at + 4] == ["1. Ưu điểm", "2. Hạn chế", "3. Bài học kinh nghiệm"]


@pytest.mark.parametrize(
    ("takes", "proposals", "there"),
    [
        (True, {}, True),
        (True, {"btv": ()}, True),
        (True, {"btv": ("Thêm kinh phí.",)}, False),
        (False, {}, False),
    ],
)
def test_no_proposal_is_said_where_the_outline_asks_for_them(
    takes: bool, proposals: dict[str, tuple[str, ...]], there: bool
) -> None:
    text = said(takes_proposals=takes, proposals=proposals)
    assert ("VI. ĐỀ XUẤT, KIẾN NGHỊ\nKhông có đề xuất, kiến nghị." in text) is there
    assert ("VI. ĐỀ XUẤT" in text) is (takes or any(proposals.values()))


def test_a_dash_that_people_typed_is_not_printed_twice() -> None:
    text = said(proposals={"btv": ("- Thêm kinh phí;\n– Thêm người", "-5% kinh phí")})
    assert "\n- Thêm kinh phí;\n- Thêm người.\n- -5% kinh phí.\n" in text


def test_addressees_stand_in_their_order() -> None:
    found = headings(proposals={"tld": ("a",), "btv": ("b",)})
    at = found.index("VI. ĐỀ XUẤT, KIẾN NGHỊ")
    assert [line.split(" ")[0:4] for line in found[at + 1 : at + 3]] == [
        ["1.", "Đối", "với", "Ban"],
        ["2.", "Đối", "với", "Tổng"],
    ]


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        (
            {},
            "Năm 2025: số liệu đến hết ngày 14/12/2025 hoặc theo báo cáo đã gửi năm đó; “—”: ",
        ),
        ({"until": date(2027, 1, 20)}, "đến hết ngày 31/12/2025"),
        ({"until": date(2024, 2, 29)}, "đến hết ngày 28/02/2023"),
    ],
)
def test_what_last_years_column_holds_is_said_once(changed: dict[str, Any], note: str) -> None:
    text = said(**changed)
    assert note in text
    assert text.count(": số liệu đến hết ngày") == 1


def test_the_consolidated_report_holds_what_units_wrote_and_sent() -> None:
    text = text_of(report_docx.consolidated(samples.CONSOLIDATED, None))
    own = text[
        text.index("Phụ lục V\nNỘI DUNG CHỈ ĐẠO, ĐÁNH GIÁ, PHƯƠNG HƯỚNG CỦA CÁC ĐƠN\xa0VỊ") :
    ]
    assert f"1. Công đoàn các Khu công nghiệp tỉnh\na) Công tác chỉ đạo, triển khai {_DONE}" in own
    assert "2. Công đoàn phường Long Hòa\na) Công tác chỉ đạo" in own
    assert "c) Hạn chế\nCó tháng chưa đi đủ các công đoàn cơ sở theo lịch" in own
    assert "d) Phương hướng, nhiệm vụ thời gian tới\nDuy trì lịch" in own
    lines = f"{WRITING_LINE}\n" * 3
    assert f"II. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO\n{lines}Tính đến ngày 16" in text
    assert f"IV. ĐÁNH GIÁ CHUNG\n1. Ưu điểm\n{lines}2. Hạn chế\n{lines}" in text
    assert f"V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI\n{lines}VI." in text
    assert "VI. ĐỀ XUẤT, KIẾN NGHỊ CỦA CÁC ĐƠN VỊ\n1. Đối với Ban Thường vụ" in text
    assert "chưa gửi." not in text.lower().replace("chưa gửi báo cáo", ""), "a draft"


_FIRST = samples.TEXTS["II"].split("\n")[0]
_DONE = f"thực hiện\n{_FIRST}"


def test_where_no_unit_has_sent_nothing_is_quoted() -> None:
    rows = tuple(replace(row, sent_on=None, late=False) for row in samples.CONSOLIDATED.rows)
    text = text_of(report_docx.consolidated(replace(samples.CONSOLIDATED, rows=rows), None))
    assert "có 0/3 đơn vị đã gửi báo cáo (kết quả thực hiện: Phụ lục V); số liệu của" in text
    assert "NỘI DUNG CHỈ ĐẠO, ĐÁNH GIÁ" not in text
    assert "CỦA CÁC ĐƠN VỊ\nChưa có đơn vị nào gửi báo cáo." in text


def test_that_nothing_is_proposed_is_said_only_of_those_that_have_sent() -> None:
    rows = tuple(
        replace(row, paper=replace(row.paper, proposals={})) for row in samples.CONSOLIDATED.rows
    )
    text = text_of(report_docx.consolidated(replace(samples.CONSOLIDATED, rows=rows), None))
    assert "CỦA CÁC ĐƠN VỊ\nCác đơn vị đã gửi báo cáo không có đề xuất, kiến nghị." in text


def test_a_corrected_number_counts_and_says_why() -> None:
    text = said()
    assert "Đã kết nạp 431 đoàn viên" in text
    assert "Đoàn viên mới | người | 431 | 288\n" in text
    note = "Đoàn viên mới: đơn vị rà soát, điều chỉnh từ 412; lý do: tính thêm 19 đoàn viên"
    assert f"{note} kết nạp tại Gạo Đồng Xanh Việt.\n" in text


def test_numbers_that_nobody_knows_are_not_spoken_of() -> None:
    text = said(numbers=Numbers(values={"visits": 0, "workers_met": 7}), before=None)
    assert "Trong kỳ chưa ghi nhận lượt đi cơ sở." in text
    assert "với 07 lượt người lao động." in text
    assert "Lượt đi cơ sở | lượt | 0\n" in text
    assert "quản lý" not in text
    assert "None" not in text


def test_what_has_not_come_up_is_no_table_of_zeros() -> None:
    values = {"visits": 3, "rated": 0, "raised": 0, "lowered": 0, "commendations": 0}
    of_site_visits = {"training_needs": 0, "fees_troubles": 0}
    numbers = Numbers(values=values | of_site_visits)
    text = said(numbers=numbers, before=None, figures=("III.5", "III.6"), corrections={})
    assert "1. Xếp loại công đoàn cơ sở\nChưa xếp loại năm 2026.\n2. " in text
    assert "\nChưa phát sinh.\nIII. " in text
    assert "\n…\n" not in text
    assert "Tăng loại | đơn vị" not in text
    before = Numbers(values={"rated": 7, "raised": 2, "commendations": 4})
    text = said(numbers=numbers, before=before, figures=("III.5", "III.6"), corrections={})
    assert "\nChưa xếp loại năm 2026.\n2. " in text
    assert "\nChưa phát sinh.\nNăm 2025: số liệu đến hết ngày" in text, "under its table"
    assert "Đề xuất khen thưởng | lượt | 0 | 4\n" in text


def test_topics_of_plans_have_their_words_and_unknown_ones_their_key() -> None:
    numbers = Numbers(
        topics={"new": TopicCount(guided=3, trouble=1), "gone": TopicCount(guided=2)},
    )
    text = said(numbers=numbers, topics={"new": "đào tạo nghề"})
    assert "1 | Đào tạo nghề | 3 | 1" in text
    assert "2 | Gone | 2 | 0" in text


def test_the_answers_to_a_request_stand_under_the_questions() -> None:
    parts = (PaperPart("q1", "Số ca ngừng việc?", "0"), PaperPart("q2", "Có nợ lương?", "không"))
    short = replace(samples.SHORT, figures=(), parts=parts, proposals={}, targets=())
    text = said(short)
    assert "1. Số ca ngừng việc: 0.\n2. Không có nợ lương.\nTrên đây là" in text
    alone = said(replace(short, parts=parts[:1], takes_proposals=False))
    assert "như sau:\nSố ca ngừng việc: 0.\nTrên đây là" in alone, "one answer has no number"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 12, 14), "An Giang, ngày 14 tháng 12 năm 2026"),
        (date(2027, 2, 8), "An Giang, ngày 08 tháng 02 năm 2027"),
        (date(2026, 3, 9), "An Giang, ngày 09 tháng 3 năm 2026"),
    ],
)
def test_the_date_is_padded_as_the_rules_say(day: date, written: str) -> None:
    assert written in said(until=day)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("KT. Chủ tịch Phó Chủ tịch", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
        ("KT. CHỦ TỊCH, PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
        ("Chủ tịch", "CHỦ TỊCH"),
        ("Phó Chủ tịch phụ trách", "PHÓ CHỦ TỊCH PHỤ TRÁCH"),
    ],
)
def test_who_signs_for_another_has_two_lines(typed: str, printed: str) -> None:
    text = said(head=replace(samples.HEAD, position=typed))
    assert f"TM. BAN THƯỜNG VỤ\n{printed}\n\n" in text


def test_the_name_of_a_place_is_not_torn_over_two_lines() -> None:
    head = replace(samples.HEAD, superior="Liên đoàn Lao động tỉnh An Giang")
    assert "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN\xa0GIANG" in said(head=head)


def test_what_is_not_set_is_left_to_fill_in() -> None:
    head = replace(samples.HEAD, place="", signatory="", recipients=("LĐLĐ tỉnh",))
    text = said(head=head)
    assert "……………, ngày 14" in text
    assert "CHỦ TỊCH\n\n\n\n\n………………………" in text
    assert "- LĐLĐ tỉnh;\n- Lưu: VT, …." in text


def test_the_consolidated_report_says_who_is_missing_and_what_units_propose() -> None:
    text = text_of(report_docx.consolidated(samples.CONSOLIDATED, None))
    assert "có 2/3 đơn vị đã gửi báo cáo, trong đó 01 đơn vị gửi chậm (nội dung" in text
    assert "; kết quả thực hiện: Phụ lục VI); số liệu của Công đoàn đặc khu Hòn Sao do" in text
    assert "kỹ năng đối thoại cho công đoàn cơ sở (Công đoàn phường Long Hòa)." in text
    assert "Đoàn viên mới | người | 761 | 518\n" in text
    assert "\nĐoàn viên mới: gồm số điều chỉnh của Công đoàn các Khu công nghiệp tỉnh.\n" in text
    assert "\n | Tổng cộng | 13 | 10.403 | 173 | 16/16 | 100" in text
    assert "2 | Công đoàn phường Long Hòa | 4 | 2.890 | 48 | 4/4 | 100 | 46/49 |" in text
    assert "15/12/2026, trễ hạn" in text
    assert "| 29 | 3/3 | 100 | 46/49 | 373 | 12 | 10 | 124 | 0 | chưa gửi\n" in text
    assert "| 173 | 16/16 | 100 |  | 2.238 |" in text, "weeks of units are not added up"


def test_the_provinces_own_people_have_no_sites_of_their_own_to_reach() -> None:
    values = {"visits": 16, "sites_reached": 3, "sites": 0, "unions": 0, "members": 0}
    own = Numbers(values=values | {"workers_met": 9, "received": 0, "settled": 0})
    text = text_of(report_docx.consolidated(replace(samples.CONSOLIDATED, own=own), None))
    name = "Cơ quan Liên đoàn Lao động tỉnh (không cộng vào tổng)"
    assert f"4 | {name} | — | — | 16 | 3 | — | — | 9 | 0 | 0 | — | — | —\n" in text


@pytest.mark.parametrize(("units", "whose"), [(2, "Xã 0; Xã 1"), (6, "6 đơn vị")])
def test_a_note_names_few_units_and_counts_many(units: int, whose: str) -> None:
    one = samples.CONSOLIDATED.rows[0]
    rows = tuple(
        replace(one, paper=replace(one.paper, head=replace(samples.HEAD, short_name=f"Xã {place}")))
        for place in range(units)
    )
    text = text_of(report_docx.consolidated(replace(samples.CONSOLIDATED, rows=rows), None))
    assert f"Đoàn viên mới: gồm số điều chỉnh của {whose}.\n" in text


def test_an_excused_unit_is_no_debtor() -> None:
    row = samples.CONSOLIDATED.rows[2]
    excused = UnitRow(row.unit, "excused", None, row.paper)
    rows = (*samples.CONSOLIDATED.rows[:2], excused)
    text = text_of(report_docx.consolidated(replace(samples.CONSOLIDATED, rows=rows), None))
    assert "có 2/2 đơn vị đã gửi" in text
    assert "số liệu của" not in text.split("III. KẾT QUẢ")[0]


@pytest.mark.parametrize("end", ["", "."])
def test_every_item_of_the_minutes_ends_with_one_full_stop(end: str) -> None:
    facts = replace(
        samples.VISIT,
        met_union=f"đồng chí Mai{end}",
        agreements=(f"- Trả lời trước 20/03/2026{end}", f"Họp lại{end}"),
    )
    lines = text_of(minutes.minutes(facts, None)).splitlines()
    assert {"Đồng chí Mai.", "- Trả lời trước 20/03/2026.", "- Họp lại."} <= set(lines)


@pytest.mark.wide
def test_a_units_name_follows_its_proposal_without_a_stray_sign() -> None:
    for written in ("Thêm kinh phí", "Thêm kinh phí.", "Thêm kinh phí;"):
        paper = replace(samples.PAPER, proposals={"btv": (f"{written}\n- Thêm người.",)})
        row = replace(samples.CONSOLIDATED.rows[0], paper=paper)
        report = replace(samples.CONSOLIDATED, rows=(row,))
        text = text_of(report_docx.consolidated(report, None))
        assert "- Thêm kinh phí; Thêm người (Công đoàn các Khu công nghiệp tỉnh).\n" in text


UNION, EMPLOYER = "ĐẠI DIỆN\nCÔNG ĐOÀN CƠ SỞ", "ĐẠI DIỆN\nNGƯỜI SỬ DỤNG LAO ĐỘNG"


def test_minutes_leave_room_to_write_at_the_table() -> None:
    facts = replace(samples.VISIT, met_management="", agreements=())
    text = text_of(minutes.minutes(facts, None))
    lines = f"{WRITING_LINE}\n" * 3
    assert f"2. Nội dung trao đổi\n{lines}3. Ý kiến của công đoàn cơ sở\n{lines}" in text
    assert f"4. Ý kiến của người sử dụng lao động\n{lines}III. NỘI DUNG THỐNG NHẤT\n{lines}" in text
    assert f"3. Người sử dụng lao động\n{WRITING_LINE}\n" in text
    assert "Số:        /BB-CĐ" in text


def test_minutes_say_when_it_began_and_ended_who_was_in_the_chair_and_who_wrote() -> None:
    text = text_of(minutes.minutes(samples.VISIT, None))
    assert "Thời gian bắt đầu: …… giờ …… phút, ngày 09 tháng 3 năm 2026." in text
    assert "\nChủ trì: đồng chí Nguyễn Thị An.\nThư ký (người ghi biên bản): ………" in text
    assert "Buổi làm việc kết thúc lúc …… giờ …… phút cùng ngày." in text
    assert "lập thành 03 bản có giá trị như nhau, mỗi bên giữ 01 bản./." in text


@pytest.mark.parametrize(
    ("has_union", "signing"),
    [
        (True, ["THƯ KÝ", "CHỦ TRÌ", UNION, EMPLOYER]),
        (False, ["THƯ KÝ", "CHỦ TRÌ", EMPLOYER]),
    ],
)
def test_minutes_are_signed_by_whoever_was_there(has_union: bool, signing: list[str]) -> None:
    data = minutes.minutes(replace(samples.VISIT, has_union=has_union), None)
    cells = [c for t in docx.Document(io.BytesIO(data)).tables[1:3] for c in t.rows[0].cells]
    assert [cell.paragraphs[0].text for cell in cells if cell.paragraphs[0].text] == signing
    assert ("ông đoàn cơ sở" in text_of(data).replace(samples.VISIT.site, "")) is has_union
    assert f"lập thành {'03' if has_union else '02'} bản" in text_of(data)


@pytest.mark.wide
def test_the_longest_sections_in_the_shortest_lines_are_made_all_the_same() -> None:
    parts = tuple(PaperPart(key, key, "ý\n" * 10_000) for key in ("II", "IV.1", "IV.2", "V"))
    data = report_docx.unit_report(replace(samples.PAPER, parts=parts), None)
    paper = docx.Document(io.BytesIO(data))
    assert sum(1 for p in paper.element.body.iter(qn("w:p"))) > 40_000


def test_of_thousands_of_proposals_a_paper_lists_the_unsettled_first_and_says_how_many_more() -> (
    None
):
    done = replace(samples.CASES[0], result="Đã giải quyết: xong")
    waiting = replace(samples.CASES[0], result="Đang xử lý")
    rows = case_rows([done] * 900 + [waiting] * 50)
    assert len(rows) == MOST_CASES + 1
    assert {row["ket_qua"] for row in rows[:50]} == {"Đang xử lý"}
    assert rows[-1]["noi_dung"] == "Còn 750 kiến nghị khác: nêu tại bảng tính kèm theo."
    few = case_rows([done, waiting])
    assert [row["ket_qua"] for row in few] == ["Đã giải quyết: xong", "Đang xử lý"]
