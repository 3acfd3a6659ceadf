"""What committees asked for, and how much workers of a site brought."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case as when
from sqlalchemy import func
from sqlmodel import col, not_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cases import OPEN, HiddenCases
from storage.enums import CLOSED_STATUSES, CaseKind
from storage.models import Case, Person


async def written_by(session: AsyncSession, person_id: int, limit: int) -> Sequence[Case]:
    """Cases that a cadre wrote and that are not about themselves, the newest first."""
    rows = await session.exec(
        select(Case)
        .where(
            Case.author_id == person_id,
            col(Case.about_id).is_(None) | (col(Case.about_id) != person_id),
        )
        .order_by(col(Case.id).desc())
        .limit(limit)
    )
    return rows.all()


async def open_at(session: AsyncSession, site_id: int) -> Sequence[tuple[Case, str]]:
    """(request, its author's name) of what cadres asked for there by hand and wait for, the oldest
    first."""
    rows = await session.exec(
        select(Case, Person.name)
        .join(Person, col(Person.id) == col(Case.author_id))
        .where(
            Case.site_id == site_id,
            Case.kind == CaseKind.PROPOSAL,
            col(Case.report_id).is_(None),
            OPEN,
        )
        .order_by(col(Case.id))
    )
    return rows.all()


async def counts_at(
    session: AsyncSession, site_id: int, since: datetime, hidden: HiddenCases
) -> tuple[int, int]:
    """(brought, done) of workers' concerns at a site, the hidden ones left out."""
    done = func.coalesce(func.sum(when((col(Case.status).in_(CLOSED_STATUSES), 1), else_=0)), 0)
    rows = await session.exec(
        select(func.count(), done).where(
            Case.site_id == site_id,
            col(Case.author_id).is_(None),
            col(Case.created_at) >= since,
            not_(hidden.condition()),
        )
    )
    brought, closed = rows.one()
    return int(brought), int(closed)
