"""A grassroots committee says how many workers and members its site has.

Its own figures count at once; the officer in charge and the nearest leaders are told what changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Subject, roles_for
from bot.units.cards import own_figures as cards
from storage import outbox, people, supervision
from storage.models import Unit


@dataclass(frozen=True)
class Figures:
    """Heads: all workers, the women among them, the members of the union."""

    workers: int
    women: int
    members: int


async def own_sites(context: Context) -> Sequence[Unit]:
    """The sites whose figures one keeps. Raises Refused for whoever represents none."""
    require(context.actor, Action.COUNT_SITE)
    async with context.work.read() as session:
        return await people.places_at(session, context.actor.paths_for(Action.COUNT_SITE))


async def update(context: Context, site_id: int, figures: Figures) -> tuple[Unit, Figures]:
    """Set the figures; returns the site and what they were. Raises Refused where they cannot be."""
    if figures.members > figures.workers or figures.women > figures.workers:
        raise Refused(messages.MORE_THAN_WORKERS)
    async with context.work.write() as session:
        site = await session.get(Unit, site_id, with_for_update=True)
        if site is None or site.dissolved_on:
            raise Refused(messages.NOT_FOUND)
        require(context.actor, Action.COUNT_SITE, Subject(site.path))
        before = Figures(site.workers, site.women, site.members)
        site.workers, site.women, site.members = figures.workers, figures.women, figures.members
        if figures != before:
            roles = roles_for(Action.REASSIGN_VISIT)
            receivers = await supervision.nearest_over(session, site.path, roles)
            card = cards.changed(site, before, context.actor.name)
            key = f"figures:{site.id}:{context.now.isoformat()}"
            for person in dict.fromkeys(
                [*([site.officer_id] if site.officer_id else []), *receivers]
            ):
                message = notice(
                    context.work.calendar, person, card, f"{key}:{person}", context.now
                )
                await outbox.add(session, message)
    return site, before
