"""What a number was counted from, page by page, for whoever may see the summary."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from bot.summaries.facts.figures import Behind, FigureEntry, Shared
from bot.summaries.rules.figures import BY_KEY, Figure, Sort, value_of
from bot.summaries.rules.obligations import counts_figures
from bot.summaries.rules.papers import Paper
from bot.summaries.services import contents, counting, drill_down_lists
from bot.summaries.services.drill_down_lists import ReportLook
from bot.summaries.services.numbers import days_of
from bot.summaries.services.obligation_access import desk
from bot.summaries.services.unit_scope import ground_of
from storage import summaries
from storage.enums import EDITABLE
from storage.models import Obligation, Person, Summary, Unit

PER_PAGE = 10
OF_WEEKS = ("weeks", "weeks_met", "weeks_share")


async def behind(context: Context, obligation_id: int, figure_key: str, page: int | None) -> Behind:
    """One page (from 0) of the list, None: all of it; counted now, up to today or the end of the
    period, of a report that was sent up to the day on which it was counted.

    Raises Refused for whom the summary is not, and where there is no such figure.
    """
    figure = BY_KEY.get(figure_key)
    async with context.work.read() as session:
        on = await desk(session, context, obligation_id)
        obligation, unit = on.obligation, on.unit
        if figure is None or not counts_figures(unit.kind):
            raise Refused(messages.NOT_FOUND)
        summary = (await summaries.of(session, [obligation_id])).get(obligation_id)
        paper = await contents.paper_sent(session, summary)
        until = paper.until if paper else local(context.now).date()
        looking = await _look(session, context.work, context.actor, obligation, until)
        if figure.share_of is not None:
            shared = await _share(session, looking, obligation, unit, figure)
            return replace(shared, sent=_as_sent(paper, figure, shared.value))
        entries = await drill_down_lists.entries(session, looking, figure.key)
        value = await _value(session, looking, figure, entries)
        corrected = await _corrected(session, summary, figure) if summary else None
        editable = summary is None or summary.state in EDITABLE
    per_page = PER_PAGE if page is not None else max(1, len(entries))
    pages = max(1, -(-len(entries) // per_page))
    current_page = min(page or 0, pages - 1)
    return Behind(
        obligation_id=obligation_id,
        unit=unit.name,
        figure=figure,
        first_day=looking.days.first,
        until=looking.days.last,
        value=value,
        entries=entries[current_page * per_page : (current_page + 1) * per_page],
        page=current_page,
        pages=pages,
        corrected=corrected,
        may_correct=editable and on.may(Action.WRITE_SUMMARY),
        sent=_as_sent(paper, figure, value),
        since=looking.weeks_since if figure.key in OF_WEEKS else None,
    )


async def _look(
    session: AsyncSession, work: Work, actor: Actor, obligation: Obligation, until: date
) -> ReportLook:
    unit_scope = await ground_of(session, [obligation])
    return ReportLook(work, actor, unit_scope, obligation.id or 0, days_of(obligation, until))


def _as_sent(paper: Paper | None, figure: Figure, value: int | None) -> int | None:
    """What was counted for the paper, where the same is counted otherwise now."""
    in_paper = value_of(paper.numbers.values, figure.key) if paper else value
    return in_paper if in_paper != value else None


async def _value(
    session: AsyncSession, looking: ReportLook, figure: Figure, entries: Sequence[FigureEntry]
) -> int | None:
    """None: nothing was said of it. A list without entries does not tell that from 0, counting
    does."""
    if entries or not figure.optional:
        return sum(entry.worth for entry in entries)
    counted = await counting.count(
        session,
        looking.work.calendar,
        looking.unit_scope,
        [looking.report],
        looking.days,
        levels=figure.sort is Sort.LEVEL,
    )
    return value_of(counted[looking.report].values, figure.key)


async def _counted(
    session: AsyncSession, looking: ReportLook, keys: Sequence[str]
) -> dict[str, int]:
    return {
        key: sum(e.worth for e in await drill_down_lists.entries(session, looking, key))
        for key in keys
    }


async def _share(
    session: AsyncSession, looking: ReportLook, obligation: Obligation, unit: Unit, figure: Figure
) -> Behind:
    """The two figures that it is computed from, which open in turn."""
    part, whole = (BY_KEY[key] for key in figure.share_of or ())
    values = await _counted(session, looking, (part.key, whole.key))
    return Behind(
        obligation_id=obligation.id or 0,
        unit=unit.name,
        figure=figure,
        first_day=looking.days.first,
        until=looking.days.last,
        value=value_of(values, figure.key),
        entries=(),
        page=0,
        pages=1,
        shared=Shared(part, values[part.key], whole, values[whole.key]),
        since=looking.weeks_since if figure.key in OF_WEEKS else None,
    )


async def _corrected(
    session: AsyncSession, summary: Summary, figure: Figure
) -> tuple[int, str, str] | None:
    key = summary.id or 0
    correction = (await summaries.corrections(session, [key]))[key].get(figure.key)
    if correction is None or correction.value is None:
        return None
    author = await session.get(Person, correction.author_id)
    return correction.value, correction.reason, author.name if author else ""


__all__ = ["PER_PAGE", "Behind", "behind"]
