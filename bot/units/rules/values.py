"""What single values of a unit may be: its place on the map, its rating."""

from collections.abc import Iterator, Mapping
from typing import Any

from storage.enums import SITE_KINDS, UnitKind

Values = Mapping[str, Any]
LATITUDES = (6.5, 23.5)  # Vietnam with its islands
LONGITUDES = (102.0, 117.5)
OLDEST_RATING = 2000
MOST_QUOTA = 10


def count_mistakes(after: Values) -> Iterator[tuple[str, str]]:
    """(column, words) of numbers that contradict each other."""
    if after["women"] > after["workers"]:
        words = f"lao động nữ ({after['women']}) lớn hơn số lao động ({after['workers']})"
        words += ", đề nghị kiểm tra hai số"
        yield "women", words


def quota_mistakes(after: Values) -> Iterator[tuple[str, str]]:
    """(column, words) of a weekly number of visits that cannot be, or stands at a site."""
    quota = after["weekly_quota"]
    if quota is not None and after["kind"] in SITE_KINDS:
        yield "weekly_quota", "chỉ ghi cho công đoàn cấp trên hoặc LĐLĐ, đề nghị xóa ô này"
    elif quota is not None and quota > MOST_QUOTA:
        yield "weekly_quota", f"đề nghị ghi từ 0 đến {MOST_QUOTA}"


def place_mistakes(after: Values) -> Iterator[tuple[str, str]]:
    """(column, words) of a place on the map that cannot be."""
    latitude, longitude = after["latitude"], after["longitude"]
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        yield missing, "đề nghị ghi cả vĩ độ và kinh độ"
        return
    if _within(latitude, LONGITUDES) and _within(longitude, LATITUDES):
        yield "latitude", "vĩ độ và kinh độ có lẽ bị đổi chỗ cho nhau, đề nghị đổi lại"
        return
    if not _within(latitude, LATITUDES):
        yield "latitude", f"{_decimal(latitude)} nằm ngoài lãnh thổ Việt Nam, đề nghị kiểm tra"
    if not _within(longitude, LONGITUDES):
        yield "longitude", f"{_decimal(longitude)} nằm ngoài lãnh thổ Việt Nam, đề nghị kiểm tra"


def rating_mistakes(values: Values, kind: str | None, year: int) -> Iterator[tuple[str, str]]:
    """(column, words) of a rating that cannot be; `year`: the newest that can."""
    rating, rated = values.get("rating"), values.get("rating_year")
    if rating and not rated:
        yield "rating_year", "đề nghị ghi năm của xếp loại"
    if rating and kind not in (UnitKind.SITE_UNION, UnitKind.UPPER, None):
        yield "rating", "chỉ xếp loại CĐCS, công đoàn cấp trên; đề nghị xóa ô này"
    if rating and rated and not OLDEST_RATING <= rated <= year:
        yield "rating_year", f"đề nghị ghi năm từ {OLDEST_RATING} đến {year}"


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",")
