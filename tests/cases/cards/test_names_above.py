"""Whoever raised a case reads which union has it now, where the program knows."""

import pytest

from bot.cases.cards import cases as cards
from storage.models import Case
from tests.cast import KCN, MONDAY


@pytest.mark.parametrize("kind", ["escalated", "overdue"])
def test_the_author_of_a_case_that_went_up_reads_to_whom_once(kind: str) -> None:
    case = Case(id=1, code="K7", unit_id=1, home_id=1, text="Thiếu nước", created_at=MONDAY)
    text = cards.told_author(case, kind, KCN.name).text
    assert f"đã chuyển lên {KCN.name}." in text
    assert text.count(KCN.name) == 1
    assert "đã chuyển lên cấp trên." in cards.told_author(case, kind, "").text


def test_other_news_has_its_own_words() -> None:
    case = Case(id=1, code="K7", unit_id=1, home_id=1, text="Thiếu nước", created_at=MONDAY)
    assert "Đã lắp quạt" in cards.told_author(case, "settled", "Đã lắp quạt").text
