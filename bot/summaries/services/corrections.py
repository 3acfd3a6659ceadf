"""Numbers that a unit puts in place of the computed ones: kept with the reason and who did it."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import moment, number
from bot.core.rules.calendar import local
from bot.summaries.cards import messages as says
from bot.summaries.rules.figures import BY_KEY, Sort
from bot.summaries.services import contents, numbers
from bot.summaries.services.obligation_access import Desk, desk, editing, name_of
from bot.summaries.services.unit_scope import ground_of
from storage import summaries
from storage.models import SummaryCorrection


async def correct(
    context: Context, obligation_id: int, figure: str, value: int, reason: str, *, seen_id: int = 0
) -> None:
    """Put `value` in place of what was counted. `seen_id`: the correction that the person saw,
    0: none. Raises Refused when a colleague corrected it since. The same number again with
    the same reason changes nothing.
    """
    async with editing(context, obligation_id) as (on, summary):
        parts = contents.figures_of(context.work, on.obligation, on.unit)
        if figure not in BY_KEY or BY_KEY[figure].part not in parts:
            raise Refused(says.NOT_FOUND)
        if BY_KEY[figure].sort is Sort.SHARE:
            raise Refused(says.NOT_CORRECTABLE)
        there = await summaries.corrected(on.session, summary.id or 0, figure)
        await _nobody_else_did(on, there, seen_id)
        if there and (there[0].value, there[0].reason) == (value, reason.strip()):
            return
        unit_scope = await ground_of(on.session, [on.obligation])
        today = local(context.now).date()
        counted = await numbers.numbers_of(
            on.session, context.work, unit_scope, [on.obligation], today
        )
        computed = counted[obligation_id].values.get(figure)
        correction = SummaryCorrection(
            summary_id=summary.id or 0,
            figure=figure,
            computed=computed,
            value=value,
            reason=reason.strip()[:500],
            author_id=context.actor.person_id,
            at=context.now,
        )
        _put(on.session, correction, there)


async def newest_correction_id(context: Context, obligation_id: int, figure: str) -> int:
    """The newest correction of a figure (its id), taken back or not; 0: there is none."""
    async with context.work.read() as session:
        await desk(session, context, obligation_id)
        summary = (await summaries.of(session, [obligation_id])).get(obligation_id)
        there = await summaries.corrected(session, summary.id or 0, figure) if summary else []
    return (there[0].id or 0) if there else 0


async def take_back(context: Context, obligation_id: int, figure: str) -> None:
    """What was counted counts again. Refused where nothing was corrected."""
    async with editing(context, obligation_id) as (on, summary):
        there = await summaries.corrected(on.session, summary.id or 0, figure)
        if not there or there[0].value is None:
            raise Refused(says.NOT_CORRECTED)
        correction = SummaryCorrection(
            summary_id=summary.id or 0,
            figure=figure,
            computed=there[0].computed,
            value=None,
            reason="",
            author_id=context.actor.person_id,
            at=context.now,
        )
        _put(on.session, correction, there)


def _put(
    session: AsyncSession, correction: SummaryCorrection, earlier: Sequence[SummaryCorrection]
) -> None:
    """The newest correction of a figure, in place of those `earlier`, which stay to be read."""
    for former in earlier:
        former.latest = False
    session.add(correction)


async def _nobody_else_did(on: Desk, there: Sequence[SummaryCorrection], seen_id: int) -> None:
    if not there or (there[0].id or 0) <= seen_id or there[0].author_id == on.actor.person_id:
        return
    newest = there[0]
    sentence = says.CORRECTED_MEANWHILE if newest.value is not None else says.TAKEN_BACK_MEANWHILE
    name = await name_of(on.session, newest.author_id)
    value = number(newest.value or 0)
    raise Refused(sentence.format(name=name, value=value, when=moment(newest.at)))
