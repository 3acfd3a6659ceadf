"""What the home cards of administrators and representatives show."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services import site_requests
from bot.core.access import require
from bot.core.context import Context
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Subject
from bot.home.cards import OwnSite, Totals
from bot.people.services import invitations
from storage import people
from storage.models import Person, Unit


async def totals(context: Context) -> Totals:
    """What there is in an administrator's scope."""
    require(context.actor, Action.INVITE)
    paths = context.actor.paths_for(Action.INVITE)
    links = await invitations.open_invitations(context)
    async with context.work.read() as session:
        all_units, sites = await people.count_units(session, paths)
        names = await people.names_below(session, paths)
    return Totals(all_units, sites, len(names), len(links))


async def own_sites(context: Context) -> Sequence[OwnSite]:
    """Each site somebody represents: who is in charge, when they come, who is above."""
    async with context.work.read() as session:
        sites = await people.places_at(session, context.actor.paths_for(Action.SEE_OWN_SITES))
        for site in sites:
            require(context.actor, Action.SEE_OWN_SITES, Subject(site.path))
        monday = Week.containing(context.now).monday
        return [await _own_site(session, site, monday, context.now) for site in sites]


async def own_requests(context: Context) -> int:
    """How many of one's own requests wait."""
    async with context.work.read() as session:
        return await site_requests.own_open(session, context)


async def _own_site(session: AsyncSession, site: Unit, monday: date, now: datetime) -> OwnSite:
    coming = await people.next_visit_at(session, site.id or 0, monday)
    visit, visitor = coming or (None, None)
    officer = await session.get(Person, site.officer_id) if site.officer_id else None
    above = await session.get(Unit, site.parent_id) if site.parent_id else None
    return OwnSite(
        site=site,
        officer=officer,
        visitor=visitor,
        day=visit.day if visit else None,
        week=Week.of(visit.week) if visit else None,
        above=above,
        voice=await site_requests.workers_voice(session, site.id or 0, now),
    )
