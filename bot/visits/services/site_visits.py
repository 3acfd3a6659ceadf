"""Visits for the committee of the site: when somebody comes, and its word that they came.

Plan `sat-co-so` asks that visits be real ("thực chất, tránh qua loa, hình thức"): what the
committee vouches for, the officer's leader sees. It reads no word of the report: what an officer
heard from workers is not the committee's to read.
"""

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Subject, roles_for
from bot.visits.cards import site_visits as cards
from bot.visits.facts.site_visits import SiteVisit, SiteVisits
from bot.visits.services.promises import promises_of_sites
from storage import cases, outbox, people, site_visits, units, visits
from storage.enums import VisitStatus
from storage.models import Person, Unit, Visit, VisitEvent

BACK = timedelta(weeks=8)
"""How long visits are shown and can be vouched for."""


async def at_own_sites(context: Context) -> SiteVisits:
    """The last weeks' visits and those to come. Raises Refused for whoever represents no site."""
    require(context.actor, Action.SEE_OWN_SITES)
    paths = context.actor.paths_for(Action.SEE_OWN_SITES)
    since = Week.containing(context.now).monday - BACK
    async with context.work.read() as session:
        sites = {site.id or 0: site for site in await people.places_at(session, paths)}
        rows = await site_visits.at_sites(session, sites, since)
        vouched = await site_visits.vouched_by(session, [visit.id or 0 for visit, *_ in rows])
        promises_by_site = await promises_of_sites(session, sites)
    facts = [
        SiteVisit(
            visit,
            sites[visit.site_id],
            officer.name,
            reported or visit.day,
            visit.id in vouched,
            _may_vouch(context, visit, sites[visit.site_id]) and visit.id not in vouched,
        )
        for visit, officer, reported in rows
    ]
    open_promises = [
        (p, sites[p.site_id].name) for of_site in promises_by_site.values() for p in of_site
    ]
    return SiteVisits(facts, len(sites) > 1, open_promises)


async def vouch(context: Context, visit_id: int) -> None:
    """The committee says that the visit took place; a second time changes nothing."""
    async with context.work.write() as session:
        visit = await visits.get_locked(session, visit_id) if visit_id < 2**31 else None
        site = (await units.by_ids(session, [visit.site_id])).get(visit.site_id) if visit else None
        if visit is None or site is None:
            raise Refused(messages.NOT_FOUND)
        require(context.actor, Action.VOUCH_FOR_VISIT, Subject(site.path))
        if not _may_vouch(context, visit, site):
            raise Refused(messages.NOT_TO_VOUCH)
        if await site_visits.vouched_by(session, [visit_id]):
            return
        session.add(
            VisitEvent(
                visit_id=visit_id,
                at=context.now,
                actor_id=context.actor.person_id,
                what=site_visits.VOUCHED,
            )
        )


async def ask_to_vouch(
    session: AsyncSession, context: Context, visit: Visit, site: Unit, day: date
) -> None:
    """Ask the committee of the site, once a visit, when its report came in."""
    roles = roles_for(Action.VOUCH_FOR_VISIT)
    committee = [person for _, _, person in await cases.staff_at(session, [site.id or 0], roles)]
    officer = await session.get_one(Person, visit.officer_id)
    card = cards.ask(visit, site, officer.name, day)
    for person in committee:
        key = f"vouch:{visit.id}:{person.id}"
        message = notice(context.work.calendar, person.id or 0, card, key, context.now)
        await outbox.add(session, message)


async def voucher(session: AsyncSession, visit_id: int) -> tuple[str, datetime] | None:
    """Who vouched for a visit and when, for whoever watches over it."""
    event = (await site_visits.vouched_by(session, [visit_id])).get(visit_id)
    if event is None or event.actor_id is None:
        return None
    return (await session.get_one(Person, event.actor_id)).name, event.at


def _may_vouch(context: Context, visit: Visit, site: Unit) -> bool:
    """A reported visit of the last weeks that is not one's own."""
    recent = visit.week >= Week.containing(context.now).monday - BACK
    reported = visit.status is VisitStatus.REPORTED
    others = visit.officer_id != context.actor.person_id
    allowed = context.actor.may(Action.VOUCH_FOR_VISIT, Subject(site.path))
    return recent and reported and others and allowed
