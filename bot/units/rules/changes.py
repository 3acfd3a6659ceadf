"""What a change of the organisation means in terms of the list of units, and how it is kept.

A change is a few rows of a list, so that whatever holds for a list that is imported holds for it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from bot.units.rules.import_plan import Change, ImportPlan, ImportRow, KnownUnit
from storage.enums import Rating, UnitKind

STRUCTURAL = frozenset({"name", "parent", "dissolved_on", "successor"})
"""Columns whose change everybody concerned hears of."""
_APART = re.compile(r"[\n,;]+")


def renamed(code: str, name: str) -> list[ImportRow]:
    """A unit with another name."""
    return [ImportRow(1, code, {"name": name})]


def moved(codes: Sequence[str], into: str) -> list[ImportRow]:
    """Units below another one than before."""
    return [ImportRow(n, code, {"parent": into}) for n, code in enumerate(codes, 1)]


def merged(code: str, into: str, day: date) -> list[ImportRow]:
    """A unit that is part of another from a day on."""
    return [ImportRow(1, code, {"dissolved_on": day, "successor": into})]


def dissolved(code: str, day: date, below: Sequence[str], into: str) -> list[ImportRow]:
    """A unit that is no more from a day on; what lay below it goes to `into`."""
    return [ImportRow(1, code, {"dissolved_on": day}), *moved(below, into)]


def split(unit: KnownUnit, code: str, name: str, along: Sequence[str]) -> list[ImportRow]:
    """A new unit beside another, of its kind, with some of what lies below that."""
    cells = {"name": name, "kind": unit.values["kind"], "parent": unit.values["parent"]}
    level = {"level_name": unit.values["level_name"]} if unit.values["level_name"] else {}
    return [ImportRow(1, code, {**cells, **level}), *moved(along, code)]


def named_codes(words: str) -> list[str]:
    """The codes that somebody wrote, one a line or apart by commas, each once."""
    written = (part.strip() for part in _APART.split(words))
    return list(dict.fromkeys(part for part in written if part))


def structural(plan: ImportPlan) -> list[Change]:
    """The known units whose place, name or existence changes."""
    return [change for change in plan.changed if STRUCTURAL & set(change.keys)]


def as_json(rows: Iterable[ImportRow]) -> list[list[Any]]:
    """Rows as a JSON column holds them."""
    return [[row.line, row.code, {k: _plain(v) for k, v in row.cells.items()}] for row in rows]


def from_json(rows: Iterable[Sequence[Any]]) -> list[ImportRow]:
    """The same back."""
    return [
        ImportRow(line, code, {key: _value(key, value) for key, value in cells.items()})
        for line, code, cells in rows
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


_READ: Mapping[str, Any] = {
    "kind": UnitKind,
    "rating": Rating,
    "dissolved_on": date.fromisoformat,
}


def _value(key: str, value: Any) -> Any:
    return value if value is None or key not in _READ else _READ[key](value)
