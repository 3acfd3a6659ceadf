"""Who is in charge of a site by the list of units, named there before they came in."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.rules.permissions import given_visits
from bot.units.services.import_facts import person_key
from storage import people
from storage.models import Person


async def take_charge(session: AsyncSession, person: Person) -> int:
    """Somebody came in, or told us their name or telephone: the sites of their units that name
    them are theirs; how many. Part of the caller's transaction.
    """
    waiting = await people.named_in_charge(session)
    if not waiting:
        return 0
    roles = await people.roles_with_paths(session, [person.id or 0])
    covered = tuple(path for _, role, path in roles if role in given_visits())
    own = {person_key(words) for words in (person.name, person.phone) if words}
    theirs = [
        unit
        for unit in waiting
        if covered and unit.path.startswith(covered) and person_key(unit.officer_name) in own
    ]
    for unit in theirs:
        unit.officer_id, unit.officer_name = person.id, ""
    return len(theirs)
