"""Moments that lie ahead because the clock did: brought back, so that they hold up nothing."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    Table,
    and_,
    cast,
    delete,
    exists,
    func,
    or_,
    update,
)
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import Lane, OutboxState, PromiseState, SummaryState, VisitStatus
from storage.models import (
    Alert,
    Case,
    GroupChat,
    InboxUpdate,
    Invitation,
    Obligation,
    OutboxMessage,
    Promise,
    ScheduleMark,
    StoredFile,
    Summary,
    Tally,
    Visit,
    VisitEvent,
    WebLink,
    WebSession,
    metadata,
)
from storage.types import UtcDateTime

# Columns that rightly hold moments to come. Every other one tells of something that has happened.
MAY_LIE_AHEAD = frozenset(
    {
        *("outbox_message.not_before", "outbox_message.retry_at", "stored_file.retry_at"),
        "invitation.expires_at",
        "group_chat.expires_at",
        "address_code.expires_at",  # half an hour after a code was made; it is asked for anew
        *("web_link.expires_at", "web_session.ends_at"),
        "case.settle_by",
        *(f"{table.name}.remind_at" for table in metadata.sorted_tables if "remind_at" in table.c),
    }
)
# What was counted from a moment ahead goes back as far as that moment.
_COUNTED: tuple[tuple[type[Any], str, str], ...] = (
    (Alert, "at", "remind_at"),
    (Case, "clock_from", "settle_by"),
    (Invitation, "created_at", "expires_at"),
    (GroupChat, "created_at", "expires_at"),
    (WebLink, "created_at", "expires_at"),
    (WebSession, "began_at", "ends_at"),
)


async def anything(session: AsyncSession, limit: datetime) -> bool:
    """Whether anything was taken, owed or run after `limit`."""
    signs = (ScheduleMark.ran_at, InboxUpdate.received_at, OutboxMessage.created_at)
    later = or_(*(exists().where(col(sign) > limit) for sign in signs))
    return bool((await session.exec(select(later))).one())


async def latest(session: AsyncSession) -> datetime | None:
    """When the program last took, owed or ran anything, as far as it kept it; None: never."""
    signs = (ScheduleMark.ran_at, InboxUpdate.received_at, OutboxMessage.created_at)
    moments_seen = [(await session.exec(select(func.max(col(sign))))).one() for sign in signs]
    return max((moment for moment in moments_seen if moment), default=None)


async def bring_back(session: AsyncSession, now: datetime, may_speak_at: datetime) -> None:
    """Nothing that happened lies after `now`; what waits is looked at again at once.

    Messages wait for `may_speak_at`, urgent ones for nothing.
    """
    await _reopen_missed(session, now)
    await _remind_anew(session, now)
    for model, since, until in _COUNTED:
        rows = await session.exec(select(model).where(col(getattr(model, since)) > now))
        for row in rows.all():
            if counted := getattr(row, until):
                setattr(row, until, now + (counted - getattr(row, since)))
            setattr(row, since, now)
    await session.flush()
    await _messages(session, now, may_speak_at)
    await session.exec(delete(Tally).where(col(Tally.since) > now))
    await session.exec(delete(ScheduleMark).where(col(ScheduleMark.ran_at) > now))
    for put_off in (StoredFile, OutboxMessage):
        await session.exec(update(put_off).where(col(put_off.retry_at) > now).values(retry_at=now))
    for table, column in moments():
        name = f"{table.name}.{column.name}"
        again = column.name == "remind_at" and table.name != "alert"  # each is reckoned anew
        if again or name not in MAY_LIE_AHEAD:
            await session.exec(update(table).where(column > now).values({column.name: now}))


def moments() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that holds a moment."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, UtcDateTime):
                yield table, column


async def _messages(session: AsyncSession, now: datetime, may_speak_at: datetime) -> None:
    """Those owed ahead of now, and those put off after a failed attempt. A reminder owed ahead came
    too early: what waits is dropped, and each is owed anew in its time. So is every other notice
    that went out then: a digest, a list.
    """
    reminder = and_(col(OutboxMessage.lane) == Lane.REMINDER, col(OutboxMessage.created_at) > now)
    for subject, key in (
        await session.exec(select(OutboxMessage.subject, OutboxMessage.dedupe_key).where(reminder))
    ).all():
        await _forget_reminder(session, subject, key)
    waiting = and_(reminder, col(OutboxMessage.state) == OutboxState.PENDING)
    await session.exec(update(OutboxMessage).where(waiting).values(state=OutboxState.CANCELLED))
    new_key = "ahead:" + cast(col(OutboxMessage.id), String)
    went_out = and_(
        col(OutboxMessage.lane) == Lane.NOTICE,
        col(OutboxMessage.created_at) > now,
        col(OutboxMessage.state) != OutboxState.PENDING,
    )
    again = or_(reminder, went_out)
    await session.exec(update(OutboxMessage).where(again).values(dedupe_key=new_key))
    urgent = col(OutboxMessage.lane) == Lane.URGENT
    for lane, moment in ((urgent, now), (~urgent, may_speak_at)):
        await session.exec(
            update(OutboxMessage)
            .where(
                col(OutboxMessage.state) == OutboxState.PENDING,
                col(OutboxMessage.not_before) > moment,
                or_(col(OutboxMessage.created_at) > now, col(OutboxMessage.attempts) > 0),
                lane,
            )
            .values(not_before=moment)
        )


async def _forget_reminder(session: AsyncSession, subject: str, key: str) -> None:
    """The row that a reminder was about (`visit:7`) may be reminded of the same again."""
    kind, _, number = subject.partition(":")
    models: dict[str, type[Any]] = {"visit": Visit, "case": Case}
    row = await session.get(models[kind], int(number)) if kind in models else None
    if row is not None:
        row.reminded = [tag for tag in row.reminded if f":{tag}:" not in f"{key}:"]


async def _remind_anew(session: AsyncSession, now: datetime) -> None:
    """What a unit owes and what was promised: of all that was said ahead of its time, or would have
    been where nobody was there to hear it, nothing counts. What was said in its time is not said
    again: its key in the outbox is taken.
    """
    over = exists().where(
        col(Summary.obligation_id) == col(Obligation.id),
        col(Summary.state).in_((SummaryState.SENT, SummaryState.ACCEPTED)),
    )
    waiting: tuple[tuple[type[Any], ColumnElement[bool]], ...] = (
        (Obligation, and_(col(Obligation.excused_at).is_(None), ~over)),
        (Promise, col(Promise.state) == PromiseState.OPEN),
    )
    for model, waits in waiting:
        ahead = or_(col(model.remind_at).is_(None), col(model.remind_at) > now)
        await session.exec(update(model).where(waits, ahead).values(reminded=[], remind_at=now))


async def _reopen_missed(session: AsyncSession, now: datetime) -> None:
    """Visits that were only taken for missed; their week may still be running."""
    too_early = and_(col(VisitEvent.what) == "missed", col(VisitEvent.at) > now)
    ids = (await session.exec(select(VisitEvent.visit_id).where(too_early))).all()
    rows = await session.exec(
        select(Visit).where(col(Visit.id).in_(ids), col(Visit.status) == VisitStatus.MISSED)
    )
    for visit in rows.all():
        visit.status = VisitStatus.CONFIRMED if visit.day else VisitStatus.PLANNED
        visit.reminded = [tag for tag in visit.reminded if not tag.startswith("missed")]
        visit.remind_at = now
    await session.exec(delete(VisitEvent).where(too_early))
