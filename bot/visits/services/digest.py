"""Friday afternoon: the week in short for everybody who watches over it (`sat-co-so`, IV.2.1)."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.pressing import pressing_for
from bot.config.settings import Settings
from bot.core.access import grants_of
from bot.core.context import Context
from bot.core.copies import write_copy
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Actor, roles_for
from bot.core.work import Work
from bot.visits.cards import overview
from bot.visits.facts.overview import WeekFacts
from bot.visits.facts.pictures import WeeksFacts
from bot.visits.rules.overview import DigestTime, outermost
from bot.visits.services.overview import at_top, gather
from bot.visits.services.pictures import weeks_of
from storage import files, outbox, people, visits

log = structlog.get_logger()

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def digest_time(settings: Settings) -> DigestTime:
    """Friday 16:30 unless configured otherwise."""
    return DigestTime(WEEKDAYS.index(settings.digest.day), settings.digest.time)


@dataclass(frozen=True)
class _Digest:
    """What those are told who watch over the same: the figures, and the weeks of the picture."""

    facts: WeekFacts
    weeks: WeeksFacts


@dataclass(frozen=True)
class _Copy:
    """A picture on the disk."""

    sha256: str
    size: int


async def ensure_digests(work: Work, now: datetime) -> None:
    """Owe the digest of the last week that was due one; once a person, however late."""
    week = digest_time(work.settings).last(now, work.calendar)
    async with work.read() as session:  # counting keeps nobody from writing
        scopes = await scopes_of(session)
        actors = await actors_of(session, scopes)
        pressing = {
            person: await pressing_for(session, Context(work, actor, now))
            for person, actor in actors.items()
        }
        digests = await _digests(session, work, set(scopes.values()), week, now)
    copies = {paths: await _drawn(work, digest.weeks) for paths, digest in digests.items()}
    async with work.write() as session:
        stored = {
            paths: await files.own_picture(session, copy.sha256, copy.size, now)
            for paths, copy in copies.items()
            if copy
        }
        messages = []
        for person, paths in scopes.items():
            if paths not in digests:
                continue
            facts = replace(
                digests[paths].facts,
                reminds=actors[person].may(Action.REMIND_OFFICERS),
                recruits=actors[person].may(Action.SEE_RECRUITMENT),
                pressing=pressing[person],
            )
            key, picture = f"digest:{week.key}:{person}", stored.get(paths)
            card = overview.digest(facts) if picture else overview.week(facts)
            message = notice(work.calendar, person, card, key, now)
            if picture and picture.id:
                message.file_id, message.subject = picture.id, files.showing(picture.id)
            messages.append(message)
        await outbox.add_all(session, messages)
    log.info("digest.owed", week=week.key, people=len(messages))


async def _digests(
    session: AsyncSession,
    work: Work,
    scopes: Collection[tuple[str, ...]],
    week: Week,
    now: datetime,
) -> dict[tuple[str, ...], _Digest]:
    """By scope; nothing for a week off, or where nothing was planned."""
    plan = await visits.week_plan(session, week.monday)
    if plan is None or plan.skipped:
        return {}
    digests = {}
    for paths in scopes:
        looking = await at_top(session, work, paths, week, now)
        facts = await gather(session, work, looking, now)
        if facts.tally.planned:
            digests[paths] = _Digest(facts, await weeks_of(session, looking, now))
    return digests


async def _drawn(work: Work, weeks: WeeksFacts) -> _Copy | None:
    """The picture, kept on the disk; the words go out even where it cannot be made."""
    try:
        return await asyncio.to_thread(_draw, work.settings.database.files, weeks)
    except Exception:
        log.exception("digest.not_drawn")
        return None


def _draw(folder: Path, weeks: WeeksFacts) -> _Copy | None:
    from bot.documents.charts import picture  # drawn once a week, so loaded when it is
    from bot.visits.papers.pictures import picture_of

    drawn = picture_of(weeks)
    if drawn is None:
        return None
    data = picture(drawn[0])
    return _Copy(write_copy(folder, data), len(data))


async def actors_of(session: AsyncSession, people_ids: Collection[int]) -> dict[int, Actor]:
    """Each with the present roles."""
    grants = await grants_of(session, people_ids)
    return {person: Actor(person, "", own) for person, own in grants.items()}


async def scopes_of(session: AsyncSession) -> dict[int, tuple[str, ...]]:
    """Who watches over what. Somebody who never came in cannot be written to."""
    receivers = await people.holding(session, roles_for(Action.RECEIVE_DIGEST))
    ids = await people.addresses(session, [person.id for person in receivers if person.id])
    seeing = roles_for(Action.RECEIVE_DIGEST, Action.SEE_OVERVIEW)  # as /tongquan shows it to them
    paths: dict[int, list[str]] = {}
    for person, role, path in await people.roles_with_paths(session, ids):
        if role in seeing:
            paths.setdefault(person, []).append(path)
    return {person: outermost(person_paths) for person, person_paths in paths.items()}
