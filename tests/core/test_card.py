"""A card's rows of buttons: on a phone every label can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.card import LONGEST_BESIDE, LONGEST_BESIDE_MANY, Button, Card, fitting


def row(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label, f"d:{n}") for n, label in enumerate(labels))


def labels(card: Card) -> list[list[str]]:
    return [[button.label for button in row] for row in card.rows]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("✅ Tiếp nhận", "↩️ Trả lại"), [["✅ Tiếp nhận", "↩️ Trả lại"]]),
        (("📊 Tháng, quý, năm", "🔔 Nhắc"), [["📊 Tháng, quý, năm"], ["🔔 Nhắc"]]),
        (("A" * 16, "B", "C"), [["A" * 16], ["B", "C"]]),
        (("B", "A" * 16, "C"), [["B"], ["A" * 16], ["C"]]),
        (("📍 1", "📍 2", "📍 3", "📍 4", "📍 10"), [["📍 1", "📍 2", "📍 3", "📍 4", "📍 10"]]),
        (("A" * 11,) * 3, [["A" * 11] * 2, ["A" * 11]]),
        (("A" * 40,), [["A" * 40]]),
        ((), [[]]),
    ],
)
def test_labels_share_a_row_only_where_all_can_be_read(before, after) -> None:
    assert labels(Card("", (row(*before),))) == after


@given(st.lists(st.text("aB ế", min_size=1, max_size=20), max_size=9))
def test_no_button_is_lost_or_moved_and_none_is_cut(some: list[str]) -> None:
    rows = fitting(row(*some))
    assert [button for part in rows for button in part] == list(row(*some))
    for part in rows:
        longest = LONGEST_BESIDE.get(len(part), LONGEST_BESIDE_MANY)
        assert len(part) < 2 or all(len(button.label) <= longest for button in part)


def test_what_is_read_back_from_the_outbox_has_the_same_rows() -> None:
    card = Card("", (row("A" * 16, "B"),))
    assert card.plain_rows() == [[["A" * 16, "d:0"]], [["B", "d:1"]]]
