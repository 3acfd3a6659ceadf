"""Is a report real? "Thực chất, tránh qua loa, hình thức" (plan `sat-co-so`).

A flag is shown to the supervisor as a question, never as a verdict: the report is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FlagKind = Literal["empty", "too_short", "copied", "filler"]


@dataclass(frozen=True)
class Flag:
    """What looks wrong. `value`: words found (too_short), percent alike (copied), else None."""

    kind: FlagKind
    value: int | None = None
    earlier: int | None = None
    """For copied: the index of the text it resembles in `earlier`."""


def flags(
    words: str, earlier: Sequence[str], *, has_media: bool, min_words: int = 8
) -> tuple[Flag, ...]:
    """What to point out about the words of a report; empty when nothing is.

    `earlier`: other reports to compare with, the officer's own and others'. With photos or
    voice (`has_media`) a short or missing text is fine, a copied one is not.
    """
    if not words.strip():
        return () if has_media else (Flag("empty"),)
    return ()
