"""What runs out at sites: kept from reports of visits, reminded of, named on the site's page."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.context import Context
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, roles_for
from bot.core.streams import Stream
from bot.core.work import Work
from bot.visits.cards import site_page as cards
from bot.visits.rules.results import IN_USE, last_day_of
from bot.visits.rules.terms import ends_soon, next_reminder
from storage import outbox, people, site_terms
from storage.enums import Lane
from storage.models import SiteTerm, Visit, VisitReport


async def keep(session: AsyncSession, context: Context, visit: Visit, report: VisitReport) -> None:
    """The last days follow the report: a correction replaces what its earlier version said."""
    stated = [ending for result in report.results if (ending := last_day_of(result))]
    wanted = {(kind.key, until) for kind, until in stated}
    for term in await site_terms.of_visit(session, visit.id or 0):
        if (term.kind, term.until) in wanted:
            wanted.discard((term.kind, term.until))
        else:
            await outbox.cancel(session, f"term:{term.id}", outbox.REMINDERS)
            await session.delete(term)
    for kind, until in sorted(wanted):
        term = SiteTerm(
            visit_id=visit.id or 0,
            site_id=visit.site_id,
            kind=kind,
            until=until,
            created_at=context.now,
        )
        _plan_next(context.work, term, context.now)
        session.add(term)


def _plan_next(work: Work, term: SiteTerm, now: datetime) -> None:
    pair = next_reminder(term.until, frozenset(term.reminded), now, work.calendar)
    term.remind_at = pair[0] if pair else None


async def ending_at(session: AsyncSession, site_id: int, now: datetime) -> list[tuple[str, date]]:
    """(what, its last day) of what runs out at a site within 60 days, or has run out."""
    newest = await site_terms.newest_at(session, [site_id])
    return [
        (kind.expires, term.until)
        for (_, key), term in newest.items()
        if (kind := IN_USE.get(key)) and ends_soon(term.until, local(now).date())
    ]


async def _remind(
    session: AsyncSession, work: Work, due: Sequence[SiteTerm], now: datetime
) -> None:
    newest = await site_terms.newest_at(session, {term.site_id for term in due})
    readers = await site_terms.whom_to_tell(session, [term.id or 0 for term in due])
    officers = await people.holding_among(
        session, {officer for _, officer in readers.values()}, roles_for(Action.GO_TO_SITES)
    )
    for term in due:
        pair = next_reminder(term.until, frozenset(term.reminded), now, work.calendar)
        if pair and pair[0] <= now:
            tag = pair[1].tag
            term.reminded = [*term.reminded, tag]
            site, officer = readers[term.id or 0]
            kind = IN_USE.get(term.kind)
            stands = newest[term.site_id, term.kind].id == term.id and site.dissolved_on is None
            if kind and stands and officer in officers:
                card = cards.term_reminder(site, kind.expires, term.until)
                key, about = f"term:{term.id}:{tag}", f"term:{term.id}"
                message = notice(
                    work.calendar, officer, card, key, now, lane=Lane.REMINDER, subject=about
                )
                await outbox.add(session, message)
        _plan_next(work, term, now)


STREAM = Stream("terms", SiteTerm, site_terms.WAITING, _remind)
