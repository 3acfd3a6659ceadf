"""What one transaction changed, row by row, so that it can be taken back.

A journal hears of rows through the session's own flushes, so whatever follows a change is in it,
whoever wrote it. What goes past the session (statements over many rows) has to be said to it, and
nothing else may: `recorded` refuses such a statement.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Table, delete, event, inspect
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    ClusterUnit,
    OutboxMessage,
    Unit,
    UnitCount,
    UnitPast,
    UnitRating,
    metadata,
)

KEY = "journal"  # in a session's `info`
# New rows that are no part of how things stand: they tell of what happened, and stay.
TAKEN_BACK: tuple[type[SQLModel], ...] = (UnitPast, ClusterUnit, UnitRating)
# What goes on changing by itself: taken back where nothing came in between, and no obstacle.
MOVING = frozenset({"remind_at", "reminded", "updated_at", "level_since", "settle_by"})
# Where a row leads elsewhere, this column has to be as it was left, too.
WITNESSES: Mapping[str, tuple[str, str]] = {"visit": ("site_id", "status")}
PORTION = 500

Key = tuple[Any, ...]
MODELS: Mapping[str, Any] = {
    str(mapper.class_.__tablename__): mapper.class_ for mapper in Unit._sa_registry.mappers
}


@dataclass
class Journal:
    """`changed`: table -> key -> column -> [before, after]; `added`: table -> keys; `removed`:
    table -> rows; `new_units`: their codes. Plain JSON as `dump` gives it.
    """

    changed: dict[str, dict[Key, dict[str, list[Any]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    added: dict[str, list[Key]] = field(default_factory=lambda: defaultdict(list))
    removed: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    new_units: list[str] = field(default_factory=list)

    def note(self, table: str, key: Key, column: str, before: Any, after: Any) -> None:
        """A column of a row is another now; the first value of all counts as the one before."""
        row = self.changed[table][key]
        first = row[column][0] if column in row else plain(before)
        row[column] = [first, plain(after)]

    def note_rows(self, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows that a statement puts in."""
        if table is Unit:
            self.new_units += [row["code"] for row in rows]
        elif table in TAKEN_BACK:
            keys = [column.name for column in inspect(table).primary_key]
            self.added[_name(table)] += [tuple(row[k] for k in keys) for row in rows]

    def note_unit(self, unit: Unit, row: Mapping[str, Any]) -> None:
        """What a statement makes of a unit; one that is new goes as a whole."""
        if unit.code in self.new_units:
            return
        for column, value in row.items():
            if column != "id" and getattr(unit, column) != value:
                self.note("unit", (unit.id,), column, getattr(unit, column), value)

    def dump(self) -> dict[str, Any]:
        """For a JSON column."""
        changed = {
            table: [
                [list(key), others]
                for key, columns in rows.items()
                if (others := {c: pair for c, pair in columns.items() if _matters(table, c, pair)})
            ]
            for table, rows in self.changed.items()
        }
        return {
            "changed": {table: rows for table, rows in changed.items() if rows},
            "added": {table: [list(key) for key in keys] for table, keys in self.added.items()},
            "removed": dict(self.removed),
            "new_units": self.new_units,
        }


@contextmanager
def recorded(session: AsyncSession) -> Iterator[Journal]:
    """Everything that the session changes meanwhile."""
    journal, sync = Journal(), session.sync_session

    def flushed(flushing: Any, _context: Any) -> None:
        for row in flushing.new:
            if type(row) in TAKEN_BACK:
                key = inspect(row).mapper.primary_key_from_instance(row)
                journal.added[_name(type(row))].append(tuple(key))
        for row in flushing.deleted:
            journal.removed[_name(type(row))].append(
                {column: plain(value) for column, value in row.model_dump().items()}
            )
        for row in flushing.dirty:
            if not isinstance(row, OutboxMessage):
                _note_changes(journal, row)

    def executed(state: Any) -> None:
        if (state.is_update or state.is_delete) and not state.execution_options.get(KEY):
            table = state.statement.table.name
            if table != OutboxMessage.__tablename__:
                raise RuntimeError(f"a statement over many rows of {table} goes past the journal")

    session.info[KEY] = journal
    event.listen(sync, "after_flush", flushed)
    event.listen(sync, "do_orm_execute", executed)
    try:
        yield journal
    finally:
        event.remove(sync, "after_flush", flushed)
        event.remove(sync, "do_orm_execute", executed)
        session.info.pop(KEY, None)


def _note_changes(journal: Journal, row: Any) -> None:
    state, table = inspect(row), _name(type(row))
    key = tuple(state.identity)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes():
            before = history.deleted[0] if history.deleted else None
            journal.note(table, key, attribute.key, before, history.added[0])
    leads, witness = WITNESSES.get(table, ("", ""))
    if (
        leads
        and leads in journal.changed[table][key]
        and witness not in journal.changed[table][key]
    ):
        value = getattr(row, witness)
        journal.note(table, key, witness, value, value)


def _matters(table: str, column: str, pair: Sequence[Any]) -> bool:
    return pair[0] != pair[1] or column == WITNESSES.get(table, ("", ""))[1]


def plain(value: Any) -> Any:
    """A column's value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value


def _of_column(model: Any, column: str, value: Any) -> Any:
    return TypeAdapter(model.model_fields[column].annotation).validate_python(value)


def _name(model: type[SQLModel]) -> str:
    return str(model.__tablename__)


@dataclass(frozen=True)
class Obstacle:
    """A row that somebody changed since: nothing can be taken back."""

    table: str
    key: Key
    columns: tuple[str, ...] = ()


async def take_back(session: AsyncSession, before: Mapping[str, Any], at: Any) -> list[Obstacle]:
    """Put everything back as it was, or name what is in the way and change nothing.

    `before`: as `Journal.dump` gave it; `at`: the moment that its counts of sites bear.
    """
    rows = {
        (table, tuple(key)): row
        for table, entries in before["changed"].items()
        for key, row in zip(
            [entry[0] for entry in entries],
            await _rows(session, table, [tuple(entry[0]) for entry in entries]),
            strict=True,
        )
    }
    obstacles, to_set = [], []
    for table, entries in before["changed"].items():
        for key, columns in entries:
            row = rows[table, tuple(key)]
            others = tuple(
                column
                for column, (_, after) in columns.items()
                if row is None or plain(getattr(row, column)) != after
            )
            if row is None or set(others) - MOVING:
                obstacles.append(Obstacle(table, tuple(key), others))
                continue
            to_set += [(row, c, pair[0]) for c, pair in columns.items() if c not in others]
    new_ids = await _ids(session, before["new_units"])
    obstacles += [
        Obstacle("unit", (key,)) for key in await _in_use(session, new_ids, before, set(rows))
    ]
    if obstacles:
        return obstacles
    for row, column, value in to_set:
        setattr(row, column, _of_column(type(row), column, value))
    await session.flush()
    for table, keys in before["added"].items():
        for row in await _rows(session, table, [tuple(key) for key in keys]):
            if row is not None:
                await session.delete(row)
    await session.exec(delete(UnitCount).where(col(UnitCount.at) == at))
    await session.flush()
    for table, removed in before["removed"].items():
        model = MODELS[table]
        session.add_all(
            model(**{column: _of_column(model, column, value) for column, value in row.items()})
            for row in removed
        )
    if new_ids:
        await session.exec(delete(Unit).where(col(Unit.id).in_(new_ids)))
    return []


async def _rows(session: AsyncSession, table: str, keys: Sequence[Key]) -> list[Any]:
    """The rows with these keys in their order; None for one that is not there."""
    model = MODELS[table]
    names = [column.name for column in inspect(model).primary_key]
    by_key: dict[Key, Any] = {}
    for i in range(0, len(keys), PORTION):
        some = {key[0] for key in keys[i : i + PORTION]}
        rows = await session.exec(
            select(model).where(col(getattr(model, names[0])).in_(some)).with_for_update()
        )
        by_key |= {tuple(getattr(row, name) for name in names): row for row in rows.all()}
    return [by_key.get(key) for key in keys]


async def _ids(session: AsyncSession, codes: Sequence[str]) -> set[int]:
    ids: set[int] = set()
    for i in range(0, len(codes), PORTION):
        rows = await session.exec(select(Unit.id).where(col(Unit.code).in_(codes[i : i + PORTION])))
        ids |= {key for key in rows.all() if key is not None}
    return ids


async def _in_use(
    session: AsyncSession,
    new_ids: Collection[int],
    before: Mapping[str, Any],
    put_back: Collection[tuple[str, Key]],
) -> set[int]:
    """Those of the new units that something has to do with now, other than what goes with them."""
    used: set[int] = set()
    if not new_ids:
        return used
    going = {(table, tuple(key)) for table, keys in before["added"].items() for key in keys}
    for table, column in _leading_to_units():
        if table.name == UnitCount.__tablename__:
            continue
        keys = list(table.primary_key.columns)
        rows = await session.exec(
            select(table.c[column], *keys).where(table.c[column].in_(new_ids))
        )
        for unit, *key in rows.all():
            own = table.name == "unit" and key[0] in new_ids
            if not own and not {(table.name, tuple(key))} & {*going, *put_back}:
                used.add(unit)
    return used


def _leading_to_units() -> list[tuple[Table, str]]:
    return [
        (table, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "unit" for key in column.foreign_keys)
    ]
