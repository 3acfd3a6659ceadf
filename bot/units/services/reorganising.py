"""Carrying out a change of the organisation: rows, what follows them, who is told, what was before.

Part of the transaction of whoever imports a list or confirms a change.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.card import Card
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.work import Work
from bot.units.cards import changes as change_cards
from bot.units.facts.changes import Concerned
from bot.units.rules.changes import structural
from bot.units.rules.import_plan import ImportPlan
from bot.units.services.counts import Origin
from bot.units.services.dissolutions import carry_over
from bot.units.services.import_changes import make
from bot.units.services.import_facts import Facts
from storage import merging, org_changes, outbox
from storage.enums import CountSource, OrgChangeState
from storage.journal import recorded
from storage.models import OrgChange, OutboxMessage, Unit

UNDO_WITHIN = timedelta(days=1)
NAMED = 8  # lines of a change that are kept with it
ROLE_MOVED = "merged:role:"  # messages that say more than the one to everybody concerned


@dataclass(frozen=True)
class Touched:
    """The units that a change touches with all below them, and the units they leave or come to."""

    inside: frozenset[int]
    beside: frozenset[int]


def touched(plan: ImportPlan, units: Iterable[Unit]) -> Touched:
    """Of the known units."""
    ids = {unit.code.casefold(): unit.id or 0 for unit in units}
    changes = structural(plan)
    changed = {ids[change.code.casefold()] for change in changes}
    beside = {
        ids[code.casefold()]
        for change in changes
        for code in (
            (change.before or {}).get("parent") if "parent" in change.keys else None,
            change.after["parent"] if "parent" in change.keys else None,
            change.after["successor"],
        )
        if code and code.casefold() in ids
    }
    return Touched(within(changed, units), frozenset(beside) - changed)


def within(changed: Set[int], units: Iterable[Unit]) -> frozenset[int]:
    """These units and all below them."""
    return frozenset(
        unit.id or 0
        for unit in units
        if not changed.isdisjoint(int(part) for part in unit.path.split("/") if part)
    )


async def concerned(
    session: AsyncSession, places: Touched, units: Iterable[Unit], now: datetime
) -> Concerned:
    """What is open there."""
    inside = places.inside
    if not inside:
        return Concerned()
    there = await org_changes.open_at(session, inside, Week.containing(now).monday)
    living = sum(1 for unit in units if unit.id in inside and unit.dissolved_on is None)
    return Concerned(living, there.visits, there.cases, there.people, there.obligations)


async def audience(
    session: AsyncSession, places: Touched, units: Iterable[Unit], but: int | None
) -> list[int]:
    """Whoever holds a role there or is in charge of a site there; without who makes the change."""
    roles = await merging.roles_at(session, places.inside | places.beside)
    in_charge = [unit.officer_id for unit in units if unit.id in places.inside and unit.officer_id]
    people = dict.fromkeys([*(role.person_id for role in roles), *in_charge])
    return [person for person in people if person != but]


def notices(
    work: Work, people: Sequence[int], card: Card, key: str, now: datetime
) -> list[OutboxMessage]:
    """The same card to all of them; `key` names what it says of which change."""
    return [notice(work.calendar, person, card, f"{key}:{person}", now) for person in people]


@dataclass(frozen=True)
class Reorganisation:
    """A change with what it does now: `facts` are what the plan was made from."""

    change: OrgChange
    plan: ImportPlan
    facts: Facts


async def carry_out(
    session: AsyncSession, work: Work, reorganisation: Reorganisation, now: datetime
) -> None:
    """Do what the plan says, keep what was before, tell everybody concerned.

    Forgets the session's objects: the change is read again.
    """
    change, facts = reorganisation.change, reorganisation.facts
    change_id, by, day = change.id or 0, change.created_by, change.effective_on
    there = touched(reorganisation.plan, facts.units)
    people = await audience(session, there, facts.units, by) if there.inside else []
    with recorded(session) as journal:
        origin = Origin(CountSource.LIST, now, by)
        await make(session, reorganisation.plan, facts, origin, day)
        messages = await carry_over(session, work, reorganisation.plan, now)
        await session.flush()
    stored = await session.get_one(OrgChange, change_id)
    stored.state, stored.done_at = OrgChangeState.DONE, now
    stored.before, stored.remind_at = journal.dump(), now + UNDO_WITHIN
    know = {m.person_id for m in messages if m.dedupe_key.startswith(ROLE_MOVED)}
    card = change_cards.told_done(change_cards.WhatIsTold.of(stored))
    others = [person for person in people if person not in know]
    await outbox.add_all(session, notices(work, others, card, f"org:{change_id}:done", now))


def lines_of(plan: ImportPlan, names: Mapping[str, str]) -> tuple[list[str], int]:
    """What happens to the units whose place, name or existence changes, and how many more."""
    lines = [change_cards.line(change, names) for change in structural(plan)]
    lines += [f"Thêm {change.after['name']}" for change in plan.new]
    return lines[:NAMED], max(0, len(lines) - NAMED)
