"""A category suggested from the words of a concern; the worker confirms it in one tap.

Transparent on purpose: it adds up the weights of the phrases of `data/categories.toml` that stand
in the text, and can say which. Nothing is learnt from workers' texts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.core.rules.likeness import (
    Phrase,
    PhraseBook,
    PhraseMatch,
    Word,
    compile_phrase,
    data,
    words,
)
from storage.enums import CaseKind, Category, Severity

_FILE = "categories.toml"
FIRST = 0.6
"""By how much what stands first counts more than what stands last (proposed, tried out)."""
FILLERS: tuple[str, ...] = tuple(data("words.toml")["fillers"])
"""Words that may stand between "không" and what it denies (`~` in the data files)."""


@dataclass(frozen=True)
class Suggestion:
    """`runner_up`: the next best, KHAC if no other was touched. `why`: the phrases found.

    `people`: how many are affected as far as the words say ("60 người"), None if they do not;
    `collective`: several together ("cả chuyền"). `kind`: khiếu nại and tố cáo only if said so.
    """

    category: Category
    runner_up: Category | None
    severity: Severity
    why: tuple[str, ...]
    kind: CaseKind = CaseKind.CONCERN
    collective: bool = False
    people: int | None = None


@dataclass(frozen=True)
class Denial:
    """Words around a phrase that take its meaning away: "không ~ @", "@ là gì"; @ is the phrase."""

    before: Phrase
    after: Phrase

    def covers(self, tokens: Sequence[Word], match: PhraseMatch) -> bool:
        return self._stands_before(tokens, match.start) and self._stands_after(tokens, match.end)

    def _stands_before(self, tokens: Sequence[Word], here: int) -> bool:
        if not self.before.parts:
            return True
        return any(
            here in self.before.ends(tokens, start) for start in range(max(0, here - 9), here)
        )

    def _stands_after(self, tokens: Sequence[Word], here: int) -> bool:
        if not self.after.parts:
            return True
        together = 0 < here < len(tokens) and tokens[here].clause == tokens[here - 1].clause
        return together and any(True for _ in self.after.ends(tokens, here))


def compile_denials(texts: Iterable[str]) -> tuple[Denial, ...]:
    """Denials from their notation in a data file. A word typed without its accents denies nothing,
    unless its letters leave no doubt: "bo ve" is not "bỏ vệ sinh"."""
    halves = (text.partition("@") for text in texts)
    return tuple(
        Denial(
            compile_phrase(before, FILLERS, sure=True), compile_phrase(after, FILLERS, sure=True)
        )
        for before, _, after in halves
    )


def undenied(
    tokens: Sequence[Word], phrases: PhraseBook, denials: Sequence[Denial]
) -> list[PhraseMatch]:
    """The phrases that stand in the text and are not denied there, without overlaps."""
    matches = longest(phrases.find(tokens))
    return [f for f in matches if not any(denial.covers(tokens, f) for denial in denials)]


def suggest(text: str) -> Suggestion:
    """What the words suggest; KHAC and NORMAL when they say nothing.

    Where one category alone is touched the other choice is KHAC.
    """
    tokens = words(text)
    ranked, why = _ranked(tokens)
    first, second, *_ = [*ranked, None, None]
    people = _people(tokens)
    collective = bool(undenied(tokens, _phrases("collective", "phrases"), ()))
    urgent = _matches(tokens, "urgent", "phrases", "calm")
    return Suggestion(
        category=first or Category.KHAC,
        runner_up=second or (Category.KHAC if first not in (None, Category.KHAC) else None),
        severity=Severity.URGENT if urgent else Severity.NORMAL,
        why=tuple(dict.fromkeys([*why, *(f.as_read for f in urgent)])),
        kind=_kind(tokens),
        collective=collective or (people or 0) > 1,
        people=people,
    )


def _ranked(tokens: Sequence[Word]) -> tuple[list[Category], list[str]]:
    """The categories touched, the heaviest first, and the phrases of the first."""
    hidden = list(_phrases("neutral").find(tokens))
    scores: dict[Category, float] = {}
    why: dict[Category, list[str]] = {}
    for category, (book, weighted) in _weights().items():
        candidates = book.find(tokens)
        matches = clearest(f for f in candidates if not any(_inside(f, other) for other in hidden))
        if matches:
            scores[category] = sum(weighted[f.phrase] * _emphasis(f, len(tokens)) for f in matches)
            why[category] = [f.as_read for f in matches]
    ranked = sorted(scores, key=lambda category: -scores[category])
    return ranked, why[ranked[0]] if ranked else []


def _emphasis(match: PhraseMatch, length: int) -> float:
    """A single word says less than several together; and what troubles people they say first."""
    words_found = match.end - match.start
    weight = 0.8 if words_found == 1 else 1.25 if words_found > 2 and not match.phrase.open else 1.0
    return weight * (1 + FIRST * (1 - match.start / length))


def longest(matches: Iterable[PhraseMatch]) -> list[PhraseMatch]:
    """Without overlaps, the longest kept; in the order of the text."""
    return _apart(sorted(matches, key=lambda f: (f.start - f.end, f.start)))


def clearest(matches: Iterable[PhraseMatch]) -> list[PhraseMatch]:
    """As `longest`, but words that stand together before those with others between them."""
    return _apart(sorted(matches, key=lambda f: (f.phrase.open, f.start - f.end, f.start)))


def _apart(matches: Iterable[PhraseMatch]) -> list[PhraseMatch]:
    chosen: list[PhraseMatch] = []
    for match in matches:
        if all(match.end <= other.start or other.end <= match.start for other in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda f: f.start)


def _inside(match: PhraseMatch, other: PhraseMatch) -> bool:
    return other.start <= match.start and match.end <= other.end


def _matches(tokens: Sequence[Word], *keys: str) -> list[PhraseMatch]:
    section, phrases, calm = keys
    return undenied(tokens, _phrases(section, phrases), _denials(section, calm))


def _kind(tokens: Sequence[Word]) -> CaseKind:
    if _matches(tokens, "kinds", "denunciation", "calm"):
        return CaseKind.DENUNCIATION
    if _matches(tokens, "kinds", "complaint", "calm"):
        return CaseKind.COMPLAINT
    return CaseKind.CONCERN


def _people(tokens: Sequence[Word]) -> int | None:
    """The largest number of people named, from 1 to 9999."""
    named = (f.as_read for f in _phrases("people", "phrases").find(tokens))
    numbers = (int(match[0]) for mention in named if (match := re.match(r"\d{1,4}(?!\w)", mention)))
    return max((number for number in numbers if number), default=None)


@cache
def _weights() -> dict[Category, tuple[PhraseBook, dict[Phrase, int]]]:
    """Of each category its phrases, and what each weighs; written twice, the heavier counts."""
    trade, speech = data(_FILE, __package__)["categories"], data(_FILE, __package__)["speech"]
    weighted = {
        Category(name): dict(
            sorted([*_weighted(by_weight), *_weighted(speech[name])], key=lambda pair: pair[1])
        )
        for name, by_weight in trade.items()
    }
    return {category: (PhraseBook(phrases), phrases) for category, phrases in weighted.items()}


def _weighted(by_weight: dict[str, list[str]]) -> Iterator[tuple[Phrase, int]]:
    for weight, texts in by_weight.items():
        for text in texts:
            yield compile_phrase(text), int(weight)


@cache
def _phrases(*keys: str) -> PhraseBook:
    return PhraseBook(compile_phrase(text, FILLERS) for text in _at(*keys))


@cache
def _denials(*keys: str) -> tuple[Denial, ...]:
    return compile_denials(_at(*keys))


def _at(*keys: str) -> list[str]:
    here = data(_FILE, __package__)
    for key in keys:
        here = here[key]
    return list(here)
