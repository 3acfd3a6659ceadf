"""Headcounts and ratings that reports suggest: a list where the unit's leader decides, then they
count: in the unit's row, and so in every figure that is drawn from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.units.services import counts
from bot.units.services.counts import Origin
from bot.visits.cards import suggested_figures as figures_cards
from bot.visits.facts.suggested_figures import FiguresFacts, FiguresPage
from bot.visits.rules.suggested_figures import (
    COUNTS,
    FIGURES,
    RATING,
    contradiction,
    decider,
    merged,
    news,
    rated_year,
)
from storage import outbox, people, suggested_figures
from storage.enums import CountSource, FiguresState, Rating, UnitKind
from storage.models import SuggestedFigures, Unit, UnitRating, Visit, VisitReport

PER_PAGE = 5


async def keep(
    session: AsyncSession, context: Context, visit: Visit, site: Unit, report: VisitReport
) -> None:
    """What the report says of the site's figures, in place of what an earlier version said. What
    was decided about is not asked again for a correction of something else."""
    await suggested_figures.drop_of_visit(session, visit.id or 0)
    figures = {
        "workers": report.headcount,
        "women": report.women,
        "members": report.members,
        RATING: report.suggested_rating,
    }
    for decided in await suggested_figures.decided_of_visit(session, visit.id or 0):
        figures = {k: v for k, v in figures.items() if v != getattr(decided, k)}
    row = await suggest(session, context, site, figures, rated_year(report.visited_on))
    if row:
        row.visit_id = visit.id


async def suggest(
    session: AsyncSession, context: Context, site: Unit, figures: Mapping[str, object], year: int
) -> SuggestedFigures | None:
    """Put figures of a site on the list of whoever decides; None where nothing in them is new.

    For a report, and for the site's own committee; whoever calls has asked for permission.
    A rating is for the `year`, and kept only for a CĐCS.
    """
    ratings = await suggested_figures.ratings_of(session, [(site.id or 0, year)])
    new = news(figures, _present(site, ratings.get((site.id or 0, year))))
    if site.kind is not UnitKind.SITE_UNION:
        new.pop(RATING, None)
    if not new:
        return None
    row = SuggestedFigures(
        site_id=site.id or 0,
        person_id=context.actor.person_id,
        suggested_at=context.now,
        year=year,
        **new,
    )
    session.add(row)
    return row


def _present(site: Unit, rating: UnitRating | None) -> dict[str, object]:
    counts: dict[str, object] = {key: getattr(site, key) for key in COUNTS}
    return {**counts, RATING: rating.rating if rating else None}


async def waiting(context: Context, page: int) -> FiguresPage:
    """The sites that wait for the actor's decision. Raises Refused for whoever decides nothing."""
    require(context.actor, Action.DECIDE_FIGURES)
    async with context.work.read() as session:
        sites = await _to_decide(session, context.actor)
        on_page = sites[page * PER_PAGE : (page + 1) * PER_PAGE]
        return FiguresPage(await _facts(session, on_page), page * PER_PAGE + 1, len(sites))


async def count(context: Context) -> int:
    """How many sites wait for the actor."""
    async with context.work.read() as session:
        return len(await _to_decide(session, context.actor))


async def at_site(context: Context, site_id: int) -> FiguresFacts:
    """What waits about one site. Raises Refused: nothing, or not the actor's to decide."""
    async with context.work.read() as session:
        site = await _allowed(session, context, site_id)
        return await _site_facts(session, site)


async def accept(context: Context, site_id: int, seen_id: int) -> None:
    """The suggested figures count from now on. Raises Refused as `at_site`, and where another
    suggestion has come since (`seen_id`: the newest that was shown)."""
    async with context.work.write() as session:
        site = await _allowed(session, context, site_id)
        facts, rows = await _waiting(session, site, seen_id)
        await _decide(session, context, site, rows, facts.suggested, FiguresState.ACCEPTED)


async def keep_present(context: Context, site_id: int, seen_id: int) -> None:
    """The unit's figures stay as they are. Raises Refused as `accept`."""
    async with context.work.write() as session:
        site = await _allowed(session, context, site_id)
        _, rows = await _waiting(session, site, seen_id)
        await _decide(session, context, site, rows, {}, FiguresState.KEPT)


async def edit(context: Context, site_id: int, seen_id: int, figures: Mapping[str, object]) -> None:
    """These figures count in place of the suggested ones. Raises Refused as `accept`, and for
    figures that contradict each other."""
    async with context.work.write() as session:
        site = await _allowed(session, context, site_id)
        _, rows = await _waiting(session, site, seen_id)
        await _decide(session, context, site, rows, figures, FiguresState.EDITED)


async def _to_decide(session: AsyncSession, actor: Actor) -> Sequence[Unit]:
    """Sites that wait and whose nearest leader is the actor."""
    own = set(actor.paths_for(Action.DECIDE_FIGURES))
    led = await suggested_figures.led_paths(session, roles_for(Action.DECIDE_FIGURES))
    sites = await suggested_figures.sites_waiting(session, own)
    return [site for site in sites if decider(site.path, led) in own]


async def _allowed(session: AsyncSession, context: Context, site_id: int) -> Unit:
    site = await session.get(Unit, site_id)
    if site is None or not context.actor.may(Action.DECIDE_FIGURES, Subject(site.path)):
        raise Refused(messages.NOT_FOUND)
    return site


async def _site_facts(session: AsyncSession, site: Unit) -> FiguresFacts:
    facts = await _facts(session, [site])
    if not facts:
        raise Refused(messages.FIGURES_DECIDED)
    return facts[0]


async def _waiting(
    session: AsyncSession, site: Unit, seen_id: int
) -> tuple[FiguresFacts, Sequence[SuggestedFigures]]:
    rows = await suggested_figures.waiting_at(session, site.id or 0)
    facts = await _site_facts(session, site)
    if facts.newest_id != seen_id:
        raise Refused(messages.FIGURES_CHANGED)
    return facts, rows


async def _facts(session: AsyncSession, sites: Sequence[Unit]) -> list[FiguresFacts]:
    """In three queries, however many sites."""
    by_site = await suggested_figures.waiting_of(session, [site.id or 0 for site in sites])
    newest = {site: rows[-1] for site, rows in by_site.items()}
    years = [(site, row.year) for site, row in newest.items()]
    ratings = await suggested_figures.ratings_of(session, years)
    named = await people.named(
        session, {row.person_id for rows in by_site.values() for row in rows}
    )
    return [
        FiguresFacts(
            site=site,
            present=_present(site, ratings.get((key, newest[key].year))),
            suggested=merged({f: getattr(row, f) for f in FIGURES} for row in by_site[key]),
            year=newest[key].year,
            names=list(dict.fromkeys(named[row.person_id].name for row in by_site[key])),
            newest_at=newest[key].suggested_at,
            newest_id=newest[key].id or 0,
        )
        for site in sites
        if (key := site.id or 0) in by_site
    ]


async def _decide(
    session: AsyncSession,
    context: Context,
    site: Unit,
    rows: Sequence[SuggestedFigures],
    figures: Mapping[str, object],
    state: FiguresState,
) -> None:
    """Put the figures into the unit's row, note who decided, tell who suggested them."""
    before = await _site_facts(session, site)
    if words := contradiction({**before.present, **figures}):
        raise Refused(words)
    numbers = {key: n for key in COUNTS if isinstance(n := figures.get(key), int)}
    decided = replace(counts.figures_of(site), **numbers)
    visit_id = rows[-1].visit_id
    by = context.actor.person_id
    counts.record(session, site, decided, Origin(CountSource.REPORT, context.now, by, visit_id))
    if isinstance(rating := figures.get(RATING), Rating):
        await _rate(session, context, site, before.year, rating)
    for row in rows:
        row.state, row.decided = state, {key: figures[key] for key in FIGURES if key in figures}
        row.decided_by, row.decided_at = context.actor.person_id, context.now
    card = figures_cards.decision(before, context.actor.name, figures, state)
    for person_id in {row.person_id for row in rows} - {context.actor.person_id}:
        key = f"figures:{before.newest_id}:{person_id}"
        await outbox.add(session, notice(context.work.calendar, person_id, card, key, context.now))


async def _rate(
    session: AsyncSession, context: Context, site: Unit, year: int, rating: Rating
) -> None:
    row = await session.get(UnitRating, (site.id, year))
    if row is None:
        row = UnitRating(unit_id=site.id or 0, year=year, rating=rating)
        session.add(row)
    row.rating, row.basis = rating, "theo đề xuất"
    row.decided_by, row.decided_at = context.actor.person_id, context.now
