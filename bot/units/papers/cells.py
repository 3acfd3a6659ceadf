"""One cell of the list of units -> a value, or what is wrong with it, in Vietnamese."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from bot.core.rendering import brief
from bot.core.rules.levels import IN_USE
from bot.core.rules.writing import is_legacy, one_line
from bot.units.facts.columns import (
    KIND_SYNONYMS,
    KINDS,
    RATING_SYNONYMS,
    RATINGS,
    YES_NO,
    UnitColumn,
)
from storage.enums import UnitKind
from storage.folding import fold

CLEARED = "-"  # typed to empty a cell on purpose
LARGEST = 10_000_000
LEGACY = (
    "“{words}” viết bằng phông cũ (TCVN3, VNI) hoặc bị lỗi phông, đề nghị chuyển sang Unicode "
    "(UniKey: Ctrl+Shift+F6) hoặc gõ lại"
)

_GROUPED = re.compile(r"\d{1,3}([., ])\d{3}(?:\1\d{3})*")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,3}(?:[.,]\d{1,12})?")


class WrongCell(ValueError):  # noqa: N818 - it reads as what happened
    """The text says what is wrong and what is expected."""


def raw(value: Any) -> str:
    """A cell as text as it came, whole numbers without .0"""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def tidy(value: Any) -> str:
    """A cell as text: one line, composed letters, nothing invisible, single spaces."""
    return one_line(raw(value))


def read(column: UnitColumn, cell: Any, text: str) -> Any:
    """The value of a filled-in cell, `text` being the cell made tidy; None: to be cleared.

    Raises WrongCell, saying what is expected.
    """
    if text == CLEARED:
        return None
    if text.startswith("="):
        raise WrongCell("ô ghi công thức, đề nghị ghi giá trị")
    if isinstance(cell, date | time | timedelta) and column.kind != "date":
        raise WrongCell(
            "ô đang ở dạng ngày tháng, đề nghị chuyển ô sang dạng Văn bản (Text) rồi gõ lại"
        )
    if column.kind == "text" and isinstance(cell, str) and is_legacy(cell):
        raise WrongCell(LEGACY.format(words=brief(text, 40)))
    return _READERS[column.kind](column, cell, text)


def _text(column: UnitColumn, cell: Any, text: str) -> str:
    if len(text) > column.longest:
        raise WrongCell(f"dài {len(text)} ký tự, đề nghị rút gọn còn nhiều nhất {column.longest}")
    return text


def _phone(column: UnitColumn, cell: Any, text: str) -> str:
    if isinstance(cell, float) and len(text) in (9, 10) and not text.startswith("0"):
        text = "0" + text  # a number cell has lost its first zero
    return _text(column, cell, text)


def _whole(column: UnitColumn, cell: Any, text: str) -> int:
    grouped = not isinstance(cell, float) and _GROUPED.fullmatch(text)
    digits = re.sub(r"[., ]", "", text) if grouped else text
    if not re.fullmatch(r"\d{1,12}", digits, re.ASCII) or isinstance(cell, bool):
        raise WrongCell(
            f"“{brief(text, 30)}” không phải số nguyên từ 0, đề nghị chỉ ghi số, ví dụ 120"
        )
    if int(digits) > LARGEST:
        raise WrongCell(f"{digits} quá lớn, đề nghị kiểm tra lại số")
    return int(digits)


def _degrees(column: UnitColumn, cell: Any, text: str) -> float:
    if isinstance(cell, bool) or not _DECIMAL.fullmatch(text if isinstance(cell, str) else "0"):
        raise WrongCell(
            f"“{brief(text, 30)}” không phải tọa độ, đề nghị ghi như ví dụ {_example(column)}"
        )
    return round(float(text.replace(",", ".")), 6)


def _date(column: UnitColumn, cell: Any, text: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = _DAY.fullmatch(text) if isinstance(cell, str) else None
    try:
        if match:
            day, month, year = (int(part) for part in match.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise WrongCell(f"“{brief(text, 30)}” không phải ngày, đề nghị ghi như ví dụ 01/07/2026")


def _choice(column: UnitColumn, cell: Any, text: str) -> Any:
    if isinstance(cell, bool) and column.key == "sensitive":
        return cell
    allowed, labels = _CHOICES[column.key]
    if column.key == "kind" and _fold(text) in {_fold(IN_USE.upper), _fold(IN_USE.upper_in_full)}:
        return UnitKind.UPPER
    try:
        return allowed[_fold(text)]
    except KeyError:
        raise WrongCell(
            f"“{brief(text, 40)}” không có trong danh sách, đề nghị ghi một trong: {labels}"
        ) from None


@lru_cache(maxsize=256)  # a choice has few spellings and is made in every row
def _fold(text: str) -> str:
    return fold(text)


def _example(column: UnitColumn) -> str:
    return str(column.example).replace(".", ",")


def _folded(*lists: Mapping[str, StrEnum | bool]) -> dict[str, Any]:
    return {fold(word): value for words in lists for word, value in words.items()}


_CHOICES = {
    "kind": (_folded(KINDS, KIND_SYNONYMS), "; ".join(KINDS)),
    "rating": (_folded(RATINGS, RATING_SYNONYMS), "; ".join(RATINGS)),
    "sensitive": (
        _folded(YES_NO, {"x": True, "1": True, "0": False, "co": True, "khong": False}),
        "; ".join(YES_NO),
    ),
}
_READERS: Mapping[str, Callable[[UnitColumn, Any, str], Any]] = {
    "text": _text,
    "phone": _phone,
    "whole": _whole,
    "degrees": _degrees,
    "choice": _choice,
    "date": _date,
}
