"""Invitation links: found by their hash, listed while they are open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import SITE_KINDS, UnitKind
from storage.folding import name_order
from storage.models import Cluster, Invitation, Membership, Unit
from storage.units import below

Row = tuple[Invitation, Unit | None, Cluster | None]


async def by_hash_locked(session: AsyncSession, code_hash: str) -> Invitation | None:
    """The invitation of a link, kept from other transactions: one of two people gets it."""
    rows = await session.exec(
        select(Invitation).where(Invitation.code_hash == code_hash).with_for_update()
    )
    return rows.first()


async def get_locked(session: AsyncSession, invitation_id: int) -> Invitation | None:
    return await session.get(Invitation, invitation_id, with_for_update=True)


async def revoke_at(session: AsyncSession, unit_id: int, now: datetime) -> None:
    """Make the links into roles at this unit useless."""
    await session.exec(
        update(Invitation)
        .where(
            col(Invitation.unit_id) == unit_id,
            col(Invitation.used_at).is_(None),
            col(Invitation.revoked_at).is_(None),
        )
        .values(revoked_at=now)
    )


async def forget_names(session: AsyncSession, before: datetime) -> None:
    """The names of who was meant by links that nobody can use any more since this moment."""
    useless = or_(col(Invitation.expires_at) < before, col(Invitation.revoked_at) < before)
    await session.exec(
        update(Invitation).where(useless, col(Invitation.name) != "").values(name="")
    )


async def open_below(
    session: AsyncSession, paths: Sequence[str], clusters: bool, now: datetime
) -> Sequence[Row]:
    """Invitations that can still be used, of units in these subtrees; the newest first."""
    where = below(paths)
    if clusters:
        where = or_(where, col(Invitation.cluster_id).is_not(None))
    rows = await session.exec(
        select(Invitation, Unit, Cluster)
        .join(Unit, col(Unit.id) == col(Invitation.unit_id), isouter=True)
        .join(Cluster, col(Cluster.id) == col(Invitation.cluster_id), isouter=True)
        .where(
            where,
            col(Invitation.used_at).is_(None),
            col(Invitation.revoked_at).is_(None),
            col(Invitation.expires_at) > now,
        )
        .order_by(col(Invitation.created_at).desc(), col(Invitation.id).desc())
    )
    return rows.all()


async def membership(
    session: AsyncSession, person_id: int, invitation: Invitation
) -> Membership | None:
    """The same role at the same place, if the person holds it now."""
    rows = await session.exec(
        select(Membership).where(
            Membership.person_id == person_id,
            Membership.role == invitation.role,
            col(Membership.unit_id).is_not_distinct_from(invitation.unit_id),
            col(Membership.cluster_id).is_not_distinct_from(invitation.cluster_id),
            col(Membership.ended_at).is_(None),
        )
    )
    return rows.first()


async def cluster_named(session: AsyncSession, name: str) -> Cluster | None:
    rows = await session.exec(select(Cluster).where(Cluster.name == name))
    return rows.first()


async def root(session: AsyncSession, code: str) -> Unit | None:
    """The top of the tree: the configured unit, else the first one without a parent."""
    units = await session.exec(select(Unit).where(Unit.code == code))
    if unit := units.first():
        return unit
    units = await session.exec(
        select(Unit).where(col(Unit.parent_id).is_(None)).order_by(col(Unit.id)).limit(1)
    )
    return units.first()


async def units_below(
    session: AsyncSession, paths: Sequence[str], *, sites: bool
) -> list[tuple[int, str, str]]:
    """(id, name, folded name): the CĐCS of these subtrees, or the units above sites."""
    kind = col(Unit.kind)
    rows = await session.exec(
        select(Unit.id, Unit.name, Unit.folded)
        .where(
            below(paths),
            col(Unit.dissolved_on).is_(None),
            kind == UnitKind.SITE_UNION if sites else kind.not_in(SITE_KINDS),
        )
        .order_by(func.length(Unit.path), col(Unit.id))
    )
    units = [(key, name, folded) for key, name, folded in rows.all() if key is not None]
    return sorted(units, key=lambda unit: name_order(unit[1])) if sites else units


async def clusters(session: AsyncSession) -> Sequence[Cluster]:
    rows = await session.exec(select(Cluster).order_by(col(Cluster.id)))
    return sorted(rows.all(), key=lambda cluster: name_order(cluster.name))
