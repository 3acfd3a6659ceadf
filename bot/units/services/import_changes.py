"""Carrying out a checked plan: a few statements for many units, none of them in a loop."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.units.rules.counts import Figures
from bot.units.rules.import_plan import Change, ImportPlan
from bot.units.services import counts
from bot.units.services.counts import NOTHING, Origin
from bot.units.services.import_facts import Facts
from storage import importing, trees
from storage.enums import UnitKind
from storage.folding import fold
from storage.models import Cluster, ClusterUnit, Unit, UnitPast, UnitRating

_ELSEWHERE = ("parent", "cluster", "officer", "successor")


async def make(
    session: AsyncSession, plan: ImportPlan, facts: Facts, origin: Origin, today: date
) -> None:
    """Bring units, paths, ratings and clusters to what the plan says, from `today` on."""
    yesterday = today - timedelta(days=1)
    past = _past(facts, yesterday)  # before the rows change, and these objects with them
    changes = (*plan.new, *plan.changed)
    fresh = {"path": "", "parent_id": None, "known_since": today, **NOTHING}
    new = [{"code": c.code, **fresh, **_columns(c.after)} for c in plan.new]
    await importing.add_many(session, Unit, new)
    ids = await importing.ids_by_code(session)
    await importing.change_units(
        session, [{"id": ids[c.code.casefold()], **_columns(c.after)} for c in plan.changed]
    )
    moved = _moved(changes, ids, facts)
    await importing.change_units(session, moved)
    others = {row["id"] for row in moved}
    others |= {ids[c.code.casefold()] for c in plan.changed if "name" in c.keys}
    await trees.remember(session, [past[key] for key in others if key in past], yesterday)
    await importing.change_units(session, _merged(changes, ids))
    unions = _unions(plan.changed, ids, today)
    await importing.change_units(session, unions)
    await counts.record_many(
        session,
        {ids[c.code.casefold()]: Figures(**{f: c.after[f] for f in NOTHING}) for c in changes},
        {unit.id or 0: unit for unit in facts.units},
        {row["id"] for row in unions if row["union_since"]},
        origin,
    )
    await _rate(session, changes, ids, facts)
    await _cluster(session, changes, ids, facts)


def _past(facts: Facts, last: date) -> dict[int, UnitPast]:
    """What each unit was until that day; without those that came after it."""
    return {
        unit.id or 0: UnitPast(
            unit_id=unit.id or 0,
            parent_id=unit.parent_id,
            path=unit.path,
            name=unit.name,
            last_day=last,
        )
        for unit in facts.units
        if unit.known_since <= last
    }


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a unit, apart from its place in the tree and its figures."""
    columns = {key: value for key, value in values.items() if key not in (*_ELSEWHERE, *NOTHING)}
    return {
        **columns,
        "folded": fold(values["name"]),
        "officer_id": values["officer"],
    }


def _merged(changes: Iterable[Change], ids: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"id": ids[c.code.casefold()], "successor_id": ids[into.casefold()] if into else None}
        for c in changes
        if "successor" in c.keys
        for into in [c.after["successor"]]
    ]


def _unions(changes: Iterable[Change], ids: Mapping[str, int], today: date) -> list[dict[str, Any]]:
    """Enterprises that got their union while we knew them, and those that lost it again."""
    kinds = {UnitKind.ENTERPRISE.value, UnitKind.SITE_UNION.value}
    return [
        {
            "id": ids[c.code.casefold()],
            "union_since": today if c.after["kind"] == UnitKind.SITE_UNION else None,
        }
        for c in changes
        if c.before and {c.before["kind"], c.after["kind"]} == kinds
    ]


def _moved(changes: Iterable[Change], ids: Mapping[str, int], facts: Facts) -> list[dict[str, Any]]:
    """New parents and paths; the units under a moved one get new paths too."""
    before = {unit.id or 0: (unit.parent_id, unit.path) for unit in facts.units}
    parents = {unit: parent for unit, (parent, _) in before.items()}
    for change in changes:
        parent = change.after["parent"]
        parents[ids[change.code.casefold()]] = ids[parent.casefold()] if parent else None
    paths: dict[int | None, str] = {None: "/"}

    def path(unit: int | None) -> str:
        if unit not in paths:
            paths[unit] = f"{path(parents[unit or 0])}{unit}/"
        return paths[unit]

    return [
        {"id": unit, "parent_id": parent, "path": path(unit)}
        for unit, parent in parents.items()
        if before.get(unit) != (parent, path(unit))
    ]


async def _rate(
    session: AsyncSession, changes: Iterable[Change], ids: Mapping[str, int], facts: Facts
) -> None:
    stored_ratings = {(row.unit_id, row.year): row for row in facts.ratings}
    new = []
    for change in changes:
        if change.rating is None or not change.new_rating:
            continue
        unit_id, (year, rating) = ids[change.code.casefold()], change.rating
        if (unit_id, year) in stored_ratings:
            row = stored_ratings[unit_id, year]
            row.rating, row.decided_by, row.decided_at, row.basis = rating, None, None, ""
        else:
            new.append({"unit_id": unit_id, "year": year, "rating": rating})
    await importing.add_many(session, UnitRating, new)


async def _cluster(
    session: AsyncSession, changes: Iterable[Change], ids: Mapping[str, int], facts: Facts
) -> None:
    moved = {
        ids[change.code.casefold()]: change.after["cluster"]
        for change in changes
        if "cluster" in change.keys
    }
    if not moved:
        return
    clusters = {cluster.name: cluster for cluster in facts.clusters}
    for name in sorted(set(moved.values()) - clusters.keys() - {""}):
        clusters[name] = Cluster(name=name)
        session.add(clusters[name])
    for entry in facts.cluster_units:
        if entry.unit_id in moved:
            await session.delete(entry)
    await session.flush()
    new = [
        {"cluster_id": clusters[name].id, "unit_id": unit_id}
        for unit_id, name in moved.items()
        if name
    ]
    await importing.add_many(session, ClusterUnit, new)
