"""Writing to many: to whom it may go, whom it will reach, and handing it to the outbox."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcements.cards import announcements as cards
from bot.announcements.facts.announcements import AnnouncementText, AudienceReach
from bot.announcements.rules.audience import expected_at, roles_of
from bot.core import messages
from bot.core.access import require
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.labels import ROLES
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.search import best
from bot.core.work import Work
from bot.people.services.members import place_name
from storage import announcements, outbox, people, units
from storage.enums import Audience, Lane
from storage.models import Announcement, OutboxMessage, Person, Unit
from storage.paths import last_of


async def places(work: Work, actor: Actor, query: str = "") -> list[tuple[int, str]]:
    """(id, name) of the units that the actor may write to, most like what was typed; before
    anything was typed the actor's own first.
    """
    require(actor, Action.ANNOUNCE)
    async with work.read() as session:
        names = await units.unit_names(session, actor.paths_for(Action.ANNOUNCE))
    labels = {key: name for key, name, _ in names}
    own = {last_of(path) for path in actor.paths_for(Action.ANNOUNCE)}
    if not query:
        names.sort(key=lambda row: row[0] not in own)
    return [(key, labels[key]) for key in best(query, [(key, f) for key, _, f in names])]


async def unit_name(work: Work, actor: Actor, unit_id: int) -> str:
    """The name of a unit that the actor may write to. Raises Refused."""
    async with work.read() as session:
        return (await _unit(session, actor, unit_id)).name


async def reach(work: Work, actor: Actor, unit_id: int, audience: Audience) -> AudienceReach:
    """Whom it would reach, before it goes out."""
    async with work.read() as session:
        unit = await _unit(session, actor, unit_id)
        readers = await _readers(session, actor, unit, audience)
        at = await people.addresses(session, [person.id or 0 for person in readers])
        without = await units_without(session, unit, audience)
    unreachable = [
        (person.name, cards.BLOCKED if person.blocked_at else cards.NEVER_IN)
        for person in readers
        if person.blocked_at or (person.id or 0) not in at
    ]
    return AudienceReach(len(readers), unreachable, len(without))


async def send(context: Context, written: AnnouncementText) -> int:
    """Owe it to everybody it is for, once each; returns the announcement's id. Those who are not
    reached now are tried all the same: they may be back. Raises Refused where it is for nobody.
    """
    async with context.work.write() as session:
        unit = await _unit(session, context.actor, written.unit_id)
        readers = await _readers(session, context.actor, unit, written.audience)
        if not readers:
            raise Refused(messages.NOBODY_TO_WRITE_TO)
        row = Announcement(
            author_id=context.actor.person_id,
            unit_id=written.unit_id,
            audience=written.audience,
            words=written.words,
            file_id=written.file_id,
            created_at=context.now,
            remind_at=context.now,
            readers=len(readers),
        )
        session.add(row)
        await session.flush()
        office = await office_of(session, context.actor.person_id, Action.ANNOUNCE)
        card = cards.announcement(row.id or 0, row.words, context.actor.name, office)
        await outbox.add_all(session, [_message(context, row, card, reader) for reader in readers])
        return row.id or 0


def _message(context: Context, row: Announcement, card: Card, reader: Person) -> OutboxMessage:
    number, reader_id = row.id or 0, reader.id or 0
    message = notice(
        context.work.calendar,
        reader_id,
        card,
        announcements.key_of(number, reader_id),
        context.now,
        lane=Lane.BROADCAST,
        subject=announcements.subject_of(number),
    )
    message.file_id = row.file_id
    return message


async def units_without(session: AsyncSession, unit: Unit, audience: Audience) -> list[Unit]:
    """The units from which somebody is expected to read it and nobody has come in."""
    return [
        missing
        for kind, roles in expected_at(audience).items()
        for missing in await announcements.without_a_reader(session, unit.path, kind, roles)
    ]


async def office_of(session: AsyncSession, person_id: int, action: Action | None = None) -> str:
    """As what somebody writes: a role that they hold, with its place; of several the first that
    carries the action.
    """
    held = await people.roles_held(session, [person_id])
    roles = roles_for(action) if action else ()
    for membership, unit, cluster in sorted(held, key=lambda row: row[0].role not in roles):
        return f"{ROLES[membership.role]} {place_name(unit, cluster)}"
    return ""


async def _unit(session: AsyncSession, actor: Actor, unit_id: int) -> Unit:
    unit = await session.get(Unit, unit_id)
    if unit is None or unit.dissolved_on:
        raise Refused(messages.NOT_FOUND)
    require(actor, Action.ANNOUNCE, Subject(unit.path))
    return unit


async def _readers(
    session: AsyncSession, actor: Actor, unit: Unit, audience: Audience
) -> Sequence[Person]:
    """Nobody writes to themselves. Leaders of clusters belong to the whole organisation."""
    everybody = await announcements.readers(
        session, unit.path, roles_of(audience), with_clusters=unit.parent_id is None
    )
    return [person for person in everybody if person.id != actor.person_id]
