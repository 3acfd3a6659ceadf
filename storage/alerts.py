"""Alerts and the short reports on them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Alert, Case, QuickReport, Unit
from storage.units import below

ONE_EVENT = timedelta(days=7)  # alerts further apart are about something else

NOT_OVER = col(Alert.over_at).is_(None)


async def one_at_a_time(session: AsyncSession, unit_id: int) -> None:
    """Let cases of one upper union be considered one after another, so that one event alerts once.

    Weaker than a full lock of the row: that would wait for everybody who merely refers to it.
    """
    await session.exec(select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True))


async def cases_since(
    session: AsyncSession, home_id: int, site_id: int | None, since: datetime
) -> Sequence[Case]:
    """Cases of the zone and of the site, the oldest first."""
    rows = await session.exec(
        select(Case)
        .where(
            col(Case.created_at) >= since,
            or_(
                Case.home_id == home_id,
                col(Case.site_id).is_not(None) & (col(Case.site_id) == site_id),
            ),
        )
        .order_by(col(Case.id))
    )
    return rows.all()


async def last_open(session: AsyncSession, key: str) -> Alert | None:
    """The newest alert of a cluster that is not over."""
    rows = await session.exec(
        select(Alert)
        .where(Alert.key == key, col(Alert.over_at).is_(None))
        .order_by(col(Alert.at).desc(), col(Alert.id).desc())
        .limit(1)
    )
    return rows.first()


async def raised_by_case(session: AsyncSession, case_id: int) -> Alert | None:
    """The newest alert that a case has raised."""
    rows = await session.exec(
        select(Alert).where(Alert.case_id == case_id).order_by(col(Alert.id).desc()).limit(1)
    )
    return rows.first()


async def all_open(session: AsyncSession, site_id: int | None = None) -> Sequence[Alert]:
    """Alerts that are not over, of a site alone where one is named; the newest last."""
    query = select(Alert).where(col(Alert.over_at).is_(None))
    if site_id is not None:
        query = query.where(Alert.site_id == site_id)
    rows = await session.exec(query.order_by(col(Alert.at), col(Alert.id)))
    return rows.all()


async def count_open(session: AsyncSession, paths: Collection[str]) -> int:
    """Events at these units whose alerts are not over, without those about a cadre."""
    rows = await session.exec(
        select(func.count(func.distinct(Alert.key)))
        .join(Unit, col(Unit.id) == col(Alert.unit_id))
        .join(Case, col(Case.id) == col(Alert.case_id), isouter=True)
        .where(NOT_OVER, below(paths), col(Case.about_id).is_(None))
    )
    return rows.one()


async def judged_wrong(session: AsyncSession, most: int) -> Sequence[Alert]:
    """Alerts that somebody said were none, the newest first."""
    rows = await session.exec(
        select(Alert)
        .where(col(Alert.wrong_at).is_not(None))
        .order_by(col(Alert.at).desc(), col(Alert.id).desc())
        .limit(most)
    )
    return rows.all()


async def get_locked(session: AsyncSession, alert_id: int) -> Alert | None:
    """The alert, kept from other transactions until this one is over."""
    return await session.get(Alert, alert_id, with_for_update=True) if alert_id < 2**31 else None


async def of_event(session: AsyncSession, alert: Alert) -> Sequence[Alert]:
    """The alerts about one event: an alert is told again when it grows."""
    return [other for other in await _of_keys(session, [alert]) if _same_event(other, alert)]


async def reports_on(
    session: AsyncSession, alerts: Collection[Alert]
) -> dict[int, list[QuickReport]]:
    """Alert -> the short reports on its event, in order; two queries however many there are."""
    among = await _of_keys(session, alerts)
    events = {a.id or 0: {other.id for other in among if _same_event(other, a)} for a in alerts}
    wanted = set[int | None]().union(*events.values())
    if not wanted:
        return {key: [] for key in events}
    rows = await session.exec(
        select(QuickReport)
        .where(col(QuickReport.alert_id).in_(wanted))
        .order_by(col(QuickReport.id))
    )
    reports = rows.all()
    return {
        key: [report for report in reports if report.alert_id in event]
        for key, event in events.items()
    }


async def _of_keys(session: AsyncSession, alerts: Collection[Alert]) -> Sequence[Alert]:
    """The alerts of the same clusters around the same days, the newest last."""
    if not alerts:
        return []
    rows = await session.exec(
        select(Alert)
        .where(
            col(Alert.key).in_({alert.key for alert in alerts}),
            col(Alert.at) >= min(alert.at for alert in alerts) - ONE_EVENT,
            col(Alert.at) <= max(alert.at for alert in alerts) + ONE_EVENT,
        )
        .order_by(col(Alert.at), col(Alert.id))
    )
    return rows.all()


def _same_event(alert: Alert, other: Alert) -> bool:
    """Not far apart, and both not over or over at the same moment."""
    return (alert.key, alert.over_at) == (other.key, other.over_at) and abs(
        alert.at - other.at
    ) <= ONE_EVENT
