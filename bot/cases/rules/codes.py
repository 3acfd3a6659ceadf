"""Codes of cases: random, short enough to read aloud on the phone, with a check character.

Nothing can be learnt from a code: no order, no date, no site. Nine random characters of 23 are
40.7 bits; the tenth checks them, modulo the prime 23 with a weight of its own for each place, so
every single wrong character and every two characters swapped are noticed (proved by test).
"""

from collections.abc import Callable

ALPHABET = "23456789ACDEFHKMNPRTWXY"
"""Of characters that look alike one at most: no 0 O Q, 1 I L J, B, G, S, Z, U, V."""

_BASE = len(ALPHABET)
_LENGTH = 10
_HALF = _LENGTH // 2
_LEAST = 3
# What somebody wrote for a character that looks like it. A wrong guess fails the check.
_LOOK_ALIKE = str.maketrans("BSZGO0QUV1ILJ", "8526DDDYY7777")
_SEPARATORS = str.maketrans("", "", " \t\r\n\u00a0-–—_./#")


def new_code(random: Callable[[int], int]) -> str:
    """A code as people see it, "K7P2M-9XDCA". `random(n)` gives a number from 0 to n - 1.

    Use a generator for secrets (`secrets.randbelow`): whoever guesses a code finds a case.
    """
    body = "".join(ALPHABET[random(_BASE)] for _ in range(_LENGTH - 1))
    return _hyphenated(body + ALPHABET[-_sum(body + ALPHABET[0]) % _BASE])


def normalise(typed: str) -> str | None:
    """The code as `new_code` wrote it, or None when this cannot be one.

    Small letters, spaces, dashes and characters that look like another are forgiven.
    """
    code = typed.translate(_SEPARATORS).upper().translate(_LOOK_ALIKE)
    if len(code) != _LENGTH or not set(code) <= set(ALPHABET):
        return None
    return _hyphenated(code) if _sum(code) % _BASE == 0 else None


def beginning(typed: str) -> str | None:
    """The beginning of a code as `new_code` writes it, of three characters at least; else None."""
    code = typed.translate(_SEPARATORS).upper().translate(_LOOK_ALIKE)
    if not _LEAST <= len(code) <= _LENGTH or not set(code) <= set(ALPHABET):
        return None
    return _hyphenated(code).rstrip("-")


def _sum(code: str) -> int:
    """The weighted sum: the last place has weight 1, the first weight 10."""
    places = enumerate(reversed(code), start=1)
    return sum(weight * ALPHABET.index(character) for weight, character in places)


def _hyphenated(code: str) -> str:
    return f"{code[:_HALF]}-{code[_HALF:]}"
