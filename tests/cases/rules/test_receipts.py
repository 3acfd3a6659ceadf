"""Receipts of sixteen digits: what is mistyped is told from what nobody has; waits grow."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.rules.receipts import (
    LENGTH,
    LONGEST_DELAY,
    delay,
    grouped,
    is_whole,
    new_receipt,
    space_of,
    typed_receipt,
)

NUMBERS = st.integers(0, 10**14 - 1)


@given(NUMBERS)
def test_every_receipt_has_sixteen_digits_that_fit(number: int) -> None:
    receipt = new_receipt(lambda below: number % below)
    assert len(receipt) == LENGTH
    assert receipt.isdecimal()
    assert is_whole(receipt)
    assert typed_receipt(grouped(receipt)) == receipt


@given(NUMBERS, st.integers(0, LENGTH - 1), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(number: int, place: int, more: int) -> None:
    receipt = new_receipt(lambda below: number % below)
    digit = (int(receipt[place]) + more) % 10
    assert not is_whole(f"{receipt[:place]}{digit}{receipt[place + 1 :]}")


@given(NUMBERS, st.integers(0, LENGTH - 2))
def test_two_neighbours_exchanged_are_always_seen(number: int, place: int) -> None:
    receipt = new_receipt(lambda below: number % below)
    a, b = receipt[place], receipt[place + 1]
    exchanged = f"{receipt[:place]}{b}{a}{receipt[place + 2 :]}"
    assert is_whole(exchanged) == (a == b)


@pytest.mark.parametrize(
    ("typed", "receipt"),
    [
        ("1234 5678 9012 3456", "1234567890123456"),
        (" 1234-5678.9012\u00a03456\n", "1234567890123456"),
        ("123456789012345", None),
        ("12345678901234567", None),
        ("một hai ba", None),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", None),
        ("", None),
    ],
)
def test_what_is_typed_is_read_however_it_is_grouped(typed: str, receipt: str | None) -> None:
    assert typed_receipt(typed) == receipt


@pytest.mark.parametrize(
    ("in_space", "over_all", "seconds"),
    [
        (0, 0, 0),
        (2, 29, 0),
        (3, 3, 0.5),
        (4, 4, 1),
        (7, 7, 8),
        (50, 50, 8),
        (0, 30, 0.5),
        (0, 50, 2),
        (0, 10_000, LONGEST_DELAY),
    ],
)
def test_each_wrong_try_makes_the_next_one_wait_longer(
    in_space: int, over_all: int, seconds: float
) -> None:
    assert delay(in_space, over_all) == seconds


def test_receipts_lie_in_a_hundred_spaces() -> None:
    draw = random.Random(7).randrange
    assert {space_of(new_receipt(draw)) for _ in range(3000)} == set(range(100))
