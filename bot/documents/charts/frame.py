"""What every chart has: a title, what it is about, what its fills mean, a note below."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, log10
from pathlib import Path
from textwrap import wrap
from typing import Any, Protocol

from bot.documents import drawing
from bot.documents.rendering import clean

WIDTH, PIXELS = 360, 1080  # the drawing's own units, about a phone's points; three dots for each
MARGIN = 12
_TITLE, _SMALL = 37, 54  # letters in a line
_TITLE_STEP, _SMALL_STEP, _KEY_STEP = 19, 15, 18
_BESIDE = 24  # letters of a key that leave room for another beside it


class Fill(StrEnum):
    """By lightness from dark to white; each but the first with a pattern or an edge of its own."""

    DARK = "dark"
    HATCHED = "hatched"
    DOTTED = "dotted"
    LIGHT = "light"
    EMPTY = "empty"


STEPS = (Fill.LIGHT, Fill.DOTTED, Fill.HATCHED, Fill.DARK)
"""Of what grows worse step by step."""


@dataclass(frozen=True)
class Key:
    """What a fill (or the mark of a map, the stroke of a line) stands for."""

    fill: str
    words: str


@dataclass(frozen=True)
class Heading:
    """What stands around a chart."""

    title: str
    under: str = ""
    keys: Sequence[Key] = ()
    note: str = ""


class Chart(Protocol):
    """Values that can be drawn."""

    def svg(self) -> str: ...


def picture(chart: Chart) -> bytes:
    """A chart as PNG, for a phone and for a Word file. Takes a tenth of a second of a processor."""
    return drawing.png(chart.svg(), PIXELS)


@dataclass(frozen=True)
class LaidKey:
    x: float
    y: float
    key: Key


def drawn(template: str, head: Heading, height: float, facts: dict[str, Any]) -> str:
    """The template of one kind of chart, whose own part is so high and begins at 0."""
    titles, under = wrap(clean(head.title), _TITLE), wrap(clean(head.under), _SMALL)
    y = 12 + len(titles) * _TITLE_STEP + len(under) * _SMALL_STEP
    keys, keys_high = _laid(head.keys, y + 16)
    top = y + keys_high + 10
    note = wrap(clean(head.note), _SMALL)
    frame = {
        "width": WIDTH,
        "margin": MARGIN,
        "titles": titles,
        "under": under,
        "under_at": 12 + len(titles) * _TITLE_STEP + 10,
        "legend": keys,
        "top": top,
        "note": note,
        "note_at": top + height + 14,
        "height": top + height + (len(note) * _SMALL_STEP + 6 if note else 0) + 8,
        "title_step": _TITLE_STEP,
        "small_step": _SMALL_STEP,
    }
    return drawing.svg(Path(__file__).parent / f"{template}.svg", {**facts, "f": frame})


def _laid(keys: Sequence[Key], first: float) -> tuple[list[LaidKey], float]:
    """Keys two in a row where both are short; and how much room they take."""
    laid: list[LaidKey] = []
    row, column = 0, 0
    for key in keys:
        if column and len(key.words) > _BESIDE:
            row, column = row + 1, 0
        laid.append(LaidKey(MARGIN + column * 174, first + row * _KEY_STEP, key))
        row, column = (row, 1) if not column and len(key.words) <= _BESIDE else (row + 1, 0)
    rows = row + (1 if column else 0)
    return laid, rows * _KEY_STEP + (6 if keys else 0)


def shortened(words: str, letters: int) -> str:
    """A name in one line, "…" where that is not all."""
    words = clean(words)
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


@dataclass(frozen=True)
class Axis:
    """A scale with a few round marks. `first` < `last`."""

    first: float
    last: float
    marks: Sequence[float]

    def share(self, value: float) -> float:
        """0 at the first mark, 1 at the last."""
        return (value - self.first) / (self.last - self.first)


def axis(lowest: float, highest: float, most: int = 5) -> Axis:
    """Round marks around these values, whole numbers only; at least two marks."""
    span = max(highest - lowest, 1)
    rough = span / max(most - 1, 1)
    size = 10 ** floor(log10(rough)) if rough > 0 else 1
    step = next(size * k for k in (1, 2, 2.5, 5, 10) if size * k >= rough)
    step = max(1, ceil(step))
    first = floor(lowest / step) * step
    last = max(ceil(highest / step) * step, first + step)
    return Axis(first, last, [first + n * step for n in range(round((last - first) / step) + 1)])
