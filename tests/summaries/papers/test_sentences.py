"""What numbers say in words: a zero is said as an office says it, or not at all."""
# ruff: noqa: E501 - sentences

import pytest

from bot.summaries.papers.sentences import SENTENCES, sentences
from bot.summaries.rules.figures import FIGURES

WORDS = {"unit": "CĐ phường", "until": "ngày 14"}


@pytest.mark.parametrize(
    ("part", "values", "said"),
    [
        ("I", {"unions": 0, "enterprises": 3}, ["Tính đến ngày 14, CĐ phường chưa có công đoàn cơ sở, nghiệp đoàn trực thuộc."]),
        ("I", {"unions": 4, "members": 0, "workers": 90, "women": 40}, ["Tính đến ngày 14, CĐ phường quản lý 04 công đoàn cơ sở, nghiệp đoàn."]),
        ("I", {"unions": 4, "members": 80, "workers": 90, "women": 0}, ["Tính đến ngày 14, CĐ phường quản lý 04 công đoàn cơ sở, nghiệp đoàn với 80 đoàn viên trên tổng số 90 lao động."]),
        ("I", {"arrears_sites": 0, "sensitive": 2, "alerts": 0}, ["Có 02 doanh nghiệp tiềm ẩn phức tạp về quan hệ lao động. Trong kỳ chưa ghi nhận nơi nợ lương, nợ bảo hiểm xã hội."]),
        ("I", {"arrears_sites": 1, "sensitive": 0, "alerts": 3}, ["Có 01 nơi được ghi nhận nợ lương hoặc nợ bảo hiểm xã hội trong kỳ."]),
        ("III.1", {"visits": 0, "sites_reached": 0, "sites": 9}, ["Trong kỳ chưa ghi nhận lượt đi cơ sở."]),
        ("III.1", {"visits": 12, "sites_reached": 9, "sites": 9, "committee_visits": 0}, ["Cán bộ công đoàn đã thực hiện 12 lượt đi cơ sở, đến 9/9 nơi, đạt 100%."]),
        ("III.1", {"weeks_met": 6, "weeks": 45}, ["Có 6/45 tuần đi cơ sở theo yêu cầu, đạt 13%."]),
        ("III.1", {"weeks_met": 1, "weeks": 45}, ["Có 1/45 tuần đi cơ sở theo yêu cầu, đạt 2%."]),
        ("III.1", {"weeks_met": 0, "weeks": 45, "guided": 0}, []),
        ("III.2", {"workers_met": 0, "exchange_visits": 5, "care_visits": 0}, ["Đã tham gia 05 buổi giao lưu văn hóa, thể thao. Trong kỳ chưa ghi nhận số người lao động đã gặp gỡ, trao đổi trực tiếp."]),
        ("III.3", {"received": 0, "settled": 0, "open": 0}, ["Trong kỳ chưa tiếp nhận ý kiến phản ánh, kiến nghị."]),
        ("III.3", {"received": 4, "settled": 0, "open": 4}, ["Đã tiếp nhận 04 ý kiến phản ánh, kiến nghị, trong đó đang xử lý 04 ý kiến."]),
        ("III.3", {"received": 41, "settled": 33, "passed": 5, "open": 3, "overdue": 1}, ["Đã tiếp nhận 41 ý kiến phản ánh, kiến nghị, trong đó đã giải quyết, trả lời 33 ý kiến (đạt 80%); đã chuyển cấp trên, cơ quan chức năng 05 ý kiến; đang xử lý 03 ý kiến; có 01 ý kiến quá hạn giải quyết."]),
        ("III.4", {"new_members": 0, "new_unions": 0, "surveyed": 0}, ["Trong kỳ chưa kết nạp đoàn viên mới; chưa thành lập mới công đoàn cơ sở."]),
        ("III.4", {"new_members": 0, "new_unions": 1, "surveyed": 2}, ["Đã thành lập mới 01 công đoàn cơ sở; khảo sát 02 doanh nghiệp chưa có tổ chức công đoàn. Trong kỳ chưa kết nạp đoàn viên mới."]),
        ("III.5", {"rated": 0, "raised": 0, "lowered": 0}, ["Trong kỳ chưa xếp loại công đoàn cơ sở, nghiệp đoàn."]),
        ("III.5", {"rated": 7, "raised": 0, "lowered": 1}, ["Đã xếp loại 07 công đoàn cơ sở, nghiệp đoàn.", "So với năm trước, có 01 đơn vị giảm loại."]),
        ("III.6", {"commendations": 0, "training_needs": 0, "fees_troubles": 0}, ["Trong kỳ chưa có đề xuất khen thưởng."]),
        ("III.6", {"commendations": 0, "training_needs": 11}, ["Qua đi cơ sở, đã ghi nhận 11 nhu cầu tập huấn. Trong kỳ chưa có đề xuất khen thưởng."]),
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
