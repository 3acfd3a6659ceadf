"""Summaries: what units write for what they owe, and the versions they sent."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import Addressee, SummaryState
from storage.inserting import insert
from storage.models import (
    Case,
    Obligation,
    ReportRequest,
    StoredFile,
    Summary,
    SummaryCorrection,
    SummaryProposal,
    SummarySection,
    SummaryVersion,
    Unit,
)

MAX_ID = 2**31 - 1  # a button can be forged; PostgreSQL fails on a larger one


async def obligation(
    session: AsyncSession, obligation_id: int, *, lock: bool = False
) -> Obligation | None:
    """`lock`: kept from other transactions until this one is over."""
    if not 0 < obligation_id <= MAX_ID:
        return None
    return await session.get(Obligation, obligation_id, with_for_update=lock or None)


async def of(session: AsyncSession, obligation_ids: Collection[int]) -> dict[int, Summary]:
    """By obligation id; those for which nobody has written anything are missing."""
    summaries = await session.exec(
        select(Summary).where(col(Summary.obligation_id).in_(obligation_ids))
    )
    return {summary.obligation_id: summary for summary in summaries.all()}


async def locked(session: AsyncSession, obligation_row: Obligation, now: datetime) -> Summary:
    """The summary of an obligation, begun if need be, kept from others until this is over.

    Two who begin at once get the same one.
    """
    new_summary = Summary(
        obligation_id=obligation_row.id or 0,
        unit_id=obligation_row.unit_id,
        created_at=now,
        updated_at=now,
    )
    await session.exec(
        insert(session, Summary)
        .values(new_summary.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=[col(Summary.obligation_id)])
    )
    rows = await session.exec(
        select(Summary)
        .where(Summary.obligation_id == obligation_row.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return rows.one()


async def sections(
    session: AsyncSession, summary_ids: Collection[int]
) -> dict[int, dict[str, SummarySection]]:
    """What is there of every section, by summary and section key."""
    result: dict[int, dict[str, SummarySection]] = {key: {} for key in summary_ids}
    rows = await session.exec(
        select(SummarySection).where(
            col(SummarySection.summary_id).in_(summary_ids), col(SummarySection.latest)
        )
    )
    for section in rows.all():
        result[section.summary_id][section.section] = section
    return result


async def history(session: AsyncSession, summary_id: int, section: str) -> Sequence[SummarySection]:
    """Every edit of a section, the newest first."""
    rows = await session.exec(
        select(SummarySection)
        .where(SummarySection.summary_id == summary_id, SummarySection.section == section)
        .order_by(col(SummarySection.revision).desc())
    )
    return rows.all()


async def spoken(session: AsyncSession, summary_id: int) -> set[str]:
    """The sections that some edit brought voice messages to."""
    rows = await session.exec(
        select(SummarySection.section, SummarySection.files).where(
            SummarySection.summary_id == summary_id
        )
    )
    return {section for section, files in rows.all() if files}


async def proposals(
    session: AsyncSession, summary_ids: Collection[int]
) -> dict[int, list[SummaryProposal]]:
    """The proposals that stand, in the order they were added, by summary."""
    result: dict[int, list[SummaryProposal]] = {key: [] for key in summary_ids}
    rows = await session.exec(
        select(SummaryProposal)
        .where(
            col(SummaryProposal.summary_id).in_(summary_ids),
            col(SummaryProposal.removed_at).is_(None),
        )
        .order_by(col(SummaryProposal.id))
    )
    for proposal in rows.all():
        result[proposal.summary_id].append(proposal)
    return result


async def withdrawn(
    session: AsyncSession, summary_id: int, addressee: Addressee, text: str
) -> SummaryProposal | None:
    """The same proposal, taken out after it had become a case."""
    rows = await session.exec(
        select(SummaryProposal)
        .where(
            SummaryProposal.summary_id == summary_id,
            SummaryProposal.addressee == addressee,
            SummaryProposal.text == text,
            col(SummaryProposal.removed_at).is_not(None),
            col(SummaryProposal.case_id).is_not(None),
        )
        .order_by(col(SummaryProposal.id).desc())
    )
    return rows.first()


async def corrections(
    session: AsyncSession, summary_ids: Collection[int]
) -> dict[int, dict[str, SummaryCorrection]]:
    """The newest correction of each figure by summary, those taken back included."""
    result: dict[int, dict[str, SummaryCorrection]] = {key: {} for key in summary_ids}
    rows = await session.exec(
        select(SummaryCorrection).where(
            col(SummaryCorrection.summary_id).in_(summary_ids), col(SummaryCorrection.latest)
        )
    )
    for correction in rows.all():
        result[correction.summary_id][correction.figure] = correction
    return result


async def corrected(
    session: AsyncSession, summary_id: int, figure: str
) -> Sequence[SummaryCorrection]:
    """Every correction of one figure, the newest first."""
    rows = await session.exec(
        select(SummaryCorrection)
        .where(SummaryCorrection.summary_id == summary_id, SummaryCorrection.figure == figure)
        .order_by(col(SummaryCorrection.id).desc())
    )
    return rows.all()


async def versions(session: AsyncSession, summary_id: int) -> Sequence[SummaryVersion]:
    """What was sent, the newest first."""
    rows = await session.exec(
        select(SummaryVersion)
        .where(SummaryVersion.summary_id == summary_id)
        .order_by(col(SummaryVersion.number).desc())
    )
    return rows.all()


async def version(session: AsyncSession, summary_id: int, number: int) -> SummaryVersion | None:
    rows = await session.exec(
        select(SummaryVersion).where(
            SummaryVersion.summary_id == summary_id, SummaryVersion.number == number
        )
    )
    return rows.first()


async def last_versions(
    session: AsyncSession, summary_ids: Collection[int]
) -> dict[int, SummaryVersion]:
    """The version sent last of each summary, by summary; those never sent are missing."""
    if not summary_ids:
        return {}
    rows = await session.exec(
        select(SummaryVersion)
        .join(
            Summary,
            (col(Summary.id) == col(SummaryVersion.summary_id))
            & (col(Summary.version) == col(SummaryVersion.number)),
        )
        .where(col(SummaryVersion.summary_id).in_(summary_ids))
    )
    return {sent_version.summary_id: sent_version for sent_version in rows.all()}


async def requests(session: AsyncSession, ids: Collection[int]) -> dict[int, ReportRequest]:
    if not ids:
        return {}
    rows = await session.exec(select(ReportRequest).where(col(ReportRequest.id).in_(ids)))
    return {request.id: request for request in rows.all() if request.id is not None}


async def writers(session: AsyncSession, summary_id: int) -> set[int]:
    """Who wrote a section, corrected a number or proposed something."""
    author_ids: set[int] = set()
    for table in (SummarySection, SummaryProposal, SummaryCorrection):
        rows = await session.exec(
            select(table.author_id).where(table.summary_id == summary_id).distinct()
        )
        author_ids |= set(rows.all())
    return author_ids


async def owed_at(
    session: AsyncSession, paths: Collection[str], since: date
) -> Sequence[tuple[Obligation, Unit, Summary | None]]:
    """What the units with exactly these paths owe: all that is open, and what was due lately.

    `since`: accepted and excused ones are left out when they were due before this day.
    """
    state = func.coalesce(col(Summary.state), "")
    done = (state == SummaryState.ACCEPTED) | col(Obligation.excused_at).is_not(None)
    rows = await session.exec(
        select(Obligation, Unit, Summary)
        .join(Unit, col(Unit.id) == col(Obligation.unit_id))
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id), isouter=True)
        .where(
            col(Unit.path).in_(paths),
            or_(col(Obligation.due_before) >= since, ~done),
        )
        .order_by(col(Obligation.due_before), col(Obligation.id))
    )
    return rows.all()


async def voices(session: AsyncSession, file_ids: Collection[int]) -> Sequence[StoredFile]:
    """These files, in the order they were sent."""
    rows = await session.exec(
        select(StoredFile).where(col(StoredFile.id).in_(file_ids)).order_by(col(StoredFile.id))
    )
    return rows.all()


async def case_codes(session: AsyncSession, ids: Collection[int]) -> dict[int, str]:
    """The codes of these cases, by id."""
    if not ids:
        return {}
    rows = await session.exec(select(Case.id, Case.code).where(col(Case.id).in_(ids)))
    return {key: code for key, code in rows.all() if key is not None}
