"""What numbers say in words: a zero is said as an office says it, or not at all."""
# ruff: noqa: E501 - sentences

import pytest

from bot.summaries.papers.sentences import OF_ALL, OWN, SENTENCES, own_sentences, sentences
from bot.summaries.rules.figures import FIGURES

WORDS = {"unit": "CĐ phường", "until": "ngày 14"}


@pytest.mark.parametrize(
    ("part", "values", "said"),
    [
        ("I", {"unions": 0, "enterprises": 3}, ["Tính đến ngày 14, CĐ phường chưa có công đoàn cơ sở, nghiệp đoàn trực thuộc."]),
        ("I", {"unions": 4, "members": 0, "workers": 90, "women": 40}, ["Tính đến ngày 14, CĐ phường quản lý 04 công đoàn cơ sở, nghiệp đoàn; tổng số 90 lao động, trong đó có 40 lao động nữ."]),
        ("I", {"unions": 7, "members": 691, "enterprises": 2, "workers": 907, "women": 334}, ["Tính đến ngày 14, CĐ phường quản lý 07 công đoàn cơ sở, nghiệp đoàn với 691 đoàn viên; còn 02 doanh nghiệp chưa thành lập công đoàn cơ sở; tổng số 907 lao động, trong đó có 334 lao động nữ."]),
        ("I", {"unions": 4, "members": 80, "workers": 90, "women": 0}, ["Tính đến ngày 14, CĐ phường quản lý 04 công đoàn cơ sở, nghiệp đoàn với 80 đoàn viên; tổng số 90 lao động."]),
        ("I", {"arrears_sites": 0, "sensitive": 2, "alerts": 4}, ["Có 02 cơ sở, doanh nghiệp tiềm ẩn phức tạp về quan hệ lao động."]),
        ("I", {"arrears_asked": 5, "arrears_sites": 2, "arrears_wages": 2, "arrears_insurance": 1}, ["Qua đi cơ sở, đã nắm tình hình trả lương, đóng bảo hiểm xã hội tại 05 cơ sở, trong đó có 02 cơ sở nợ lương; 01 cơ sở chậm đóng, trốn đóng bảo hiểm xã hội."]),
        ("I", {"arrears_asked": 5, "arrears_sites": 1, "arrears_wages": 0, "arrears_insurance": 1}, ["Qua đi cơ sở, đã nắm tình hình trả lương, đóng bảo hiểm xã hội tại 05 cơ sở, trong đó có 01 cơ sở chậm đóng, trốn đóng bảo hiểm xã hội."]),
        ("I", {"arrears_asked": 5, "arrears_sites": 0, "arrears_wages": 0, "arrears_insurance": 0}, ["Qua đi cơ sở, đã nắm tình hình trả lương, đóng bảo hiểm xã hội tại 05 cơ sở."]),
        ("I", {"arrears_asked": 0, "arrears_sites": 0, "arrears_unclear": 3}, []),
        ("III.1", {"visits": 0, "sites_reached": 0, "sites": 9}, ["Trong kỳ chưa ghi nhận lượt đi cơ sở."]),
        ("III.1", {"visits": 12, "sites_reached": 9, "sites": 9, "committee_visits": 0}, ["Cán bộ công đoàn đã thực hiện 12 lượt đi cơ sở, đến 9/9 cơ sở, đạt 100%."]),
        ("III.1", {"visits": 12, "sites_reached": 9, "sites": 9, "helped": 3}, ["Cán bộ công đoàn đã thực hiện 12 lượt đi cơ sở, đến 9/9 cơ sở, đạt 100%; hướng dẫn, hỗ trợ tại chỗ trong 03 lượt đi."]),
        ("III.1", {"visits": 12, "leader_visits": 4, "specialist_visits": 8}, ["Cán bộ công đoàn đã thực hiện 12 lượt đi cơ sở, trong đó lãnh đạo đi 04 lượt, chuyên viên đi 08 lượt."]),
        ("III.1", {"visits": 12, "leader_visits": 0, "specialist_visits": 12}, ["Cán bộ công đoàn đã thực hiện 12 lượt đi cơ sở, trong đó lãnh đạo đi 0 lượt, chuyên viên đi 12 lượt."]),
        ("III.1", {"visits": 12, "specialist_visits": 12}, ["Cán bộ công đoàn đã thực hiện 12 lượt đi cơ sở, trong đó lãnh đạo đi 0 lượt, chuyên viên đi 12 lượt."]),
        ("III.1", {"visits": 12, "specialist_visits": 9}, ["Cán bộ công đoàn đã thực hiện 12 lượt đi cơ sở, chuyên viên đi 09 lượt."]),
        ("III.1", {"weeks_met": 6, "weeks": 45, "helped": 0}, []),
        ("III.2", {"workers_met": 0, "exchange_visits": 5, "care_visits": 0}, ["Đã tham gia 05 buổi giao lưu văn hóa, thể thao."]),
        ("III.3", {"received": 0, "settled": 0, "open": 0}, []),
        ("III.3", {"received": 4, "settled": 0, "open": 4}, ["Đã tiếp nhận 04 ý kiến phản ánh, kiến nghị, trong đó đang xử lý 04 ý kiến."]),
        ("III.3", {"received": 41, "settled": 33, "passed": 5, "open": 3, "overdue": 1}, ["Đã tiếp nhận 41 ý kiến phản ánh, kiến nghị, trong đó đã giải quyết, trả lời 33 ý kiến (đạt 80%); đã chuyển cấp trên, cơ quan chức năng 05 ý kiến; đang xử lý 03 ý kiến; có 01 ý kiến quá hạn giải quyết."]),
        ("III.3", {"received": 9, "settled": 2, "passed": 5, "handed_up": 4, "referred": 1, "open": 2}, ["Đã tiếp nhận 09 ý kiến phản ánh, kiến nghị, trong đó đã giải quyết, trả lời 02 ý kiến (đạt 22%); đã chuyển cấp trên 04 ý kiến; đã chuyển cơ quan chức năng 01 ý kiến; đang xử lý 02 ý kiến."]),
        ("III.4", {"new_members": 0, "new_unions": 0, "surveyed": 0}, []),
        ("III.4", {"new_members": 0, "new_unions": 1, "surveyed": 2}, ["Đã thành lập mới 01 công đoàn cơ sở; khảo sát 02 doanh nghiệp chưa có tổ chức công đoàn."]),
        ("III.5", {"rated": 0, "raised": 0, "lowered": 0}, []),
        ("III.5", {"rated": 7, "raised": 0, "lowered": 1}, ["Đã xếp loại 07 công đoàn cơ sở, nghiệp đoàn.", "So với năm trước, có 01 đơn vị giảm loại."]),
        ("III.6", {"commendations": 0, "training_needs": 0, "fees_troubles": 0}, []),
        ("III.6", {"commendations": 0, "training_needs": 11}, ["Qua đi cơ sở, đã ghi nhận 11 nhu cầu tập huấn."]),
    ],
)  # fmt: skip
def test_a_zero_is_said_as_an_office_says_it(
    part: str, values: dict[str, int], said: list[str]
) -> None:
    assert sentences(part, values, WORDS) == said


@pytest.mark.parametrize("part", SENTENCES)
def test_no_sentence_counts_to_nought_and_what_is_unknown_is_not_spoken_of(part: str) -> None:
    nothing = {figure.key: 0 for figure in FIGURES}
    assert not any(char.isdigit() for s in sentences(part, nothing, {}) for char in s)
    assert sentences(part, {}, WORDS) == []


RECORDED_HERE = (
    "Tính đến ngày 14, CĐ phường chưa có công đoàn cơ sở, nghiệp đoàn trực thuộc.",  # the list of units
    "Trong kỳ chưa ghi nhận lượt đi cơ sở.",  # the unit's own visits
)


@pytest.mark.parametrize("unasked", [True, False])
@pytest.mark.parametrize("part", SENTENCES)
def test_with_no_report_at_all_nothing_is_claimed_of_the_sites(part: str, unasked: bool) -> None:
    """Neither that there is something nor that there is none: nobody has asked there."""
    nothing = {f.key: 0 for f in FIGURES if unasked or not f.optional}
    assert [s for s in sentences(part, nothing, WORDS) if s not in RECORDED_HERE] == []


def test_no_sentence_is_made_of_what_is_for_inside_use_or_of_ticks() -> None:
    pieces = [p.text + p.none for all_ in SENTENCES.values() for s in all_ for p in s.pieces]
    inside = [figure.key for figure in FIGURES if not figure.printed]
    assert "alerts" in inside
    assert not [text for text in pieces for key in (*inside, "guided") if f"{{{key}}}" in text]


def test_the_province_does_not_say_that_it_passed_up_its_own_cases() -> None:
    values = {"received": 9, "settled": 2, "passed": 5, "handed_up": 4, "referred": 1, "open": 2}
    (paragraph,) = sentences("III.3", values, {"unit": "LĐLĐ tỉnh"}, of_all=True)
    assert paragraph == (
        "Các cấp công đoàn đã tiếp nhận 09 ý kiến phản ánh, kiến nghị, trong đó đã giải quyết, "
        "trả lời 02 ý kiến (đạt 22%); các đơn vị đang xử lý 02 ý kiến; LĐLĐ tỉnh đang xử lý 04 ý "
        "kiến do các đơn vị chuyển đến; cơ quan chức năng đang xử lý 01 ý kiến."
    )


def test_what_the_provinces_own_people_did_is_said_after_what_the_units_did() -> None:
    values = {"visits": 12, "leader_visits": 5, "specialist_visits": 7, "sites_reached": 9}
    assert own_sentences("III.1", values, {"unit": "LĐLĐ tỉnh"}) == [
        "Ngoài ra, lãnh đạo, chuyên viên cơ quan LĐLĐ tỉnh trực tiếp thực hiện 12 lượt đi cơ sở, trong đó "
        "lãnh đạo đi 05 lượt, chuyên viên đi 07 lượt, đến 09 cơ sở."
    ]
    values = {"visits": 3, "specialist_visits": 3}
    (paragraph,) = own_sentences("III.1", values, {"unit": "LĐLĐ tỉnh"})
    assert paragraph == (
        "Ngoài ra, chuyên viên cơ quan LĐLĐ tỉnh trực tiếp thực hiện 03 lượt đi cơ sở."
    )
    values = {"visits": 2, "leader_visits": 2, "sites_reached": 1}
    (paragraph,) = own_sentences("III.1", values, {"unit": "LĐLĐ tỉnh"})
    assert paragraph == (
        "Ngoài ra, lãnh đạo cơ quan LĐLĐ tỉnh trực tiếp thực hiện 02 lượt đi cơ sở, đến 01 cơ sở."
    )
    values = {"received": 3, "settled": 1, "open": 1, "referred": 1}
    (paragraph,) = own_sentences("III.3", values, {"unit": "LĐLĐ tỉnh"})
    assert paragraph.endswith(
        "trong đó đã giải quyết, trả lời 01 ý kiến; đang xử lý 01 ý kiến; "
        "đã chuyển cơ quan chức năng 01 ý kiến."
    )
    assert own_sentences("III.1", {"visits": 0, "sites_reached": 0}, {"unit": "LĐLĐ tỉnh"}) == []


def test_the_sentences_of_a_receiver_claim_nothing_of_sites_that_nobody_reported_from() -> None:
    nothing = {figure.key: 0 for figure in FIGURES}
    of_all = [s for part in OF_ALL for s in sentences(part, nothing, WORDS, of_all=True)]
    assert [s for s in of_all if s not in RECORDED_HERE] == []
    assert [s for part in OWN for s in own_sentences(part, nothing, WORDS)] == []
