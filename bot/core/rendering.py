"""Jinja2 with autoescape: people's text cannot become markup, whatever they write."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined

from bot.core.labels import WEEKDAYS
from bot.core.rules import levels
from bot.core.rules.calendar import Calendar, local


def day(value: date) -> str:
    """14/12/2026; of a moment, the day in Vietnam"""
    value = local(value) if isinstance(value, datetime) else value
    return value.strftime("%d/%m/%Y")


def weekday(value: date) -> str:
    """thứ Sáu 14/12"""
    return f"{WEEKDAYS[value.weekday()]} {value:%d/%m}"


def special(value: date, calendar: Calendar) -> str:
    """What makes a day unlike others of its name: `nghỉ lễ`, `làm bù`; empty for most."""
    if calendar.is_holiday(value):
        return "nghỉ lễ"
    return "làm bù" if calendar.is_swapped(value) else ""


def weekday_marked(value: date, calendar: Calendar) -> str:
    """thứ Ba 24/11 (nghỉ lễ)"""
    mark = special(value, calendar)
    return f"{weekday(value)} ({mark})" if mark else weekday(value)


def day_button(value: date, calendar: Calendar) -> str:
    """`Thứ Tư 25/11`, `24/11 (nghỉ lễ)`: two stand side by side on a narrow phone."""
    mark = special(value, calendar)
    return f"{value:%d/%m} ({mark})" if mark else capital(weekday(value))


def capital(text: str) -> str:
    """`thứ Sáu` -> `Thứ Sáu`; str.capitalize would spoil the rest."""
    return text[:1].upper() + text[1:]


def moment(value: datetime) -> str:
    """16:30 14/12/2026, in Vietnam's time"""
    return local(value).strftime("%H:%M %d/%m/%Y")


def clock(value: datetime) -> str:
    """16:30, in Vietnam's time"""
    return local(value).strftime("%H:%M")


def hour(value: datetime) -> str:
    """`lúc 16 giờ 14/12`, in Vietnam's time: of a moment that is kept to the hour"""
    moment_here = local(value)
    return f"lúc {moment_here.hour} giờ {moment_here:%d/%m}"


def number(value: float) -> str:
    """1.234"""
    return f"{value:,.0f}".replace(",", ".")


def brief(text: str, limit: int = 300) -> str:
    """The beginning of a long text in whole words, so that a card never outgrows a message; it says
    so. Only where a word is longer than all the rest of them is it cut itself.
    """
    if len(text) <= limit:
        return text
    mark = CUT if limit >= _ROOM_TO_SAY_SO else "…"
    room = limit - len(mark)
    words = _WHOLE_WORDS.match(text[: room + 1])
    return (words[0] if words and len(words[0]) > room / 2 else text[:room]).rstrip(" ,;:\n") + mark


def on_button(text: str) -> str:
    """As much as a button shows on a small screen, "…" where that is not all."""
    return brief(text, 60)


CUT = "… (đã rút gọn)"
_WHOLE_WORDS = re.compile(r".*(?=\s)", re.DOTALL)
_ROOM_TO_SAY_SO = 100  # letters; shorter ones are labels and names, where "…" says it


_EMPTY_LINES = re.compile(r"\n{3,}")  # what parts that may be missing leave between them

# Each area has its own, in its `templates`.
_FOLDERS = sorted(Path(__file__).parents[1].glob("*/templates"))
_environment = Environment(
    loader=FileSystemLoader(_FOLDERS),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def _is_none(value: Any) -> bool:
    """Jinja's own says False of what is not there, and a card would be silently wrong."""
    if isinstance(value, Undefined):
        str(value)  # raises UndefinedError, which names it
    return value is None


_environment.tests["none"] = _is_none
_environment.filters.update(day=day, weekday=weekday, moment=moment, clock=clock, hour=hour)
_environment.filters.update(number=number, brief=brief, capital=capital)
_environment.globals["levels"] = levels.IN_USE


def add_filters(**filters: Callable[..., str]) -> None:
    """What an area brings along for everybody's templates, by its name there."""
    _environment.filters.update(filters)


def render(template: str, **facts: Any) -> str:
    """The text of `<area>/templates/<template>.html`, with the facts escaped."""
    text = _environment.get_template(f"{template}.html").render(**facts)
    return _EMPTY_LINES.sub("\n\n", text).strip()
