"""A place that an officer was at and found in no list: kept at once, so that the visit is whole,
and decided by an administrator: it is a site, it is another one of the list, or it is none.

Until then no plan sends anybody there and it is no part of the coverage.
"""

from collections.abc import Sequence
from secrets import token_hex

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.search import best
from bot.core.work import Work
from bot.units.cards import new_sites as cards
from storage import new_sites, outbox, supervision, units
from storage.enums import UnitKind
from storage.folding import fold
from storage.models import Unit

MAX_ID = 2**31 - 1


async def propose(session: AsyncSession, context: Context, name: str, address: str) -> Unit:
    """The new place below the officer's own unit; the administrators above are told."""
    grants = [g for g in context.actor.grants if g.carries(Action.REPORT_UNPLANNED)]
    path = next((path for grant in grants if not grant.cluster for path in grant.paths), "")
    above = await new_sites.at_path(session, path)
    if above is None or above.id is None:
        raise Refused(messages.NO_UNIT_FOR_SITE)
    site = Unit(
        code=f"MOI-{token_hex(4).upper()}",
        name=name[:200],
        folded=fold(name)[:200],
        kind=UnitKind.ENTERPRISE,
        parent_id=above.id,
        address=address[:300],
        known_since=local(context.now).date(),
        unconfirmed=True,
    )
    session.add(site)
    await session.flush()
    site.path = f"{above.path}{site.id}/"
    card = cards.told_new(site, above, context.actor.name)
    roles = roles_for(Action.IMPORT_UNITS)
    for person in await supervision.nearest_over(session, site.path, roles):
        key = f"new_site:{site.id}:{person}"
        await outbox.add(session, notice(context.work.calendar, person, card, key, context.now))
    return site


async def waiting(context: Context) -> Sequence[Unit]:
    """What waits for the actor. Raises Refused for whoever keeps no list."""
    require(context.actor, Action.IMPORT_UNITS)
    async with context.work.read() as session:
        return await new_sites.waiting(session, context.actor.paths_for(Action.IMPORT_UNITS))


async def opened(context: Context, site_id: int) -> tuple[Unit, Unit]:
    """One of these and the unit above it. Raises Refused where it was decided about."""
    async with context.work.read() as session:
        site = await _undecided(session, context, site_id)
        return site, await session.get_one(Unit, site.parent_id)


async def confirm(context: Context, site_id: int) -> Unit:
    """It is a site like any other from now on."""
    async with context.work.write() as session:
        site = await _undecided(session, context, site_id)
        site.unconfirmed = False
        return site


async def dismiss(context: Context, site_id: int) -> Unit:
    """It is none: nobody is sent there; the visit that was made stays."""
    async with context.work.write() as session:
        site = await _undecided(session, context, site_id)
        site.unconfirmed, site.dissolved_on = False, local(context.now).date()
        return site


async def merge(context: Context, site_id: int, other_id: int) -> Unit:
    """It is another site of the list under another name: visit, cases and all go there."""
    async with context.work.write() as session:
        site = await _undecided(session, context, site_id)
        other = await session.get(Unit, other_id) if other_id <= MAX_ID else None
        if other is None or other.unconfirmed or other.dissolved_on:
            raise Refused(messages.NOT_FOUND)
        require(context.actor, Action.IMPORT_UNITS, Subject(other.path))
        await new_sites.move_all(session, site, other)
        return other


async def sites_like(work: Work, actor: Actor, query: str) -> list[tuple[int, str]]:
    """(id, name) of the confirmed sites whose names fit."""
    async with work.read() as session:
        sites = await units.sites(session, actor.paths_for(Action.IMPORT_UNITS))
    names = {site.id: site.name for site in sites if site.id}
    keys = best(query, [(site.id, site.folded) for site in sites if site.id])
    return [(key, names[key]) for key in keys]


async def _undecided(session: AsyncSession, context: Context, site_id: int) -> Unit:
    key = site_id if site_id <= MAX_ID else 0
    site = await session.get(Unit, key, with_for_update=True)
    if site is None:
        raise Refused(messages.NEW_SITE_DECIDED)
    require(context.actor, Action.IMPORT_UNITS, Subject(site.path))
    if not site.unconfirmed:
        raise Refused(messages.NEW_SITE_DECIDED)
    return site
