"""Emulation scores (thi đua) of units: so many points for a measure, in proportion to the share
that is reached. `doan-vien` II.8 asks that recruiting counts; weights are the province's to set.

Points are whole tenths, so that what is added up is what is shown. What a unit has no data of, or
nothing of, brings no points and takes none away: its total is of the points it could get.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from bot.core.rules.likeness import data
from bot.summaries.rules.targets import Reached

COUNTS = (
    *("visits_kept", "coverage", "settled_in_time"),
    *("members_gained", "union_share", "strong_unions"),
)
LONGEST_SHEET, LONGEST_WORDS, MOST_POINTS, MOST_MEASURES = 25, 120, 1000, 20
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class ScoreMeasure:
    """What brings points. `sheet`: its name in the workbook; `full_at`: from which percent on all
    of the points are given."""

    key: str
    sheet: str
    words: str
    counts: str
    points: int
    full_at: int = 100
    from_workers: int = 0
    first_year: int | None = None
    last_year: int | None = None

    def counts_in(self, year: int) -> bool:
        return (self.first_year or year) <= year <= (self.last_year or year)


def measures_of(values: Mapping[str, Any]) -> tuple[ScoreMeasure, ...]:
    """The measures of a file. Raises ValueError: a line for each mistake."""
    mistakes = [f"{key}: there is no such key" for key in values if key != "measures"]
    entries = values.get("measures")
    if not isinstance(entries, list) or not 0 < len(entries) <= MOST_MEASURES:
        raise ValueError(
            "\n".join([*mistakes, f"[[measures]]: there must be 1 to {MOST_MEASURES}"])
        )
    measures = []
    for place, entry in enumerate(entries, 1):
        at = f"measures no. {place}"
        if not isinstance(entry, dict):
            mistakes.append(f"{at}: it must be a table")
            continue
        at = f'measures "{entry["key"]}"' if "key" in entry else at
        wrong = [f"{at}, {line}" for line in _wrong_types(entry)]
        mistakes += wrong
        if not wrong:
            measure = ScoreMeasure(**entry)
            mistakes += [f"{at}, {line}" for line in _wrong_values(measure)]
            measures.append(measure)
    keys = Counter(measure.key for measure in measures)
    mistakes += [f"measures: {key!r} is there {n} times" for key, n in keys.items() if n > 1]
    mistakes += _same_sheet(measures)
    if mistakes:
        raise ValueError("\n".join(mistakes))
    return tuple(measures)


def _wrong_types(entry: Mapping[str, Any]) -> Iterator[str]:
    kinds = {field.name: field for field in fields(ScoreMeasure)}
    for key in entry:
        if key not in kinds:
            yield f"{key}: there is no such key; there are {', '.join(kinds)}"
    for name, field in kinds.items():
        kind, what = (str, "text") if field.type in (str, "str") else (int, "a whole number")
        if name not in entry and field.default is MISSING:
            yield f"{name}: it is missing"
        elif name in entry and type(entry[name]) is not kind:
            yield f"{name} = {entry[name]!r}: it must be {what}"


def _wrong_values(measure: ScoreMeasure) -> Iterator[str]:
    if not _KEY.fullmatch(measure.key):
        yield "key: it is of a-z, 0-9 and single hyphens between"
    if measure.counts not in COUNTS:
        yield f"counts = {measure.counts!r}: it is one of {', '.join(COUNTS)}"
    for name, most in (("sheet", LONGEST_SHEET), ("words", LONGEST_WORDS)):
        if not 0 < len(getattr(measure, name).strip()) <= most:
            yield f"{name}: it must have 1 to {most} letters"
    if re.search(r"[\[\]:*?/\\]", measure.sheet) or measure.sheet.startswith("'"):
        yield "sheet: a sheet's name has none of [ ] : * ? / \\"
    if not 1 <= measure.points <= MOST_POINTS:
        yield f"points = {measure.points}: it must be 1 to {MOST_POINTS}"
    if not 1 <= measure.full_at <= MOST_POINTS:
        yield f"full_at = {measure.full_at}: it must be 1 to {MOST_POINTS} percent"
    if measure.counts == "union_share" and measure.from_workers < 1:
        yield "from_workers: union_share needs how many workers an enterprise has at least"


def _same_sheet(measures: Sequence[ScoreMeasure]) -> Iterator[str]:
    """Two measures of one year need a sheet each."""
    for place, measure in enumerate(measures):
        for other in measures[:place]:
            year = max(measure.first_year or 0, other.first_year or 0)
            at_once = measure.counts_in(year) and other.counts_in(year)
            if at_once and measure.sheet.casefold() == other.sheet.casefold():
                yield f"measures: two have the sheet {measure.sheet!r} in the same year"


def points_of(measure: ScoreMeasure, reached: Reached | None) -> int | None:
    """In tenths, rounded as offices round; None: there is nothing to go by."""
    if reached is None or not reached.of:
        return None
    most, full = measure.points * 10, reached.of * measure.full_at
    return min(most, (2 * reached.value * 100 * most + full) // (2 * full))


def on_hundred(points: int, possible: int) -> int | None:
    """The total as tenths of a hundred points, whatever a unit could get; None: nothing."""
    return (2 * points * 1000 + possible) // (2 * possible) if possible else None


class MeasuresInUse:
    """The measures that count, by the program's own file or the operator's."""

    def __init__(self, measures: Iterable[ScoreMeasure]) -> None:
        self.measures = tuple(measures)

    def of_year(self, year: int) -> tuple[ScoreMeasure, ...]:
        return tuple(measure for measure in self.measures if measure.counts_in(year))


OWN = measures_of(data("emulation.toml", __package__))
"""Those that come with the program."""
IN_USE = MeasuresInUse(OWN)
