"""Words and texts that are the same however they were typed.

Accents may be missing, on the wrong vowel, or hỏi for ngã; "ko" is "không". What is written with
other accents is another word: "luong" may be "lương", "lượng" may not. On this stand the phrases
of the classification and of early warning, and the search for duplicates.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

SHINGLE = 4
"""Letters in a run that two texts are compared by."""
ALIKE = 0.5
"""From this share of common shingles on, two texts are shown as likely duplicates (proposed)."""

_GAP = 3
# "4k", "9h" and "1tr4" are one word, "200cn" are two.
_TOKEN = re.compile(r"\d+(?:(?:tr|[^\W\d_])\d*(?![^\W\d_]))?|[^\W\d_]+|[^\w\s]|\n")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_LONE_Y = re.compile(r"(?<=[^aeiou])y$")
_HOOK, _TILDE = "\u0309", "\u0303"


@dataclass(frozen=True)
class Word:
    """`base`: the letters without accents; `marks`: which accents, wherever they sit.

    `raw`: as written, in small letters; `clause`: a number that changes at every punctuation
    mark; `span`: where it stands in the composed (NFC) text.
    """

    base: str
    marks: frozenset[str]
    raw: str
    clause: int = 0
    span: tuple[int, int] = field(default=(0, 0), compare=False)

    def may_be(self, meant: "Word") -> bool:
        """Whether this, as typed, may stand for `meant`: accents are missing at most."""
        return self.base == meant.base and self.marks <= meant.marks


@dataclass(frozen=True)
class Phrase:
    """A phrase to look for: `a|b` one of these, `a?` may be missing, `..` up to three words
    between, `#` a number, `~` up to four words of the list of fillers."""

    text: str
    parts: tuple["PhrasePart", ...]
    first: frozenset[str] = frozenset()
    """The words it may start with, without accents; empty: any."""

    def ends(self, text_words: Sequence[Word], start: int) -> Iterator[int]:
        """Where it may end (exclusive) when it starts at `start`; within one clause."""
        return _ends(text_words, start, self.parts, text_words[start].clause)


@dataclass(frozen=True)
class PhrasePart:
    """One word of a phrase, `most` times at most and `least` at least; no `meant`: any word."""

    meant: tuple[Word, ...] = ()
    number: bool = False
    least: int = 1
    most: int = 1

    def fits(self, word: Word) -> bool:
        if self.number:
            return word.base[0].isdigit()
        return not self.meant or any(word.may_be(meant) for meant in self.meant)


@dataclass(frozen=True)
class Found:
    """A phrase found from word `start` to before `end`; `shown`: its words as they were read."""

    phrase: Phrase
    start: int
    end: int
    shown: str


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, abbreviations of the phone written out."""
    return tuple(_words(text))


def quote(text: str, text_words: Sequence[Word], found: Found) -> str:
    """What was found in the person's own words: capitals, abbreviations and all."""
    composed = unicodedata.normalize("NFC", text)
    own = composed[text_words[found.start].span[0] : text_words[found.end - 1].span[1]]
    return " ".join(own.split())


def compile_phrase(text: str, fillers: tuple[str, ...] = ()) -> Phrase:
    """A phrase from its notation in a data file."""
    parts = tuple(_part(piece, fillers) for piece in text.split())
    certain = bool(parts) and parts[0].least > 0
    first = frozenset(word.base for word in parts[0].meant) if certain else frozenset()
    return Phrase(text, parts, first)


def find(phrase: Phrase, text_words: Sequence[Word]) -> Iterator[Found]:
    """Every place where the phrase stands, the shortest of each."""
    for start, word in enumerate(text_words):
        if phrase.first and word.base not in phrase.first:
            continue
        end = min(phrase.ends(text_words, start), default=None)
        if end is not None and end > start:
            yield Found(phrase, start, end, " ".join(word.raw for word in text_words[start:end]))


@cache
def data(name: str, package: str = __package__) -> dict[str, Any]:
    """A data file that lies beside the rules of a package, read once."""
    return tomllib.loads((files(package) / "data" / name).read_text(encoding="utf-8"))


def alike(text: str, others: Sequence[tuple[int, str]]) -> list[tuple[int, float]]:
    """Those that are like `text`, as (id, score from ALIKE to 1), the most alike first.

    Same site, same category and how far back is the caller's filter; a person decides.
    """
    own = shingles(text)
    scored = [(key, _overlap(own, shingles(other))) for key, other in others]
    return sorted((s for s in scored if s[1] >= ALIKE), key=lambda s: (-s[1], s[0]))


def groups(texts: Sequence[tuple[int, str]]) -> list[list[int]]:
    """One concern brought by many: ids that say the same, in the order given.

    The first of a group leads it: the others are compared with the first, so that a chain of
    small differences does not bring everything together.
    """
    leaders: list[tuple[frozenset[str], list[int]]] = []
    for key, text in texts:
        own = shingles(text)
        best = max(leaders, key=lambda leader: _overlap(own, leader[0]), default=None)
        if best is not None and _overlap(own, best[0]) >= ALIKE:
            best[1].append(key)
        else:
            leaders.append((own, [key]))
    return [keys for _, keys in leaders]


def shingles(text: str) -> frozenset[str]:
    """Runs of SHINGLE letters of the folded text, words parted by one space."""
    line = " ".join(word.base for word in words(text))
    return frozenset(line[i : i + SHINGLE] for i in range(max(1, len(line) - SHINGLE + 1)) if line)


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Dice: 2 · common / all, from 0 to 1."""
    return 2 * len(left & right) / max(1, len(left) + len(right))


def _words(text: str) -> Iterator[Word]:
    aliases: dict[str, str] = data("words.toml")["aliases"]
    plain, spans = _plain(unicodedata.normalize("NFC", text))
    clause = 0
    for match in _TOKEN.finditer(plain):
        token = match.group()
        if not token[0].isalnum():
            clause += 1
            continue
        span = (spans[match.start()][0], spans[match.end() - 1][1])
        for word in aliases.get(token, token).split():
            yield _word(word, clause, span)


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Small letters, stretched ones ("trờiiii") once; and where each stood in the text."""
    folded = [c.casefold() for c in text]
    small = "".join(folded)
    origin = [n for n, letters in enumerate(folded) for _ in letters]
    plain, spans, at = [], [], 0
    while at < len(small):
        run = _STRETCHED.match(small, at)
        end = run.end() if run else at + 1
        plain.append(small[at])
        spans.append((origin[at], origin[end - 1] + 1))
        at = end
    return "".join(plain), spans


def _word(raw: str, clause: int = 0, span: tuple[int, int] = (0, 0)) -> Word:
    letters = unicodedata.normalize("NFD", raw)
    marks = {_HOOK if c == _TILDE else c for c in letters if unicodedata.combining(c)}
    base = "".join(c for c in letters if not unicodedata.combining(c)).replace("đ", "d")
    if "đ" in letters:
        marks.add("đ")
    return Word(_LONE_Y.sub("i", base), frozenset(marks), raw, clause, span)


def _part(piece: str, fillers: tuple[str, ...]) -> PhrasePart:
    if piece == "..":
        return PhrasePart(least=0, most=_GAP)
    if piece == "#":
        return PhrasePart(number=True)
    if piece == "~":
        return PhrasePart(tuple(_word(word) for word in fillers), least=0, most=4)
    least = 0 if piece.endswith("?") else 1
    return PhrasePart(
        tuple(_word(word) for word in piece.removesuffix("?").split("|")), least=least
    )


def _ends(
    text_words: Sequence[Word], at: int, parts: tuple[PhrasePart, ...], clause: int
) -> Iterator[int]:
    if not parts:
        yield at
        return
    part, rest = parts[0], parts[1:]
    for here in range(at, at + part.most + 1):
        if here - at >= part.least:
            yield from _ends(text_words, here, rest, clause)
        if (
            here >= len(text_words)
            or text_words[here].clause != clause
            or not part.fits(text_words[here])
        ):
            return
