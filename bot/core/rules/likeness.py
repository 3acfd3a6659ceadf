"""Words and texts that are the same however they were typed.

Accents may be missing, on the wrong vowel, or hỏi for ngã; "ko" is "không", "vô" is "vào". What is
written with other accents is another word: "luong" may be "lương", "lượng" may not. In a text
written with accents a word that needs none means itself: the "tra" of "kiểm tra" is not "trả", the
"phong" of "niêm phong" not "phỏng"; "xuong" is no word and may still be "xưởng". On this stand the
phrases of the classification and of early warning, and the search for duplicates.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

SHINGLE = 4
"""Letters in a run that two texts are compared by."""
ALIKE = 0.5
"""From this share of common shingles on, two texts are shown as likely duplicates (proposed)."""

_GAP = 3
_ACCENTED = 0.3
"""From this share of words with accents on, a text is written with accents (proposed)."""
# "4k", "9h" and "1tr4" are one word, "200cn" are two.
_TOKEN = re.compile(r"\d+(?:(?:tr|[^\W\d_])\d*(?![^\W\d_]))?|[^\W\d_]+|[^\w\s]|\n")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_LONE_Y = re.compile(r"(?<=[^aeiou])y$")
_ENDS = {".", "!", "?", ";", "\n", "…"}
_HOOK, _TILDE = "\u0309", "\u0303"


@dataclass(frozen=True)
class Word:
    """`base`: the letters without accents; `marks`: which accents, wherever they sit.

    `raw`: as written, in small letters; `clause`: a number that changes at every punctuation
    mark, `sentence`: at every one that ends a sentence; `span`: where it stands in the composed
    (NFC) text. `whole`: it stands in a text with accents and means itself; `bare`: it stands in a
    text without accents and may be any word of these letters.
    """

    base: str
    marks: frozenset[str]
    raw: str
    clause: int = 0
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    sentence: int = 0
    whole: bool = False
    bare: bool = False

    def may_be(self, meant: "Word") -> bool:
        """Whether this, as typed, may stand for `meant`: accents are missing at most."""
        if self.base != meant.base:
            return False
        return self.marks == meant.marks or (not self.whole and self.marks < meant.marks)

    def surely_is(self, meant: "Word") -> bool:
        """Whether this can be nothing but `meant`: with its accents, or never read otherwise."""
        if self.base != meant.base:
            return False
        return (self.marks == meant.marks and not self.bare) or (
            meant.raw in _clear_words() and self.marks <= meant.marks
        )


@dataclass(frozen=True)
class Phrase:
    """A phrase to look for: `a|b` one of these, `a?` may be missing, `..` up to three words
    between, `#` a number, `~` up to four words of the list of fillers; `!a` only with its accents,
    or where the letters alone leave no doubt."""

    text: str
    parts: tuple["PhrasePart", ...]
    first: frozenset[str] = frozenset()
    """The words it may start with, without accents; empty: any."""

    @property
    def open(self) -> bool:
        """Whether other words may stand between its own."""
        return any(part.most > 1 for part in self.parts)

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
    sure: bool = False

    def fits(self, word: Word) -> bool:
        if self.number:
            return word.base[0].isdigit()
        if self.sure:
            return any(word.surely_is(meant) for meant in self.meant)
        return not self.meant or any(word.may_be(meant) for meant in self.meant)


@dataclass(frozen=True)
class PhraseMatch:
    """A phrase found from word `start` to before `end`; `as_read`: its words as they were read."""

    phrase: Phrase
    start: int
    end: int
    as_read: str


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, abbreviations of the phone written out."""
    read = tuple(_words(text))
    typed = [word for word in read if not word.whole]
    marked = sum(1 for word in typed if word.marks)
    if marked < _ACCENTED * len(typed) or not marked:
        return tuple(word if word.whole else replace(word, bare=True) for word in read)
    own = _own_words()
    return tuple(w if (w.base, w.marks) not in own else replace(w, whole=True) for w in read)


def quote(text: str, text_words: Sequence[Word], match: PhraseMatch) -> str:
    """What was found in the person's own words: capitals, abbreviations and all."""
    composed = unicodedata.normalize("NFC", text)
    own = composed[text_words[match.start].span[0] : text_words[match.end - 1].span[1]]
    return " ".join(own.split())


def compile_phrase(text: str, fillers: tuple[str, ...] = (), *, sure: bool = False) -> Phrase:
    """A phrase from its notation in a data file; `sure`: every word of it as with `!`."""
    parts = tuple(_part(piece, fillers, sure) for piece in text.split())
    certain = bool(parts) and parts[0].least > 0
    first = frozenset(word.base for word in parts[0].meant) if certain else frozenset()
    return Phrase(text, parts, first)


def _match(phrase: Phrase, text_words: Sequence[Word], start: int, end: int) -> PhraseMatch:
    return PhraseMatch(phrase, start, end, " ".join(word.raw for word in text_words[start:end]))


class PhraseBook:
    """Phrases to look for together: each word of a text meets only those it may begin."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._beginning: dict[str, list[tuple[Phrase, frozenset[str]]]] = {}
        self._anywhere = [(each, _following(each)) for each in self.phrases if not each.first]
        for phrase in self.phrases:
            for base in phrase.first:
                self._beginning.setdefault(base, []).append((phrase, _following(phrase)))

    def find(self, text_words: Sequence[Word]) -> Iterator[PhraseMatch]:
        """Every place where one of them stands, the shortest of each."""
        for start, word in enumerate(text_words):
            candidates = (*self._beginning.get(word.base, ()), *self._anywhere)
            near = {each.base for each in text_words[start + 1 : start + _GAP + 2]}
            for phrase, following in candidates:
                if following and following.isdisjoint(near):
                    continue
                end = min(phrase.ends(text_words, start), default=start)
                if end > start:
                    yield _match(phrase, text_words, start, end)


def _following(phrase: Phrase) -> frozenset[str]:
    """The words one of which must stand within _GAP words of the first; empty: not so simple."""
    first, *rest = phrase.parts or (PhrasePart(),)
    needed = rest[1] if len(rest) > 1 and not rest[0].meant and rest[0].most > 1 else None
    needed = rest[0] if rest and rest[0].most == 1 else needed
    if (
        first.least != 1
        or first.most != 1
        or needed is None
        or (needed.least, needed.most) != (1, 1)
    ):
        return frozenset()
    return frozenset(word.base for word in needed.meant)


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
    clause = sentence = 0
    for match in _TOKEN.finditer(plain):
        token = match.group()
        if not token[0].isalnum():
            clause += 1
            sentence += token in _ENDS
            continue
        span = (spans[match.start()][0], spans[match.end() - 1][1])
        written_out = aliases.get(token)
        for word in (written_out or token).split():
            read = _word(word, clause, span, sentence)
            yield replace(read, whole=True) if written_out else read


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


def _word(raw: str, clause: int = 0, span: tuple[int, int] = (0, 0), sentence: int = 0) -> Word:
    letters = unicodedata.normalize("NFD", raw)
    marks = {_HOOK if c == _TILDE else c for c in letters if unicodedata.combining(c)}
    base = "".join(c for c in letters if not unicodedata.combining(c)).replace("đ", "d")
    if "đ" in letters:
        marks.add("đ")
    return Word(_LONE_Y.sub("i", base), frozenset(marks), raw, clause, span, sentence)


@cache
def _own_words() -> frozenset[tuple[str, frozenset[str]]]:
    """What is a word as it stands, although with more accents it would be another."""
    return frozenset((word.base, word.marks) for word in map(_word, data("words.toml")["whole"]))


@cache
def _clear_words() -> frozenset[str]:
    return frozenset(data("words.toml")["clear"])


@cache
def _same() -> dict[str, tuple[str, ...]]:
    """A word with those said for it elsewhere in the country."""
    groups = [tuple(group.split()) for group in data("words.toml")["same"]]
    return {word: group for group in groups for word in group}


def _part(piece: str, fillers: tuple[str, ...], sure: bool) -> PhrasePart:
    if piece == "..":
        return PhrasePart(least=0, most=_GAP)
    if piece == "#":
        return PhrasePart(number=True)
    if piece == "~":
        return PhrasePart(tuple(_word(word) for word in fillers), least=0, most=4)
    least = 0 if piece.endswith("?") else 1
    sure = sure or piece.startswith("!")
    meant = piece.removeprefix("!").removesuffix("?").split("|")
    accepted = dict.fromkeys(word for each in meant for word in _same().get(each, (each,)))
    return PhrasePart(tuple(_word(word) for word in accepted), least=least, sure=sure)


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
