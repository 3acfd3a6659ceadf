"""Finding by a few letters: typos forgiven, and what is far from the best is not offered."""

import pytest

from bot.core.search import best

NAMES = [
    (1, "may sen vang"),
    (2, "khach san bien ngoc"),
    (3, "nha hang song trang"),
    (4, "phong kham tam duc"),
    (5, "dien tu vi na sun"),
    (6, "mam non hoa sung"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sen vàng", [1]),  # and no hotel
        ("may sen", [1]),
        ("song trang", [3]),
        ("snog trang", [3]),
        ("vinasun", [5]),
        ("biển ngọc", [2]),
        ("giày da", []),
    ],
)
def test_only_names_nearly_as_like_as_the_best_are_offered(query: str, found: list[int]) -> None:
    assert best(query, NAMES) == found
