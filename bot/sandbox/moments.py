"""Moments as people write them: an ISO date, "friday 15:00", "14/12 08:00", "2d"."""

import re
from contextlib import suppress
from datetime import datetime, timedelta, timezone

from bot.sandbox.errors import Refusal

# Việt Nam has had no daylight saving since 1975: a fixed offset needs no time zone database.
VIETNAM = timezone(timedelta(hours=7))
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_WEEKDAYS = (
    ("mon", "t2", "thứ hai", "thứ 2", "hai"),
    ("tue", "t3", "thứ ba", "thứ 3", "ba"),
    ("wed", "t4", "thứ tư", "thứ 4", "tư"),
    ("thu", "t5", "thứ năm", "thứ 5", "năm"),
    ("fri", "t6", "thứ sáu", "thứ 6", "sáu"),
    ("sat", "t7", "thứ bảy", "thứ 7", "bảy"),
    ("sun", "cn", "chủ nhật"),
)
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_iso(text: str) -> datetime:
    """An ISO date and time; without an offset it is Vietnamese time."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(f"not a moment: {text!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def parse_step(text: str) -> timedelta:
    """A length of time: "1w", "2d", "3h", "30m", "10s"."""
    match = re.fullmatch(r"\s*(\d{1,5})\s*([wdhms])\s*", text)
    if not match:
        raise Refusal(f"not a length of time: {text!r} (1w, 2d, 3h, 30m, 10s)")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def parse_target(text: str, now: datetime) -> datetime:
    """An ISO moment, or the next one after now of a weekday and hour ("friday 15:00", "T6 15:00")
    or of a day of the year ("14/12 08:00").
    """
    match = re.fullmatch(r"\s*(\D[^:]*?|\d{1,2}/\d{1,2})\s+(\d{1,2}):(\d{2})\s*", text)
    if not match:
        return parse_iso(text)
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise Refusal(f"no such hour: {text!r}")
    if "/" in match[1]:
        day, month = map(int, match[1].split("/"))
        return _next_day(day, month, hour, minute, now)
    return _next(_weekday(match[1].lower()), hour, minute, now)


def _next_day(day: int, month: int, hour: int, minute: int, now: datetime) -> datetime:
    local = now.astimezone(VIETNAM)
    for year in range(local.year, local.year + 9):  # 29/02 comes after eight years at the latest
        with suppress(ValueError):
            moment = datetime(year, month, day, hour, minute, tzinfo=VIETNAM)
            if moment > local:
                return moment
    raise Refusal(f"no such day: {day}/{month}")


def _weekday(name: str) -> int:
    for number, names in enumerate(_WEEKDAYS):
        if name in names or name == _ENGLISH[number]:
            return number
    raise Refusal(f"not a weekday: {name!r}")


def _next(weekday: int, hour: int, minute: int, now: datetime) -> datetime:
    local = now.astimezone(VIETNAM)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    moment += timedelta(days=(weekday - local.weekday()) % 7)
    return moment if moment > local else moment + timedelta(days=7)
