"""Sites by their last visit: those where nobody has been for longest come first."""

from collections.abc import Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services import sight
from bot.core.access import require
from bot.core.context import Context
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Subject
from bot.visits.facts.overview import ListPage, SiteLine
from bot.visits.facts.site_page import ROWS, OwnSites
from storage import site_pages
from storage.models import Unit
from storage.units import below, open_site


async def own_sites(context: Context, page: int) -> OwnSites:
    """The sites that one goes to. Raises Refused for whoever reads no site's page."""
    require(context.actor, Action.READ_SITE)
    paths = [
        path
        for path in context.actor.paths_for(Action.GO_TO_SITES)
        if context.actor.may(Action.READ_SITE, Subject(path))
    ]
    this = Week.containing(context.now)
    async with context.work.read() as session:
        rows = await site_pages.by_last_visit(
            session, below(paths) & open_site(), this.monday, ROWS + 1, page * ROWS
        )
        lines = await site_lines(session, context, rows[:ROWS], this)
    return OwnSites(lines, ListPage(page, len(rows) > ROWS))


async def site_lines(
    session: AsyncSession,
    context: Context,
    rows: Sequence[tuple[Unit, date | None]],
    week: Week,
) -> list[SiteLine]:
    """Each with its weeks until `week` and its open cases as far as the actor may know of them, in
    one query for all."""
    ids = [site.id or 0 for site, _ in rows]
    cases = await sight.counted_at(session, context.actor, ids, context.now)
    return [
        SiteLine(site, weeks_between(last, week) if last else None, cases[site.id or 0])
        for site, last in rows
    ]


def weeks_between(monday: date, week: Week) -> int:
    """How many weeks a Monday lies before this one; 0 in it or later."""
    return max(0, (week.monday - monday).days // 7)
