"""What stands at units that are dissolved, each in one query however many units there are."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import (
    CONFIDENTIAL_CATEGORIES,
    CONFIDENTIAL_KINDS,
    OPEN_CASES,
    OPEN_STATUSES,
    PromiseState,
)
from storage.models import Alert, Case, Invitation, Membership, Promise, Unit, Visit

_OPEN_CASE = col(Case.status).in_(OPEN_CASES)
COUNTABLE_CASE = (
    col(Case.category).not_in(CONFIDENTIAL_CATEGORIES)
    & col(Case.kind).not_in(CONFIDENTIAL_KINDS)
    & col(Case.about_id).is_(None)
)
"""Of whose number an administrator may be told, who reads no cases: for one that is to be kept
quiet, that there is one at a unit is too much. It goes along all the same."""
_OPEN_VISIT = col(Visit.status).in_(OPEN_STATUSES)


async def counts(
    session: AsyncSession, unit_ids: Collection[int], week: date
) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """Open cases that may be counted, open visits since a week's Monday, and present roles, by unit
    or site."""
    by_case: Counter[int] = Counter()
    for column in (Case.unit_id, Case.site_id):
        rows = await session.exec(
            select(column, func.count())
            .where(col(column).in_(unit_ids), _OPEN_CASE, COUNTABLE_CASE)
            .group_by(col(column))
        )
        by_case.update({unit: count for unit, count in rows.all() if unit})
    going = await session.exec(
        select(Visit.site_id, Visit.unit_id).where(
            or_(col(Visit.site_id).in_(unit_ids), col(Visit.unit_id).in_(unit_ids)),
            _OPEN_VISIT,
            col(Visit.week) >= week,
        )
    )
    by_visit = Counter(unit for pair in going.all() for unit in set(pair) & set(unit_ids))
    people = await session.exec(
        select(Membership.unit_id, func.count(func.distinct(Membership.person_id)))
        .where(col(Membership.unit_id).in_(unit_ids), col(Membership.ended_at).is_(None))
        .group_by(col(Membership.unit_id))
    )
    return by_case, by_visit, Counter({unit: count for unit, count in people.all() if unit})


async def open_cases(session: AsyncSession, unit_ids: Collection[int]) -> Sequence[Case]:
    """Open cases that one of these units has, is the home of, or is the site of; locked."""
    rows = await session.exec(
        select(Case)
        .where(
            or_(
                col(Case.unit_id).in_(unit_ids),
                col(Case.home_id).in_(unit_ids),
                col(Case.site_id).in_(unit_ids),
            ),
            _OPEN_CASE,
        )
        .order_by(col(Case.id))
        .with_for_update()
    )
    return rows.all()


async def open_visits(
    session: AsyncSession, site_ids: Collection[int], week: date
) -> Sequence[Visit]:
    """Open visits from a week on to these sites, or to sites that lie elsewhere now; locked."""
    rows = await session.exec(
        select(Visit)
        .join(Unit, col(Unit.id) == col(Visit.site_id))
        .where(
            _OPEN_VISIT,
            col(Visit.week) >= week,
            or_(col(Visit.site_id).in_(site_ids), col(Visit.unit_id) != col(Unit.parent_id)),
        )
        .order_by(col(Visit.id))
        .with_for_update(of=Visit)
    )
    return rows.all()


async def taken_keys(session: AsyncSession, keys: Collection[str]) -> set[str]:
    """Which of these keys of visits exist."""
    return set((await session.exec(select(Visit.key).where(col(Visit.key).in_(keys)))).all())


async def roles_at(session: AsyncSession, unit_ids: Collection[int]) -> Sequence[Membership]:
    """Present roles held at exactly these units."""
    rows = await session.exec(
        select(Membership)
        .where(col(Membership.unit_id).in_(unit_ids), col(Membership.ended_at).is_(None))
        .order_by(col(Membership.id))
    )
    return rows.all()


async def redirect(session: AsyncSession, before: int, after: int, now: datetime) -> None:
    """Open invitations into a unit, alerts that are not over, and what is promised at a site and
    not ticked off, are its successor's. Row by row: the journal of the change hears of each."""
    invitations = await session.exec(
        select(Invitation).where(
            col(Invitation.unit_id) == before,
            col(Invitation.used_at).is_(None),
            col(Invitation.revoked_at).is_(None),
            col(Invitation.expires_at) > now,
        )
    )
    for invitation in invitations.all():
        invitation.unit_id = after
    promises = await session.exec(
        select(Promise).where(Promise.site_id == before, Promise.state == PromiseState.OPEN)
    )
    for promise in promises.all():
        promise.site_id = after
    leading = ("unit_id", "site_id", "home_id")
    alerts = await session.exec(
        select(Alert).where(
            or_(*(getattr(Alert, column) == before for column in leading)),
            col(Alert.over_at).is_(None),
        )
    )
    for alert in alerts.all():
        for column in leading:
            if getattr(alert, column) == before:
                setattr(alert, column, after)
