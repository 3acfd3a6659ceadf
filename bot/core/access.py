"""Who is asking, and whether they may."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Actor, Grant, Subject
from bot.core.work import Work
from storage import people
from storage.addresses import Address


async def actor_of(work: Work, address: Address) -> Actor:
    """The person behind an address with their present roles; a stranger has none."""
    return (await actor_and_day(work, address))[0]


async def actor_and_day(work: Work, address: Address) -> tuple[Actor, datetime | None]:
    """The same, and the day on which they last did something for their work here."""
    look = work.vault.look(address)
    async with work.read() as session:
        rows = await people.with_roles(session, address)
    if not rows:
        return Actor(address=address, look=look), None
    person = rows[0]
    roles = [tuple(row)[3:] for row in rows if row.path is not None]
    return Actor(person.id, person.name, _grants(roles), address, look), person.seen_at


async def grants_of(
    session: AsyncSession, person_ids: Collection[int]
) -> dict[int, tuple[Grant, ...]]:
    """Present roles of several people, in two queries at most."""
    roles: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    for person, role, path, cluster in await people.grants(session, person_ids):
        roles[person].append((role, path, cluster))
    return {person: _grants(own) for person, own in roles.items()}


def _grants(roles: Iterable[tuple[str, str, bool]]) -> tuple[Grant, ...]:
    """(role, path of a unit, whether it is one of a cluster's) put together role by role."""
    paths: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for role, path, cluster in roles:
        paths[str(role), cluster].append(path)
    return tuple(Grant(role, tuple(own), cluster) for (role, cluster), own in paths.items())


def require(actor: Actor, action: Action, subject: Subject | None = None) -> None:
    """Raises Refused where the permission table does not allow it."""
    if not actor.may(action, subject):
        raise Refused(messages.NOT_ALLOWED)
