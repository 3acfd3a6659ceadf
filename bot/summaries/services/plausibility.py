"""What in a report looks wrong, before somebody accepts it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.work import Work
from bot.summaries.rules.papers import Paper
from bot.summaries.rules.plausibility import doubts
from bot.summaries.services import contents
from bot.summaries.services.obligations import predecessors
from storage.board import Owing
from storage.models import Obligation


async def doubts_of(
    session: AsyncSession,
    work: Work,
    group: Sequence[Owing],
    obligations: Sequence[Obligation],
    now: datetime,
) -> dict[int, list[str]]:
    """Sentences by id of the obligation, about the version sent last, else about how it stands.

    `group`: everybody who owes the same. How many queries it takes does not depend on how many are
    asked about.
    """
    papers = await contents.papers_of(session, work, obligations, now, with_cases=False)
    merged = await predecessors(session, [obligation.unit_id for obligation in obligations])
    return {
        obligation.id or 0: [
            *_not_in_it(group, papers[obligation.id or 0], merged[obligation.unit_id]),
            *_strange(papers[obligation.id or 0]),
        ]
        for obligation in obligations
    }


def _strange(paper: Paper) -> list[str]:
    before = paper.before.values if paper.before else None
    return [doubt.sentence for doubt in doubts(paper.values, paper.numbers.values, before)]


def _not_in_it(group: Sequence[Owing], paper: Paper, merged: Collection[int]) -> list[str]:
    """Units that were merged into this one after it sent, without a report of their own."""
    missed = [
        unit.name
        for _, unit, summary in group
        if unit.id in merged and not (summary and summary.version)
        if paper.speaks_for and unit.id not in paper.speaks_for
    ]
    return [messages.MERGED_SINCE.format(units=", ".join(missed))] if missed else []
