"""The visits of one officer over the weeks, for their page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, true
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import VisitOrigin, VisitStatus
from storage.models import Unit, Visit, VisitReport
from storage.overview import Above, allowed, below, counted, due

WentThere = tuple[Visit, Unit, VisitReport | None]


def seen_from(paths: Sequence[str] | None) -> ColumnElement[bool]:
    """Visits to sites of these subtrees, or planned under one of their units; None: all."""
    if paths is None:
        return true()
    return or_(below(Unit.path, paths), below(Above.path, paths))


async def visits_of(
    session: AsyncSession,
    officer_id: int,
    condition: ColumnElement[bool],
    limit: int,
    offset: int,
) -> Sequence[WentThere]:
    """(visit, site, the report that counts), the newest week first; `condition`: `seen_from`."""
    rows = await session.exec(
        select(Visit, Unit, VisitReport)
        .join(Unit, col(Unit.id) == col(Visit.site_id))
        .join(Above, col(Above.id) == col(Visit.unit_id))
        .join(
            VisitReport,
            (col(VisitReport.visit_id) == col(Visit.id)) & col(VisitReport.latest),
            isouter=True,
        )
        .where(Visit.officer_id == officer_id, condition)
        .order_by(col(Visit.week).desc(), col(Visit.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return rows.all()


async def tally_of(
    session: AsyncSession, officer_id: int, condition: ColumnElement[bool], first: date
) -> tuple[int, ...]:
    """(due, reported of these, of these late, not possible, missed; allowed not to take place,
    unplanned) since a week."""
    planned = due()
    done = planned & (col(Visit.status) == VisitStatus.REPORTED)
    query: Any = (
        columns(
            counted(planned),
            counted(done),
            counted(done & col(Visit.late)),
            counted(planned & (col(Visit.status) == VisitStatus.EXCUSED)),
            counted(planned & (col(Visit.status) == VisitStatus.MISSED)),
            counted(allowed()),
            counted(col(Visit.origin) == VisitOrigin.UNPLANNED),
            func.count(),
        )
        .select_from(Visit)
        .join(Unit, col(Unit.id) == col(Visit.site_id))
        .join(Above, col(Above.id) == col(Visit.unit_id))
        .where(col(Visit.officer_id) == officer_id, col(Visit.week) >= first, condition)
    )
    return tuple(int(figure) for figure in (await session.exec(query)).one())[:7]
