"""How many workers and members a site has: its own committee says so, or the leader above.

Both count at once; the officer in charge is told what changed, of the committee's also the nearest
leaders.
"""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.work import Work
from bot.units.cards import own_figures as cards
from bot.units.rules.counts import Figures
from bot.units.services import counts
from bot.units.services.counts import Origin, figures_of
from storage import outbox, people, supervision
from storage.enums import SITE_KINDS, CountSource
from storage.models import Unit


async def own_sites(context: Context) -> Sequence[Unit]:
    """The sites whose figures one keeps. Raises Refused for whoever represents none."""
    require(context.actor, Action.COUNT_SITE)
    async with context.work.read() as session:
        return await people.places_at(session, context.actor.paths_for(Action.COUNT_SITE))


async def stands_now(work: Work, actor: Actor, site_id: int) -> Figures | None:
    """The figures of one's own site; None where it is not."""
    async with work.read() as session:
        own = await people.places_at(session, actor.paths_for(Action.COUNT_SITE))
    return next((figures_of(site) for site in own if site.id == site_id), None)


async def update(context: Context, site_id: int, figures: Figures) -> tuple[Unit, Figures]:
    """Set the figures; returns the site and what they were. Raises Refused where they cannot be."""
    _check(figures)
    async with context.work.write() as session:
        site = await _locked(session, context, site_id, Action.COUNT_SITE)
        before = figures_of(site)
        origin = Origin(CountSource.COMMITTEE, context.now, context.actor.person_id)
        if counts.record(session, site, figures, origin):
            roles = roles_for(Action.REASSIGN_VISIT)
            receivers = await supervision.to_tell(session, site.path, roles)
            card = cards.changed(site, before, f"{context.actor.name} (BCH CĐCS)")
            key = f"figures:{site.id}:{context.now.isoformat()}"
            for person in dict.fromkeys(
                [*([site.officer_id] if site.officer_id else []), *receivers]
            ):
                message = notice(
                    context.work.calendar, person, card, f"{key}:{person}", context.now
                )
                await outbox.add(session, message)
    return site, before


async def to_set(context: Context, site_id: int) -> Unit:
    """The site whose figures its leader is about to set. Raises Refused as `set_by_leader`."""
    async with context.work.read() as session:
        site = await session.get(Unit, site_id) if site_id < 2**31 else None
        return _allowed(context, site, Action.DECIDE_FIGURES)


async def set_by_leader(
    context: Context, site_id: int, figures: Figures, *, mended: bool
) -> tuple[Unit, Figures]:
    """Set the figures of a site below; `mended`: what stood there was wrong, nobody is new.

    Returns the site and what they were. Raises Refused: not the actor's, or figures that cannot be.
    """
    _check(figures)
    async with context.work.write() as session:
        site = await _locked(session, context, site_id, Action.DECIDE_FIGURES)
        before = figures_of(site)
        source = CountSource.MENDED if mended else CountSource.LEADER
        origin = Origin(source, context.now, context.actor.person_id)
        if counts.record(session, site, figures, origin) and site.officer_id:
            card = cards.changed(site, before, context.actor.name)
            key = f"figures:{site.id}:{context.now.isoformat()}:{site.officer_id}"
            message = notice(context.work.calendar, site.officer_id, card, key, context.now)
            await outbox.add(session, message)
    return site, before


def _check(figures: Figures) -> None:
    if figures.members > figures.workers or figures.women > figures.workers:
        raise Refused(messages.MORE_THAN_WORKERS)


async def _locked(session: AsyncSession, context: Context, site_id: int, action: Action) -> Unit:
    return _allowed(context, await session.get(Unit, site_id, with_for_update=True), action)


def _allowed(context: Context, site: Unit | None, action: Action) -> Unit:
    if site is None or site.dissolved_on or site.kind not in SITE_KINDS:
        raise Refused(messages.NOT_FOUND)
    require(context.actor, action, Subject(site.path))
    return site
