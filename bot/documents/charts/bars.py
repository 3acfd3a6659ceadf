"""Bars below each other, as of units or categories: a name, a bar in parts, and its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.charts.frame import MARGIN, WIDTH, Heading, drawn, shortened

_ROW, _THICK = 36, 13
_LETTERS = 52  # of a name and what stands at its right, together


@dataclass(frozen=True)
class Bar:
    """`parts` from the left, in the order of the chart's keys. `words`: at the right, above it."""

    name: str
    parts: Sequence[int]
    words: str = ""


@dataclass(frozen=True)
class Bars:
    """`shares`: every bar is as long as the others, and its parts are shares of its own sum."""

    head: Heading
    bars: Sequence[Bar]
    shares: bool = False

    def svg(self) -> str:
        """The drawing."""
        longest = max((sum(bar.parts) for bar in self.bars), default=0)
        rows = []
        for place, bar in enumerate(self.bars):
            whole = (sum(bar.parts) if self.shares else longest) or 1
            x: float = MARGIN
            rects = []
            for key, part in zip(self.head.keys, bar.parts, strict=True):
                wide = part / whole * (WIDTH - 2 * MARGIN)
                if part:
                    rects.append((key.fill, round(x, 2), round(wide, 2)))
                x += wide
            rows.append(
                {
                    "y": place * _ROW,
                    "name": shortened(bar.name, _LETTERS - len(bar.words)),
                    "words": bar.words,
                    "rects": rects,
                }
            )
        facts = {"rows": rows, "thick": _THICK}
        return drawn("bars", self.head, len(rows) * _ROW, facts)
