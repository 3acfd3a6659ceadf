"""One spelling to search by (no accents, no case, đ as d, single spaces), one order of names."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`Thủy sản Sông Lành` -> `thuy san song lanh`, the same on both databases."""
    return _NOT_WORDS.sub(" ", anyascii(text).lower()).strip()


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền … nặng
_PIECE = re.compile(r"\d+|[^\W\d_]+")

Order = tuple[tuple[tuple[int, ...], int], ...]


@lru_cache(maxsize=4096)  # the units of a province, sorted on most cards
def name_order(name: str) -> Order:
    """By what names are put in a Vietnamese list: word by word, by the alphabet a ă â b c d đ e ê…,
    then by the tone (ngang, huyền, hỏi, ngã, sắc, nặng); numbers by their value.
    """
    return tuple(_word_order(piece) for piece in _PIECE.findall(_composed(name).lower()))


def person_order(name: str) -> Order:
    """As `name_order`, for people: by the given name (tên), which stands last, then the rest."""
    words = name.split()
    return name_order(" ".join((*words[-1:], *words[:-1])))


@lru_cache(maxsize=4096)
def _word_order(word: str) -> tuple[tuple[int, ...], int]:
    if word.isdecimal():
        return (-1, int(word)), 0
    tone, letters = 0, []
    for sign in unicodedata.normalize("NFD", word):
        if sign in _TONES:
            tone = _TONES[sign]
        else:
            letters.append(sign)
    bare = unicodedata.normalize("NFC", "".join(letters))
    return tuple(_place(letter) for letter in bare), tone


def _place(letter: str) -> int:
    place = _ALPHABET.find(letter)
    return place if place >= 0 else len(_ALPHABET) + ord(letter)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
