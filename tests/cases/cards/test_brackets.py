"""What is said in brackets has none of its own."""

import pytest

from bot.cases.cards import cases as cards
from bot.cases.cards.labels import CATEGORIES
from storage.enums import Category
from storage.models import Case
from tests.cast import MONDAY


@pytest.mark.parametrize("category", Category)
def test_a_notice_names_what_a_case_is_about_in_one_pair_of_brackets(category: Category) -> None:
    case = Case(
        id=1,
        code="K7",
        unit_id=1,
        home_id=1,
        text="Thiếu nước",
        category=category,
        created_at=MONDAY,
    )
    climb = cards.Climb("Nguyễn Thị An", "capacity", "", "LĐLĐ tỉnh", "")
    assert f"({CATEGORIES[category][1]})" in cards.told_escalated(case, climb).text
    assert "(" not in CATEGORIES[category][1]
