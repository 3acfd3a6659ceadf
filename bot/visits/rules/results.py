"""Kết quả hoạt động: which results a report of a visit can state, and what they add up to.

The kinds come from a file (`data/results.toml`, or the operator's own): what is asked of each, its
words, its figures in the summaries. Which are in use is set once, when the program starts.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.core.rules.likeness import data

Stated = Mapping[str, Any]
"""One result as a report keeps it: {"kind": key, "values": {measure: value}}; days are ISO text,
choices their key, what was left open is missing."""

KEY = re.compile(r"[a-z]{2,12}")  # it travels in the data of buttons, and in the keys of figures
MOST_KINDS, MOST_MEASURES, MOST_CHOICES = 24, 6, 20
LONGEST_LABEL, LONGEST_WORDS, LONGEST_ASK = 30, 100, 200
_LETTERS = re.compile(r"[{}\[\]<>]")  # a paper's sentences would take them for places of figures


class AnswerSort(StrEnum):
    NUMBER = "number"
    MONEY = "money"  # đồng
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One question about a result. `words` follow a number; they precede a sum of money
    (with `unit` after it) and a day.

    `unit`: what is counted, in a table. `summed`: adds up over reports. `after`: another day of
    the result that this one must follow, by `most_years` at most.
    """

    key: str
    kind: AnswerSort
    ask: str
    words: str = ""
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0  # 0: what is usual for the sort
    summed: bool = True
    optional: bool = False
    after: str = ""
    most_years: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether it is a figure of its own."""
        return self.summed and self.kind in (AnswerSort.NUMBER, AnswerSort.MONEY)

    @property
    def bounds(self) -> tuple[int, int]:
        """The smallest and the largest value that is believed. Less than 1.000 đồng was meant as
        thousands or millions, and is asked about."""
        if self.kind is AnswerSort.MONEY:
            return max(self.least, 1_000), self.most or 100_000_000_000
        return self.least, self.most or 100_000


@dataclass(frozen=True, kw_only=True)
class ResultKind:
    """`label`: on a button; `words`: in a sentence, after "Đã"; `times`: what one of it is called.

    `expires`: what runs out on the day of its measure "expires"; empty: nothing does.
    """

    key: str
    label: str
    words: str
    times: str
    measures: tuple[Measure, ...] = ()
    expires: str = ""

    def measure(self, key: str) -> Measure | None:
        return next((measure for measure in self.measures if measure.key == key), None)


@dataclass(frozen=True)
class ResultFigure:
    """What summaries count of a kind: how often (`measure` and `choice` None), what one measure
    adds up to, or how often one choice was made."""

    key: str
    kind: ResultKind
    measure: Measure | None = None
    choice: tuple[str, str] | None = None


class InUse:
    """The kinds that this program works with, by key."""

    def __init__(self, kinds: Iterable[ResultKind]) -> None:
        self._kinds: dict[str, ResultKind] = {}
        self.replace(kinds)

    def replace(self, kinds: Iterable[ResultKind]) -> None:
        """Work with these from now on: when the program starts, and at no other time."""
        self._kinds = {kind.key: kind for kind in kinds}

    def all(self) -> tuple[ResultKind, ...]:
        return tuple(self._kinds.values())

    def get(self, key: str) -> ResultKind | None:
        """None: of an older file, which a report may still name."""
        return self._kinds.get(key)


# ---- The file -------------------------------------------------------------------------------


def kinds_of(values: Mapping[str, Any]) -> tuple[ResultKind, ...]:
    """What a file says. Raises ValueError: a line for each mistake, with its place."""
    mistakes: list[str] = [f"{key}: there is no such key" for key in values if key != "results"]
    entries = values.get("results", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("results: it must be a list of tables, [[results]]")
    kinds = [_kind(entry, number, mistakes) for number, entry in enumerate(entries, 1)]
    named = [kind for kind in kinds if kind]
    mistakes += _twice("results", [kind.key for kind in named])
    if len(kinds) > MOST_KINDS:
        mistakes.append(f"results: there are {len(kinds)}, at most {MOST_KINDS} are clear to tap")
    for kind in named:
        mistakes += _of_kind(kind)
    if mistakes:
        raise ValueError("\n".join(mistakes))
    return tuple(named)


def _kind(entry: dict[str, Any], number: int, mistakes: list[str]) -> ResultKind | None:
    at = f'results "{entry.get("key", number)}"'
    raw = entry.get("measures", [])
    if not isinstance(raw, list):
        mistakes.append(f"{at}, measures: it must be a list of tables, [[results.measures]]")
        return None
    measures = [_measure(m, f"{at}, measures {n}", mistakes) for n, m in enumerate(raw, 1)]
    own = {key: value for key, value in entry.items() if key != "measures"}
    texts = ("key", "label", "words", "times", "expires")
    if wrong := [*_unknown(own, texts), *_not_text(own, texts, needed=4)]:
        mistakes += [f"{at}, {line}" for line in wrong]
        return None
    return ResultKind(**own, measures=tuple(measure for measure in measures if measure))


_TEXTS = ("key", "kind", "ask", "words", "unit", "after")
_NUMBERS, _FLAGS = ("least", "most", "most_years"), ("summed", "optional")


def _measure(entry: Any, at: str, mistakes: list[str]) -> Measure | None:
    if not isinstance(entry, dict):
        mistakes.append(f"{at}: it must be a table")
        return None
    at = f"{at} ({entry['key']})" if "key" in entry else at
    wrong = _unknown(entry, (*_TEXTS, *_NUMBERS, *_FLAGS, "choices"))
    wrong += _not_text(entry, _TEXTS, needed=3)
    wrong += [
        f"{key} = {entry[key]!r}: it must be a whole number"
        for key in _NUMBERS
        if key in entry and type(entry[key]) is not int
    ]
    wrong += [
        f"{key} = {entry[key]!r}: it must be true or false"
        for key in _FLAGS
        if key in entry and type(entry[key]) is not bool
    ]
    if entry.get("kind") not in list(AnswerSort):
        wrong.append(f"kind: it must be one of {', '.join(AnswerSort)}")
    choices = entry.get("choices", [])
    pairs = isinstance(choices, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)
        for pair in choices
    )
    if not pairs:
        wrong.append('choices: it must be a list of ["key", "Words"]')
    if wrong:
        mistakes += [f"{at}, {line}" for line in wrong]
        return None
    values = {**entry, "kind": AnswerSort(entry["kind"])}
    return Measure(**{**values, "choices": tuple((key, words) for key, words in choices)})


def _unknown(entry: Mapping[str, Any], allowed: Sequence[str]) -> list[str]:
    return [f"{key}: there is no such key" for key in entry if key not in allowed]


def _not_text(entry: Mapping[str, Any], keys: Sequence[str], *, needed: int) -> list[str]:
    """`needed`: so many of the keys have to be there."""
    missing = [f"{key}: it is missing" for key in keys[:needed] if key not in entry]
    wrong = [key for key in keys if key in entry and not isinstance(entry[key], str)]
    return [*missing, *(f"{key}: it must be text" for key in wrong)]


def _twice(at: str, keys: Iterable[str]) -> list[str]:
    return [f"{at}: {key!r} is there {n} times" for key, n in Counter(keys).items() if n > 1]


def _of_kind(kind: ResultKind) -> Iterator[str]:
    at = f'results "{kind.key}"'
    yield from _key(at, kind.key)
    yield from _text(f"{at}, label", kind.label, LONGEST_LABEL)
    yield from _text(f"{at}, words", kind.words, LONGEST_WORDS)
    yield from _text(f"{at}, times", kind.times, LONGEST_LABEL)
    yield from _twice(f"{at}, measures", [measure.key for measure in kind.measures])
    if len(kind.measures) > MOST_MEASURES:
        yield f"{at}, measures: at most {MOST_MEASURES}; nobody answers more in a yard"
    if kind.expires and not (last := kind.measure("expires")):
        yield f'{at}, expires: there must be a measure "expires" of the kind "day"'
    elif kind.expires and last and last.kind is not AnswerSort.DAY:
        yield f'{at}, expires: the measure "expires" must be of the kind "day"'
    if len([m for m in kind.measures if m.kind is AnswerSort.CHOICE]) > 1:
        yield f"{at}, measures: only one of them may be a choice"
    before: list[str] = []
    for measure in kind.measures:
        yield from _of_measure(f"{at}, {measure.key}", measure, before)
        before.append(measure.key)


def _of_measure(at: str, measure: Measure, before: Sequence[str]) -> Iterator[str]:
    yield from _key(at, measure.key)
    yield from _text(f"{at}, ask", measure.ask, LONGEST_ASK)
    if measure.kind is AnswerSort.CHOICE:
        if not 2 <= len(measure.choices) <= MOST_CHOICES:
            yield f"{at}, choices: there must be 2 to {MOST_CHOICES}"
        yield from _twice(f"{at}, choices", [key for key, _ in measure.choices])
        for key, words in measure.choices:
            yield from (
                []
                if re.fullmatch(r"[a-z]{1,12}", key)
                else [f"{at}, choices, {key!r}: 1 to 12 small letters a-z"]
            )
            yield from _text(f"{at}, choices, {key}", words, LONGEST_LABEL)
    else:
        yield from _text(f"{at}, words", measure.words, LONGEST_WORDS)
        if measure.choices:
            yield f"{at}, choices: only a choice has them"
    if measure.is_counted or measure.kind is AnswerSort.MONEY:
        yield from _text(f"{at}, unit", measure.unit, LONGEST_LABEL)
    if measure.kind is AnswerSort.MONEY:
        yield from _money_words(at, measure)
    low, high = measure.bounds
    if low < 0 or low > high:
        yield f"{at}: least = {low} and most = {high} leave nothing to answer"
    if measure.after and measure.after not in before:
        yield f"{at}, after = {measure.after!r}: it must name a measure that stands before"


def _money_words(at: str, measure: Measure) -> Iterator[str]:
    """Files of earlier versions had the unit in the words, after the sum."""
    words = measure.words.strip().casefold()
    if measure.unit.strip() and words.startswith(measure.unit.strip().casefold()):
        yield (
            f"{at}, words = {measure.words!r}: of money they stand before the sum and say what it "
            f'is, such as "tiền chăm lo"; {measure.unit!r} follows it by itself'
        )


def _key(at: str, key: str) -> Iterator[str]:
    if not KEY.fullmatch(key):
        yield f"{at}: a key is 2 to 12 small letters a-z"


def _text(at: str, text: str, most: int) -> Iterator[str]:
    if not text.strip():
        yield f"{at}: it is empty"
    elif len(text) > most:
        yield f"{at}: it has {len(text)} characters, at most {most} can be shown"
    elif sign := _LETTERS.search(text):
        yield f"{at}: {sign[0]!r} must not stand in it"


OWN = kinds_of(data("results.toml", __package__))
"""Those that come with the program."""
IN_USE = InUse(OWN)


# ---- What results add up to -----------------------------------------------------------------


def figures_of(kinds: Iterable[ResultKind]) -> list[ResultFigure]:
    """The figures of these kinds, in their order."""
    figures: list[ResultFigure] = []
    for kind in kinds:
        figures.append(ResultFigure(f"res_{kind.key}", kind))
        for measure in kind.measures:
            if measure.is_counted:
                figures.append(ResultFigure(f"res_{kind.key}_{measure.key}", kind, measure))
            figures += [
                ResultFigure(f"res_{kind.key}_is_{choice[0]}", kind, measure, choice)
                for choice in measure.choices
            ]
    return figures


def sums_of(stated: Iterable[Stated]) -> Counter[str]:
    """Figure -> what these results add to it. Only what was answered has a key, 0 too."""
    sums: Counter[str] = Counter()
    for result in stated:
        kind = IN_USE.get(result["kind"])
        if kind is None:
            continue
        sums[f"res_{kind.key}"] += 1
        for measure in kind.measures:
            value = result["values"].get(measure.key)
            if value is not None and measure.is_counted:
                sums[f"res_{kind.key}_{measure.key}"] += value
            elif value in dict(measure.choices):
                sums[f"res_{kind.key}_is_{value}"] += 1
    return sums


def last_day_of(result: Stated) -> tuple[ResultKind, date] | None:
    """What runs out, and its last day; None where nothing does or no day was said."""
    kind = IN_USE.get(result["kind"])
    day = result["values"].get("expires")
    return (kind, date.fromisoformat(day)) if kind and kind.expires and day else None


# ---- Numbers as people write them -----------------------------------------------------------

_UNITS = {
    **dict.fromkeys(("tỷ", "tỉ", "ty", "ti"), 1_000_000_000),
    **dict.fromkeys(("triệu", "trieu", "tr"), 1_000_000),
    **dict.fromkeys(("nghìn", "ngàn", "nghin", "ngan", "k"), 1_000),
}
_NUMBER = r"\d{1,3}(?:[. ]\d{3})+(?!\d)|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d+(?:[.,]\d{1,3})?"
_PART = re.compile(rf"({_NUMBER})\s*(?:({'|'.join(_UNITS)})(?![^\W\d_]))?\s*(rưỡi|ruoi)?\s*")
_ABOUT = re.compile(r"^(?:khoảng|khoang|gần|gan|hơn|hon|trên|tren|độ|được|tổng|:)\s+")
_AFTER = re.compile(r"(?:[^\W\d_]+[/.,]?\s*){0,5}")
_COUNTING = re.compile(
    r"\b(?:chục|chuc|trăm|tram|tá|ta|vạn|van|cặp|cap|rưỡi|ruoi|tỷ|tỉ|triệu|trieu|nghìn|ngàn|phần|phan"
    r"|usd|đô)\b"
)
"""Words that would change the number before them: it is asked about."""


def amount(words: str) -> int | None:
    """The whole number that is meant: "25 người", "1.500.000đ", "2 triệu", "7 triệu rưỡi", "500k".

    None where it is not sure, and for what is no number: "1,5", "20-25", "2 chục".
    """
    text = " ".join(unicodedata.normalize("NFC", words).casefold().split()).strip(" .!")
    while match := _ABOUT.match(text):
        text = text[match.end() :]
    total: int = 0
    unit = 0
    while match := _PART.match(text):
        written, named, half = match.groups()
        if unit and not named:  # 7 triệu 5
            part = _rest(written, unit)
        else:
            part = _times(written, _UNITS.get(named or "", 1))
        if part is None or (half and not named) or (unit and named and _UNITS[named] >= unit):
            return None
        total += part + (_UNITS[named] // 2 if half else 0)
        text = text[match.end() :]
        if not named:
            break
        unit = _UNITS[named]
    else:
        if not unit:
            return None
    rest = _AFTER.fullmatch(text)
    return None if rest is None or _COUNTING.search(text) else total


def _times(written: str, unit: int) -> int | None:
    """1.500 or 2,5 times a unit; None where it is no whole number, or might be two."""
    if re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+|\d{1,3}(?:,\d{3}){2,}", written):
        whole = int(re.sub(r"\D", "", written))
        return whole * unit if unit == 1 else None  # 1.500 triệu: 1,5 tỷ or 1,5 triệu?
    whole_part, _, decimals = written.replace(",", ".").partition(".")
    if unit == 1:
        return None if decimals else int(whole_part)
    return int(whole_part) * unit + int(decimals.ljust(3, "0")) * unit // 1_000


def _rest(written: str, unit: int) -> int | None:
    """The 5 of "7 triệu 5", the 250 of "7 triệu 250"."""
    digits = written if written.isdecimal() and len(written) <= 3 else ""
    return int(digits.ljust(3, "0")) * unit // 1_000 if digits else None
