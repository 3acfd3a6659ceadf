"""What words state: a "không có" is none, and arrears count only where they are clear."""

import pytest

from bot.visits.rules.statements import arrears_named, arrears_of, states_none, states_something
from storage.enums import Arrears

NONE, WAGES, INSURANCE = Arrears.NONE, Arrears.WAGES, Arrears.INSURANCE
BOTH, UNCLEAR = Arrears.BOTH, Arrears.UNCLEAR


@pytest.mark.parametrize(
    "words",
    [
        "không",
        "Không có",
        "KHÔNG CÓ GÌ.",
        "chưa có",
        "ko",
        "Hiện chưa có đề xuất",
        "-",
        "0",
        "k có",
    ],
)
def test_words_that_only_say_no_state_none(words: str) -> None:
    assert states_none(words)
    assert not states_something(words)


@pytest.mark.parametrize(
    "words", ["Tổ may 5", "Không nghỉ buổi nào: chị Lan", "kỹ năng thương lượng", "10 người"]
)
def test_words_that_say_something_state_it(words: str) -> None:
    assert states_something(words)


def test_no_words_state_neither() -> None:
    assert not states_something("  ")
    assert not states_none("")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("nợ lương tháng 10", WAGES),
        ("no luong thang 10", WAGES),
        ("Công ty chậm trả lương 2 tháng", WAGES),
        ("chưa trả lương tháng 9, tháng 10", WAGES),
        ("lương chậm nửa tháng", WAGES),
        ("nợ 2 tháng lương", WAGES),
        ("chậm đóng BHXH từ tháng 7", INSURANCE),
        ("trốn đóng bảo hiểm cho 12 người", INSURANCE),
        ("chưa đóng BHXH quý III", INSURANCE),
        ("nợ BHXH 3 tháng", INSURANCE),
        ("nợ lương tháng 10, chậm đóng BHXH 5 tháng", BOTH),
        ("không nợ lương", NONE),
        ("Không nợ lương, BHXH", NONE),
        ("chưa phát sinh nợ lương", NONE),
        ("không còn nợ lương tháng 8", UNCLEAR),
        ("đã trả hết phần nợ lương tháng 8", UNCLEAR),
        ("nghe nói nợ BHXH", UNCLEAR),
        ("lương thấp, chưa tăng theo vùng", None),
        ("nhiều người chưa có thẻ", None),
        ("định mức cao", None),
        ("", None),
    ],
)
def test_arrears_are_named_only_where_the_words_leave_no_doubt(
    words: str, named: Arrears | None
) -> None:
    assert arrears_named(words) is named


@pytest.mark.parametrize(
    ("state", "words", "topics", "stated"),
    [
        (None, "", [], None),
        (None, "Không nợ", [], NONE),
        (None, "không có", [], NONE),
        (None, "từ tháng 9, 40 triệu", [], UNCLEAR),
        (None, "nợ lương tháng 9", [], WAGES),
        (None, "", ["nợ lương tháng 10"], WAGES),
        (None, "", ["nợ lương tháng 10", "chậm đóng BHXH"], BOTH),
        (None, "", ["lương thấp"], None),
        (None, "", ["nợ lương tháng 10", "hết nợ BHXH chưa?"], UNCLEAR),
        (NONE, "", ["nợ lương tháng 10"], NONE),  # the officer's choice settles it
        (WAGES, "không rõ từ khi nào", [], WAGES),
        (UNCLEAR, "nợ lương", [], UNCLEAR),
    ],
)
def test_a_choice_settles_what_words_leave_open(
    state: Arrears | None, words: str, topics: list[str], stated: Arrears | None
) -> None:
    assert arrears_of(state, words, topics) is stated
