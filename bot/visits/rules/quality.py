"""Is a report real? "Thực chất, tránh qua loa, hình thức" (plan `sat-co-so`).

A flag is shown to the supervisor as a question, never as a verdict: the report is kept and
counts. A short note in honest words is no fault; what is looked for is a note that says nothing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

FlagKind = Literal["empty", "too_short", "copied", "filler"]

ALIKE = 0.85
"""From this share of common words on, two notes count as one copied from the other."""
_LONG = 300  # words

_STOCK = (
    "binh thuong|on dinh|on|tot|tot dep|ok|oke|okie|okay|test|thu|da di|da lam|da xong|xong|roi"
    "|khong co gi|khong co gi moi|khong co y kien|khong co y kien gi|khong y kien|khong co van de"
    "|khong co van de gi|khong van de gi|khong phat sinh|khong phat sinh gi|khong co gi phat sinh"
    "|chua co gi|nhu cu|nhu tren|nhu tuan truoc|nhu lan truoc|nhu thang truoc|van nhu cu|van"
    "|tinh hinh|tinh hinh chung|don vi|moi viec|moi thu|tat ca|nhin chung|noi chung|deu|rat|la"
    "|khong|ko|co|duoc|va|het|nothing|none|na|good|fine"
)
_STOCK_PHRASE = re.compile(
    r"\b(?:" + "|".join(sorted(_STOCK.split("|"), key=len, reverse=True)) + r")\b"
)
_ONE_THING_REPEATED = re.compile(r"(.+?)(?: \1){2,}")
_PART_REPEATED = re.compile(r"(.+?)\1+")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_VOWEL = re.compile(r"[aeiouy0-9]")

MIN_WORDS = 8  # proposed; configurable


@dataclass(frozen=True)
class Flag:
    """What looks wrong. `value`: words found (too_short), percent alike (copied), else None."""

    kind: FlagKind
    value: int | None = None
    earlier: int | None = None
    """For copied: the index in `earlier` of the text it is most like."""


def flags(
    words: str, earlier: Sequence[str], *, has_media: bool, min_words: int = MIN_WORDS
) -> tuple[Flag, ...]:
    """What to point out about the words of a report; empty when nothing is.

    `earlier`: other reports to compare with, the officer's own and others'. Case, accents and
    punctuation make no difference. `min_words`: Vietnamese words as written, by syllable. With
    photos or voice (`has_media`) few or no words are fine, copied ones are not.
    """
    syllables = _folded(words)
    if len(syllables) >= min_words and (copied := _copied(syllables, earlier)):
        return (copied,)
    if has_media:
        return ()
    if not syllables:
        return (Flag("empty"),)
    if _is_filler(syllables):
        return (Flag("filler"),)
    real = sum(1 for syllable in syllables if not _is_mash(syllable))
    return (Flag("too_short", real),) if real < min_words else ()


def _folded(text: str) -> list[str]:
    """The words in small letters without accents."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", bare)


def _copied(syllables: Sequence[str], earlier: Sequence[str]) -> Flag | None:
    best, best_index = 0.0, None
    for index, text in enumerate(earlier):
        alike = _alike(syllables, _folded(text))
        if alike > best:
            best, best_index = alike, index
    return None if best < ALIKE else Flag("copied", int(best * 100), best_index)


def _alike(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of words in common and in the same order: 2 · common / all, from 0 to 1."""
    # Common words in any order are an upper bound and cheap; most texts go no further.
    if (bound := _common_share(left, right)) < ALIKE:
        return bound
    if max(len(left), len(right)) > _LONG:
        # Quadratic on bad days; in long texts pairs of neighbours tell the order well enough.
        return _common_share(list(pairwise(left)), list(pairwise(right)))
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _common_share(left: Sequence[Hashable], right: Sequence[Hashable]) -> float:
    common = (Counter(left) & Counter(right)).total()
    return 2 * common / max(1, len(left) + len(right))


def _is_filler(syllables: Sequence[str]) -> bool:
    """Nothing but stock phrases, one thing over and over, or mostly hammered keys."""
    text = " ".join(syllables)
    if not _STOCK_PHRASE.sub("", text).strip() or _ONE_THING_REPEATED.fullmatch(text):
        return True
    return 2 * sum(1 for syllable in syllables if _is_mash(syllable)) >= len(syllables)


def _is_mash(word: str) -> bool:
    """Keys in a row ("abc", "qwer"), one part repeated ("aaaa", "hihi"), or no vowel at all."""
    if word.isdigit() and len(word) < 3:
        return False
    if len(word) >= 3 and any(word in row for row in _ROWS):
        return True
    # Abbreviations such as BHXH have no vowel either, but are short.
    return bool(_PART_REPEATED.fullmatch(word)) or (len(word) > 5 and not _VOWEL.search(word))
