"""What has been kept long enough: words, files and identities go, figures stay."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    literal_column,
    or_,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import OPEN_CASES, CaseStatus, OutboxState
from storage.files import OWN_CHANNEL, showing
from storage.models import (
    Alert,
    Announcement,
    BarredReporter,
    Case,
    CaseEvent,
    CaseFile,
    Draft,
    IdentityView,
    OutboxMessage,
    Reporter,
    ReportFile,
    StoredFile,
    Tally,
    metadata,
)

_OVER = (OutboxState.SENT, OutboxState.UNDELIVERABLE, OutboxState.CANCELLED)
# What a form holds is long, and few forms hold files.
_NAMES_FILES = or_(
    cast(col(Draft.answers), Text).contains('"files"'),
    cast(col(Draft.about), Text).contains('"files"'),
)
_PRIVATE = col(Draft.owner).startswith("r:", autoescape=True)


async def closed_before(session: AsyncSession, moment: datetime, limit: int) -> Sequence[Case]:
    """Cases closed so long ago; one folded into another goes when that one has gone."""
    main = aliased(Case)
    followed = exists().where(main.id == Case.merged_into, main.emptied_at.is_(None))  # type: ignore[arg-type,union-attr]
    rows = await session.exec(
        select(Case)
        .where(_closed_before(moment), or_(col(Case.status) != CaseStatus.MERGED, ~followed))
        .order_by(col(Case.created_at), col(Case.id))  # as in the index of what still has words
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return rows.all()


async def count_closed_before(session: AsyncSession, moment: datetime) -> int:
    """How many cases were closed so long ago and still have their words."""
    return (await session.exec(select(func.count()).where(_closed_before(moment)))).one()


async def count_messages_before(session: AsyncSession, moment: datetime) -> int:
    """How many messages went out so long ago and still have their words."""
    return (await session.exec(select(func.count()).where(_written_before(moment)))).one()


async def empty(session: AsyncSession, case: Case, now: datetime) -> None:
    """Words and identity go from the case, its events and its alerts; the figures stay."""
    case.text = case.folded = case.result = case.site_words = ""
    case.reporter_id = case.about_id = None
    case.emptied_at, case.law = now, {}
    session.add(case)
    events = await session.exec(select(CaseEvent).where(CaseEvent.case_id == case.id))
    for event in events.all():
        event.words, event.data = "", _figures(event.data)
        session.add(event)
    for alert in (await session.exec(select(Alert).where(Alert.case_id == case.id))).all():
        alert.signs = [sign.partition(":")[0] for sign in alert.signs]
        session.add(alert)


async def drop_files(session: AsyncSession, case_ids: Collection[int]) -> list[int]:
    """Take the files off these cases; their ids."""
    if not case_ids:  # as on most nights
        return []
    rows = await session.exec(
        delete(CaseFile).where(col(CaseFile.case_id).in_(case_ids)).returning(col(CaseFile.file_id))
    )
    return list(rows.scalars().all())


async def lost_files(session: AsyncSession, before: datetime) -> list[int]:
    """Private files that no case holds, from forms that nobody handed in."""
    rows = await session.exec(
        select(StoredFile.id).where(
            col(StoredFile.private), col(StoredFile.created_at) < before, ~_held()
        )
    )
    return [key for key in rows.all() if key]


async def in_answers(session: AsyncSession) -> set[int]:
    """The files that forms still open hold among their answers, and those that stand in a list
    called "files" of whatever was handed in with them.
    """
    drafts = await session.exec(select(Draft.answers, Draft.about).where(_NAMES_FILES))
    in_forms = {key for pair in drafts.all() for value in pair for key in _file_ids(value)}
    return in_forms.union(*[await _listed(session, column) for column in _lists_of_files()])


def _lists_of_files() -> list[ColumnElement[list[int]]]:
    tables = metadata.sorted_tables
    return [table.c.files for table in tables if "files" in table.c]


async def _listed(session: AsyncSession, column: ColumnElement[list[int]]) -> list[int]:
    rows = await session.exec(select(column).where(func.json_array_length(column) > 0))
    return [key for ids in rows.all() for key in ids]


async def old_uploads(session: AsyncSession, kind: str, before: datetime) -> list[int]:
    """Lists that administrators sent so long ago, decided or not."""
    rows = await session.exec(
        select(StoredFile.id).where(
            StoredFile.kind == kind, col(StoredFile.created_at) < before, ~_held()
        )
    )
    return [key for key in rows.all() if key]


async def left_lying(session: AsyncSession, before: datetime) -> list[int]:
    """What the staff sent so long ago that is in nothing that was handed in: ahead of a report that
    never came, with a form that was dropped, taken out of an answer again. Open forms aside.
    """
    rows = await session.exec(
        select(StoredFile.id).where(
            ~col(StoredFile.private),
            StoredFile.channel != OWN_CHANNEL,
            col(StoredFile.created_at) < before,
            ~_held(),
        )
    )
    return [key for key in rows.all() if key]


async def own_pictures(session: AsyncSession, before: datetime) -> list[int]:
    """Pictures that the program drew so long ago; the messages that they went out with let go of
    them, those that were never sent keep them."""
    rows = await session.exec(
        select(StoredFile.id).where(
            StoredFile.channel == OWN_CHANNEL, col(StoredFile.created_at) < before
        )
    )
    ids = [key for key in rows.all() if key]
    if not ids:
        return []
    with_them = col(OutboxMessage.subject).in_([showing(key) for key in ids])
    over = col(OutboxMessage.state).not_in((OutboxState.PENDING, OutboxState.SENDING))
    await session.exec(update(OutboxMessage).where(with_them, over).values(file_id=None))
    held = await session.exec(
        select(OutboxMessage.file_id).where(with_them, col(OutboxMessage.file_id).is_not(None))
    )
    return sorted(set(ids) - set(held.all()))


async def delete_unheld(session: AsyncSession, file_ids: Collection[int]) -> list[str]:
    """Delete those of these files that nothing holds; the hashes nobody else has."""
    if not file_ids:
        return []
    deleted = await session.exec(
        delete(StoredFile)
        .where(col(StoredFile.id).in_(file_ids), ~_held())
        .returning(col(StoredFile.sha256))
    )
    hashes = {sha256 for sha256 in deleted.scalars().all() if sha256}
    left = await session.exec(select(StoredFile.sha256).where(col(StoredFile.sha256).in_(hashes)))
    return sorted(hashes - {sha256 for sha256 in left.all() if sha256})


async def forget_reporters(session: AsyncSession, before: datetime) -> int:
    """Reporters who have no case any more, with what was written to them."""
    idle = select(Reporter.id).where(
        col(Reporter.created_at) < before,
        ~exists().where(col(Case.reporter_id) == col(Reporter.id)),
        ~exists().where(
            col(OutboxMessage.reporter_id) == col(Reporter.id),
            col(OutboxMessage.state).not_in(_OVER),
        ),
    )
    ids = (await session.exec(idle)).all()
    if not ids:
        return 0
    await session.exec(delete(OutboxMessage).where(col(OutboxMessage.reporter_id).in_(ids)))
    await session.exec(delete(Reporter).where(col(Reporter.id).in_(ids)))
    return len(ids)


async def blank_messages(session: AsyncSession, before: datetime) -> int:
    """Messages that went out so long ago keep their key, against repeats, and lose their words."""
    done: CursorResult[tuple[()]] = await session.exec(
        update(OutboxMessage).where(_written_before(before)).values(text="", rows=[])
    )
    return done.rowcount


async def forget_messages(session: AsyncSession, before: datetime, limit: int) -> int:
    """Some of the messages that went out so long ago that nobody owes the same again; how many."""
    old = (
        select(OutboxMessage.id)
        .where(
            col(OutboxMessage.not_before) < before,
            col(OutboxMessage.created_at) < before,
            # not "in": few rows are so old and nearly all are over, so this must not be what is
            # looked up
            col(OutboxMessage.state).not_in((OutboxState.PENDING, OutboxState.SENDING)),
        )
        .order_by(col(OutboxMessage.not_before))
        .limit(limit)
    )
    forgotten: CursorResult[tuple[()]] = await session.exec(
        delete(OutboxMessage).where(col(OutboxMessage.id).in_(old))
    )
    return forgotten.rowcount


async def drop_private_drafts(session: AsyncSession, before: datetime) -> None:
    """Forms begun by who may stay anonymous and left lying."""
    await session.exec(delete(Draft).where(_PRIVATE, col(Draft.updated_at) < before))


async def drop_logs(
    session: AsyncSession, views: datetime, barred: datetime, tallies: datetime
) -> None:
    """Entries of these logs from before these moments."""
    await session.exec(delete(IdentityView).where(col(IdentityView.at) < views))
    await session.exec(delete(BarredReporter).where(col(BarredReporter.at) < barred))
    await session.exec(delete(Tally).where(col(Tally.since) < tallies))


def _file_ids(value: Any) -> Iterator[int]:
    """Every number in a list called "files", however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "files" and isinstance(inner, list):
                yield from (file_id for file_id in inner if isinstance(file_id, int))
            else:
                yield from _file_ids(inner)


def _held() -> ColumnElement[bool]:
    """The condition that a case, a visit's report or an announcement holds the file."""
    announced = select(Announcement.file_id).where(col(Announcement.file_id).is_not(None))
    return or_(
        col(StoredFile.id).in_(announced),  # there is no index to look one up by
        exists().where(col(CaseFile.file_id) == col(StoredFile.id)),
        exists().where(col(ReportFile.file_id) == col(StoredFile.id)),
    )


def _closed_before(moment: datetime) -> ColumnElement[bool]:
    return and_(
        # not "in" the closed ones: nearly all that ever came are closed, so they must not be looked
        # up by this, but by the index of the cases that still have their words
        col(Case.status).not_in(OPEN_CASES),
        col(Case.emptied_at).is_(None),
        col(Case.created_at) < moment,  # before it was closed
        func.coalesce(Case.closed_at, Case.settled_at, Case.created_at) < moment,
    )


def _written_before(moment: datetime) -> ColumnElement[bool]:
    return and_(
        col(OutboxMessage.state).in_(_OVER),
        col(OutboxMessage.created_at) < moment,
        col(OutboxMessage.text) != literal_column("''"),  # as in the index, or it does not serve
    )


def _figures(data: dict[str, object]) -> dict[str, object]:
    """Numbers and the program's own short words; nothing anybody wrote at length."""
    return {k: v for k, v in data.items() if not isinstance(v, str) or len(v) <= 20}
