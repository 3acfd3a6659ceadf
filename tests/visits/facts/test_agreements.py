"""What both sides agreed: told in three short questions a task, corrected, read again."""

from datetime import date
from typing import Any

import pytest

from bot.conversation.form import FileInput, Moment, UserInput
from bot.core.errors import Refused
from bot.visits.facts.agreements import (
    AgreedTasks,
    Agreement,
    agreements_of,
    answer_of,
    column_of,
    naming,
)
from tests.cast import WEDNESDAY_1500

KIND, AT = AgreedTasks(), Moment(WEDNESDAY_1500, {}, {})


def told(*said: UserInput, value: Any = None) -> Any:
    for one in said:
        value = KIND.take(one, value, AT)
    return value


def words(text: str, message_id: int | None = None) -> UserInput:
    return UserInput(words=text, message_id=message_id)


def tap(option: str) -> UserInput:
    return UserInput(option=option)


ROOF = (words("Sửa mái che nhà ăn", 1), tap("0"), words("30/11", 3))


def test_back_goes_through_the_questions_of_a_task_one_by_one() -> None:
    asked_until = told(words("Lắp quạt", 5), tap("1"), value=told(*ROOF))
    asked_who = KIND.earlier(asked_until)
    assert KIND.asks(asked_who).startswith("Ai thực hiện")
    asked_what = KIND.earlier(asked_who)
    assert [piece["what"] for piece in asked_what["pieces"]] == ["Sửa mái che nhà ăn"]
    assert asked_what["pieces"][0]["until"] == "2026-11-30", "the first task stays whole"
    assert KIND.earlier(asked_what) is None
    assert KIND.earlier(None) is None


def test_each_task_is_asked_what_who_and_by_when() -> None:
    value = told(ROOF[0])
    assert KIND.asks(value) == "Ai thực hiện việc này? Bấm chọn hoặc gõ tên."
    assert [row[0].label for row in KIND.options(value, AT)] == [
        "Doanh nghiệp",
        "BCH CĐCS",
        "Công đoàn cấp trên",
    ]
    value = told(ROOF[1], value=value)
    assert KIND.asks(value).startswith("Chậm nhất đến ngày nào?")
    assert [o.key for row in KIND.options(value, AT) for o in row] == [
        *("2026-11-21", "2026-11-25", "2026-12-02", "2026-12-18"),
        "none",
    ]
    value = told(ROOF[2], value=value)
    assert KIND.complete(value) is False
    assert KIND.complete(told(tap("done"), value=value))
    assert agreements_of(column_of(value)) == [
        Agreement("Sửa mái che nhà ăn", "doanh nghiệp", date(2026, 11, 30))
    ]


def test_the_union_above_goes_by_its_name_on_cards_and_in_full_in_papers() -> None:
    said = told(words("Tập huấn đối thoại"), tap("2"), tap("none"), tap("done"))
    column = naming([*column_of(said), "việc của báo cáo cũ"], "CĐ các KCN tỉnh")
    union, plain = agreements_of(column)
    assert union.words == "Tập huấn đối thoại (CĐ các KCN tỉnh thực hiện)"
    assert union.paper_words == "Tập huấn đối thoại (Công đoàn các Khu công nghiệp tỉnh thực hiện)"
    assert plain.words == "việc của báo cáo cũ"


def test_somebody_by_name_and_no_day_are_answers_too() -> None:
    value = told(*ROOF, words("Họp lại"), words("ông Huy, Phó Giám đốc"), tap("none"), tap("done"))
    assert KIND.show(value).split("\n") == [
        "1. Sửa mái che nhà ăn (doanh nghiệp thực hiện, chậm nhất ngày 30/11/2026)",
        "2. Họp lại (ông Huy, Phó Giám đốc thực hiện)",
    ]


def test_a_task_is_dropped_by_its_number_and_an_edited_message_corrects_what_it_said() -> None:
    value = told(*ROOF, words("Họp lại", 7), words("ông Huy", 8), words("5/12", 9))
    value = told(words("Sửa quạt", 1), words("bà Lan", 8), words("6/12", 9), value=value)
    assert [a.words for a in agreements_of(column_of(value))] == [
        "Sửa quạt (doanh nghiệp thực hiện, chậm nhất ngày 30/11/2026)",
        "Họp lại (bà Lan thực hiện, chậm nhất ngày 06/12/2026)",
    ]
    assert len(column_of(told(tap("drop.1"), value=value))) == 1


@pytest.mark.parametrize(
    ("before", "wrong"),
    [
        ((), tap("done")),  # nothing is on the list
        ((), tap("drop.1")),
        ((), words("x" * 501)),
        ((), UserInput(file=FileInput("f", "u", "photo"), words="ảnh")),
        (ROOF[:1], tap("3")),
        (ROOF[:1], tap("done")),  # who?
        (ROOF[:1], words("x" * 101)),
        (ROOF[:2], words("hôm nào rảnh")),
        (ROOF[:2], words("17/11/2026")),  # is over
        (ROOF[:2], tap("2029-01-01")),
        (ROOF, tap("drop.2")),
    ],
)
def test_what_is_no_answer_is_refused_in_words_and_changes_nothing(
    before: tuple[UserInput, ...], wrong: UserInput
) -> None:
    value = told(*before)
    shown = KIND.show(value) if value else ""
    with pytest.raises(Refused, match=r"\w"):
        KIND.take(wrong, value, AT)
    assert (KIND.show(value) if value else "") == shown


def test_at_most_twenty_tasks() -> None:
    value = told(*(s for n in range(20) for s in (words(f"Việc {n}"), tap("1"), tap("none"))))
    with pytest.raises(Refused, match="20 việc"):
        KIND.take(words("Việc 21"), value, AT)


def test_older_reports_and_drafts_have_plain_words() -> None:
    column = ["Gặp giám đốc, trước 30/11", {"what": "Họp", "who": "", "until": ""}]
    assert [a.words for a in agreements_of(column)] == ["Gặp giám đốc, trước 30/11", "Họp"]
    assert [a["what"] for a in column_of(answer_of(column))] == [column[0], "Họp"]
    draft = {"pieces": [[5, "Gặp giám đốc"]], "done": False}
    assert KIND.show(draft) == "1. Gặp giám đốc"
    assert KIND.asks(draft).startswith("Việc tiếp theo?")
    assert KIND.complete(told(tap("done"), value=draft))


def test_the_same_words_twice_are_one_task() -> None:
    value = told(*ROOF, words("Sửa mái che nhà ăn"), tap("1"), tap("none"), tap("done"))
    assert [a.who for a in agreements_of(column_of(value))] == ["BCH CĐCS"]


def test_a_paper_abbreviates_nothing() -> None:
    agreement = Agreement("Niêm yết thang lương", "BCH CĐCS", date(2026, 12, 5))
    assert agreement.paper_words == (
        "Niêm yết thang lương (Ban Chấp hành công đoàn cơ sở thực hiện, chậm nhất ngày 05/12/2026)"
    )
