"""Files that people sent: known at once, copied later."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ReportFile, StoredFile

OWN_CHANNEL = "own"
"""Of what the program made itself, in place of a channel that somebody sent it by."""


OF_PHONE = "bao-cao"
"""The reference of what a phone sent ahead of the report that it belongs to."""


def showing(file_id: int) -> str:
    """The subject of the messages that a picture of ours goes out with."""
    return f"picture:{file_id}"


async def own_picture(session: AsyncSession, sha256: str, size: int, now: datetime) -> StoredFile:
    """The row of a picture that the program drew, whose copy has this hash; one for the same."""
    stored = await by_unique_id(session, OWN_CHANNEL, sha256[:60])
    if stored is None:
        stored = StoredFile(
            channel=OWN_CHANNEL,
            reference="",
            unique_id=sha256[:60],
            kind="photo",
            size=size,
            sha256=sha256,
            created_at=now,
        )
        session.add(stored)
    stored.created_at = now
    await session.flush()
    return stored


async def missing(
    session: AsyncSession, channel: str, now: datetime, limit: int
) -> Sequence[StoredFile]:
    """Files of a channel that are not on disk yet and are due for a try."""
    rows = await session.exec(
        select(StoredFile)
        .where(
            StoredFile.channel == channel,
            col(StoredFile.sha256).is_(None),
            col(StoredFile.retry_at) <= now,
        )
        .order_by(col(StoredFile.id))
        .limit(limit)
    )
    return rows.all()


def is_given_up(file: StoredFile) -> bool:
    """There is no copy and there will be none."""
    return file.sha256 is None and file.retry_at is None


async def given_up(session: AsyncSession, file_ids: Collection[int]) -> int:
    """How many of these were given up."""
    files = await session.exec(select(StoredFile).where(col(StoredFile.id).in_(file_ids)))
    return sum(is_given_up(file) for file in files.all())


async def by_unique_id(session: AsyncSession, channel: str, unique_id: str) -> StoredFile | None:
    """The file, if it came through this channel before."""
    rows = await session.exec(
        select(StoredFile).where(StoredFile.channel == channel, StoredFile.unique_id == unique_id)
    )
    return rows.first()


async def by_unique_ids(
    session: AsyncSession, channel: str, unique_ids: Collection[str]
) -> Sequence[StoredFile]:
    """Those of these files that came through this channel before."""
    rows = await session.exec(
        select(StoredFile).where(
            StoredFile.channel == channel, col(StoredFile.unique_id).in_(unique_ids)
        )
    )
    return rows.all()


async def of_report(session: AsyncSession, report_id: int) -> Sequence[StoredFile]:
    rows = await session.exec(
        select(StoredFile)
        .join(ReportFile, col(ReportFile.file_id) == col(StoredFile.id))
        .where(ReportFile.report_id == report_id)
        .order_by(col(StoredFile.id))
    )
    return rows.all()


async def by_ids(session: AsyncSession, ids: Collection[int]) -> Sequence[StoredFile]:
    """These files, in the order in which they came; asks nothing where there are none."""
    if not ids:
        return ()
    rows = await session.exec(
        select(StoredFile).where(col(StoredFile.id).in_(ids)).order_by(col(StoredFile.id))
    )
    return rows.all()


async def with_content(session: AsyncSession, sha256: str) -> Sequence[int]:
    """The files that have these very bytes."""
    rows = await session.exec(select(StoredFile.id).where(StoredFile.sha256 == sha256))
    return [key for key in rows.all() if key is not None]


async def count_given_up(session: AsyncSession) -> int:
    """How many files never came and are not tried any more."""
    rows = await session.exec(
        select(func.count())
        .select_from(StoredFile)
        .where(col(StoredFile.sha256).is_(None), col(StoredFile.retry_at).is_(None))
    )
    return rows.one()
