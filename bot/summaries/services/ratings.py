"""The yearly ratings: of every CĐCS by the union above it, of the unions above the sites by the
province, which looks at how strong their CĐCS are (`sat-co-so` III.2.1).

What reports of visits and people propose waits; a leader decides one by one, or takes all proposals
as they are after a preview.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from zlib import crc32

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Subject
from bot.summaries.cards import ratings as rating_cards
from bot.summaries.facts.ratings import (
    BY_LEADER,
    ProposalsPreview,
    RatedUnit,
    RatingList,
    RatingPage,
)
from bot.summaries.services.counting import moved
from bot.visits.rules.suggested_figures import COUNTS, RATING, rated_year
from bot.visits.services import suggested_figures
from storage import outbox, people, ratings
from storage import targets as stored
from storage.enums import FiguresState, Rating, UnitKind
from storage.folding import Order, name_order
from storage.models import SuggestedFigures, Unit, UnitRating
from storage.paths import ids_of

PER_PAGE = 8
LOOKING = (Action.RATE_UNITS, Action.PROPOSE_RATING)
BY_PROPOSAL = "theo đề xuất"


async def list_units(context: Context, unit_id: int, year: int, page: int) -> RatingList:
    """What a unit rates in a year (0: one's own, the one to be rated). Raises Refused."""
    year = _year(context, year)
    async with context.work.read() as session:
        above = await _above(session, context, unit_id)
        others = [unit for unit in await _own(session, context) if unit.id != above.id]
        rows = await _rows(session, context, above, year)
    rows.sort(key=_urgency)
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(page, pages - 1)
    compared = Counter(moved(r.rating, r.before) for r in rows if r.rating and r.before)
    decides = context.actor.may(Action.RATE_UNITS, Subject(above.path))
    return RatingList(
        above,
        year,
        local(context.now).year,
        rows[page * PER_PAGE : (page + 1) * PER_PAGE],
        Counter(row.rating for row in rows),
        (compared[1], compared[0], compared[-1]),
        sum(_is_open(row) for row in rows),
        page,
        pages,
        decides,
        others,
    )


async def look(context: Context, unit_id: int, year: int) -> RatingPage:
    """One unit's rating. Raises Refused: not within the actor's units."""
    async with context.work.read() as session:
        return await _page(session, context, unit_id, _year(context, year))


async def decide(
    context: Context, unit_id: int, year: int, rating: Rating, proposal_id: int
) -> RatingPage:
    """The unit has this rating. Raises Refused: not the actor's to decide, or another proposal has
    come since (`proposal_id`)."""
    async with context.work.write() as session:
        page = await _page(session, context, unit_id, _year(context, year))
        require(context.actor, Action.RATE_UNITS, Subject(page.above.path))
        if page.row.proposal_id != proposal_id:
            raise Refused(messages.RATING_CHANGED)
        await _rate(session, context, page.year, {unit_id: rating}, [page.row])
        return await _page(session, context, unit_id, page.year)


async def preview(context: Context, unit_id: int, year: int) -> ProposalsPreview:
    """All open proposals of a unit's list. Raises Refused: not the actor's to decide, or none."""
    async with context.work.read() as session:
        return await _preview(session, context, unit_id, _year(context, year))


async def decide_all(context: Context, unit_id: int, year: int, stamp: str) -> RatingList:
    """Every open proposal counts as it is. Raises Refused as `preview`, and where the proposals are
    others than those that were current."""
    async with context.work.write() as session:
        current = await _preview(session, context, unit_id, _year(context, year))
        if current.stamp != stamp:
            raise Refused(messages.RATING_CHANGED)
        proposals = {r.unit.id or 0: r.proposal for r in current.rows if r.proposal}
        await _rate(session, context, current.year, proposals, current.rows)
    return await list_units(context, unit_id, year, 0)


async def propose(context: Context, unit_id: int, year: int, rating: Rating) -> RatingPage:
    """Put a rating before whoever decides; the newest proposal is current. Raises Refused: only for
    a CĐCS, and only within the actor's units."""
    async with context.work.write() as session:
        page = await _page(session, context, unit_id, _year(context, year))
        require(context.actor, Action.PROPOSE_RATING, Subject(page.row.unit.path))
        if page.row.unit.kind is not UnitKind.SITE_UNION:
            raise Refused(messages.NOT_ALLOWED)
        await suggested_figures.suggest(
            session, context, page.row.unit, {RATING: rating}, page.year
        )
        await session.flush()
        return await _page(session, context, unit_id, page.year)


async def _above(session: AsyncSession, context: Context, unit_id: int) -> Unit:
    """The unit whose list it is. 0: the actor's own, the highest that rates anything."""
    if unit_id:
        unit = await session.get(Unit, unit_id) if unit_id < stored.MAX_ID else None
        if unit is None or not _sees(context, unit):
            raise Refused(messages.NOT_FOUND)
        return unit
    if own := await _own(session, context):
        return own[0]
    raise Refused(messages.NOT_ALLOWED)


async def _own(session: AsyncSession, context: Context) -> list[Unit]:
    """Whose lists are the actor's own: first what they lead, and the highest."""
    own = await people.places_at(session, context.actor.paths_for(*LOOKING))
    led = context.actor.paths_for(Action.RATE_UNITS)
    return sorted(
        (unit for unit in own if unit.kind in (UnitKind.FEDERATION, UnitKind.UPPER)),
        key=lambda unit: (unit.path not in led, unit.path.count("/"), unit.id),
    )


def _sees(context: Context, unit: Unit) -> bool:
    return any(context.actor.may(action, Subject(unit.path)) for action in LOOKING)


async def _rows(session: AsyncSession, context: Context, above: Unit, year: int) -> list[RatedUnit]:
    """How many queries it takes does not depend on how many units there are."""
    today = local(context.now).date()
    if above.kind is UnitKind.FEDERATION:
        rated = await stored.below_province(session, above, today)
        unions = await stored.unions_below(session, above, today)
    else:
        rated, unions = await stored.unions_below(session, above, today), []
    return await _rated(session, rated, unions, year)


async def _rated(
    session: AsyncSession, rated: Sequence[Unit], unions: Sequence[Unit], year: int
) -> list[RatedUnit]:
    ids = {unit.id or 0 for unit in (*rated, *unions)}
    year_ratings = await ratings.of_years(session, ids, (year - 1, year))
    proposals: dict[int, list[SuggestedFigures]] = defaultdict(list)
    for suggestion in await ratings.proposed(session, {unit.id or 0 for unit in rated}, year):
        proposals[suggestion.site_id].append(suggestion)
    authors = {row.person_id for rows in proposals.values() for row in rows}
    deciders = {r.decided_by for r in year_ratings.values() if r.decided_by}
    named = await people.named(session, authors | deciders)
    names = {key: person.name for key, person in named.items()}
    now_by_unit = {key: row for (key, of_year), row in year_ratings.items() if of_year == year}
    strength: dict[int, Counter[Rating | None]] = defaultdict(Counter)
    for other in unions:
        row = now_by_unit.get(other.id or 0)
        for key in ids_of(other.path):
            strength[key][row.rating if row else None] += 1
    return [
        replace(
            _row(unit, now_by_unit.get(unit.id or 0), proposals[unit.id or 0], names),
            before=row.rating if (row := year_ratings.get((unit.id or 0, year - 1))) else None,
            unions=strength[unit.id or 0] if unit.kind is UnitKind.UPPER else {},
        )
        for unit in rated
    ]


def _row(
    unit: Unit,
    now: UnitRating | None,
    proposals: Sequence[SuggestedFigures],
    names: Mapping[int, str],
) -> RatedUnit:
    newest = proposals[-1] if proposals else None
    return RatedUnit(
        unit=unit,
        before=None,
        rating=now.rating if now else None,
        proposal=newest.rating if newest else None,
        by=list(dict.fromkeys(names[row.person_id] for row in proposals)),
        from_visits=sum(row.visit_id is not None for row in proposals),
        proposal_id=(newest.id or 0) if newest else 0,
        decided_by=names.get(now.decided_by or 0, "") if now else "",
        decided_at=now.decided_at if now else None,
        basis=now.basis if now else "",
    )


async def _page(session: AsyncSession, context: Context, unit_id: int, year: int) -> RatingPage:
    unit = await session.get(Unit, unit_id) if unit_id < stored.MAX_ID else None
    above = await session.get(Unit, unit.parent_id) if unit and unit.parent_id else None
    if unit is None or above is None or not _sees(context, unit):
        raise Refused(messages.NOT_FOUND)
    if unit.kind not in (UnitKind.UPPER, UnitKind.SITE_UNION):
        raise Refused(messages.NOT_FOUND)
    today = local(context.now).date()
    is_upper = unit.kind is UnitKind.UPPER
    unions = await stored.unions_below(session, unit, today) if is_upper else []
    (row,) = await _rated(session, [unit], unions, year)
    return RatingPage(
        row,
        above,
        year,
        local(context.now).year,
        context.actor.may(Action.RATE_UNITS, Subject(above.path)),
        not is_upper and context.actor.may(Action.PROPOSE_RATING, Subject(unit.path)),
    )


async def _preview(
    session: AsyncSession, context: Context, unit_id: int, year: int
) -> ProposalsPreview:
    above = await _above(session, context, unit_id)
    require(context.actor, Action.RATE_UNITS, Subject(above.path))
    rows = [row for row in await _rows(session, context, above, year) if _is_open(row)]
    if not rows:
        raise Refused(messages.NO_PROPOSALS)
    current = ";".join(f"{row.unit.id}:{row.proposal_id}:{row.proposal}" for row in rows)
    return ProposalsPreview(above, year, rows, f"{crc32(f'{year};{current}'.encode()):08x}")


async def _rate(
    session: AsyncSession,
    context: Context,
    year: int,
    decided: Mapping[int, Rating],
    rows: Collection[RatedUnit],
) -> None:
    """Keep the ratings with who decided; the proposals about them wait no more, and whoever made
    them hears of it."""
    year_ratings = await ratings.of_years(session, decided, (year,))
    proposed = {row.unit.id or 0: row.proposal for row in rows}
    for unit_id, rating in decided.items():
        row = year_ratings.get((unit_id, year))
        if row is None:
            row = UnitRating(unit_id=unit_id, year=year, rating=rating)
            session.add(row)
        row.rating = rating
        row.decided_by, row.decided_at = context.actor.person_id, context.now
        row.basis = BY_PROPOSAL if proposed.get(unit_id) is rating else BY_LEADER
    suggestions = await ratings.proposed(session, decided, year)
    units = {row.unit.id or 0: row.unit for row in rows}
    to_proposers = {
        key: rating_cards.decided(units[key[0]], year, decided[key[0]], context.actor.name)
        for key in dict.fromkeys((row.site_id, row.person_id) for row in suggestions)
        if key[1] != context.actor.person_id
    }
    newest = {(row.site_id, row.person_id): row.id for row in suggestions}
    await outbox.add_all(
        session,
        [
            notice(context.work.calendar, key[1], card, f"rating:{newest[key]}", context.now)
            for key, card in to_proposers.items()
        ],
    )
    for suggestion in suggestions:
        rating = decided[suggestion.site_id]
        if any(getattr(suggestion, key) is not None for key in COUNTS):
            suggestion.rating = None  # its headcounts still wait
        else:
            same = suggestion.rating is rating
            suggestion.state = FiguresState.ACCEPTED if same else FiguresState.EDITED
            suggestion.decided = {RATING: rating}
            suggestion.decided_by, suggestion.decided_at = context.actor.person_id, context.now
    await session.flush()


def _is_open(row: RatedUnit) -> bool:
    """Proposed, and not so already."""
    return row.proposal is not None and row.proposal is not row.rating


def _year(context: Context, year: int) -> int:
    """Last year or this one; 0: the one to be rated now. Raises Refused for others."""
    today = local(context.now).date()
    if year and not 0 <= today.year - year <= 1:
        raise Refused(messages.NOT_FOUND)
    return year or rated_year(today)


def _urgency(row: RatedUnit) -> tuple[bool, bool, Order]:
    """What waits for a decision comes first."""
    return (
        row.rating is not None and not _is_open(row),
        not _is_open(row),
        name_order(row.unit.name),
    )
