"""Units that an import dissolved: what is open there goes where they went.

Roles, open invitations and alerts follow here; other areas register what follows of theirs
(`FOLLOWERS`). What is over keeps the unit of its date. Part of the import's transaction.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.card import Card
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.work import Work
from bot.units.cards import importing as import_cards
from bot.units.rules.import_plan import ImportPlan
from storage import importing, merging, outbox
from storage.models import OutboxMessage, Unit

_DEEPEST = 40  # steps to a living unit


@dataclass(frozen=True)
class Following:
    """What is open at a unit that would be dissolved."""

    units: int
    cases: int
    visits: int
    people: int


@dataclass(frozen=True)
class Dissolution:
    """An import on its way: the units as they stand after it; `dissolved`: those that are no more.

    `messages` collects those to everybody whose work moved.
    """

    session: AsyncSession
    work: Work
    now: datetime
    units: Mapping[int, Unit]
    dissolved: frozenset[int]
    messages: list[OutboxMessage]

    def successor(self, unit_id: int) -> Unit | None:
        """The living unit that this one was merged into."""
        unit = self.units.get(unit_id)
        for _ in range(_DEEPEST):
            if unit is None or unit.dissolved_on is None:
                break
            unit = self.units.get(unit.successor_id or 0)
        return unit if unit and unit.dissolved_on is None else None

    def heir(self, unit_id: int) -> int:
        """The successor, else the nearest living unit above."""
        for _ in range(_DEEPEST):
            if successor := self.successor(unit_id):
                return successor.id or 0
            unit_id = self.units[unit_id].parent_id or unit_id
        return unit_id

    def owe(self, person_id: int, card: Card, key: str) -> None:
        self.messages.append(notice(self.work.calendar, person_id, card, key, self.now))


Follower = Callable[[Dissolution], Awaitable[None]]

FOLLOWERS: list[Follower] = []  # filled by the wiring, in the order in which they are asked


async def following(
    session: AsyncSession, plan: ImportPlan, ids: Mapping[str, int], now: datetime
) -> dict[str, Following]:
    """Code -> what goes along, for the units that the plan dissolves. Five queries."""
    ended = {c.code: ids[c.code.casefold()] for c in plan.ends if c.code.casefold() in ids}
    if not ended:
        return {}
    week = Week.containing(now).monday
    cases, visits, people = await merging.counts(session, ended.values(), week)
    along = [change.follows for change in plan.changed]
    return {
        code: Following(along.count(code), cases[unit], visits[unit], people[unit])
        for code, unit in ended.items()
    }


async def carry_over(
    session: AsyncSession, work: Work, plan: ImportPlan, now: datetime
) -> Sequence[OutboxMessage]:
    """Let everything open follow the units as they stand after the import; the messages owed."""
    ids = await importing.ids_by_code(session)
    dissolved_ids = frozenset(ids[change.code.casefold()] for change in plan.ends)
    await session.flush()
    session.expunge_all()  # the units were changed behind the session's back
    units = {unit.id or 0: unit for unit in await importing.all_units(session)}
    ended = Dissolution(session, work, now, units, dissolved_ids, [])
    if not FOLLOWERS:
        raise RuntimeError("the program was not assembled: visits and cases would be left behind")
    for follow in FOLLOWERS:
        await follow(ended)
    if dissolved_ids:
        await _roles(ended)
        for unit_id in sorted(dissolved_ids):  # a merger is rare; each is three statements
            if successor := ended.successor(unit_id):
                await merging.redirect(session, unit_id, successor.id or 0, now)
    await outbox.add_all(session, ended.messages)
    return ended.messages


async def _roles(ended: Dissolution) -> None:
    """Roles at a merged unit are roles at its successor; a second one of a kind there ends."""
    memberships = await merging.roles_at(ended.session, ended.dissolved)
    into = {
        membership.id: unit
        for membership in memberships
        if (unit := ended.successor(membership.unit_id or 0))
    }
    there = await merging.roles_at(ended.session, {unit.id or 0 for unit in into.values()})
    held = {(membership.person_id, membership.role, membership.unit_id) for membership in there}
    for membership in memberships:
        unit = into.get(membership.id)
        if unit is None:
            continue  # no successor: the preview has said who is left there
        before = ended.units[membership.unit_id or 0]
        if (membership.person_id, membership.role, unit.id) in held:
            membership.ended_at = ended.now
            continue
        held.add((membership.person_id, membership.role, unit.id))
        membership.unit_id = unit.id
        card = import_cards.told_merged(before, unit)
        ended.owe(membership.person_id, card, f"merged:role:{membership.id}:{unit.id}")
