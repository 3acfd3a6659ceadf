"""What the database holds, in the terms of `bot.units.rules.import_plan`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.rules.permissions import given_visits
from bot.core.rules.writing import plain_code
from bot.units.papers.units_file import UnitsFile
from bot.units.rules.import_plan import NOTHING, ImportRow, KnownUnit, Mistake
from storage import importing, people
from storage.enums import Rating
from storage.folding import fold
from storage.models import Cluster, ClusterUnit, Person, Unit, UnitRating

_NAMED = ("kind", "parent", "officer", "cluster", "successor")
_COPIED = tuple(key for key in NOTHING if key not in _NAMED)


@dataclass(frozen=True)
class Facts:
    """The units as rows of the database and as facts for the rules, side by side."""

    units: Sequence[Unit]
    known_units: list[KnownUnit]
    ratings: Sequence[UnitRating]
    clusters: Sequence[Cluster]
    cluster_units: Sequence[ClusterUnit]
    officers: Sequence[Person]

    @property
    def officer_names(self) -> dict[int, str]:
        return {person.id: person.name for person in self.officers if person.id is not None}


async def facts_now(session: AsyncSession, file: UnitsFile, *, locked: bool = False) -> Facts:
    """Everything the list is compared with, in six queries."""
    return await facts_for(session, file.rows, locked=locked)


async def facts_for(
    session: AsyncSession, rows: Iterable[ImportRow], *, locked: bool = False
) -> Facts:
    """The same for rows of a list."""
    years = {year for row in rows if (year := row.cells.get("rating_year"))}
    units = await importing.all_units(session, locked=locked)
    return await _facts(session, units, await importing.ratings_of(session, years))


async def facts_of_all(session: AsyncSession) -> Facts:
    """Everything there is, with the ratings of all years."""
    units = await importing.all_units(session)
    return await _facts(session, units, await importing.all_ratings(session))


async def _facts(
    session: AsyncSession, units: Sequence[Unit], ratings: Sequence[UnitRating]
) -> Facts:
    clusters = await importing.clusters(session)
    in_clusters = await importing.cluster_units(session)
    officers = await _officers(session, units)
    known_units = _known_units(units, ratings, clusters, in_clusters)
    return Facts(units, known_units, ratings, clusters, in_clusters, officers)


async def _officers(session: AsyncSession, units: Sequence[Unit]) -> list[Person]:
    """Those who hold the role now, then those who are in charge of a unit without it."""
    holding = list(await people.holding(session, given_visits()))
    others = {u.officer_id for u in units if u.officer_id} - {person.id for person in holding}
    return [*holding, *(await people.named(session, others)).values()]


def _known_units(
    units: Iterable[Unit],
    ratings: Iterable[UnitRating],
    clusters: Iterable[Cluster],
    in_clusters: Iterable[ClusterUnit],
) -> list[KnownUnit]:
    units = list(units)
    codes = {unit.id: unit.code for unit in units}
    names = {cluster.id: cluster.name for cluster in clusters}
    of_unit: dict[int, list[str]] = defaultdict(list)
    for entry in in_clusters:
        of_unit[entry.unit_id].append(names[entry.cluster_id])
    rated: dict[int, dict[int, Rating]] = defaultdict(dict)
    for rating in ratings:
        rated[rating.unit_id][rating.year] = rating.rating
    known_units = []
    for unit in units:
        values: dict[str, Any] = {
            **{key: getattr(unit, key) for key in _COPIED},
            "kind": unit.kind,
            "parent": codes.get(unit.parent_id),
            "officer": unit.officer_id,
            "successor": codes.get(unit.successor_id),
            "cluster": "; ".join(sorted(of_unit.get(unit.id or 0, ()))),
        }
        known_units.append(KnownUnit(unit.code, values, rated.get(unit.id or 0, {})))
    return known_units


def resolved(rows: Sequence[ImportRow], facts: Facts) -> tuple[list[ImportRow], list[Mistake]]:
    """Names of officers and clusters as what they mean; a name that several have is a mistake.

    Somebody whom nobody knows yet is kept by name: they are in charge once they come in.
    """
    officers = _by_name_and_phone(facts.officers)
    clusters = {fold(cluster.name): cluster.name for cluster in facts.clusters}
    present = {unit.code.casefold(): unit.values["cluster"] for unit in facts.known_units}
    written = {plain_code(unit.code).casefold(): unit.code for unit in facts.known_units}

    def code(text: str) -> str:
        """The code that is meant, whichever alphabet and dash it was typed with."""
        if text.casefold() in present:
            return text
        return written.get(plain_code(text).casefold(), plain_code(text))

    resolved_rows: list[ImportRow] = []
    mistakes: list[Mistake] = []
    for row in rows:
        meant = code(row.code)
        values = dict(row.cells)
        values |= {key: code(values[key]) for key in ("parent", "successor") if values.get(key)}
        if "officer" in values:
            in_words = values["officer"] or ""
            ids = officers.get(person_key(in_words), set()) if in_words else set()
            if len(ids) > 1:
                mistakes.append(Mistake(row.line, "officer", _whom(in_words, len(ids))))
            values["officer"] = next(iter(ids), None)
            values["officer_name"] = "" if ids else in_words[:100]
        if values.get("cluster"):
            name = clusters.setdefault(fold(values["cluster"]), values["cluster"])
            now = present.get(meant.casefold(), "")
            values["cluster"] = now if name in now.split("; ") else name
        resolved_rows.append(ImportRow(row.line, meant, values))
    return resolved_rows, mistakes


def _by_name_and_phone(officers: Iterable[Person]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = defaultdict(set)
    for person in officers:
        ids[fold(person.name)].add(person.id or 0)
        if person.phone:
            ids[person_key(person.phone)].add(person.id or 0)
    return ids


def person_key(words: str) -> str:
    """A phone number by its digits, +84 as 0; anything else as a name."""
    digits = re.sub(r"[\s.()–-]", "", words)
    if re.fullmatch(r"\+?\d{8,15}", digits):
        return re.sub(r"^(\+84|84(?=\d{9}$))", "0", digits)
    return fold(words)


def _whom(words: str, count: int) -> str:
    return f"có {count} cán bộ tên {words}, đề nghị ghi số điện thoại"
