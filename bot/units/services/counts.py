"""The one writer of a unit's workers, women and members: its row has the newest count, and every
count stays with its day and its source. Whoever calls has asked for permission.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.rules.calendar import local
from bot.units.rules.counts import Figures, gained
from storage import counts as stored_counts
from storage import importing
from storage.enums import CountSource
from storage.models import Unit, UnitCount

NOTHING = asdict(Figures())
"""The columns of a unit of which nobody has counted anything."""


@dataclass(frozen=True)
class Origin:
    """Whom figures are from. They count from the day of `at` on: papers of earlier periods stay.

    `person_id`: who set them, None for the operator; `visit_id`: whose report said so; `day`: since
    when they count, where that was earlier.
    """

    source: CountSource
    at: datetime
    person_id: int | None = None
    visit_id: int | None = None
    day: date | None = None


def figures_of(unit: Unit) -> Figures:
    """What counts now."""
    return Figures(unit.workers, unit.women, unit.members)


def record(session: AsyncSession, site: Unit, figures: Figures, origin: Origin) -> bool:
    """The figures count from now on; False where they did already."""
    before = figures_of(site)
    if figures == before and origin.source is not CountSource.FOUNDING:
        return False
    site.workers, site.women, site.members = figures.workers, figures.women, figures.members
    founded = site.union_since is not None or origin.source is CountSource.FOUNDING
    new = gained(before, figures, origin.source, founded=founded)
    session.add(UnitCount(**_row(site.id or 0, figures, origin, new)))
    return True


async def take_back_founding(session: AsyncSession, site: Unit) -> bool:
    """The figures are those before the founding, as if nobody had counted then; False where
    something was counted since."""
    latest = list(await stored_counts.newest(session, site.id or 0, 2))
    if not latest or latest[0].source is not CountSource.FOUNDING:
        return False
    before = latest[1] if len(latest) > 1 else None
    row = Figures(before.workers, before.women, before.members) if before else None
    figures = row or Figures(site.workers, site.women, 0)
    site.workers, site.women, site.members = figures.workers, figures.women, figures.members
    await session.delete(latest[0])
    return True


async def record_many(
    session: AsyncSession,
    figures: Mapping[int, Figures],
    before: Mapping[int, Unit],
    founded: Collection[int],
    origin: Origin,
) -> None:
    """The same for many units by id. `before`: those that were known, as they were; `founded`:
    enterprises that have got their union now."""
    rows = []
    for key, now in figures.items():
        unit = before.get(key)
        then = figures_of(unit) if unit else None
        if now == (then or Figures()) and key not in founded:
            continue
        is_founded = key in founded or bool(unit and unit.union_since)
        new = gained(then, now, origin.source, founded=is_founded)
        row = _row(key, now, origin, new)
        rows.append(row | {"source": CountSource.FOUNDING} if key in founded else row)
    await importing.change_units(
        session, [{"id": row["unit_id"]} | {f: row[f] for f in NOTHING} for row in rows]
    )
    await importing.add_many(session, UnitCount, rows)


def _row(unit_id: int, figures: Figures, origin: Origin, new: int) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "day": origin.day or local(origin.at).date(),
        **asdict(figures),
        "gained": new,
        "source": origin.source,
        "person_id": origin.person_id,
        "visit_id": origin.visit_id,
        "at": origin.at,
    }
