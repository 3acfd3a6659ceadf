"""While an announcement goes out: how far it has got, pausing, who did not get it, the answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcements.cards import announcements as cards
from bot.announcements.facts.announcements import Progress, Unreached, UnreachedList
from bot.announcements.services.writing import office_of, units_without
from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.labels import ROLES
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.streams import Stream
from bot.core.work import Work
from bot.people.services.members import place_name
from storage import announcements, outbox, people
from storage.enums import AnnouncementState, OutboxState
from storage.models import Announcement, Person, StoredFile, Unit

LISTED = 8
LOOK_AGAIN = timedelta(minutes=1)
ANSWERABLE = timedelta(hours=24)  # plain words after it are asked about for so long


async def listed(context: Context) -> Sequence[tuple[Announcement, Unit]]:
    """The last ones, one's own and those to units that one may write to."""
    require(context.actor, Action.ANNOUNCE)
    paths = context.actor.paths_for(Action.ANNOUNCE)
    async with context.work.read() as session:
        return await announcements.latest(session, context.actor.person_id, paths, LISTED)


async def progress(context: Context, announcement_id: int) -> Progress:
    """How far it has got."""
    async with context.work.read() as session:
        row, unit = await _visible(session, context.actor, announcement_id)
        return await _progress(session, context.actor, row, unit)


async def attached(context: Context, announcement_id: int) -> tuple[Progress, StoredFile]:
    """The picture or file that went along. Raises Refused where none did."""
    async with context.work.read() as session:
        row, unit = await _visible(session, context.actor, announcement_id)
        file = await session.get(StoredFile, row.file_id) if row.file_id else None
        if file is None:
            raise Refused(messages.NOT_FOUND)
        return await _progress(session, context.actor, row, unit), file


async def pause(context: Context, announcement_id: int) -> Progress:
    """Nothing more of it goes out; what is on its way already arrives."""
    async with context.work.write() as session:
        row, unit = await _steered(session, context.actor, announcement_id)
        if row.state is AnnouncementState.SENDING:
            row.state, row.remind_at = AnnouncementState.PAUSED, None
            await announcements.hold(session, announcement_id)
        return await _progress(session, context.actor, row, unit)


async def go_on(context: Context, announcement_id: int) -> Progress:
    """What was held goes out."""
    async with context.work.write() as session:
        row, unit = await _steered(session, context.actor, announcement_id)
        if row.state is AnnouncementState.PAUSED:
            row.state, row.remind_at = AnnouncementState.SENDING, context.now
            moment = context.work.calendar.next_speaking_moment(context.now)
            await announcements.release(session, announcement_id, moment)
        return await _progress(session, context.actor, row, unit)


async def unreached(context: Context, announcement_id: int) -> UnreachedList:
    """Everybody who does not have it, and why."""
    async with context.work.read() as session:
        row, unit = await _visible(session, context.actor, announcement_id)
        missing = await announcements.unreached(session, announcement_id)
        roles: dict[int, list[str]] = {}
        for held, place, cluster in await people.roles_held(
            session, [person.id or 0 for person, *_ in missing]
        ):
            words = f"{ROLES[held.role]} {place_name(place, cluster)}"
            roles.setdefault(held.person_id, []).append(words)
        without = await units_without(session, unit, row.audience)
    rows = [
        Unreached(
            person.name,
            "; ".join(roles.get(person.id or 0, ())),
            person.phone,
            _why(state, error),
        )
        for person, state, error in missing
    ]
    return UnreachedList(row, unit, rows, [place.name for place in without])


async def answerable(context: Context) -> Announcement | None:
    """What somebody has just been told and may be answering with plain words."""
    if context.actor.is_stranger or not context.actor.grants:
        return None
    async with context.work.read() as session:
        last = await announcements.last_received(
            session, context.actor.person_id, context.now - ANSWERABLE
        )
        return await session.get(Announcement, last) if last else None


async def to_answer(context: Context, announcement_id: int) -> Announcement:
    """An announcement that went out to the actor. Raises Refused for any other."""
    async with context.work.read() as session:
        return await _received(session, context.actor, announcement_id)


async def answer(context: Context, announcement_id: int, draft_id: int, words: str) -> str:
    """What a reader answers goes to the author, whose name is returned; once for each form."""
    actor = context.actor
    async with context.work.write() as session:
        row = await _received(session, actor, announcement_id)
        author = await session.get_one(Person, row.author_id)
        reader = await session.get_one(Person, actor.person_id)
        office = await office_of(session, actor.person_id)
        card = cards.answered(row, reader.name, office, reader.phone, words)
        key = f"answer:{row.id}:{draft_id}"
        subject = announcements.answers_to(announcement_id)
        calendar = context.work.calendar
        message = notice(calendar, row.author_id, card, key, context.now, subject=subject)
        await outbox.add(session, message)
        return author.name


async def _received(session: AsyncSession, actor: Actor, announcement_id: int) -> Announcement:
    """Who was written to may answer as long as they are one of the union's people."""
    row = None
    if actor.grants and not actor.is_stranger:
        row = await announcements.received(session, actor.person_id, announcement_id)
    if row is None:
        raise Refused(messages.NOT_FOUND)
    return row


async def _visible(
    session: AsyncSession, actor: Actor, announcement_id: int, *, for_change: bool = False
) -> tuple[Announcement, Unit]:
    row = (
        await announcements.get_locked(session, announcement_id)
        if for_change
        else await session.get(Announcement, announcement_id)
    )
    unit = await session.get(Unit, row.unit_id) if row else None
    if row is None or unit is None:
        raise Refused(messages.NOT_FOUND)
    require(actor, Action.ANNOUNCE, Subject(unit.path))
    return row, unit


async def _steered(
    session: AsyncSession, actor: Actor, announcement_id: int
) -> tuple[Announcement, Unit]:
    return await _visible(session, actor, announcement_id, for_change=True)


async def _progress(session: AsyncSession, actor: Actor, row: Announcement, unit: Unit) -> Progress:
    number = row.id or 0
    states = await announcements.progress(session, number)
    author = await session.get_one(Person, row.author_id)
    return Progress(
        announcement=row,
        unit=unit,
        author=author.name,
        reached=max(row.reached, states.get(OutboxState.SENT, 0)),
        waiting=states.get(OutboxState.PENDING, 0) + states.get(OutboxState.SENDING, 0),
        held=states.get(OutboxState.HELD, 0),
        errors=await announcements.errors(session, number),
        answers=await announcements.count_answers(session, number),
        waits_for=await announcements.next_moment(session, number),
        units_without=len(await units_without(session, unit, row.audience)),
        may_steer=actor.may(Action.ANNOUNCE, Subject(unit.path)),
    )


def _why(state: OutboxState, error: str) -> str:
    if state is OutboxState.UNDELIVERABLE:
        return cards.why(error)
    return cards.WITHDRAWN if state is OutboxState.CANCELLED else cards.NOT_YET


async def _look(
    session: AsyncSession, work: Work, rows: Sequence[Announcement], now: datetime
) -> None:
    """Tell the author once all of it has gone out."""
    for row in rows:
        number = row.id or 0
        moment = await announcements.next_moment(session, number)
        if moment is not None:
            row.remind_at = max(now + LOOK_AGAIN, moment)
            continue
        states = await announcements.progress(session, number)
        row.state, row.remind_at = AnnouncementState.DONE, None
        row.reached = states.get(OutboxState.SENT, 0)
        unit = await session.get_one(Unit, row.unit_id)
        facts = await _progress(session, Actor(row.author_id), row, unit)
        card = cards.progress(facts, now)
        key = f"announced:{number}"
        await outbox.add(session, notice(work.calendar, row.author_id, card, key, now))


STREAM = Stream(
    "announcements",
    Announcement,
    col(Announcement.state) == AnnouncementState.SENDING,
    _look,
)
