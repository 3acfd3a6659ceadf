"""What a report proposes to commend: whose leader decides (plan `sat-co-so`: khen thưởng kịp thời).

Nobody decides about themselves: where the words name a leader of the unit, the level above does.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Leader:
    """Somebody who leads a unit above the site; the name folded (no accents, small letters)."""

    unit_id: int
    path: str
    name: str


def is_named(name: str, words: str) -> bool:
    """Whether the words hold the whole name, both folded."""
    return bool(name) and f" {name} " in f" {_plain(words)} "


def _plain(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in words).split())


def deciding_unit(leaders: Sequence[Leader], words: str, *, above: str = "") -> int | None:
    """The unit closest to the site with leaders none of whom is named; failing that the topmost
    one with leaders. `above`: only units over this one. None where nobody leads.
    """
    over = [leader for leader in leaders if not above or _is_over(leader.path, above)]
    units = sorted({leader.path for leader in over}, key=len, reverse=True)
    for path in units:
        there = [leader for leader in over if leader.path == path]
        if not any(is_named(leader.name, words) for leader in there):
            return there[0].unit_id
    return min(over, key=lambda leader: len(leader.path)).unit_id if over else None


def _is_over(path: str, other: str) -> bool:
    return other.startswith(path) and path != other
