"""A list of units against the organisation as it is: what would change, or what is wrong.

All or nothing: as long as there is one mistake there is nothing to import. A cell that was left
empty changes nothing. Codes are compared without case.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.rules import unit_tree
from bot.rules.unit_tree import Node

Values = Mapping[str, Any]

LATITUDES = (6.5, 23.5)  # Vietnam with its islands
LONGITUDES = (102.0, 117.5)
OLDEST_RATING = 2000
NOT_IN_FILE = 0  # the line of a unit that the program adds

# What a unit is when nothing is said.
NOTHING: Values = {
    "name": "",
    "kind": None,
    "parent": None,
    "level_name": "",
    "sector": "",
    "address": "",
    "latitude": None,
    "longitude": None,
    "workers": 0,
    "women": 0,
    "members": 0,
    "contact_name": "",
    "contact_phone": "",
    "sensitive": False,
    "officer": None,
    "cluster": "",
}


@dataclass(frozen=True, order=True)
class Mistake:
    """What is wrong where; `column` is a key, "" when the row as a whole is meant."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class Row:
    """One line of the file. `given` holds the filled-in cells only; `parent` is a code."""

    line: int
    code: str
    given: Values


@dataclass(frozen=True)
class Known:
    """A unit as it is: `values` has the keys of NOTHING, `ratings` year -> rating."""

    code: str
    values: Values
    ratings: Mapping[int, str] = field(default_factory=dict)
    dissolved: bool = False


@dataclass(frozen=True)
class Change:
    """One unit before and after; `before` is None for a new one. `rating`: (year, rating)."""

    line: int
    code: str
    before: Values | None
    after: Values
    rating_before: str | None = None
    rating: tuple[int, str] | None = None

    @property
    def keys(self) -> list[str]:
        """What changes, in the order of the columns."""
        before = self.before or NOTHING
        return [key for key in NOTHING if before[key] != self.after[key]]

    @property
    def new_rating(self) -> bool:
        return self.rating is not None and self.rating[1] != self.rating_before


@dataclass(frozen=True)
class Plan:
    """What an import would do. With `mistakes` it must not be done."""

    new: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    same: int = 0
    missing: int = 0
    warnings: tuple[Mistake, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def top(self) -> Change | None:
        """The top unit, where the import makes it though the file does not name it."""
        return next((change for change in self.new if change.line == NOT_IN_FILE), None)

    def digest(self) -> str:
        """The same for the same changes: what was seen is what is done."""
        said = [
            [c.code, c.before and dict(c.before), dict(c.after), c.rating_before, c.rating]
            for c in (*self.new, *self.changed)
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def plan(rows: Sequence[Row], known: Iterable[Known], top_code: str, year: int) -> Plan:
    """Check the rows against the known units; the tree may come in any order.

    `top_code`: the top unit where none is known yet and the file has several candidates.
    `year`: the newest year that can have been rated.
    """
    units = {unit.code.casefold(): unit for unit in known}
    mistakes = list(_twice(rows))
    rows = _with_parents(rows, units, top_code.casefold())
    planned = [_change(row, units) for row in rows]
    changes = {change.code.casefold(): change for change in planned}
    for row, change in zip(rows, planned, strict=True):
        mistakes += _row_mistakes(row, change, units.get(row.code.casefold()), year)
    mistakes += _tree_mistakes(changes, units)
    if mistakes:
        return Plan(mistakes=tuple(sorted(set(mistakes))))
    new = tuple(c for c in changes.values() if c.before is None)
    old = [c for c in changes.values() if c.before is not None]
    changed = tuple(c for c in old if c.keys or c.new_rating)
    here = sum(1 for unit in units.values() if not unit.dissolved)
    warnings = tuple(w for c in changes.values() for w in _warnings(c))
    return Plan(new, changed, len(old) - len(changed), here - len(old), warnings)


def top_row(rows: Sequence[Row], known: Iterable[Known], code: str, name: str) -> list[Row]:
    """The organisation itself, where there is no tree yet and the file does not begin one."""
    units = list(known)
    codes = {row.code.casefold() for row in rows} | {unit.code.casefold() for unit in units}
    has_top = any(unit.values["parent"] is None and not unit.dissolved for unit in units)
    if not rows or has_top or code.casefold() in codes:
        return []
    return [Row(NOT_IN_FILE, code, {"name": name, "kind": "federation"})]


def _twice(rows: Sequence[Row]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for row in rows:
        line = first.setdefault(row.code.casefold(), row.line)
        if line != row.line:
            yield Mistake(row.line, "code", f"mã {row.code} đã có ở dòng {line}")


def _with_parents(rows: Sequence[Row], units: Mapping[str, Known], top_code: str) -> Sequence[Row]:
    """New units without a parent go under the top one; parents are named by their full code."""
    names = {row.code.casefold(): row.code for row in rows}
    names |= {key: unit.code for key, unit in units.items()}
    top = _top(rows, units, top_code)
    found = []
    for row in rows:
        given = dict(row.given)
        parent = given.get("parent")
        if parent is not None:
            given["parent"] = names.get(parent.casefold(), parent)
        elif row.code.casefold() not in units and top and row.code.casefold() != top:
            given["parent"] = names[top]
        found.append(Row(row.line, row.code, given))
    return found


def _top(rows: Sequence[Row], units: Mapping[str, Known], top_code: str) -> str | None:
    for key, unit in units.items():
        if unit.values["parent"] is None and not unit.dissolved:
            return key
    orphans = [row.code.casefold() for row in rows if row.given.get("parent") is None]
    if top_code in orphans:
        return top_code
    return orphans[0] if len(orphans) == 1 else None


def _change(row: Row, units: Mapping[str, Known]) -> Change:
    unit = units.get(row.code.casefold())
    before = unit.values if unit else None
    given = {key: value for key, value in row.given.items() if key in NOTHING}
    cleared = {key: NOTHING[key] for key, value in given.items() if value is None}
    rating, year = row.given.get("rating"), row.given.get("rating_year")
    return Change(
        row.line,
        unit.code if unit else row.code,
        before,
        {**(before or NOTHING), **given, **cleared},
        unit.ratings.get(year) if unit and year else None,
        (year, rating) if rating and year else None,
    )


def _row_mistakes(row: Row, change: Change, unit: Known | None, year: int) -> Iterator[Mistake]:
    def wrong(column: str, words: str) -> Mistake:
        return Mistake(row.line, column, words)

    after = change.after
    if unit and unit.dissolved:
        yield wrong("code", f"đơn vị {unit.code} đã giải thể, không cập nhật được")
    if not after["name"]:
        yield wrong("name", "chưa ghi tên đơn vị")
    if after["kind"] is None:
        yield wrong("kind", "chưa ghi loại đơn vị")
    if after["women"] > after["workers"]:
        words = f"lao động nữ ({after['women']}) lớn hơn số lao động ({after['workers']})"
        yield wrong("women", words)
    yield from (wrong(*found) for found in _place_mistakes(after))
    yield from (wrong(*found) for found in _rating_mistakes(row.given, after["kind"], year))


def _place_mistakes(after: Values) -> Iterator[tuple[str, str]]:
    latitude, longitude = after["latitude"], after["longitude"]
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        yield missing, "cần ghi cả vĩ độ và kinh độ"
        return
    if _within(latitude, LONGITUDES) and _within(longitude, LATITUDES):
        yield "latitude", "vĩ độ và kinh độ có lẽ bị đổi chỗ cho nhau"
        return
    if not _within(latitude, LATITUDES):
        yield "latitude", f"{_decimal(latitude)} nằm ngoài lãnh thổ Việt Nam"
    if not _within(longitude, LONGITUDES):
        yield "longitude", f"{_decimal(longitude)} nằm ngoài lãnh thổ Việt Nam"


def _rating_mistakes(given: Values, kind: str | None, year: int) -> Iterator[tuple[str, str]]:
    rating, rated = given.get("rating"), given.get("rating_year")
    if rating and not rated:
        yield "rating_year", "cần ghi năm của xếp loại"
    if rating and kind not in ("site_union", None):
        yield "rating", "chỉ xếp loại CĐCS"
    if rating and rated and not OLDEST_RATING <= rated <= year:
        yield "rating_year", f"năm phải từ {OLDEST_RATING} đến {year}"


def _warnings(change: Change) -> Iterator[Mistake]:
    after = change.after
    if after["members"] > after["workers"]:
        words = f"số đoàn viên ({after['members']}) lớn hơn số lao động ({after['workers']})"
        yield Mistake(change.line, "members", words)
    if change.before is None and after["kind"] == "federation" and after["parent"]:
        yield Mistake(change.line, "parent", f"được đặt trực thuộc {after['parent']}")


def _tree_mistakes(changes: Mapping[str, Change], units: Mapping[str, Known]) -> Iterator[Mistake]:
    tree = {key: _node(unit.values, unit.dissolved) for key, unit in units.items()}
    tree |= {
        key: _node(c.after, tree[key].dissolved if key in tree else False)
        for key, c in changes.items()
    }
    was_top = {key for key, c in changes.items() if c.before and c.before["parent"] is None}
    turned = {key for key, c in changes.items() if c.before and "kind" in c.keys}
    for key, column, words in unit_tree.mistakes(tree, changes.keys(), was_top, turned):
        yield Mistake(changes[key].line, column, words)


def _node(values: Values, dissolved: bool) -> Node:
    parent = values["parent"]
    return Node(values["name"], values["kind"], parent.casefold() if parent else None, dissolved)


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",")
