"""The staff's way into the web pages: one-time links, and what they open on a device.

Of links and devices only hashes are kept. Who is in may do what the permission table says and no
more; it is asked at every step, so that nothing of it is kept here.
"""

import hashlib
import secrets
from datetime import datetime

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import grants_of, require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Subject
from bot.core.work import Work
from bot.people.cards import web_sessions as cards
from bot.people.facts.web_sessions import Entered, OpenPages, OwnPages, WebLinkMade, WebVisitor
from bot.people.rules.web_sessions import BY_ONESELF, HANDED_OUT, Entrance, is_open
from bot.people.services.members import top_path
from storage import outbox, people, web_sessions
from storage.addresses import Address
from storage.coarse import hour_of
from storage.enums import Device
from storage.folding import fold
from storage.models import Person, WebLink, WebSession

log = structlog.get_logger()

_CODE_BYTES, _TOKEN_BYTES = 18, 32


async def own_link(context: Context) -> WebLinkMade:
    """A link for oneself; one made before is good for nothing now. Raises Refused."""
    require(context.actor, Action.USE_WEB)
    async with context.work.write() as session:
        person = await session.get_one(Person, context.actor.person_id)
        return await _link(session, person, person.id, BY_ONESELF, context.now)


async def link_for(context: Context, person_id: int) -> WebLinkMade:
    """A link for a colleague who has no other way in. Whoever makes it could use it themselves, so
    the colleague is told of it, and at every device whose link it was. Raises Refused.
    """
    async with context.work.write() as session:
        person = await session.get(Person, person_id)
        paths = await _paths(session, context.work, person_id)
        if person is None or not paths:
            raise Refused(messages.NOT_FOUND)
        for path in paths:  # all of them: by the link one acts in each of these roles
            require(context.actor, Action.HAND_OUT_WEB_LINK, Subject(path))
        link = await _link(session, person, context.actor.person_id, HANDED_OUT, context.now)
        log.info("web.link_handed_out", person=person_id, by=context.actor.person_id)
        return link


async def link_by_operator(work: Work, name: str, now: datetime) -> WebLinkMade:
    """The same at the command line, for the person of this name or number. Raises Refused."""
    async with work.write() as session:
        if name.isdecimal():
            people_named = [p for p in [await session.get(Person, int(name))] if p]
        else:
            people_named = list(await people.with_name(session, fold(name)))
        if len(people_named) != 1:
            numbers = ", ".join(f"{p.id} ({p.name})" for p in people_named)
            raise Refused(messages.WEB_NOT_ONE_PERSON.format(name=name, numbers=numbers or "0"))
        return await _link(session, people_named[0], None, HANDED_OUT, now)


async def name_on_link(work: Work, code: str, now: datetime) -> str:
    """Whose pages a link opens; nothing is used up. Raises Refused, saying why it opens none."""
    async with work.read() as session:
        link = _usable(await web_sessions.link_locked(session, _hash(code)), now)
        return (await session.get_one(Person, link.person_id)).name


async def name_at(work: Work, address: Address) -> str:
    """Whose address it is. Raises Refused: a stranger's."""
    async with work.read() as session:
        person = await people.by_address(session, address)
    if person is None:
        raise Refused(messages.WEB_FOR_STAFF)
    return person.name


async def enter(work: Work, code: str, device: Device, now: datetime) -> Entered:
    """Open the pages by a link, which is used up. Raises Refused, saying why it does not work."""
    async with work.write() as session:
        link = _usable(await web_sessions.link_locked(session, _hash(code)), now)
        person = await session.get_one(Person, link.person_id)
        link.used_at = now
        entrance = BY_ONESELF if link.made_by == link.person_id else HANDED_OUT
        entered = await begin(session, work, person, (link.made_by, entrance, device), now)
        if link.made_by != link.person_id:
            maker = await session.get(Person, link.made_by) if link.made_by else None
            words = f"đồng chí {maker.name}" if maker else messages.THE_OPERATOR
            card = cards.entered_by_handed_link(device, words, now)
            key = f"web-entered:{link.id}"
            await outbox.add(session, notice(work.calendar, link.person_id, card, key, now))
        return entered


async def enter_by_statement(
    work: Work, address: Address, statement: str, device: Device, now: datetime
) -> Entered:
    """Open the pages for whom another channel states to be there; each statement counts once.

    Whoever calls has checked the statement. Raises Refused: it was used, or it is a stranger's.
    """
    async with work.write() as session:
        person = await people.by_address(session, address)
        if person is None or person.id is None:
            raise Refused(messages.WEB_FOR_STAFF)
        if await web_sessions.link_locked(session, _hash(statement)):
            raise Refused(messages.WEB_LINK_USED)
        try:
            await web_sessions.add_used(session, _hash(statement), person.id, now)
        except IntegrityError:  # another program has just let them in by it
            raise Refused(messages.WEB_LINK_USED) from None
        return await begin(session, work, person, (person.id, BY_ONESELF, device), now)


async def begin(
    session: AsyncSession,
    work: Work,
    person: Person,
    how: tuple[int | None, Entrance, Device],
    now: datetime,
) -> Entered:
    """Part of the transaction that lets somebody in. Raises Refused: they hold no role."""
    made_by, entrance, device = how
    person_id = person.id or 0
    if not (await grants_of(session, [person_id])).get(person_id):
        raise Refused(messages.WEB_FOR_STAFF)
    await web_sessions.ensure_address(session, person_id)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session.add(
        WebSession(
            token_hash=_hash(token),
            person_id=person_id,
            made_by=made_by,
            device=device,
            idle_hours=entrance.idle_hours,
            began_at=hour_of(now),
            used_at=hour_of(now),
            ends_at=hour_of(now) + entrance.longest,
        )
    )
    log.info("web.entered", person=person_id)
    return Entered(token, person_id, person.name)


async def visitor(work: Work, token: str, now: datetime) -> WebVisitor | None:
    """Who asks from a device that holds this; None: nobody, or no longer."""
    async with work.read() as session:
        web_session, address = await web_sessions.by_token(session, _hash(token))
    if web_session is None or address is None or web_session.ended_at:
        return None
    if not is_open(web_session.used_at, web_session.idle_hours, web_session.ends_at, now):
        return None
    if web_session.used_at < hour_of(now):
        async with work.unbound().write() as session:
            await web_sessions.set_used(session, web_session.id or 0, hour_of(now))
    return WebVisitor(web_session.id or 0, address)


async def leave(work: Work, token: str, now: datetime) -> None:
    """Close the pages on the device that holds this."""
    async with work.write() as session:
        web_session, _ = await web_sessions.by_token(session, _hash(token))
        if web_session:
            web_session.ended_at = web_session.ended_at or hour_of(now)


async def own_pages(context: Context) -> OwnPages:
    """What the actor has open. Raises Refused."""
    require(context.actor, Action.USE_WEB)
    async with context.work.read() as session:
        return await _pages(session, context, context.actor.person_id)


async def end_own(context: Context, web_session_id: int) -> None:
    """Close the pages on one device of one's own. Raises Refused."""
    async with context.work.write() as session:
        web_session = await web_sessions.get_locked(session, web_session_id)
        if web_session is None or web_session.person_id != context.actor.person_id:
            raise Refused(messages.NOT_FOUND)
        web_session.ended_at = web_session.ended_at or hour_of(context.now)


async def end_all_own(context: Context) -> int:
    """Close one's own pages everywhere; on how many devices they were."""
    require(context.actor, Action.USE_WEB)
    async with context.work.write() as session:
        return await web_sessions.end_all(session, context.actor.person_id, hour_of(context.now))


async def end_others(context: Context, but_id: int) -> int:
    """Close one's own pages on every device but one; on how many they were. Raises Refused."""
    require(context.actor, Action.USE_WEB)
    async with context.work.write() as session:
        return await web_sessions.end_all(
            session, context.actor.person_id, hour_of(context.now), but_id
        )


async def pages_of(context: Context, person_id: int) -> OwnPages:
    """What a colleague has open. Raises Refused."""
    async with context.work.read() as session:
        await _may_end(session, context, person_id)
        return await _pages(session, context, person_id)


async def end_all_of(context: Context, person_id: int) -> int:
    """Close a colleague's pages everywhere: a telephone was lost, or somebody else is in."""
    async with context.work.write() as session:
        await _may_end(session, context, person_id)
        log.info("web.ended", person=person_id, by=context.actor.person_id)
        return await web_sessions.end_all(session, person_id, hour_of(context.now))


async def forget_old(work: Work, before: datetime) -> None:
    """What was over by then."""
    async with work.write() as session:
        await web_sessions.forget_before(session, before)


def _usable(link: WebLink | None, now: datetime) -> WebLink:
    """Raises Refused: it lets nobody in, or nobody any more."""
    if link is None:
        raise Refused(messages.WEB_LINK_UNKNOWN)
    if link.used_at:
        raise Refused(messages.WEB_LINK_USED)
    if link.expires_at <= now:
        raise Refused(messages.WEB_LINK_EXPIRED)
    return link


async def _link(
    session: AsyncSession,
    person: Person,
    made_by: int | None,
    entrance: Entrance,
    now: datetime,
) -> WebLinkMade:
    person_id = person.id or 0
    if not (await grants_of(session, [person_id])).get(person_id):
        raise Refused(messages.WEB_FOR_STAFF)
    await web_sessions.drop_open_links(session, person_id)
    code = secrets.token_urlsafe(_CODE_BYTES)
    expires_at = now + entrance.link_lives
    session.add(
        WebLink(
            code_hash=_hash(code),
            person_id=person_id,
            made_by=made_by,
            created_at=now,
            expires_at=expires_at,
        )
    )
    return WebLinkMade(code, expires_at, person.name)


async def _pages(session: AsyncSession, context: Context, person_id: int) -> OwnPages:
    rows = await web_sessions.not_ended(session, person_id, context.now)
    return OwnPages(
        [
            OpenPages(
                row.id or 0,
                row.device,
                row.began_at,
                row.used_at,
                (maker or messages.THE_OPERATOR) if row.made_by != person_id else "",
            )
            for row, maker in rows
            if is_open(row.used_at, row.idle_hours, row.ends_at, context.now)
        ]
    )


async def _may_end(session: AsyncSession, context: Context, person_id: int) -> None:
    """Raises Refused. One of the roles is enough: to close pages takes nothing from anybody."""
    paths = await _paths(session, context.work, person_id)
    if not any(context.actor.may(Action.END_WEB_SESSIONS, Subject(path)) for path in paths):
        raise Refused(messages.NOT_FOUND)


async def _paths(session: AsyncSession, work: Work, person_id: int) -> list[str]:
    """Where the person holds roles; for a cluster the top, for it cuts across the tree."""
    held = await people.roles_held(session, [person_id])
    top = await top_path(session, work)
    return [unit.path if unit else top for _, unit, _ in held]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
