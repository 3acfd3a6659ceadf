"""Results of a visit: chosen by a tap, asked in a few questions, corrected, read again."""

from typing import Any

import pytest

from bot.conversation.form import FileInput, Moment, UserInput
from bot.core.errors import Refused
from bot.visits.facts.results import Results, answer_of, listed, stated_of
from tests.cast import WEDNESDAY_1500

KIND, AT = Results(), Moment(WEDNESDAY_1500, {}, {})


def answered(*inputs: UserInput, value: Any = None) -> Any:
    for each in inputs:
        value = KIND.take(each, value, AT)
    return value


def words(text: str, message_id: int | None = None) -> UserInput:
    return UserInput(words=text, message_id=message_id)


def tap(option: str) -> UserInput:
    return UserInput(option=option)


CARE = (tap("add.care"), words("25 người", 1), words("25", 2), words("12,5 triệu", 3))
CBA = (tap("add.cba"), words("15/06/2026"), words("14/06/2029"), tap("is.b"))


def test_each_result_is_asked_only_what_belongs_to_it() -> None:
    value = answered(CARE[0])
    assert KIND.asks(value) == "Chăm lo: Bao nhiêu người được chăm lo?"
    assert KIND.options(value, AT) == [], "people have to be said"
    value = answered(CARE[1], value=value)
    assert [o.label for row in KIND.options(value, AT) for o in row] == ["Chưa rõ, bỏ qua"]
    value = answered(*CARE[2:], value=value)
    assert not KIND.complete(value)
    value = answered(*CBA, tap("done"), value=value)
    assert KIND.complete(value)
    assert KIND.show(value).splitlines() == [
        "1. Chăm lo: 25 người được chăm lo, 25 suất quà, tiền chăm lo 12.500.000 đồng",
        "2. Ký TƯLĐTT: ký ngày 15/06/2026, hết hạn ngày 14/06/2029, loại B",
    ]


def test_what_is_stored_comes_back_for_a_correction_with_what_was_left_open() -> None:
    column = stated_of(answered(*CARE[:2], tap("none"), tap("none"), tap("done")))
    assert column == [{"kind": "care", "values": {"people": 25}}]
    again = answer_of(column)
    assert KIND.complete(again)
    assert stated_of(again) == column
    assert listed(column) == ["Chăm lo: 25 người được chăm lo"]


def test_a_result_that_is_still_being_asked_about_is_not_stored() -> None:
    assert stated_of(answered(*CARE, tap("add.cba"))) == stated_of(answered(*CARE))
    assert stated_of(None) == []


def test_back_goes_one_question_back_and_at_last_to_the_list() -> None:
    value = answered(*CARE[:2])
    value = KIND.earlier(value)
    assert KIND.asks(value).endswith("Bao nhiêu người được chăm lo?")
    value = KIND.earlier(value)
    assert value["pieces"] == []
    assert KIND.earlier(value) is None
    assert KIND.earlier(answered(*CARE)) is None


def test_a_result_can_be_taken_out_again() -> None:
    value = answered(*CARE, *CBA, tap("drop.1"))
    assert [piece["kind"] for piece in value["pieces"]] == ["cba"]


def test_an_edited_message_corrects_what_it_said() -> None:
    value = answered(*CARE, words("30 người", 1))
    assert stated_of(value)[0]["values"] == {"people": 30, "gifts": 25, "money": 12_500_000}


@pytest.mark.parametrize(
    ("before", "message", "sentence"),
    [
        (CARE[:1], words("nhiều"), "ghi rõ bằng chữ số, ví dụ 25"),
        (CARE[:1], words("2 triệu"), "Đồng chí vừa ghi 2.000.000. Bước này nhận từ 0 đến 100.000"),
        (CARE[:3], words("500"), "500 đồng thì ít quá"),
        (CARE[:3], words("1,5"), "ví dụ 2.500.000 hoặc 2,5 triệu"),
        (CARE[:3], words("900 tỷ"), "Đồng chí vừa ghi 900.000.000.000"),
        (CBA[:1], words("hôm qua"), "gõ ngày/tháng/năm"),
        (CBA[:1], words("31/02/2026"), "Không có ngày 31/02/2026"),
        (CBA[:1], words("01/12/2026"), "chưa tới"),
        (CBA[:1], words("01/12/1926"), "đã lâu quá"),
        (CBA[:2], words("15/06/2026"), "phải sau ngày 15/06/2026"),
        (CBA[:2], words("16/06/2029"), "cách quá 3 năm"),
        (CBA[:3], words("Loại X"), "bấm chọn một nút"),
        ((), words("Chăm gì đó"), "bấm chọn một loại kết quả"),
        ((), tap("add.nothing"), "bấm chọn một loại kết quả"),
        ((), UserInput(file=FileInput("f", "u", "photo")), "bấm chọn một loại kết quả"),
        (CARE[:1], tap("none"), "ghi rõ bằng chữ số"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(
    before: tuple[UserInput, ...], message: UserInput, sentence: str
) -> None:
    value = answered(*before)
    with pytest.raises(Refused) as refusal:
        KIND.take(message, value, AT)
    assert sentence in str(refusal.value)


def test_a_kind_can_be_typed_and_there_is_a_bound_to_how_many() -> None:
    assert answered(words("chăm lo"))["pieces"][0]["kind"] == "care"
    value = answered(*(CARE[0], words("5"), tap("none"), tap("none")) * 20)
    with pytest.raises(Refused, match="nhiều nhất 20"):
        KIND.take(CARE[0], value, AT)


def test_results_of_an_older_file_are_still_read() -> None:
    old = [{"kind": "festival", "values": {"guests": 40}}]
    assert listed(old) == ["Festival, 40"]
    assert stated_of(answer_of(old)) == old
