"""Cards of the board, as they are read on a narrow screen."""

from dataclasses import replace
from datetime import date

from bot.summaries.cards import board as cards
from bot.summaries.facts.board import BoardRow, GroupLine, GroupsFacts, UnitFacts, WrittenPart
from bot.summaries.rules.board import Standing
from bot.visits.facts.overview import ListPage
from storage.enums import SummaryState

DUE = date(2026, 12, 15)
TITLE = "Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân” năm 2026"
LINE = GroupLine(
    obligation_id=1, title=TITLE, due_before=DUE, units=3, sent=0, late=0, undecided=0, open=True
)
UNIT = UnitFacts(
    BoardRow(1, "CĐ đặc khu Hòn Sao", Standing.WRITING, 1, 2),
    "Tình hình thưởng Tết",
    DUE,
    SummaryState.WRITING,
    receives=True,
    back=0,
    parts=[
        WrittenPart("Câu 1. Có phương án thưởng chưa?", True, True),
        WrittenPart("Câu 2. Mức thưởng?", False, True),
    ],
)


def test_a_long_title_is_whole_in_the_list_and_its_button_ends_with_the_day() -> None:
    short = replace(LINE, title="Tình hình thưởng Tết")
    card = cards.groups(GroupsFacts([LINE, short], ListPage(0, more=False), DUE))
    assert TITLE in card.text
    assert [row[0].label for row in card.rows[:2]] == [
        "1. Kết quả thực hiện… · 15/12/2026",
        "2. Tình hình thưởng Tết · 15/12/2026",
    ]


def test_a_request_speaks_of_answers_and_a_plan_of_parts_and_numbers() -> None:
    answers, parts = cards.unit(replace(UNIT, has_questions=True)), cards.unit(UNIT)
    assert "Đã trả lời 1/2 câu" in answers.text
    assert "Đã viết 1/2 mục bắt buộc" in parts.text
    assert answers.rows[0][0].label == "📝 Xem câu trả lời"
    assert parts.rows[0][0].label == "📝 Xem nội dung, số liệu"
