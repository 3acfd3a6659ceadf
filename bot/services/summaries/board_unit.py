"""One unit on the board: what is written, what was sent, and what looks wrong in it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.messages import says
from bot.messages.board_facts import UnitFacts, VersionLine, WrittenPart
from bot.messages.summary_facts import subject_of
from bot.rules.permissions import Actor
from bot.rules.plausibility import doubts
from bot.rules.summaries import SummaryState
from bot.services.summaries import contents
from bot.services.summaries.board import Group, allowed, row_of
from bot.services.work import Work
from storage import people
from storage.board import Owing
from storage.models import Person


async def unit(work: Work, actor: Actor, obligation_id: int, back: int, now: datetime) -> UnitFacts:
    """The report of one unit, for whoever may see the receiver's board. Raises Refused.

    Doubts are about the version that waits for a decision, else about how it stands now.
    """
    async with work.read() as session:
        group = await allowed(session, work, actor, obligation_id)
        one = next((o for o in group.owing if o[0].id == obligation_id), None)
        if one is None:
            raise Refused(says.NOT_FOUND)
        obligation, _, summary = one
        paper = (await contents.papers_of(session, work, [obligation], now))[obligation_id]
        named = await _people(session, group, one)
    excuser = named.get(obligation.excused_by or 0)
    before = paper.before.values if paper.before else None
    found = doubts(paper.values, paper.numbers.values, before)
    return UnitFacts(
        row=row_of(group, one, now),
        title=subject_of(obligation),
        due_before=obligation.due_before,
        state=SummaryState(summary.state) if summary else SummaryState.WRITING,
        receives=group.receives,
        back=back,
        parts=_parts(group, one),
        versions=[
            VersionLine(
                v.number,
                v.sent_at,
                named[v.sent_by].name if v.sent_by in named else "",
                v.late,
                v.outcome,
                v.decided_at,
                v.remarks,
            )
            for v in group.sent_by(one)
        ],
        doubts=[doubt.sentence for doubt in found],
        excuse=obligation.excuse if obligation.excused_at else "",
        excused_by=excuser.name if excuser else "",
        asked=obligation.request_id is not None,
    )


async def _people(session: AsyncSession, group: Group, one: Owing) -> dict[int, Person]:
    ids = {v.sent_by for v in group.sent_by(one)}
    if one[0].excused_by:
        ids.add(one[0].excused_by)
    return await people.named(session, ids)


def _parts(group: Group, one: Owing) -> Sequence[WrittenPart]:
    wrote = {w.section: w for w in group.wrote_by(one)}
    found = []
    for section in group.sections:
        own = wrote.get(section.key)
        if own is None:
            found.append(WrittenPart(section.short, False, section.required))
            continue
        done = own.letters > 0
        found.append(
            WrittenPart(section.short, done, section.required, own.author, own.at, own.voices)
        )
    return found
