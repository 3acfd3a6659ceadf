"""What reports propose to commend: a leader decides, passes it up, or says not this time; what is a
good practice may be released for every unit to read (`sat-co-so`, II.6, IV: khen thưởng kịp thời,
đúc kết kinh nghiệm). Whoever is named in a proposal never sees it here.
"""

from datetime import date, time

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import at, local
from bot.core.rules.permissions import Action, Subject, roles_for
from bot.visits.cards import commendations as cards
from bot.visits.facts.commendations import CommendationFacts, Practices, WaitingCommendations
from bot.visits.facts.overview import ListPage
from bot.visits.rules.commendations import Leader, deciding_unit, is_named
from bot.visits.rules.statements import states_something
from storage import commendations, outbox
from storage.enums import CommendationKind, CommendationState
from storage.folding import fold
from storage.models import Commendation, Person, Unit, Visit, VisitReport

PER_PAGE = 5
MAX_ID = 2**31 - 1


async def keep(
    session: AsyncSession, context: Context, visit: Visit, site: Unit, report: VisitReport
) -> None:
    """What the report proposes, in place of what an earlier version did. What a leader acted on is
    not asked again for a correction of something else.
    """
    await commendations.drop_waiting(session, visit.id or 0)
    words = report.commendation.strip()
    earlier = {row.words for row in await commendations.of_visit(session, visit.id or 0)}
    if not states_something(words) or words in earlier:
        return
    session.add(
        Commendation(
            visit_id=visit.id or 0,
            site_id=site.id or 0,
            unit_id=await _level(session, site, words) or visit.unit_id,
            kind=report.commendation_kind,
            words=words,
            proposed_by=report.author_id,
            proposed_at=context.done_at,
        )
    )


async def _level(session: AsyncSession, site: Unit, words: str, *, above: str = "") -> int | None:
    roles = roles_for(Action.DECIDE_COMMENDATION)
    rows = await commendations.leaders_over(session, site.path, roles)
    leaders = [Leader(unit, path, fold(name)) for unit, path, name in rows]
    return deciding_unit(leaders, fold(words), above=above)


async def waiting(context: Context, page: int) -> WaitingCommendations:
    """What waits for the actor, and what was accepted of late. Raises Refused for others."""
    require(context.actor, Action.DECIDE_COMMENDATION)
    paths = context.actor.paths_for(Action.DECIDE_COMMENDATION)
    async with context.work.read() as session:
        waits = await commendations.waiting(session, paths)
        since = _asked_for_since(local(context.now).date())
        accepted = await commendations.accepted(session, paths, at(since, time.min))
    rows = [row for row in waits if _sees(context, row[0])]
    first = page * PER_PAGE
    return WaitingCommendations(
        rows[first : first + PER_PAGE],
        ListPage(page, len(rows) > first + PER_PAGE),
        len(rows),
        [row for row in accepted if _sees(context, row[0])],
        since,
    )


async def count(context: Context) -> int:
    """How many wait for the actor."""
    paths = context.actor.paths_for(Action.DECIDE_COMMENDATION)
    async with context.work.read() as session:
        return sum(_sees(context, row) for row, *_ in await commendations.waiting(session, paths))


async def opened(context: Context, key: int) -> CommendationFacts:
    """One proposal. Raises Refused: not there, not the actor's to decide, or about the actor."""
    async with context.work.read() as session:
        return await _facts(session, context, key)


async def accept(context: Context, key: int) -> CommendationFacts:
    """It is to be commended."""
    return await _decide(context, key, CommendationState.ACCEPTED, "")


async def decline(context: Context, key: int, why: str) -> CommendationFacts:
    """Not this time; whoever proposed it reads why."""
    return await _decide(context, key, CommendationState.DECLINED, why)


async def _decide(
    context: Context, key: int, state: CommendationState, why: str
) -> CommendationFacts:
    async with context.work.write() as session:
        facts = await _undecided(session, context, key)
        row = facts.row
        row.state, row.reason = state, why[:500]
        row.decided_by, row.decided_at = context.actor.person_id, context.now
        await _tell(session, context, facts, cards.told_decision(facts, context.actor.name))
        return await _facts(session, context, key)


async def classify(context: Context, key: int, kind: CommendationKind) -> CommendationFacts:
    """The kind that the report left open; one that was chosen stays."""
    async with context.work.write() as session:
        facts = await _facts(session, context, key)
        facts.row.kind = facts.row.kind or kind
        return facts


async def pass_up(context: Context, key: int) -> CommendationFacts:
    """The leaders of the next unit above decide. Raises Refused where nobody leads there."""
    async with context.work.write() as session:
        facts = await _undecided(session, context, key)
        above = await _level(session, facts.site, facts.row.words, above=facts.unit.path)
        if above is None:
            raise Refused(messages.NOBODY_ABOVE)
        unit = await session.get_one(Unit, above)
        facts.row.unit_id, facts.row.passed_up_by = above, context.actor.person_id
        await _tell(session, context, facts, cards.told_passed_up(facts, unit, context.actor.name))
        return CommendationFacts(facts.row, facts.site, facts.proposer, unit)


async def release(context: Context, key: int, words: str, *, site_named: bool) -> None:
    """Every unit may read it in these words."""
    async with context.work.write() as session:
        facts = await _facts(session, context, key)
        if not facts.may_release:
            raise Refused(messages.NOT_ACCEPTED_YET)
        row = facts.row
        row.released_words, row.site_named = words, site_named
        row.released_by, row.released_at = context.actor.person_id, context.now


async def take_back(context: Context, key: int) -> None:
    """Nobody reads it any more."""
    async with context.work.write() as session:
        row = (await _facts(session, context, key)).row
        row.released_words, row.released_by, row.released_at = "", None, None


async def practices(context: Context, page: int) -> Practices:
    """The good practices that were released, for every cadre and committee."""
    require(context.actor, Action.READ_PRACTICES)
    async with context.work.read() as session:
        rows = await commendations.released(session, PER_PAGE + 1, page * PER_PAGE)
    named = [(row, site.name if row.site_named else "") for row, site in rows[:PER_PAGE]]
    return Practices(named, ListPage(page, len(rows) > PER_PAGE))


async def practice(context: Context, key: int) -> tuple[Commendation, str]:
    """One of them, whole, and the site's name where it may be known."""
    require(context.actor, Action.READ_PRACTICES)
    async with context.work.read() as session:
        row = await session.get(Commendation, key) if key <= MAX_ID else None
        if row is None or row.released_at is None:
            raise Refused(messages.NOT_FOUND)
        site = await session.get_one(Unit, row.site_id)
        return row, site.name if row.site_named else ""


async def _tell(
    session: AsyncSession, context: Context, facts: CommendationFacts, card: cards.Card
) -> None:
    person = facts.row.proposed_by
    if person != context.actor.person_id:
        key = f"commend:{facts.row.id}:{context.now.isoformat()}"
        await outbox.add(session, notice(context.work.calendar, person, card, key, context.now))


async def _undecided(session: AsyncSession, context: Context, key: int) -> CommendationFacts:
    facts = await _facts(session, context, key)
    if facts.row.state is not CommendationState.WAITING:
        decider = await session.get(Person, facts.row.decided_by or 0)
        raise Refused(messages.COMMENDATION_DECIDED.format(name=decider.name if decider else ""))
    return facts


async def _facts(session: AsyncSession, context: Context, key: int) -> CommendationFacts:
    row = await commendations.get_locked(session, key) if key <= MAX_ID else None
    unit = await session.get(Unit, row.unit_id) if row else None
    if row is None or unit is None:
        raise Refused(messages.NOT_FOUND)
    require(context.actor, Action.DECIDE_COMMENDATION, Subject(unit.path))
    if not _sees(context, row):
        raise Refused(messages.NOT_FOUND)
    site = await session.get_one(Unit, row.site_id)
    proposer = await session.get_one(Person, row.proposed_by)
    above = await _level(session, site, row.words, above=unit.path) is not None
    may_release = row.state is CommendationState.ACCEPTED
    return CommendationFacts(row, site, proposer, unit, above, may_release)


def _sees(context: Context, row: Commendation) -> bool:
    """Nobody sees here that they are proposed themselves."""
    return not is_named(fold(context.actor.name), fold(row.words))


def _asked_for_since(today: date) -> date:
    """From which day on what was accepted is asked for: this year's, and in January last year's
    too, for a year is rewarded when it is over.
    """
    return date(today.year - (today.month == 1), 1, 1)
