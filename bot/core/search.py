"""Finding things by a few letters of their name: no accents needed, typos forgiven."""

import re
from collections.abc import Sequence

from bot.core.rules.official_names import ABBREVIATIONS
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


_SHORT = {fold(words): fold(short) for short, words in ABBREVIATIONS.items()}
_SPELLED = re.compile(r"\b(?:" + "|".join(sorted(_SHORT, key=len, reverse=True)) + r")\b")


def shortened(folded: str) -> str:
    """One form of what is written now in full, now in short: khu cong nghiep -> kcn"""
    return _SPELLED.sub(lambda words: _SHORT[words[0]], folded)


def named(query: str, names: Sequence[tuple[int, str]]) -> list[int]:
    """The ids of the names (already folded) that somebody means who writes these words, the best
    first: every word of the query is like a word of the name, or both run together are alike.

    Stricter than `best`: it also has to tell words that name nothing, such as a greeting.
    """
    from rapidfuzz import fuzz

    wanted = shortened(fold(query)).split()
    together = "".join(wanted)
    if len(together) < LEAST_LETTERS:
        return []
    scores: list[tuple[float, int]] = []
    for key, name in names:
        words = shortened(name).split()
        alike = [
            max(
                (100.0 if word.startswith(part) else fuzz.ratio(part, word) for word in words),
                default=0.0,
            )
            for part in wanted
        ]
        if min(alike) >= ALIKE:
            scores.append((sum(alike) / len(alike), key))
        elif len(together) >= RUN_TOGETHER and (
            (score := fuzz.partial_ratio(together, "".join(words))) >= NEARLY_THE_SAME
            and len(together) <= len("".join(words)) + 1
        ):
            scores.append((score, key))
    scores.sort(key=lambda pair: -pair[0])
    return [key for score, key in scores if score >= scores[0][0] - AS_MUCH_MEANT]


LEAST_LETTERS = 3
ALIKE = 75  # of 100: one letter wrong in a word of four
AS_MUCH_MEANT = 10  # less than the best one
RUN_TOGETHER, NEARLY_THE_SAME = 5, 90


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
