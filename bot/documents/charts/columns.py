"""Columns beside each other, as over the weeks; each in parts that lie on one another."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.rendering import number
from bot.documents.charts.frame import MARGIN, WIDTH, Heading, axis, drawn

_HIGH, _LEFT = 190, 38
_LABELLED = 12  # columns that have room for words above and below each


@dataclass(frozen=True)
class Column:
    """`parts` from the ground up, in the order of the chart's keys. `words`: above it."""

    label: str
    parts: Sequence[int]
    words: str = ""


@dataclass(frozen=True)
class Columns:
    head: Heading
    columns: Sequence[Column]

    def svg(self) -> str:
        """The drawing."""
        highest = max((sum(column.parts) for column in self.columns), default=0)
        scale = axis(0, highest)
        ground = _HIGH + 14
        step = (WIDTH - MARGIN - _LEFT) / max(len(self.columns), 1)
        every = -(-len(self.columns) // _LABELLED)
        bars = []
        for place, column in enumerate(self.columns):
            x, base = _LEFT + place * step, 0
            rects = []
            for key, part in zip(self.head.keys, column.parts, strict=True):
                if part:
                    low, high = scale.share(base) * _HIGH, scale.share(base + part) * _HIGH
                    rects.append((key.fill, round(ground - high, 2), round(high - low, 2)))
                base += part
            labelled = place % every == 0
            bars.append(
                {
                    "x": round(x + step * 0.12, 2),
                    "wide": round(step * 0.76, 2),
                    "mid": round(x + step / 2, 2),
                    "rects": rects,
                    "label": column.label if labelled else "",
                    "words": column.words if labelled else "",
                    "words_at": round(ground - scale.share(base) * _HIGH - 4, 2),
                }
            )
        marks = [(number(m), round(ground - scale.share(m) * _HIGH, 2)) for m in scale.marks]
        facts = {"bars": bars, "marks": marks, "left": _LEFT, "ground": ground}
        return drawn("columns", self.head, ground + 16, facts)
