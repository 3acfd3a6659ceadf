"""Visits whose report is still waited for, and when a leader reminded their officers."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import OPEN_STATUSES, VisitStatus
from storage.models import Person, Unit, Visit, VisitEvent
from storage.overview import Scope, waits_for_excuse, within

NUDGED = "nudged"  # a VisitEvent: a leader reminded the officer of the report
AWAITED = (*OPEN_STATUSES, VisitStatus.MISSED)
"""Still to be reported."""


async def awaited(
    session: AsyncSession, scope: Scope, *, locked: bool = False
) -> Sequence[tuple[Visit, Unit, Person]]:
    """(visit, site, officer) of the reports that are waited for, in the order of the visits; not
    where its officer waits for a leader's word whether they have to go.

    `locked`: the visits are kept from other transactions until this one is over.
    """
    query = within(
        select(Visit, Unit, Person)
        .select_from(Visit)
        .join(Person, col(Person.id) == col(Visit.officer_id)),
        scope,
    )
    query = query.where(col(Visit.status).in_(AWAITED), ~waits_for_excuse()).order_by(col(Visit.id))
    query = query.with_for_update(of=Visit) if locked else query
    rows: Sequence[tuple[Visit, Unit, Person]] = (await session.exec(query)).all()
    return rows


async def last_nudges(
    session: AsyncSession, officer_ids: Collection[int], first_week: date, since: datetime
) -> dict[int, datetime]:
    """Officer -> when they were last reminded since a moment, of visits from `first_week` on.

    A visit that was handed over after its reminder says nothing of who has it now.
    """
    event = VisitEvent
    query: Any = (
        columns(event.id, Visit.officer_id, event.visit_id, event.what, event.at)  # type: ignore[call-overload]
        .join(Visit, col(Visit.id) == col(VisitEvent.visit_id))
        .where(
            col(Visit.officer_id).in_(officer_ids),
            col(Visit.week) >= first_week,
            col(VisitEvent.what).in_((NUDGED, "reassigned")),
            col(VisitEvent.at) >= since,
        )
    )
    rows = await session.exec(query)
    by_visit: dict[int, tuple[int, datetime] | None] = {}
    for _, officer, visit, what, moment in sorted(rows.all()):
        by_visit[visit] = (officer, moment) if what == NUDGED else None
    last: dict[int, datetime] = {}
    for officer, moment in filter(None, by_visit.values()):
        last[officer] = max(moment, last.get(officer, moment))
    return last


async def last_nudge(session: AsyncSession, visit_id: int) -> tuple[str, datetime] | None:
    """Who reminded of this visit last, and when; None: nobody, or it was handed over since."""
    rows = await session.exec(
        select(VisitEvent, Person.name)
        .join(Person, col(Person.id) == col(VisitEvent.actor_id))
        .where(VisitEvent.visit_id == visit_id, col(VisitEvent.what).in_((NUDGED, "reassigned")))
        .order_by(col(VisitEvent.id).desc())
        .limit(1)
    )
    row = rows.first()
    return (row[1], row[0].at) if row and row[0].what == NUDGED else None
