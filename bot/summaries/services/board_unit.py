"""One unit on the board: what is written, what was sent, and what looks wrong in it."""

from collections.abc import Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.summaries.facts.board import UnitFacts, VersionLine, WrittenPart
from bot.summaries.facts.summaries import subject_of
from bot.summaries.services.board import GroupFacts, allowed, row_of
from bot.summaries.services.plausibility import doubts_of
from storage import people
from storage.board import Owing
from storage.enums import SummaryState
from storage.models import Person


async def unit(context: Context, obligation_id: int, back: int) -> UnitFacts:
    """The report of one unit, for whoever may see the receiver's board. Raises Refused.

    Doubts are about the version that waits for a decision, else about how it stands now.
    """
    async with context.work.read() as session:
        group = await allowed(session, context.work, context.actor, obligation_id)
        owing_row = next((o for o in group.owing if o[0].id == obligation_id), None)
        if owing_row is None:
            raise Refused(messages.NOT_FOUND)
        obligation, _, summary = owing_row
        named = await _people(session, group, owing_row)
        doubts = await doubts_of(session, context.work, group.owing, [obligation], context.now)
    return UnitFacts(
        row=row_of(group, owing_row, context.now),
        title=subject_of(obligation),
        due_before=obligation.due_before,
        state=summary.state if summary else SummaryState.WRITING,
        receives=group.receives,
        reminds=group.reminds,
        back=back,
        parts=_parts(group, owing_row),
        versions=[
            VersionLine(
                v.number,
                v.sent_at,
                _name(named, v.sent_by),
                v.late,
                v.outcome,
                v.decided_at,
                v.remarks,
                _name(named, v.decided_by),
            )
            for v in group.sent_by(owing_row)
        ],
        doubts=doubts[obligation_id],
        excuse=obligation.excuse if obligation.excused_at else "",
        excused_by=_name(named, obligation.excused_by),
        has_questions=obligation.request_id is not None,
    )


async def _people(session: AsyncSession, group: GroupFacts, owing_row: Owing) -> dict[int, Person]:
    ids = {owing_row[0].excused_by}.union(
        *((v.sent_by, v.decided_by) for v in group.sent_by(owing_row))
    )
    return await people.named(session, {key for key in ids if key})


def _name(named: Mapping[int, Person], key: int | None) -> str:
    person = named.get(key or 0)
    return person.name if person else ""


def _parts(group: GroupFacts, owing_row: Owing) -> Sequence[WrittenPart]:
    wrote = {w.section: w for w in group.wrote_by(owing_row)}
    parts = []
    for section in group.sections:
        own, title = wrote.get(section.key), section.short
        if group.named.request_id is not None:
            title = f"{title}. {section.ask}"
        if own is None:
            parts.append(WrittenPart(title, False, section.required))
            continue
        done = own.letters > 0
        parts.append(WrittenPart(title, done, section.required, own.author, own.at, own.voices))
    return parts
