"""One spelling to search by: no accents, no case, đ as d, single spaces."""

import re

from anyascii import anyascii

_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`Thủy sản Sông Lành` -> `thuy san song lanh`, the same on both databases."""
    return _NOT_WORDS.sub(" ", anyascii(text).lower()).strip()
