"""A short report is sentences, not a questionnaire."""

import pytest

from bot.summaries.papers.answers import answer


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (
            "Có bao nhiêu doanh nghiệp đã công bố phương án thưởng Tết?",
            "4",
            ["Số doanh nghiệp đã công bố phương án thưởng Tết: 04."],
        ),
        (
            "Đơn vị có bao nhiêu DN nợ BHXH?",
            "0",
            ["Số doanh nghiệp nợ bảo hiểm xã hội: 0."],
        ),
        ("Bao nhiêu người được thưởng", "1.250", ["Số người được thưởng: 1.250."]),
        (
            "Mức thưởng Tết bình quân là bao nhiêu?",
            "5.200.000",
            ["Mức thưởng Tết bình quân: 5.200.000."],
        ),
        ("Số ca ngừng việc?", "0", ["Số ca ngừng việc: 0."]),
        (
            "Có doanh nghiệp nào nợ lương không?",
            "Có",
            ["Có doanh nghiệp nợ lương."],
        ),
        (
            "Có doanh nghiệp nào nợ lương không?",
            "Không",
            ["Không có doanh nghiệp nào nợ lương."],
        ),
        ("Có nợ lương?", "không", ["Không có nợ lương."]),
        (
            "Đơn vị đã tổ chức Tết Sum vầy chưa?",
            "Chưa",
            ["Đơn vị đã tổ chức Tết Sum vầy: chưa."],
        ),
        (
            "Doanh nghiệp nào chưa có phương án thưởng?",
            "Chưa có đơn vị nào",
            ["Doanh nghiệp chưa có phương án thưởng: Chưa có đơn vị nào."],
        ),
        ("Khó khăn, vướng mắc là gì?", "Thiếu vốn.", ["Khó khăn, vướng mắc: Thiếu vốn."]),
        ("Danh sách?", "- A;\n- B", ["Danh sách:", "- A;", "- B."]),
        ("Danh sách?", " ", ["Danh sách: …"]),
        (
            "Ngày tổ chức hội nghị người lao động",
            "20/12",
            ["Ngày tổ chức hội nghị người lao động: 20/12."],
        ),
    ],
)
def test_an_answer_is_a_sentence(question: str, text: str, said: list[str]) -> None:
    assert answer(question, text) == said
