"""Finding things by a few letters of their name: no accents needed, typos forgiven."""

from collections.abc import Sequence

from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from storage import units
from storage.folding import fold

GOOD_ENOUGH = 60  # of 100
NEARLY_AS_GOOD = 15  # a name so much less like the query than the best one is another's


def best(query: str, names: Sequence[tuple[int, str]], limit: int = 8) -> list[int]:
    """The ids of the names (already folded) most like the query, the best first.

    An empty query gives the first ones as they come.
    """
    if not (wanted := fold(query)):
        return [key for key, _ in names[:limit]]
    from rapidfuzz import fuzz, process, utils

    matches = process.extract(
        wanted,
        dict(names),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=limit,
        score_cutoff=GOOD_ENOUGH,
    )
    return [key for _, score, key in matches if score >= matches[0][1] - NEARLY_AS_GOOD]


async def sites_like(work: Work, actor: Actor, query: str) -> list[tuple[int, str]]:
    """(id, name) of the sites where somebody may report a visit and whose names fit."""
    return await sites_for(work, actor, Action.REPORT_UNPLANNED, query)


async def site_name(work: Work, actor: Actor, action: Action, site_id: int) -> str:
    """The name of a site where the actor may do this; empty for any other."""
    async with work.read() as session:
        site = (await units.by_ids(session, [site_id])).get(site_id)
    return site.name if site and actor.may(action, Subject(site.path)) else ""


async def sites_for(work: Work, actor: Actor, action: Action, query: str) -> list[tuple[int, str]]:
    """(id, name) of the sites where the actor may do this and whose names fit."""
    async with work.read() as session:
        names = await units.site_names(session, actor.paths_for(action))
    labels = {key: name for key, name, _ in names}
    return [(key, labels[key]) for key in best(query, [(k, folded) for k, _, folded in names])]
