"""What a worker's answers mean: how many are affected."""

import pytest

from bot.cases.forms.concern import typed

STORY = "Nâng định mức, chuyền 5 tụi em 60 người không đạt, bị trừ lương"


@pytest.mark.parametrize(
    ("answer", "story", "affected", "group"),
    [
        ("team", STORY, 60, ""),
        ("few", STORY, 60, ""),
        ("all", STORY, 60, ""),
        ("me", STORY, 1, ""),
        ("45", STORY, 45, ""),
        ("team", "Cơm ca trưa có giòi", 20, "team"),
        ("all", "Cơm ca trưa có giòi", 100, "all"),
    ],
)
def test_a_number_in_the_story_goes_before_the_guess_behind_a_tap(
    answer: str, story: str, affected: int, group: str
) -> None:
    answers = {
        "words": {"pieces": [[1, story]], "files": []},
        "site": {"id": 11},
        "about": {"id": "LUONG"},
        "affected": answer,
    }
    concern = typed(answers)
    assert (concern.affected, concern.affected_group) == (affected, group)
