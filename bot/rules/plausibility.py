"""Numbers that look wrong: against each other, against the data, against last year."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """Something to ask about. `figures`: the keys concerned; `sentence`: for cadres."""

    figures: tuple[str, ...]
    sentence: str


def doubts(
    values: Mapping[str, int], computed: Mapping[str, int], before: Mapping[str, int] | None
) -> list[Doubt]:
    """What a reader should ask about; `values` count, `computed` are what the data says."""
    if values.get("visits") == 0 and (met := values.get("workers_met", 0)):
        return [Doubt(("visits", "workers_met"), f"Không có lượt đi nào mà gặp {met} lao động.")]
    return []
