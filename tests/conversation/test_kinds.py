"""What each kind of step accepts, refuses and shows."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.assembly import FORMS
from bot.conversation.form import FileInput, Kind, Moment, UserInput
from bot.conversation.kinds import (
    MAX_PIECES,
    Checklist,
    Choice,
    Day,
    Items,
    Location,
    Money,
    Note,
    Number,
    Picked,
    QuickWords,
    Words,
    text_of,
)
from bot.core.errors import Refused
from bot.core.rules.calendar import at
from tests import cast

NOW = Moment(cast.MONDAY, {}, {})  # Monday 16/11/2026, 07:00
PHOTO = FileInput("id", "unique", "photo")
VOICE = FileInput("id2", "unique2", "voice")
COLOURS = Choice((("r", "Đỏ"), ("g", "Xanh")))
CHECKS = Checklist((("wage", "Lương"), ("meal", "Bữa ăn")))


def words(text: str, message: int = 1) -> UserInput:
    return UserInput(words=text, message_id=message)


def press(option: str) -> UserInput:
    return UserInput(option=option)


def refused(kind: Kind, user_input: UserInput, value: Any = None) -> str:
    with pytest.raises(Refused) as said:
        kind.take(user_input, value, NOW)
    return str(said.value)


@pytest.mark.parametrize(
    ("user_input", "key"),
    [(press("r"), "r"), (words("đỏ"), "r"), (words("  XANH "), "g"), (words("Xanh"), "g")],
)
def test_a_choice_is_tapped_or_written_out(user_input: UserInput, key: str) -> None:
    assert COLOURS.take(user_input, None, NOW) == key


@pytest.mark.parametrize(
    "user_input",
    [press("b"), press(""), words("tím"), words(""), UserInput(file=PHOTO), UserInput()],
)
def test_a_choice_takes_nothing_else(user_input: UserInput) -> None:
    assert "bấm chọn một nút" in refused(COLOURS, user_input)


BACK, AHEAD = Day(back=62), Day(ahead=6)


@pytest.mark.parametrize(
    ("kind", "user_input", "day"),
    [
        (BACK, words("14/11"), "2026-11-14"),
        (BACK, words(" 1 / 11 "), "2026-11-01"),
        (BACK, words("14-11"), "2026-11-14"),
        (BACK, words("14.11.2026"), "2026-11-14"),
        (BACK, words("14 11"), "2026-11-14"),
        (BACK, words("16/11"), "2026-11-16"),
        (BACK, words("15/9"), "2026-09-15"),
        (BACK, press("2026-11-15"), "2026-11-15"),
        (BACK, words("Hôm nay"), "2026-11-16"),
        (BACK, words("hôm qua"), "2026-11-15"),
        (BACK, words("thứ Sáu"), "2026-11-13"),
        (BACK, words("t2"), "2026-11-16"),
        (BACK, words("chủ nhật"), "2026-11-15"),
        (AHEAD, words("ngày mai"), "2026-11-17"),
        (AHEAD, words("Thứ 6"), "2026-11-20"),
        (AHEAD, words("cn"), "2026-11-22"),
        (AHEAD, words("22/11"), "2026-11-22"),
        (AHEAD, press("2026-11-18"), "2026-11-18"),
    ],
)
def test_a_day_is_tapped_or_written_as_day_and_month(
    kind: Day, user_input: UserInput, day: str
) -> None:
    assert kind.take(user_input, None, NOW) == day


@pytest.mark.parametrize(
    ("kind", "user_input", "why"),
    [
        (BACK, words("14/12"), "chưa tới"),
        (BACK, words("17/11"), "chưa tới"),
        (BACK, words("14/9"), "trong 62 ngày gần đây"),
        (BACK, words("14/11/2025"), "trong 62 ngày gần đây"),
        (AHEAD, words("23/11"), "chưa tới"),
        (AHEAD, words("15/11"), "đã qua."),
        (BACK, words("31/02"), "ví dụ 15/11"),
        (BACK, words("29/02/2027"), "ví dụ 15/11"),
        (BACK, words("32/1"), "ví dụ 15/11"),
        (BACK, words("0/0"), "ví dụ 15/11"),
        (BACK, words("tuần trước"), "ví dụ 15/11"),
        (BACK, words("ngày mai"), "chưa tới"),
        (AHEAD, words("hôm qua"), "đã qua."),
        (Day(), words("thứ Sáu"), "ví dụ 16/11"),
        (BACK, words("14/11/26"), "ví dụ 15/11"),
        (BACK, words("14/11/0000"), "ví dụ 15/11"),
        (BACK, press("14/11"), "ví dụ 15/11"),
        (BACK, press("2026-13-01"), "ví dụ 15/11"),
        (BACK, UserInput(file=PHOTO), "ví dụ 15/11"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_reason(
    kind: Day, user_input: UserInput, why: str
) -> None:
    assert why in refused(kind, user_input)


@pytest.mark.parametrize(
    ("today", "written", "day"),
    [
        (date(2027, 1, 4), "30/12", "2026-12-30"),  # reported after New Year
        (date(2027, 1, 4), "2/1", "2027-01-02"),
        (date(2027, 2, 15), "28/12", "2026-12-28"),
    ],
)
def test_a_day_without_a_year_is_the_last_one_of_that_name(
    today: date, written: str, day: str
) -> None:
    then = replace(NOW, now=at(today, time(9, 0)))
    assert BACK.take(words(written), None, then) == day


def test_a_day_ahead_without_a_year_may_lie_in_the_next() -> None:
    then = replace(NOW, now=at(date(2026, 12, 30), time(9, 0)))
    assert AHEAD.take(words("2/1"), None, then) == "2027-01-02"


def test_the_days_to_tap_can_all_be_taken() -> None:
    for kind in (BACK, AHEAD, Day(), Day(back=2)):
        for row in kind.options(None, NOW):
            for option in row:
                assert kind.take(press(option.key), None, NOW) == option.key


def test_days_read_as_people_say_them() -> None:
    labels = [option.label for row in BACK.options(None, NOW) for option in row]
    assert labels[:3] == ["Hôm nay", "Hôm qua", "Thứ Bảy 14/11"]
    assert BACK.show("2026-11-14") == "thứ Bảy 14/11"


PEOPLE = Number(most=20_000, least=1, quick=(1, 5, 10))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25", 25),
        ("1.234", 1234),
        ("1234", 1234),
        ("1 234", 1234),
        (" 12.000 ", 12_000),
        ("0012", 12),
        ("20000", 20_000),
    ],
)
def test_a_number_is_read_as_it_is_written_here(text: str, number: int) -> None:
    assert PEOPLE.take(words(text), None, NOW) == number
    assert PEOPLE.take(press(text), None, NOW) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "-5",
        "20.001",
        "12,5",
        "1.23",
        "1.2345",
        "5 người",
        "5e3",
        "9" * 4000,
    ],
)
def test_what_is_no_number_within_bounds_is_refused(text: str) -> None:
    assert refused(PEOPLE, words(text)) == "Đề nghị chỉ gõ chữ số, từ 1 đến 20.000."


def test_a_number_in_words_is_asked_for_in_figures() -> None:
    assert refused(PEOPLE, words("mười")) == "Đề nghị ghi bằng chữ số, ví dụ 10."


INCOME = Money(1_000_000_000, least=500_000)


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("7.500.000", 7_500_000),
        ("7500000đ", 7_500_000),
        ("7,500,000 đồng", 7_500_000),
        ("7,5 triệu", 7_500_000),
        ("7.25 tr", 7_250_000),
        ("7 triệu 5", 7_500_000),
        ("7tr5", 7_500_000),
        ("khoảng 8 triệu đồng/tháng", 8_000_000),
        ("12 triệu", 12_000_000),
    ],
)
def test_money_is_read_as_people_write_it(text: str, dong: int) -> None:
    assert INCOME.take(words(text), None, NOW) == dong


@pytest.mark.parametrize("text", ["", "7", "7,5", "7500", "499.999", "7,5 triệu 5", "bảy triệu"])
def test_money_that_cannot_be_is_refused(text: str) -> None:
    assert refused(INCOME, words(text)) == "Đề nghị ghi số tiền, ví dụ 7.500.000 (đồng/tháng)."


@given(st.integers(1, 20_000))
def test_a_number_can_be_given_as_it_is_shown(number: int) -> None:
    assert PEOPLE.take(words(PEOPLE.show(number)), None, NOW) == number


SHORT = Words(most=20)


@pytest.mark.parametrize(
    ("user_input", "text"),
    [
        (words("  cơm ca trưa "), "cơm ca trưa"),
        (words("<b>&"), "<b>&"),
        (words("x" * 20), "x" * 20),
        (words("😀" * 20), "😀" * 20),
        (words("một\nhai"), "một\nhai"),
    ],
)
def test_words_are_kept_as_they_were_written(user_input: UserInput, text: str) -> None:
    assert SHORT.take(user_input, None, NOW) == text


@pytest.mark.parametrize(
    ("user_input", "why"),
    [
        (words("x" * 21), "dài 21 ký tự"),
        (words("   "), "gõ nội dung bằng chữ"),
        (press("x"), "gõ nội dung bằng chữ"),
        (UserInput(words="có ảnh", file=PHOTO), "gõ nội dung bằng chữ"),
        (UserInput(place=(10.0, 105.0)), "gõ nội dung bằng chữ"),
    ],
)
def test_words_refuse_what_is_none_or_too_long(user_input: UserInput, why: str) -> None:
    assert why in refused(SHORT, user_input)


WHY = QuickWords(most=20, quick=("Ốm", "Họp đột xuất"))


def test_a_reason_is_tapped_or_written() -> None:
    assert WHY.take(press("1"), None, NOW) == "Họp đột xuất"
    assert WHY.take(words("xe hỏng"), None, NOW) == "xe hỏng"
    for option in ("2", "-1", "x", "99999999999"):
        assert refused(WHY, press(option))


def test_a_note_gathers_words_and_files_in_the_order_they_were_sent() -> None:
    note: Note = Note()
    value: Any = None
    for sent in (
        words("thứ hai", 12),
        words("thứ nhất", 11),
        UserInput(words="chú thích", file=PHOTO, file_id=7, message_id=13),
        UserInput(file=PHOTO, file_id=7, message_id=14),  # the same picture once more
        UserInput(file=PHOTO, file_id=8, message_id=15),
    ):
        value = note.take(sent, value, NOW)
    assert text_of(value) == "thứ nhất\nthứ hai\nchú thích"
    assert value["files"] == [7, 8]
    assert note.show(value).endswith("(2 ảnh)")
    value = note.take(UserInput(file=VOICE, file_id=9), value, NOW)
    assert note.show(value).endswith("(2 ảnh, 1 tin thoại)")
    assert note.show({"pieces": [], "files": [1]}) == "1 tệp"
    assert note.complete(value)


def test_an_edited_message_replaces_its_piece_of_a_note() -> None:
    note = Note()
    value = note.take(words("sai", 11), note.take(words("trước", 10), None, NOW), NOW)
    assert text_of(note.take(words("đúng", 11), value, NOW)) == "trước\nđúng"


def test_a_note_takes_no_more_than_a_report_can_hold() -> None:
    note, value = Note(), None
    for number in range(MAX_PIECES):
        value = note.take(words("x", number + 1), value, NOW)
    assert str(MAX_PIECES) in refused(note, words("một nữa", 999), value)
    assert note.take(words("sửa", MAX_PIECES), value, NOW)  # correcting is still possible


@pytest.mark.parametrize(
    "user_input", [words(" "), UserInput(), UserInput(place=(1.0, 2.0)), press("done")]
)
def test_an_empty_note_is_refused(user_input: UserInput) -> None:
    assert "tin thoại" in refused(Note(), user_input)


def test_a_list_ends_with_done_and_not_before_it_holds_something() -> None:
    items = Items()
    assert items.options(None, NOW) == []
    assert refused(items, press("done"))
    value = items.take(words("nước uống", 2), None, NOW)
    value = items.take(words("mái che", 1), value, NOW)
    assert not items.complete(value)
    value = items.take(press("done"), value, NOW)
    assert items.complete(value)
    assert items.show(value) == "1. mái che\n2. nước uống"


def test_a_full_list_can_still_be_corrected() -> None:
    items, value = Items(), None
    for number in range(MAX_PIECES):
        value = items.take(words("x", number + 1), value, NOW)
    assert str(MAX_PIECES) in refused(items, words("một nữa", 999), value)
    assert "sửa" in items.show(items.take(words("sửa", 3), value, NOW))


def test_a_checklist_turns_through_its_three_states() -> None:
    value, seen = None, []
    for _ in range(4):
        value = CHECKS.take(press("wage"), value, NOW)
        seen.append(value["states"]["wage"])
    assert seen == ["trouble", "good", "", "trouble"]  # what is wrong is one tap away
    assert not CHECKS.complete(value)
    assert CHECKS.options(value, NOW)[0][0].label == "⚠️ Lương"


def test_the_rest_is_good_leaves_what_was_marked() -> None:
    value = CHECKS.take(press("=good"), CHECKS.take(press("wage"), None, NOW), NOW)
    assert value == {"states": {"wage": "trouble", "meal": "good"}, "done": False}
    assert CHECKS.options(value, NOW)[0][1].label == "✅ Bữa ăn"  # to be seen before "Xong"
    assert CHECKS.show(value) == "1 có vấn đề, 1 chưa có vấn đề"
    assert CHECKS.show({"states": {"wage": "good"}, "done": True}) == "1 chưa có vấn đề"
    assert CHECKS.show({"states": {}, "done": True}) == "chưa nắm nội dung nào"


@pytest.mark.parametrize(
    "user_input", [words("Lương"), press("rent"), press("good"), UserInput(file=PHOTO)]
)
def test_a_checklist_takes_only_its_own_buttons(user_input: UserInput) -> None:
    assert "Bấm vào từng nội dung" in refused(CHECKS, user_input)


def test_a_place_is_shared_and_not_written() -> None:
    assert Location().take(UserInput(place=(10.02, 105.08)), None, NOW) == [10.02, 105.08]
    assert "Vị trí" in refused(Location(), words("10.02, 105.08"))
    assert Location().show([10.02, 105.08]) == "có gửi kèm"


def test_a_search_is_narrowed_by_words_and_ended_by_a_tap() -> None:
    kind = Picked()
    value = kind.take(words("song lanh"), None, NOW)
    assert not kind.complete(value)
    value = kind.take(press("12"), value, NOW)
    assert (value, kind.complete(value)) == ({"query": "song lanh", "id": 12}, True)
    assert kind.take(words("x" * 500), value, NOW) == {"query": "x" * 100, "id": None}
    for wrong in (press("-1"), press("1.5"), press("9" * 10), UserInput(file=PHOTO), words(" ")):
        assert refused(kind, wrong)


KINDS: list[Kind] = [
    COLOURS,
    BACK,
    PEOPLE,
    SHORT,
    WHY,
    Note(),
    Items(),
    CHECKS,
    Location(),
    Picked(),
]


@given(
    st.sampled_from(KINDS),
    st.builds(
        UserInput,
        option=st.none() | st.text(max_size=60),
        words=st.none() | st.text(max_size=300),
        file=st.none() | st.just(PHOTO),
        file_id=st.none() | st.integers(1, 9),
        place=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
        message_id=st.none() | st.integers(1, 9),
    ),
)
def test_whatever_comes_is_taken_and_can_be_shown_or_is_refused_with_a_word(
    kind: Kind, user_input: UserInput
) -> None:
    assert not kind.complete(None)
    try:
        value = kind.take(user_input, None, NOW)
    except Refused as said:
        assert str(said)  # noqa: PT017 - refusing is right, but not without a word
        return
    assert kind.options(value, NOW) is not None
    if kind.complete(value):
        assert kind.show(value)


def test_every_form_that_takes_a_typed_day_says_so_once() -> None:
    days = [
        step for form in FORMS for step in (*form.steps, *form.extras) if isinstance(step.kind, Day)
    ]
    assert len(days) >= 8
    for step in days:
        asked = f"{step.ask} {step.kind.typed}"
        assert asked.count("gõ ngày") == 1, asked


def test_what_may_be_long_is_typed_where_one_sees_several_lines() -> None:
    assert [k.several_lines for k in (Note(), Items(), Words(1500), QuickWords(500, quick=()))] == [
        True
    ] * 4
    assert [k.several_lines for k in (Words(120), Number(1_000_000), COLOURS)] == [False] * 3
