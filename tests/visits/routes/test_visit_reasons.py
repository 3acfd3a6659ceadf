"""Why a site is visited, in words that explain something."""

from datetime import date

import pytest

from bot.visits.cards.visits import reason_words


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        ([["many_workers", 310], ["sensitive", None]], ["tiềm ẩn phức tạp về quan hệ lao động"]),
        ([["many_workers", 1850]], ["đông lao động (1.850 người)"]),
        (
            [["many_workers", 540], ["no_union", 540]],
            ["540 lao động, chưa thành lập CĐCS"],
        ),
        ([["overdue_cases", 2], ["open_cases", 2]], ["có 2 phản ánh, kiến nghị quá hạn"]),
        ([["weak_rating", "HT"]], ["đến lượt theo kế hoạch luân phiên"]),
        ([["weak_rating", "KHT"]], ["năm gần nhất xếp loại không hoàn thành nhiệm vụ"]),
        ([["weeks_waited", 3]], ["đã 3 tuần chưa có cán bộ đến"]),
        ([], []),
    ],
)
def test_reasons_that_explain_nothing_are_left_out(reasons: list, words: list[str]) -> None:
    assert reason_words(reasons) == words


def test_the_last_visits_day_says_more_than_a_count_of_weeks() -> None:
    told = reason_words([["weeks_waited", 3]], date(2026, 11, 12))
    assert told == ["từ 12/11 chưa có cán bộ đến"]
