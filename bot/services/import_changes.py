"""Carrying out a checked plan: a few statements for many units, none of them in a loop."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.rules.importing import Change, Plan
from bot.services.import_facts import Facts
from storage.folding import fold
from storage.models import Cluster, ClusterUnit, Rating, Unit, UnitKind, UnitRating


async def make(session: AsyncSession, plan: Plan, facts: Facts, today: date) -> None:
    """Bring units, paths, ratings and clusters to what the plan says."""
    units = {unit.code.casefold(): unit for unit in facts.units}
    changes = (*plan.new, *plan.changed)
    for change in plan.new:
        unit = units[change.code.casefold()] = Unit(
            code=change.code, name="", folded="", kind=UnitKind.UPPER, known_since=today
        )
        _fill(unit, change.after)
        session.add(unit)
    for change in plan.changed:
        _fill(units[change.code.casefold()], change.after)
    await session.flush()  # new units get their ids here, all in one statement
    for change in changes:
        parent = change.after["parent"]
        units[change.code.casefold()].parent_id = units[parent.casefold()].id if parent else None
    _set_paths(units.values())
    _rate(session, changes, units, facts)
    await _cluster(session, changes, units, facts)


def _fill(unit: Unit, values: Mapping[str, Any]) -> None:
    wanted = {key: value for key, value in values.items() if key not in ("parent", "cluster")}
    wanted["officer_id"] = wanted.pop("officer")
    wanted["kind"] = UnitKind(wanted["kind"])
    wanted["folded"] = fold(values["name"])
    for key, value in wanted.items():
        if getattr(unit, key) != value:  # an unchanged row needs no statement
            setattr(unit, key, value)


def _set_paths(units: Iterable[Unit]) -> None:
    """Every path from its parents; those of units under a moved one change too."""
    by_id = {unit.id: unit for unit in units}
    paths: dict[int | None, str] = {None: "/"}

    def path(unit: Unit) -> str:
        if unit.id not in paths:
            above = by_id.get(unit.parent_id)
            paths[unit.id] = f"{path(above) if above else '/'}{unit.id}/"
        return paths[unit.id]

    for unit in by_id.values():
        if unit.path != path(unit):
            unit.path = path(unit)


def _rate(
    session: AsyncSession, changes: Iterable[Change], units: Mapping[str, Unit], facts: Facts
) -> None:
    known = {(rating.unit_id, rating.year): rating for rating in facts.ratings}
    for change in changes:
        if change.rating is None or not change.new_rating:
            continue
        unit_id, (year, words) = units[change.code.casefold()].id or 0, change.rating
        if (unit_id, year) in known:
            known[unit_id, year].rating = Rating(words)
        else:
            session.add(UnitRating(unit_id=unit_id, year=year, rating=Rating(words)))


async def _cluster(
    session: AsyncSession, changes: Iterable[Change], units: Mapping[str, Unit], facts: Facts
) -> None:
    moved = {
        units[change.code.casefold()].id or 0: change.after["cluster"]
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
    session.add_all(
        ClusterUnit(cluster_id=clusters[name].id or 0, unit_id=unit_id)
        for unit_id, name in moved.items()
        if name
    )
