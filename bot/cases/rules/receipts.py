"""The receipt of a concern from the web: sixteen digits that only its owner has.

Fourteen are drawn, two check them (ISO 7064, MOD 97-10), so that a digit mistyped or two exchanged
are told from a receipt that does not exist: nobody's patience, and no wrong try, is spent on them.
"""

from collections.abc import Callable

DRAWN, LENGTH, GROUP = 14, 16, 4
SPACES = 100  # wrong tries are counted for each of so many beginnings, and over all


def new_receipt(draw: Callable[[int], int]) -> str:
    """`draw(n)` gives a number below n, each as likely as the other."""
    number = draw(10**DRAWN)
    return f"{number:0{DRAWN}d}{98 - number * 100 % 97:02d}"


def typed_receipt(typed: str) -> str | None:
    """The sixteen digits in what somebody typed; None: it has another length."""
    digits = "".join(letter for letter in typed if letter not in " .-\u00a0\t\n")
    return digits if len(digits) == LENGTH and digits.isascii() and digits.isdecimal() else None


def is_whole(receipt: str) -> bool:
    """Whether its check digits fit: else it was mistyped."""
    return int(receipt) % 97 == 1


def grouped(receipt: str) -> str:
    """As it is shown: 1234 5678 9012 3456"""
    return " ".join(receipt[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def space_of(receipt: str) -> int:
    """The one of `SPACES` that it lies in."""
    return int(receipt[:2])


FREE_IN_SPACE, FREE_OVER_ALL = 3, 30  # wrong tries in an hour that cost nobody any time
LONGEST_DELAY = 8.0  # seconds


def delay(in_space: int, over_all: int) -> float:
    """Seconds that the next try waits, right or wrong, after so many wrong ones within the hour.

    It doubles with each wrong one in the same space, and with each ten over all (our own measure).
    """
    steps = (in_space - FREE_IN_SPACE, (over_all - FREE_OVER_ALL) / 10)
    waits = (0.5 * 2 ** min(step, 10) if step >= 0 else 0.0 for step in steps)
    return float(min(LONGEST_DELAY, max(waits)))
