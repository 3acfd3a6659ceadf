"""Who owes the same report, how far they are, and what they sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import Outcome, SummaryState
from storage.folding import name_order
from storage.models import (
    Obligation,
    Person,
    ReportRequest,
    Summary,
    SummarySection,
    SummaryVersion,
    Unit,
)
from storage.units import below

Owing = tuple[Obligation, Unit, Summary | None]


async def owing(session: AsyncSession, group: str, to_unit_id: int) -> Sequence[Owing]:
    """Every obligation of a group under one receiver, with its unit, in the order of names."""
    rows = await session.exec(
        select(Obligation, Unit, Summary)
        .join(Unit, col(Unit.id) == col(Obligation.unit_id))
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id), isouter=True)
        .where(Obligation.group == group, Obligation.to_unit_id == to_unit_id)
        .order_by(col(Unit.id))
    )
    return sorted(rows.all(), key=lambda row: name_order(row[1].name))


@dataclass(frozen=True)
class ObligationGroup:
    """A report that several units owe to one receiver; any of its obligations names it."""

    obligation_id: int
    to_unit_id: int
    due_before: date  # the latest, where deadlines differ
    units: int  # without those excused, unless they sent all the same
    sent: int  # at least once
    waiting: int  # never sent and not excused
    late: int  # of these: the deadline has passed
    undecided: int  # sent, and neither accepted nor returned
    returned: int

    @property
    def open(self) -> bool:
        return self.waiting + self.undecided + self.returned > 0


@dataclass(frozen=True)
class Watched:
    """Whose reports somebody sees: all that is owed to receivers in the subtrees `paths` and to
    `receivers`; and what the units in the subtrees `followed` owe, whoever receives it.
    """

    paths: Collection[str] = ()
    receivers: Collection[int] = ()
    followed: Collection[str] = ()


async def groups(
    session: AsyncSession, watched: Watched, today: date, limit: int, offset: int = 0
) -> list[ObligationGroup]:
    """What units owe, as far as it is watched. Open ones come first, the nearest deadline on top,
    then those that are done with, the newest on top.
    """
    owing_unit = aliased(Unit)
    followed = [col(owing_unit.path).startswith(path, autoescape=True) for path in watched.followed]
    version = func.coalesce(col(Summary.version), 0)
    not_excused = col(Obligation.excused_at).is_(None)
    never = (version == 0) & not_excused
    state = col(Summary.state)
    undecided = state == SummaryState.SENT
    returned = (state == SummaryState.RETURNED) & not_excused
    # also by those that were excused
    answered = state.in_([SummaryState.SENT, SummaryState.ACCEPTED])
    latest = func.max(Obligation.due_before)
    done = func.count().filter(never | undecided | returned) == 0
    rows = await session.exec(
        select(
            func.min(Obligation.id),
            Obligation.to_unit_id,
            latest,
            func.count().filter(not_excused | answered),
            func.count().filter((version > 0) & (not_excused | answered)),
            func.count().filter(never),
            func.count().filter(never & (col(Obligation.due_before) <= today)),
            func.count().filter(undecided),
            func.count().filter(returned),
        )  # type: ignore[call-overload]
        .join(Unit, col(Unit.id) == col(Obligation.to_unit_id))
        .join(Summary, col(Summary.obligation_id) == col(Obligation.id), isouter=True)
        .join(owing_unit, col(owing_unit.id) == col(Obligation.unit_id))
        .where(or_(below(watched.paths), col(Unit.id).in_(watched.receivers), *followed))
        .group_by(col(Obligation.group), col(Obligation.to_unit_id))
        .order_by(done, case((done, None), else_=latest), latest.desc(), func.min(Obligation.id))
        .limit(limit)
        .offset(offset)
    )
    return [ObligationGroup(*row) for row in rows.all()]


async def named(session: AsyncSession, ids: Collection[int]) -> dict[int, Obligation]:
    """Obligations by id."""
    obligations = await session.exec(select(Obligation).where(col(Obligation.id).in_(ids)))
    return {
        obligation.id: obligation for obligation in obligations.all() if obligation.id is not None
    }


@dataclass(frozen=True)
class Sent:
    """A version, without its content."""

    summary_id: int
    number: int
    sent_at: datetime
    sent_by: int
    late: bool
    outcome: Outcome
    decided_at: datetime | None
    decided_by: int | None
    remarks: str


async def versions(session: AsyncSession, summary_ids: Collection[int]) -> list[Sent]:
    """Everything that was sent, the newest first; contents stay in the database."""
    rows = await session.exec(
        select(
            SummaryVersion.summary_id,
            SummaryVersion.number,
            SummaryVersion.sent_at,
            SummaryVersion.sent_by,
            SummaryVersion.late,
            SummaryVersion.outcome,
            SummaryVersion.decided_at,
            SummaryVersion.decided_by,
            SummaryVersion.remarks,
        )  # type: ignore[call-overload]
        .where(col(SummaryVersion.summary_id).in_(summary_ids))
        .order_by(col(SummaryVersion.summary_id), col(SummaryVersion.number).desc())
    )
    return [Sent(*row) for row in rows.all()]


@dataclass(frozen=True)
class Wrote:
    """The present state of one section. `letters` without the spaces around them."""

    summary_id: int
    section: str
    letters: int
    voices: int
    author: str
    at: datetime


async def written(session: AsyncSession, summary_ids: Collection[int]) -> list[Wrote]:
    """What is written of each section, and by whom last."""
    rows = await session.exec(
        select(
            SummarySection.summary_id,
            SummarySection.section,
            func.length(func.trim(SummarySection.text)),
            SummarySection.files,
            Person.name,
            SummarySection.at,
        )  # type: ignore[call-overload]
        .join(Person, col(Person.id) == col(SummarySection.author_id))
        .where(col(SummarySection.summary_id).in_(summary_ids), col(SummarySection.latest))
        .order_by(col(SummarySection.id))
    )
    return [
        Wrote(summary, section, letters, len(files or ()), author, moment)
        for summary, section, letters, files, author, moment in rows.all()
    ]


async def request_of(session: AsyncSession, obligation: Obligation) -> ReportRequest | None:
    """The questions an obligation was asked with, where it was asked on the spot."""
    if obligation.request_id is None:
        return None
    return await session.get(ReportRequest, obligation.request_id)


async def receiver_of(session: AsyncSession, group: str) -> int | None:
    """The unit that receives the reports of a group."""
    rows = await session.exec(
        select(Obligation.to_unit_id).where(Obligation.group == group).order_by(col(Obligation.id))
    )
    return rows.first()


async def successors(session: AsyncSession) -> dict[int, int]:
    """Which unit took over from which, of those that are no more."""
    rows = await session.exec(
        select(Unit.id, Unit.successor_id).where(
            col(Unit.dissolved_on).is_not(None), col(Unit.successor_id).is_not(None)
        )
    )
    return {old: new for old, new in rows.all() if old is not None and new is not None}
