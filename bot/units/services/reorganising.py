"""Carrying out a change of the organisation: rows, what follows them, who is told, what was before.

Part of the transaction of whoever imports a list or confirms a change.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.card import Card
from bot.core.notices import notice
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, roles_for
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
ALIKE = 3  # units of which the same is said, from which on one line says it of all of them
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


Audience = Mapping[int, frozenset[int]]
"""Whom a change concerns, and the units inside of it that are theirs: a role's, in their charge."""


async def audience(
    session: AsyncSession, places: Touched, units: Sequence[Unit], but: int | None
) -> Audience:
    """Whoever holds a role there or is in charge of a site there, and where units come to lie
    elsewhere their leaders above; without who makes the change.
    """
    above = _above(places, units)
    roles = await merging.roles_at(session, places.inside | places.beside | above)
    own: dict[int, set[int]] = defaultdict(set)
    for role in roles:
        if role.unit_id not in above or role.role in roles_for(Action.DIRECT_VISIT):
            own[role.person_id] |= {role.unit_id or 0} & places.inside
    for unit in units:
        if unit.officer_id and unit.id in places.inside:
            own[unit.officer_id].add(unit.id or 0)
    return {person: frozenset(unit_ids) for person, unit_ids in own.items() if person != but}


def _above(places: Touched, units: Iterable[Unit]) -> frozenset[int]:
    """The units above those that something leaves or comes to."""
    lines = {
        int(part)
        for unit in units
        if unit.id in places.beside
        for part in unit.path.split("/")
        if part
    }
    return frozenset(lines) - places.beside - places.inside


def notices(
    work: Work,
    people: Mapping[int, Sequence[str]],
    card: Callable[[Sequence[str]], Card],
    key: str,
    now: datetime,
) -> list[OutboxMessage]:
    """To each of them what happens to their own units first; `key` names which change it is of."""
    return [
        notice(work.calendar, person, card(own), f"{key}:{person}", now)
        for person, own in people.items()
    ]


def theirs(
    people: Audience, lines: Mapping[int, str], units: Iterable[Unit]
) -> dict[int, list[str]]:
    """By person what is said of their own units and of those above. `lines`: by unit."""
    paths = {unit.id: unit.path for unit in units}
    return {
        person: [
            lines[key]
            for key in sorted({int(p) for u in own for p in paths[u].split("/") if p})
            if key in lines
        ]
        for person, own in people.items()
    }


def said_of(plan: ImportPlan, units: Sequence[Unit]) -> dict[int, str]:
    """What happens to each unit whose place, name or existence changes, by its id."""
    ids = {unit.code.casefold(): unit.id or 0 for unit in units}
    names = {unit.code.casefold(): unit.name for unit in units}
    names |= {change.code.casefold(): change.after["name"] for change in plan.new}
    return {
        ids[change.code.casefold()]: change_cards.line(change, names) for change in structural(plan)
    }


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
    people = await audience(session, there, facts.units, by) if there.inside else {}
    own = theirs(people, said_of(reorganisation.plan, facts.units), facts.units)
    with recorded(session) as journal:
        origin = Origin(CountSource.LIST, now, by)
        await make(session, reorganisation.plan, facts, origin, day)
        messages = await carry_over(session, work, reorganisation.plan, now)
        await session.flush()
    stored = await session.get_one(OrgChange, change_id)
    stored.state, stored.done_at = OrgChangeState.DONE, now
    stored.before, stored.remind_at = journal.dump(), now + UNDO_WITHIN
    know = {m.person_id for m in messages if m.dedupe_key.startswith(ROLE_MOVED)}
    card = partial(change_cards.told_done, change_cards.WhatIsTold.of(stored))
    others = {person: lines for person, lines in own.items() if person not in know}
    await outbox.add_all(session, notices(work, others, card, f"org:{change_id}:done", now))


def lines_of(plan: ImportPlan, names: Mapping[str, str]) -> tuple[list[str], int]:
    """What happens to the units whose place, name or existence changes, and how many more. Where
    there are many, those of which the same is said are one line."""
    named = [change_cards.named_line(change, names) for change in structural(plan)]
    lines = [(f"{name}: {words}", 1) for name, words in named]
    if len(lines) + len(plan.new) > NAMED:
        alike: dict[str, list[str]] = defaultdict(list)
        for name, words in named:
            alike[words].append(name)
        lines = [row for words, units in alike.items() for row in _together(words, units)]
    lines += [(f"Thêm {change.after['name']}", 1) for change in plan.new]
    return [line for line, _ in lines[:NAMED]], sum(count for _, count in lines[NAMED:])


def _together(words: str, units: Sequence[str]) -> list[tuple[str, int]]:
    if len(units) < ALIKE:
        return [(f"{name}: {words}", 1) for name in units]
    return [(change_cards.many(units, words), len(units))]
