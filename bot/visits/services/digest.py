"""Friday afternoon: the week in short for everybody who watches over it (`sat-co-so`, IV.2.1)."""

from dataclasses import replace
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.config.settings import Settings
from bot.core.card import Card
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, roles_for
from bot.core.work import Work
from bot.visits.cards import overview
from bot.visits.facts.overview import WeekFacts
from bot.visits.rules.overview import DigestTime, outermost
from bot.visits.services.overview import at_top, gather
from storage import outbox, people, visits

log = structlog.get_logger()

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def digest_time(settings: Settings) -> DigestTime:
    """Friday 16:30 unless configured otherwise."""
    return DigestTime(WEEKDAYS.index(settings.digest.day), settings.digest.time)


async def ensure_digests(work: Work, now: datetime) -> None:
    """Owe the digest of the last week that was due one; once a person, however late."""
    week = digest_time(work.settings).last(now, work.calendar)
    async with work.read() as session:  # counting keeps nobody from writing
        cards = await _cards(session, work, week, now)
    async with work.write() as session:
        await outbox.add_all(
            session,
            [
                notice(work.calendar, person, card, f"digest:{week.key}:{person}", now)
                for person, card in cards.items()
            ],
        )
    log.info("digest.owed", week=week.key, people=len(cards))


async def _cards(session: AsyncSession, work: Work, week: Week, now: datetime) -> dict[int, Card]:
    """Supervisor -> card; nothing for a week off, or for whom nothing was planned."""
    plan = await visits.week_plan(session, week.monday)
    if plan is None or plan.skipped:
        return {}
    facts_by_paths: dict[tuple[str, ...], WeekFacts] = {}
    cards: dict[int, Card] = {}
    scopes = await _scopes(session)
    reminding = await people.holding_among(session, scopes, roles_for(Action.REMIND_OFFICERS))
    for person, paths in scopes.items():
        if paths not in facts_by_paths:
            looking = await at_top(session, work, paths, week, now)
            facts_by_paths[paths] = await gather(session, work, looking, now)
        facts = replace(facts_by_paths[paths], reminds=person in reminding)
        if facts.tally.due:
            cards[person] = overview.week(facts)
    return cards


async def _scopes(session: AsyncSession) -> dict[int, tuple[str, ...]]:
    """Who watches over what. Somebody who never came in cannot be written to."""
    receivers = await people.holding(session, roles_for(Action.RECEIVE_DIGEST))
    ids = await people.addresses(session, [person.id for person in receivers if person.id])
    seeing = roles_for(Action.RECEIVE_DIGEST, Action.SEE_OVERVIEW)  # as /tongquan shows it to them
    paths: dict[int, list[str]] = {}
    for person, role, path in await people.roles_with_paths(session, ids):
        if role in seeing:
            paths.setdefault(person, []).append(path)
    return {person: outermost(person_paths) for person, person_paths in paths.items()}
