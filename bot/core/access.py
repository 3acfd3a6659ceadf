"""Who is asking, and whether they may."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Actor, Grant, Subject
from bot.core.work import Work
from storage import people
from storage.addresses import Address


async def actor_of(work: Work, address: Address) -> Actor:
    """The person behind an address with their present roles; a stranger has none."""
    async with work.read() as session:
        person = await people.by_address(session, address)
        look = work.vault.look(address)
        if person is None or person.id is None:
            return Actor(address=address, look=look)
        grants = (await grants_of(session, [person.id])).get(person.id, ())
        return Actor(person.id, person.name, grants, address, look)


async def grants_of(
    session: AsyncSession, person_ids: Collection[int]
) -> dict[int, tuple[Grant, ...]]:
    """Present roles of several people, in two queries at most."""
    paths: dict[int, dict[tuple[str, bool], list[str]]] = defaultdict(lambda: defaultdict(list))
    for person, role, path, cluster in await people.grants(session, person_ids):
        paths[person][str(role), cluster].append(path)
    return {
        person: tuple(Grant(role, tuple(own), cluster) for (role, cluster), own in held.items())
        for person, held in paths.items()
    }


def require(actor: Actor, action: Action, subject: Subject | None = None) -> None:
    """Raises Refused where the permission table does not allow it."""
    if not actor.may(action, subject):
        raise Refused(messages.NOT_ALLOWED)
