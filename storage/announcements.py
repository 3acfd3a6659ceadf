"""What leaders wrote to many: whom it is for, how far it has got, who did not get it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, update
from sqlmodel import col, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import OutboxState, UnitKind
from storage.folding import name_order, person_order
from storage.models import (
    Announcement,
    ClusterUnit,
    Membership,
    OutboxMessage,
    Person,
    Unit,
)
from storage.store import OWED
from storage.units import below

_WAITING = (OutboxState.PENDING, OutboxState.SENDING)


def subject_of(announcement_id: int) -> str:
    """What the messages of an announcement have in common in the outbox."""
    return f"announcement:{announcement_id}"


def answers_to(announcement_id: int) -> str:
    """The same of what its readers answered."""
    return f"answer:{announcement_id}"


def key_of(announcement_id: int, person_id: int) -> str:
    """The one message of an announcement to a person."""
    return f"announcement:{announcement_id}:{person_id}"


async def get_locked(session: AsyncSession, announcement_id: int) -> Announcement | None:
    return await session.get(Announcement, announcement_id, with_for_update=True)


async def readers(
    session: AsyncSession, path: str, roles: Collection[str], *, with_clusters: bool
) -> Sequence[Person]:
    """Everybody who holds one of these roles within the subtree, by name; `with_clusters`: over a
    cluster too, whose units lie there.
    """
    within: ColumnElement[bool] = col(Membership.unit_id).in_(select(Unit.id).where(below([path])))
    if with_clusters:
        reaching = (
            select(ClusterUnit.cluster_id)
            .join(Unit, col(Unit.id) == col(ClusterUnit.unit_id))
            .where(below([path]))
        )
        within = or_(within, col(Membership.cluster_id).in_(reaching))
    holding = select(Membership.person_id).where(
        col(Membership.role).in_(roles), col(Membership.ended_at).is_(None), within
    )
    rows = await session.exec(select(Person).where(col(Person.id).in_(holding)))
    return sorted(rows.all(), key=lambda person: (person_order(person.name), person.id or 0))


async def without_a_reader(
    session: AsyncSession, path: str, kind: UnitKind, roles: Collection[str]
) -> Sequence[Unit]:
    """The units of a kind in the subtree where nobody holds one of these roles, by name."""
    holding = exists().where(
        col(Membership.unit_id) == col(Unit.id),
        col(Membership.role).in_(roles),
        col(Membership.ended_at).is_(None),
    )
    rows = await session.exec(
        select(Unit)
        .where(below([path]), Unit.kind == kind, col(Unit.dissolved_on).is_(None), ~holding)
        .order_by(col(Unit.id))
    )
    return sorted(rows.all(), key=lambda unit: name_order(unit.name))


async def progress(session: AsyncSession, announcement_id: int) -> dict[OutboxState, int]:
    """How many of its messages stand where."""
    rows = await session.exec(
        select(col(OutboxMessage.state), func.count())
        .where(OutboxMessage.subject == subject_of(announcement_id))
        .group_by(col(OutboxMessage.state))
    )
    return dict(rows.all())


async def errors(session: AsyncSession, announcement_id: int) -> dict[str, int]:
    """How many did not get it, by the kind of the last error; empty: it waited too long."""
    rows = await session.exec(
        select(col(OutboxMessage.error), func.count())
        .where(
            OutboxMessage.subject == subject_of(announcement_id),
            OutboxMessage.state == OutboxState.UNDELIVERABLE,
        )
        .group_by(col(OutboxMessage.error))
    )
    return dict(rows.all())


async def unreached(
    session: AsyncSession, announcement_id: int
) -> Sequence[tuple[Person, OutboxState, str]]:
    """(person, where the message stands, last error) of everybody who does not have it, by name."""
    rows = await session.exec(
        select(Person, col(OutboxMessage.state), col(OutboxMessage.error))
        .join(OutboxMessage, col(OutboxMessage.person_id) == col(Person.id))
        .where(
            OutboxMessage.subject == subject_of(announcement_id),
            col(OutboxMessage.state) != OutboxState.SENT,
        )
    )
    return sorted(rows.all(), key=lambda row: (person_order(row[0].name), row[0].id or 0))


async def count_answers(session: AsyncSession, announcement_id: int) -> int:
    """How many answers its readers wrote."""
    rows = await session.exec(
        select(func.count())
        .select_from(OutboxMessage)
        .where(OutboxMessage.subject == answers_to(announcement_id))
    )
    return rows.one()


async def next_moment(session: AsyncSession, announcement_id: int) -> datetime | None:
    """The earliest at which one of its messages may go out; None: none is left."""
    rows = await session.exec(
        select(func.min(func.coalesce(OutboxMessage.retry_at, OutboxMessage.not_before))).where(
            OutboxMessage.subject == subject_of(announcement_id),
            col(OutboxMessage.state).in_(_WAITING),
        )
    )
    moment: datetime | None = rows.one()
    return moment


async def hold(session: AsyncSession, announcement_id: int) -> None:
    """What has not gone out waits. What is on its way already arrives."""
    await _move(session, announcement_id, OutboxState.PENDING, state=OutboxState.HELD)


async def release(session: AsyncSession, announcement_id: int, moment: datetime) -> None:
    """What was held goes out from this moment on, and has as long for it as at first; not to
    those who hold no role any more.
    """
    holding = select(Membership.person_id).where(col(Membership.ended_at).is_(None))
    await session.exec(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.subject) == subject_of(announcement_id),
            col(OutboxMessage.state) == OutboxState.HELD,
            col(OutboxMessage.person_id).not_in(holding),
        )
        .values(state=OutboxState.CANCELLED)
    )
    session.info[OWED] = True
    await _move(
        session,
        announcement_id,
        OutboxState.HELD,
        state=OutboxState.PENDING,
        not_before=moment,
        retry_at=None,
    )


async def _move(
    session: AsyncSession, announcement_id: int, before: OutboxState, **values: object
) -> None:
    await session.exec(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.subject) == subject_of(announcement_id),
            col(OutboxMessage.state) == before,
        )
        .values(**values)
    )


async def latest(
    session: AsyncSession, author_id: int, paths: Sequence[str], limit: int
) -> Sequence[tuple[Announcement, Unit]]:
    """Somebody's own and those to units in these subtrees, the newest first."""
    rows = await session.exec(
        select(Announcement, Unit)
        .join(Unit, col(Unit.id) == col(Announcement.unit_id))
        .where(or_(col(Announcement.author_id) == author_id, below(paths) if paths else false()))
        .order_by(col(Announcement.id).desc())
        .limit(limit)
    )
    return rows.all()


async def received(
    session: AsyncSession, person_id: int, announcement_id: int
) -> Announcement | None:
    """An announcement that went out to this person."""
    rows = await session.exec(
        select(Announcement)
        .join(
            OutboxMessage,
            col(OutboxMessage.dedupe_key) == key_of(announcement_id, person_id),
        )
        .where(
            Announcement.id == announcement_id,
            OutboxMessage.person_id == person_id,
            OutboxMessage.state == OutboxState.SENT,
        )
    )
    return rows.first()


async def last_received(session: AsyncSession, person_id: int, since: datetime) -> int | None:
    """The newest announcement that went out to this person since then."""
    rows = await session.exec(
        select(OutboxMessage.subject)
        .where(
            OutboxMessage.person_id == person_id,
            col(OutboxMessage.subject).startswith("announcement:"),
            OutboxMessage.state == OutboxState.SENT,
            col(OutboxMessage.sent_at) >= since,
        )
        .order_by(col(OutboxMessage.id).desc())
        .limit(1)
    )
    subject = rows.first()
    return int(subject.partition(":")[2]) if subject else None
