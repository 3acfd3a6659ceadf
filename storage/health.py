"""How much waits, as far as the database knows: numbers and moments, nobody's ids and no words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import inbox, invariants
from storage.enums import OPEN_CASES, Lane, OutboxState
from storage.models import (
    Case,
    InboxUpdate,
    Membership,
    OutboxMessage,
    Person,
    PersonAddress,
    ScheduleMark,
    StoredFile,
    Unit,
)


@dataclass(frozen=True)
class Backlog:
    """What waits at a moment.

    `due`: messages that should have gone out, by lane; `due_since`: the moment of the oldest.
    `answers`: updates whose answer could not be given yet. `updates`: taken and not over.
    `set_aside`: updates of the last days that were not handled, by why. `overdue`: open cases past
    their day; `ownerless`: those of them that nobody can be reached about.
    """

    due: Mapping[Lane, int]
    due_since: datetime | None
    answers: int
    updates: int
    set_aside: Mapping[str, int]
    overdue: int
    ownerless: int


async def waiting(
    session: AsyncSession, now: datetime, handling: Collection[str], leading: Collection[str]
) -> Backlog:
    """`handling`: roles that may have a case in hand; `leading`: those that lead the handling."""
    lanes = await session.exec(
        select(col(OutboxMessage.lane), func.count(), func.min(col(OutboxMessage.not_before)))
        .where(
            col(OutboxMessage.state).in_((OutboxState.PENDING, OutboxState.SENDING)),
            col(OutboxMessage.not_before) <= now,
        )
        .group_by(col(OutboxMessage.lane))
    )
    rows = lanes.all()
    unanswered = col(InboxUpdate.answered_at).is_(None)
    answers_owed = select(func.count()).where(unanswered, col(InboxUpdate.answer).is_not(None))
    untouched = select(func.count()).where(
        unanswered, col(InboxUpdate.answer).is_(None), col(InboxUpdate.failure) == ""
    )
    late = (col(Case.status).in_(OPEN_CASES), col(Case.settle_by) < now)
    terms = invariants.Terms(now, handling, leading)
    connection = await session.connection()
    return Backlog(
        due={lane: count for lane, count, _ in rows},
        due_since=min((since for _, _, since in rows), default=None),
        answers=(await session.exec(answers_owed)).one(),
        updates=(await session.exec(untouched)).one(),
        set_aside=await inbox.set_aside(session),
        overdue=(await session.exec(select(func.count()).where(*late))).one(),
        ownerless=len(await invariants.without_owner(connection, terms, *late)),
    )


async def try_to_write(session: AsyncSession) -> None:
    """A write that changes nothing. Raises SQLAlchemyError: the database takes none."""
    mark = col(ScheduleMark.name) == "clock"
    await session.exec(update(ScheduleMark).where(mark).values(ran_at=ScheduleMark.ran_at))


async def reached(
    session: AsyncSession, roles: Collection[str], codes: Collection[str] | None = None
) -> tuple[int, int]:
    """(how many, how many of them can be written to) of those who hold one of these roles now: at
    the units with these codes (small letters), or at the top one.
    """
    holds = exists().where(
        col(Membership.person_id) == col(Person.id),
        col(Membership.role).in_(roles),
        col(Membership.ended_at).is_(None),
        col(Membership.unit_id) == col(Unit.id),
        col(Unit.parent_id).is_(None) if codes is None else func.lower(Unit.code).in_(codes),
    )
    address = exists().where(col(PersonAddress.person_id) == col(Person.id))
    rows = await session.exec(select(address & col(Person.blocked_at).is_(None)).where(holds))
    answers = rows.all()
    return len(answers), sum(bool(answer) for answer in answers)


async def copies(session: AsyncSession) -> Sequence[str]:
    """The names of all copies of files that should lie on the disk."""
    rows = await session.exec(
        select(col(StoredFile.sha256)).where(col(StoredFile.sha256).is_not(None)).distinct()
    )
    return [name for name in rows.all() if name]
