"""The receiver's report over all units that owe the same: as signed where they sent, else counted.

How many queries it takes does not depend on how many units there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action
from bot.core.rules.programmes import ALL_FIGURES
from bot.core.work import Work
from bot.summaries.rules.board import (
    ObligationState,
    Standing,
    before_of,
    standing,
    taken_over,
    total_of,
)
from bot.summaries.rules.papers import CaseRow, Consolidated, Paper, UnitRow
from bot.summaries.services import contents, numbers, obligations, targets
from bot.summaries.services.targets import AsOf
from bot.units.services import letterheads
from storage import board
from storage.board import Owing, Sent
from storage.enums import SummaryState
from storage.figures import DaySpan
from storage.models import Obligation, Unit

_STATES = {Standing.NOT_BEGUN: "", Standing.LATE: "late", Standing.EXCUSED: "excused"}


async def report(context: Context, obligation_id: int) -> Consolidated:
    """The consolidated report of the group with this obligation, for whoever may see its board."""
    async with context.work.read() as session:
        obligation = await session.get(Obligation, obligation_id)
        receiver = await session.get(Unit, obligation.to_unit_id) if obligation else None
        if obligation is None or receiver is None:
            raise Refused(messages.NOT_FOUND)
        await obligations.require_receiver(
            session, context.work, context.actor, Action.SEE_BOARD, receiver
        )
        consolidated = await consolidate(
            session, context.work, obligation.group, context.now, to=receiver.id
        )
        rows = await numbers.as_read_by(session, context.actor, receiver.path, consolidated.cases)
        return replace(consolidated, cases=rows)


async def consolidate(
    session: AsyncSession, work: Work, group: str, now: datetime, *, to: int | None = None
) -> Consolidated:
    """All units of a group that owe to one receiver (`to`; None: the group has one only).

    A unit that sent counts with its latest sent version, corrections included; every other one
    counts from the data and says so by its state. Excused units count from the data too. Nothing
    is left out because nobody wrote. Raises Refused where nobody owes such a report.
    """
    receiver = to if to is not None else await board.receiver_of(session, group)
    owing_rows = await board.owing(session, group, receiver or 0)
    if not owing_rows:
        raise Refused(messages.NOT_FOUND)
    links = await board.successors(session)
    papers = await contents.papers_of(
        session, work, [owing_row[0] for owing_row in owing_rows], now
    )
    of_unit = {obligation.unit_id: papers[obligation.id or 0] for obligation, *_ in owing_rows}
    over = {unit for unit in of_unit if taken_over(unit, of_unit, links)}
    # Merged and never sent: its numbers are in its successor's row, and only there.
    own_rows = [
        owing_row
        for owing_row in owing_rows
        if owing_row[0].unit_id not in over or _ever_sent(owing_row)
    ]
    sent = await board.versions(session, [s.id for _, _, s in own_rows if s and s.id])
    rows = tuple(
        _row(owing_row, papers, sent, now, counts=owing_row[0].unit_id not in over)
        for owing_row in own_rows
    )
    first = owing_rows[0][0]
    receiving = await session.get(Unit, first.to_unit_id)
    heads = await letterheads.heads_of(session, work, [receiving] if receiving else [])
    figures_shown = _figures(rows)
    until = min(first.last_day, local(now).date())
    own = (
        await numbers.own_numbers(session, work, first.to_unit_id, DaySpan(first.first_day, until))
        if figures_shown
        else None
    )
    plans = contents.plans_shown(work, first) if receiving else []
    places = [receiving] if receiving else []
    year = first.last_day.year
    lines = await targets.lines_of(session, work, plans, places, AsOf(until, year))
    return Consolidated(
        own=own,
        subject=rows[0].paper.subject,
        first_day=first.first_day,
        last_day=first.last_day,
        until=until,
        head=heads[first.to_unit_id],
        rows=rows,
        total=total_of(rows),
        before=before_of(rows),
        figures=figures_shown,
        cases=_cases(rows),
        topics={key: words for row in rows for key, words in row.paper.topics.items()},
        targets=contents.target_rows(plans, lines.get(first.to_unit_id, ()), year),
        basis=heads[first.to_unit_id].bases.get(first.programme, ""),
    )


def _row(
    owing_row: Owing,
    papers: Mapping[int, Paper],
    sent: Sequence[Sent],
    now: datetime,
    *,
    counts: bool,
) -> UnitRow:
    obligation, unit, summary = owing_row
    key = summary.id if summary else None
    newest = next((v for v in sent if v.summary_id == key), None)
    stands = standing(owed_of(owing_row), local(now).date())
    return UnitRow(
        unit=unit.name,
        state=_STATES.get(stands, stands.value),
        sent_on=local(newest.sent_at).date() if newest else None,
        paper=papers[obligation.id or 0],
        late=newest.late if newest else False,
        counts=counts,
    )


def owed_of(owing_row: Owing) -> ObligationState:
    """What the rule of standing needs to know; a summary is there once anything was written."""
    obligation, _, summary = owing_row
    return ObligationState(
        due_before=obligation.due_before,
        state=summary.state if summary else SummaryState.WRITING,
        writing_begun=summary is not None,
        sent=bool(summary and summary.version),
        excused=obligation.excused_at is not None,
    )


def _ever_sent(owing_row: Owing) -> bool:
    _, _, summary = owing_row
    return bool(summary and summary.version)


def _figures(rows: Sequence[UnitRow]) -> tuple[str, ...]:
    parts = {part for row in rows for part in row.paper.figures}
    return tuple(part for part in ALL_FIGURES if part in parts)


def _cases(rows: Sequence[UnitRow]) -> tuple[CaseRow, ...]:
    return tuple(sorted((case for row in rows for case in row.paper.cases), key=_by_day))


def _by_day(case: CaseRow) -> tuple[date, str]:
    return case.day, case.unit
