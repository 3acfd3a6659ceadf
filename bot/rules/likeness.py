"""Which texts say the same: likely duplicates, and one concern brought by many people at once.

It proposes, a person decides. Same site, same category and how far back is the caller's filter.
"""

import re
import unicodedata
from collections.abc import Sequence

ALIKE = 0.5
"""From this share of common shingles on, two texts are shown as likely duplicates."""


def alike(
    text: str, others: Sequence[tuple[int, str]], *, floor: float = ALIKE
) -> list[tuple[int, float]]:
    """Those that are like `text`, as (id, score from `floor` to 1), the most alike first."""
    own = shingles(text)
    scored = [(key, _overlap(own, shingles(other))) for key, other in others]
    return sorted((s for s in scored if s[1] >= floor), key=lambda s: (-s[1], s[0]))


def groups(texts: Sequence[tuple[int, str]], *, floor: float = ALIKE) -> list[list[int]]:
    """The texts that say the same together, in the order given; the first of a group leads it."""
    leaders: list[tuple[frozenset[str], list[int]]] = []
    for key, text in texts:
        own = shingles(text)
        best = max(leaders, key=lambda one: _overlap(own, one[0]), default=None)
        if best is not None and _overlap(own, best[0]) >= floor:
            best[1].append(key)
        else:
            leaders.append((own, [key]))
    return [keys for _, keys in leaders]


def shingles(text: str, size: int = 4) -> frozenset[str]:
    """Runs of `size` letters of the folded text, words parted by one space."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    line = " ".join(re.findall(r"[^\W_]+", bare))
    return frozenset(line[i : i + size] for i in range(max(1, len(line) - size + 1)) if line)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice: 2 · common / all, from 0 to 1."""
    return 2 * len(one & other) / max(1, len(one) + len(other))
