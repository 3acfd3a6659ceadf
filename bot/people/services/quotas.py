"""How many visits a week people get: their own number, their unit's, else the configured one."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.rules.permissions import Action, roles_for
from storage import people

NOBODY: frozenset[str] = frozenset()


async def roles_and_units(
    session: AsyncSession, person_ids: Collection[int]
) -> tuple[Mapping[int, set[str]], Mapping[int, int]]:
    """Person -> roles; person -> the number of the units where they go out, the largest. Two
    queries."""
    going = roles_for(Action.GO_TO_SITES)
    roles: dict[int, set[str]] = defaultdict(set)
    of_unit: dict[int, int] = {}
    by_path = dict(await people.unit_quotas(session))
    for person, role, path in await people.roles_with_paths(session, person_ids):
        roles[person].add(role)
        quota = nearest(by_path, path)
        if role in going and quota is not None:
            of_unit[person] = max(quota, of_unit.get(person, 0))
    return roles, of_unit


def nearest(by_path: Mapping[str, int], path: str) -> int | None:
    """The number of the unit with this path, else of the nearest above it that has one."""
    while path:
        if path in by_path:
            return by_path[path]
        path = path.rstrip("/").rpartition("/")[0] + "/" if path != "/" else ""
    return None
