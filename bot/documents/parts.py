"""Numbered parts and items of a paper, as the templates take them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.rendering import number
from bot.documents.rendering import clean

DOTS = "…"
WRITING_LINE = "…" * 30  # fills a line of the body
TO_WRITE = (WRITING_LINE,) * 3
"""Lines for whoever signs to write on."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def with_titles(
    groups: Sequence[tuple[str, list[dict[str, Any]]]], questions: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """I. TITLE; the questions of a request stand alone or as the last part."""
    if questions and not groups:
        return [{"tieu_de": "", "cac_muc": questions}]
    groups = [*groups, *([("Nội dung báo cáo theo yêu cầu", questions)] if questions else [])]
    return [
        {"tieu_de": f"{number_}. {clean(title).upper()}", "cac_muc": items}
        for number_, (title, items) in zip(ROMAN, groups, strict=False)
    ]


def numbered(items: Sequence[dict[str, Any]], titles: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {**item, "tieu_de": f"{place}. {clean(title)}"}
        for place, (item, title) in enumerate(zip(items, titles, strict=True), 1)
    ]


def item_of(paragraphs: Sequence[str], figures: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    return {
        "tieu_de": "",
        "cac_doan": list(paragraphs) or [DOTS],
        "so_lieu": list(figures),
        "cac_chu_thich": [],
        "cac_hinh": [],
    }


def ended(lines: list[str]) -> list[str]:
    """What somebody wrote ends with a full stop, also where it was left out."""
    if lines and (lines[-1][-1].isalnum() or lines[-1][-1] in ')”"%'):
        return [*lines[:-1], f"{lines[-1]}."]
    return lines


def padded(value: int) -> str:
    """A number in a sentence: below ten with a zero in front, as officials write."""
    return f"{value:02d}" if 0 < value < 10 else number(value)
