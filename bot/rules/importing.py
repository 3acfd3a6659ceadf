"""A list of units against the organisation as it is: what would change, or what is wrong.

All or nothing: as long as there is one mistake there is nothing to import. A cell that was left
empty changes nothing. Codes are compared without case.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.rules import merging, unit_tree, unit_values
from bot.rules.unit_tree import Node

Values = Mapping[str, Any]

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
    "dissolved_on": None,
    "successor": None,
}
_ENDING = ("dissolved_on", "successor")


@dataclass(frozen=True, order=True)
class Mistake:
    """What is wrong where; `column` is a key, "" when the row as a whole is meant."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class Row:
    """One line of the file. `given`: the filled-in cells; `parent`, `successor` are codes."""

    line: int
    code: str
    given: Values


@dataclass(frozen=True)
class Known:
    """A unit as it is: `values` has the keys of NOTHING, `ratings` year -> rating."""

    code: str
    values: Values
    ratings: Mapping[int, str] = field(default_factory=dict)

    @property
    def dissolved(self) -> bool:
        return self.values["dissolved_on"] is not None


@dataclass(frozen=True)
class Change:
    """One unit before and after; `before` is None for a new one. `rating`: (year, rating).

    `follows`: nothing else changes; it goes along with the unit above it, which was merged.
    """

    line: int
    code: str
    before: Values | None
    after: Values
    rating_before: str | None = None
    rating: tuple[int, str] | None = None
    follows: str = ""  # the code of the dissolved unit that it lay under

    @property
    def ends(self) -> bool:
        """Whether this dissolves a unit, or says anew where a dissolved one went."""
        return self.after["dissolved_on"] is not None and not set(self.keys).isdisjoint(_ENDING)

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

    @property
    def altered(self) -> tuple[Change, ...]:
        """Known units that change otherwise than by an end, theirs or that of the one above."""
        return tuple(c for c in self.changed if not c.ends and not c.follows)

    @property
    def following(self) -> tuple[Change, ...]:
        """Units that only go along with the merged one above them."""
        return tuple(change for change in self.changed if change.follows)

    @property
    def ends(self) -> tuple[Change, ...]:
        """The units that are dissolved or merged."""
        return tuple(change for change in (*self.new, *self.changed) if change.ends)

    def digest(self) -> str:
        """The same for the same changes: what was seen is what is done."""
        said = [
            [c.code, c.before and dict(c.before), dict(c.after), c.rating_before, c.rating]
            for c in (*self.new, *self.changed)
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[
            :16
        ]


def plan(rows: Sequence[Row], known: Iterable[Known], top_code: str, today: date) -> Plan:
    """Check the rows against the known units; the tree may come in any order.

    `top_code`: the top unit where none is known yet and the file has several candidates.
    `today`: no rating and no end of a unit can be newer.
    """
    units = {unit.code.casefold(): unit for unit in known}
    mistakes = list(_twice(rows))
    rows = _with_parents(rows, units, top_code.casefold())
    planned = [_change(row, units) for row in rows]
    changes = {change.code.casefold(): change for change in planned}
    for row, change in zip(rows, planned, strict=True):
        mistakes += _row_mistakes(row, change, units.get(row.code.casefold()), today.year)
    changes |= _following(rows, changes, units)
    mistakes += _tree_mistakes(changes, units, today)
    if mistakes:
        return Plan(mistakes=tuple(sorted(set(mistakes))))
    new = tuple(c for c in changes.values() if c.before is None)
    old = [c for c in changes.values() if c.before is not None]
    changed = tuple(c for c in old if c.keys or c.new_rating)
    named = {row.code.casefold() for row in rows}
    missing = sum(1 for key, unit in units.items() if key not in named and not unit.dissolved)
    warnings = tuple(w for c in changes.values() for w in _warnings(c))
    return Plan(new, changed, len(old) - len(changed), missing, warnings)


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
    """New units without a parent go under the top one; others are named by their full code."""
    names = {row.code.casefold(): row.code for row in rows}
    names |= {key: unit.code for key, unit in units.items()}
    top = _top(rows, units, top_code)
    found = []
    for row in rows:
        given = dict(row.given)
        if into := given.get("successor"):
            given["successor"] = names.get(into.casefold(), into)
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
    if "dissolved_on" in cleared:
        cleared["successor"] = None  # a unit that lives again was merged into none
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
    gone = unit is not None and unit.dissolved and after["dissolved_on"] is not None
    if gone and (change.new_rating or not set(change.keys) <= set(_ENDING)):
        yield wrong("code", f"đơn vị {change.code} đã giải thể, không cập nhật được")
    if not after["name"]:
        yield wrong("name", "chưa ghi tên đơn vị")
    if after["kind"] is None:
        yield wrong("kind", "chưa ghi loại đơn vị")
    yield from (wrong(*found) for found in unit_values.count_mistakes(after))
    yield from (wrong(*found) for found in unit_values.place_mistakes(after))
    yield from (
        wrong(*found) for found in unit_values.rating_mistakes(row.given, after["kind"], year)
    )


def _warnings(change: Change) -> Iterator[Mistake]:
    after = change.after
    if after["members"] > after["workers"]:
        words = f"số đoàn viên ({after['members']}) lớn hơn số lao động ({after['workers']})"
        yield Mistake(change.line, "members", words)
    if change.before is None and after["kind"] == "federation" and after["parent"]:
        yield Mistake(change.line, "parent", f"được đặt trực thuộc {after['parent']}")


def _following(
    rows: Sequence[Row], changes: Mapping[str, Change], units: Mapping[str, Known]
) -> dict[str, Change]:
    """What lies under a unit that is merged goes to its successor, unless the file says where.

    A list that was written out and edited still names the old parent in every row: that is no
    other place to go to.
    """
    placed = {row.code.casefold() for row in rows if _placed(row, units.get(row.code.casefold()))}
    codes = {key: unit.code for key, unit in units.items()}
    codes |= {key: change.code for key, change in changes.items()}
    found = {}
    for key, gone, into in merging.followers(_tree(changes, units), placed):
        moved = {"parent": codes[into]}
        if change := changes.get(key):
            along = codes[gone] if not change.keys and not change.new_rating else ""
            found[key] = replace(change, after={**change.after, **moved}, follows=along)
        elif gone in changes:
            line, before = changes[gone].line, units[key].values
            after = {**before, **moved}
            found[key] = Change(line, codes[key], before, after, follows=codes[gone])
    return found


def _placed(row: Row, unit: Known | None) -> bool:
    """Whether the row moves the unit, or sets a new one somewhere."""
    parent = row.given.get("parent")
    return parent is not None and (unit is None or parent != unit.values["parent"])


def _tree_mistakes(
    changes: Mapping[str, Change], units: Mapping[str, Known], today: date
) -> list[Mistake]:
    tree = _tree(changes, units)
    was_top = {key for key, c in changes.items() if c.before and c.before["parent"] is None}
    turned = {key for key, c in changes.items() if c.before and "kind" in c.keys}
    wrong = (
        *unit_tree.mistakes(tree, changes.keys(), was_top, turned),
        *merging.mistakes(tree, changes.keys(), today),
    )
    return [Mistake(changes[key].line, column, words) for key, column, words in wrong]


def _tree(changes: Mapping[str, Change], units: Mapping[str, Known]) -> dict[str, Node]:
    tree = {key: _node(unit.values) for key, unit in units.items()}
    return tree | {key: _node(change.after) for key, change in changes.items()}


def _node(values: Values) -> Node:
    parent, into = ((values[key] or "").casefold() or None for key in ("parent", "successor"))
    return Node(values["name"], values["kind"], parent, values["dissolved_on"], into)
