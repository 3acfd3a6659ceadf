"""For which of their sites a grassroots committee acts; who has one alone is not asked."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.conversation.form import Option
from bot.core.rendering import brief
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from storage import people, units
from storage.models import Draft, Unit


def own_sites(action: Action) -> Callable[[Work, Actor, Draft], Awaitable[Sequence[Option]]]:
    """The choices of a step `site`: where the actor may do this."""

    async def sites(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
        async with work.read() as session:
            places = await people.places_at(session, actor.paths_for(action))
        return [Option(str(site.id), brief(site.name, 60)) for site in places]

    return sites


def known_site(sites: Sequence[Unit]) -> dict[str, Any]:
    """The answer of the step where there is a single site to act for."""
    return {"site": sites[0].id} if len(sites) == 1 else {}


async def site_name(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    """The name of the site that was chosen."""
    site_id = draft.answers.get("site")
    if not isinstance(site_id, int):
        return {}
    async with work.read() as session:
        site = (await units.by_ids(session, [site_id])).get(site_id)
    return {"site": site.name} if site else {}
