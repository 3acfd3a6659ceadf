"""The picture signs in the program's texts and templates; `python -m tests.emoji` prints them."""

from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1] / "bot"
SOURCES = (".py", ".html", ".toml", ".js", ".svg")
PICTURE = "\N{VARIATION SELECTOR-16}"  # asks for the sign before it as a picture
PLAIN = set("✓✗☐☒●↗☰")  # signs that fonts of texts have, written without PICTURE


def signs_of(text: str) -> set[str]:
    """What a machine without picture signs would show as an empty box."""
    asked_for = {before for before, sign in pairwise(text) if sign == PICTURE}
    drawn = {sign for sign in text if sign >= "\U0001f000" or "⌀" <= sign <= "⯿"}
    lines = {sign for sign in drawn if "─" <= sign <= "▟"}  # lines and blocks of tables
    return (drawn | asked_for) - lines - PLAIN


def signs_of_the_program() -> set[str]:
    """Those in any text of `bot/`."""
    files = [file for file in ROOT.rglob("*") if file.suffix in SOURCES]
    return set().union(*(signs_of(file.read_text(encoding="utf-8")) for file in files))


if __name__ == "__main__":
    print("".join(sorted(signs_of_the_program())))
