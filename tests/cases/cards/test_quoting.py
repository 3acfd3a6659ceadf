"""What may be quoted in lists and in messages that come by themselves."""

import pytest

from bot.cases.cards.quoting import quoted
from bot.cases.rules.cases import CONFIDENTIAL
from storage.enums import Category
from storage.models import Case
from tests.cast import MONDAY


@pytest.mark.parametrize("category", Category)
def test_the_words_of_a_confidential_case_are_never_quoted(category: Category) -> None:
    case = Case(
        code="K", category=category, unit_id=1, home_id=1, text="đừng nói tên em", created_at=MONDAY
    )
    assert ("đừng nói" in quoted(case, 100)) is (category not in CONFIDENTIAL)
