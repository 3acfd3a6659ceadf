"""Cells of a spreadsheet, safe to open: what people wrote never becomes a formula."""

from datetime import date

Cell = str | int | float | date | None

LONGEST = 32_000  # letters; a cell takes 32,767
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # what spreadsheets take for a formula


def safe(text: str) -> str:
    """Text that no spreadsheet runs, whatever it begins with."""
    return ("'" + text if text.startswith(_RUNS) else text)[:LONGEST]
