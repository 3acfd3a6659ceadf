"""The visits behind the figures of one unit, one by one. What counts: `storage/figures.py`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import VisitKind
from storage.figures import (
    MADE_BY,
    NEWEST,
    DaySpan,
    columns,
    commended,
    concerning,
    fetched,
    values_of,
)
from storage.models import Person, Visit, VisitReport


@dataclass(frozen=True, kw_only=True)
class VisitRow:
    """A visit that counts. `officer_id` went, of `unit_id`; `home_id` is above the site."""

    visit_id: int
    unit_id: int
    home_id: int
    by_leader: bool | None
    site_id: int
    officer_id: int
    officer: str
    day: date
    kind: VisitKind
    workers_met: int
    help_given: str
    commendation: str
    training_needs: str
    commended: int
    results: list[Any]


async def visit_rows(
    session: AsyncSession, days: DaySpan, unit_ids: Collection[int]
) -> list[VisitRow]:
    """Made by these units' people or at their sites, the newest first."""
    query = columns(
        col(Visit.id).label("visit_id"),
        MADE_BY.label("unit_id"),
        col(Visit.unit_id).label("home_id"),
        Visit.by_leader,
        Visit.site_id,
        Visit.officer_id,
        col(Person.name).label("officer"),
        col(VisitReport.visited_on).label("day"),
        VisitReport.kind,
        func.coalesce(VisitReport.workers_met, 0).label("workers_met"),
        VisitReport.help_given,
        VisitReport.commendation,
        VisitReport.training_needs,
        commended(),
        VisitReport.results,
    )
    people = concerning(query, days, unit_ids).join(Person, col(Person.id) == col(Visit.officer_id))
    rows = await fetched(session, people.order_by(*NEWEST))
    return values_of(VisitRow, rows)
