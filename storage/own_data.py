"""What is stored about somebody who raised a concern, and taking it away."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Case,
    CaseEvent,
    CaseFile,
    Draft,
    OutboxMessage,
    ReportFile,
    StoredFile,
    Tally,
)


async def drop_messages(
    session: AsyncSession, reporter_ids: Collection[str], case_ids: Collection[int]
) -> None:
    """Everything owed or sent to the reporter, and what others were told of the cases."""
    subjects = [f"case:{case_id}" for case_id in case_ids]
    await session.exec(
        delete(OutboxMessage).where(
            col(OutboxMessage.reporter_id).in_(reporter_ids)
            | col(OutboxMessage.subject).in_(subjects)
        )
    )


async def drop_drafts(session: AsyncSession, owner: str) -> Sequence[int]:
    """The forms left lying; returns the files they held."""
    drafts = (await session.exec(select(Draft).where(Draft.owner == owner))).all()
    files = [file for draft in drafts for file in _files_in(draft)]
    for draft in drafts:
        await session.delete(draft)
    await session.exec(delete(Tally).where(col(Tally.look) == owner))
    return files


async def drop_words(session: AsyncSession, case_ids: Collection[int]) -> None:
    """What was said about the cases; when and what happened stays."""
    await session.exec(
        update(CaseEvent).where(col(CaseEvent.case_id).in_(case_ids)).values(words="")
    )
    await session.exec(
        update(Case)
        .where(col(Case.id).in_(case_ids))
        .values(
            text="", folded="", result="", site_words="", law={}, reporter_id=None, anonymous=True
        )
    )


async def drop_files(
    session: AsyncSession, case_ids: Collection[int], held: Collection[int]
) -> Sequence[str]:
    """The cases' files and those `held` by forms; returns what to delete from the disk."""
    linked = await session.exec(select(CaseFile.file_id).where(col(CaseFile.case_id).in_(case_ids)))
    ids = {*linked.all(), *held}
    await session.exec(delete(CaseFile).where(col(CaseFile.case_id).in_(case_ids)))
    free = ids - await _used(session, ids)
    dropped = (await session.exec(select(StoredFile).where(col(StoredFile.id).in_(free)))).all()
    hashes = {file.sha256 for file in dropped if file.sha256}
    await session.exec(delete(StoredFile).where(col(StoredFile.id).in_(free)))
    shared_hashes = await session.exec(
        select(StoredFile.sha256).where(col(StoredFile.sha256).in_(hashes))
    )
    return sorted(hashes - set(shared_hashes.all()))


async def _used(session: AsyncSession, ids: Collection[int]) -> set[int]:
    """Those of the files that something else refers to."""
    cases = await session.exec(select(CaseFile.file_id).where(col(CaseFile.file_id).in_(ids)))
    reports = await session.exec(select(ReportFile.file_id).where(col(ReportFile.file_id).in_(ids)))
    return {*cases.all(), *reports.all()}


def _files_in(draft: Draft) -> list[int]:
    """The stored files in a draft's answers."""
    notes = [value for value in draft.answers.values() if isinstance(value, dict)]
    return [int(file) for note in notes for file in note.get("files", [])]
