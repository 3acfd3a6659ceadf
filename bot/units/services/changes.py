"""Changes of the organisation with a day: looked at, carried out or planned, taken back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import at, local
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.search import best
from bot.core.streams import Stream
from bot.core.work import Work
from bot.units.cards import changes as change_cards
from bot.units.cards import importing as import_cards
from bot.units.facts.changes import ChangeFacts
from bot.units.rules import changes as change_rules
from bot.units.rules.import_plan import ImportPlan, ImportRow, KnownUnit
from bot.units.rules.importing import plan
from bot.units.services.import_facts import Facts, facts_for
from bot.units.services.importing import require_whole_tree
from bot.units.services.reorganising import (
    UNDO_WITHIN,
    Reorganisation,
    Touched,
    audience,
    carry_out,
    concerned,
    lines_of,
    notices,
    said_of,
    theirs,
    touched,
    within,
)
from storage import importing, journal, org_changes, outbox
from storage.enums import OrgChangeKind, OrgChangeState
from storage.folding import fold
from storage.models import OrgChange, Person, Unit

log = structlog.get_logger()

NOTHING = "Không có gì khác với hiện nay."
NO_UNIT = "Không có đơn vị nào mang mã hoặc tên {}."
SEVERAL = "Có {} đơn vị tên {}; đề nghị ghi mã."
FROM = time(0, 5)  # when the day of a planned change has begun
LISTED = 8


@dataclass(frozen=True)
class NewChange:
    """A change as somebody wants it. `code`, `name`: of what a split makes, or the new name."""

    kind: OrgChangeKind
    unit_id: int
    day: date
    into_id: int | None = None
    name: str = ""
    code: str = ""
    along: str = ""  # further units, by code or name


async def places(
    work: Work, actor: Actor, query: str, *, top: bool = True
) -> list[tuple[int, str]]:
    """(id, name) of the units that the actor may change, most like what was typed. `top`: with the
    one that all others are below."""
    require(actor, Action.CHANGE_UNITS)
    async with work.read() as session:
        living = await org_changes.names(session, actor.paths_for(Action.CHANGE_UNITS), top=top)
    labels = {key: name for key, name, _ in living}
    return [(key, labels[key]) for key in best(query, [(key, f) for key, _, f in living])]


async def names(work: Work, actor: Actor, unit_ids: Sequence[int]) -> dict[int, str]:
    """The names of units that the actor picked."""
    require(actor, Action.CHANGE_UNITS)
    async with work.read() as session:
        rows = await org_changes.with_ids(session, unit_ids)
    return {unit.id or 0: unit.name for unit in rows}


async def recent(context: Context) -> list[ChangeFacts]:
    """Those ahead first, then the latest."""
    require(context.actor, Action.CHANGE_UNITS)
    async with context.work.read() as session:
        return [_stored(row, "", context.now) for row in await org_changes.latest(session, LISTED)]


async def propose(context: Context, new: NewChange) -> ChangeFacts:
    """Look at what a change would do; nothing is done yet. Raises Refused, saying what is wrong."""
    async with context.work.write() as session:
        require(context.actor, Action.CHANGE_UNITS)
        facts = await facts_for(session, [])
        title, rows = await _rows(session, new, facts)
        return await _propose(session, context, (new.kind, title, new.day), rows, facts)


async def propose_list(
    context: Context, rows: Sequence[ImportRow], day: date, title: str
) -> ChangeFacts:
    """The same for a list of units that was read."""
    async with context.work.write() as session:
        await require_whole_tree(session, context.actor)
        facts = await facts_for(session, rows)
        head = (OrgChangeKind.LIST, title, day)
        return await _propose(session, context, head, rows, facts)


async def look(context: Context, change_id: int) -> ChangeFacts:
    """One change as it stands."""
    async with context.work.read() as session:
        stored = await _allowed(session, context.actor, change_id)
        return await _facts(session, context, stored)


async def confirm(context: Context, change_id: int, digest: str) -> ChangeFacts:
    """Do it, or plan it for its day, if it still does what was seen; everybody concerned hears."""
    async with context.work.write() as session:
        stored = await _allowed(session, context.actor, change_id, lock=True)
        facts = await facts_for(session, change_rules.from_json(stored.rows), locked=True)
        change_plan = _plan(context.work, stored, facts)
        if stored.state is not OrgChangeState.PROPOSED:
            return await _facts(session, context, stored)
        if change_plan.mistakes or change_plan.digest() != digest:
            return replace(await _facts(session, context, stored), outdated=True)
        _require(context.actor, change_plan, facts)
        reorganisation = Reorganisation(stored, change_plan, facts)
        if stored.effective_on > local(context.now).date():
            await _plan_ahead(session, context, reorganisation)
        else:
            await carry_out(session, context.work, reorganisation, context.now)
        stored = await session.get_one(OrgChange, change_id)
        log.info("units.change", id=change_id, kind=str(stored.kind), state=str(stored.state))
        return await _facts(session, context, stored)


async def drop(context: Context, change_id: int) -> ChangeFacts:
    """A change that was not carried out is not going to be; who was told hears of it."""
    async with context.work.write() as session:
        stored = await _allowed(session, context.actor, change_id, lock=True)
        if stored.state not in (OrgChangeState.PROPOSED, OrgChangeState.PLANNED):
            return await _facts(session, context, stored)
        was_planned = stored.state is OrgChangeState.PLANNED
        stored.state, stored.remind_at = OrgChangeState.DROPPED, None
        facts = _stored(stored, context.actor.name, context.now)
        if was_planned:
            unit_facts = await facts_for(session, [])
            own = await _own(session, context.work, stored, unit_facts)
            card, key = partial(change_cards.told_off, facts), f"org:{change_id}:off"
            await outbox.add_all(session, notices(context.work, own, card, key, context.now))
        return facts


async def undo(context: Context, change_id: int) -> ChangeFacts:
    """Everything as it was before; where anything changed since, nothing, and why."""
    async with context.work.write() as session:
        stored = await _allowed(session, context.actor, change_id, lock=True)
        facts = _stored(stored, context.actor.name, context.now)
        if not facts.may_undo or stored.before is None or stored.done_at is None:
            raise Refused(messages.NOT_FOUND)
        before = stored.before
        all_units = await importing.all_units(session, locked=True)
        own = await _own_before(session, before, all_units, stored.created_by)
        obstacles = await journal.take_back(session, before, stored.done_at)
        if obstacles:
            return replace(facts, problems=_in_the_way(obstacles, all_units))
        stored.state, stored.undone_at = OrgChangeState.UNDONE, context.now
        stored.before, stored.remind_at = None, None
        card, key = partial(change_cards.told_off, facts), f"org:{change_id}:undone"
        await outbox.add_all(session, notices(context.work, own, card, key, context.now))
        log.info("units.change_undone", id=change_id)
        return _stored(stored, context.actor.name, context.now)


async def _propose(
    session: AsyncSession,
    context: Context,
    head: tuple[OrgChangeKind, str, date],
    rows: Sequence[ImportRow],
    facts: Facts,
) -> ChangeFacts:
    kind, title, day = head
    stored = OrgChange(
        kind=kind,
        title=title[:200],
        rows=change_rules.as_json(rows),
        effective_on=day,
        state=OrgChangeState.PROPOSED,
        created_by=context.actor.person_id,
        created_at=context.now,
        remind_at=context.now + UNDO_WITHIN,
    )
    change_plan = _plan(context.work, stored, facts)
    if change_plan.mistakes:
        wrong = [
            m.words if kind is not OrgChangeKind.LIST else import_cards.mistake_words(m)
            for m in change_plan.mistakes
        ]
        raise Refused("\n".join(wrong[:10]))
    if not (change_plan.new or change_plan.changed):
        raise Refused(NOTHING)
    _require(context.actor, change_plan, facts)
    names = {unit.code.casefold(): unit.name for unit in facts.units}
    names |= {change.code.casefold(): change.after["name"] for change in change_plan.new}
    stored.lines, stored.more = lines_of(change_plan, names)
    session.add(stored)
    await session.flush()
    return await _facts(session, context, stored)


async def _rows(session: AsyncSession, new: NewChange, facts: Facts) -> tuple[str, list[ImportRow]]:
    """What the change is called, and what it is in terms of the list. Raises Refused."""
    unit = _unit(facts, new.unit_id)
    into = _unit(facts, new.into_id) if new.into_id else None
    along = _meant(facts, new.along)
    target = into.name if into else ""
    if new.kind is OrgChangeKind.RENAME:
        name = new.name.strip()
        return f"{unit.name} đổi tên thành {name}", change_rules.renamed(unit.code, name)
    if new.kind is OrgChangeKind.MERGE and into:
        return f"{unit.name} nhập vào {target}", change_rules.merged(unit.code, into.code, new.day)
    if new.kind is OrgChangeKind.MOVE and into:
        codes = list(dict.fromkeys([unit.code, *(other.code for other in along)]))
        who = unit.name if len(codes) == 1 else f"{len(codes)} đơn vị"
        return f"{who} chuyển sang {target}", change_rules.moved(codes, into.code)
    if new.kind is OrgChangeKind.DISSOLVE:
        below = await org_changes.living_below(session, unit.id or 0) if into else []
        codes, code = [other.code for other in below], into.code if into else ""
        rows = change_rules.dissolved(unit.code, new.day, codes, code)
        return f"{unit.name} giải thể", rows
    known_unit = next(k for k in facts.known_units if k.code == unit.code)
    _check_code(new.code, facts.known_units)
    codes = [other.code for other in along]
    rows = change_rules.split(known_unit, new.code.strip(), new.name.strip(), codes)
    return f"{new.name.strip()} tách từ {unit.name}", rows


def _unit(facts: Facts, unit_id: int) -> Unit:
    unit = next((u for u in facts.units if u.id == unit_id and u.dissolved_on is None), None)
    if unit is None:
        raise Refused(messages.NOT_FOUND)
    return unit


def _check_code(code: str, known_units: Sequence[KnownUnit]) -> None:
    if code.strip().casefold() in {unit.code.casefold() for unit in known_units}:
        raise Refused(f"Mã {code.strip()} đã có đơn vị khác dùng, đề nghị ghi mã khác.")


def _meant(facts: Facts, words: str) -> list[Unit]:
    """The units that somebody wrote, by code or whole name. Raises Refused, naming the first few
    that nobody knows."""
    living = [unit for unit in facts.units if unit.dissolved_on is None]
    by_code = {unit.code.casefold(): unit for unit in living}
    by_name: dict[str, list[Unit]] = defaultdict(list)
    for unit in living:
        by_name[unit.folded].append(unit)
    meant, wrong = [], []
    for written in change_rules.named_codes(words):
        alike = by_name.get(fold(written), [])
        unit_by_code = by_code.get(written.casefold())
        if unit_by_code or len(alike) == 1:
            meant.append(unit_by_code or alike[0])
        else:
            wrong.append(SEVERAL.format(len(alike), written) if alike else NO_UNIT.format(written))
    if wrong:
        raise Refused("\n".join(wrong[:10]))
    return meant


def _plan(work: Work, stored: OrgChange, facts: Facts) -> ImportPlan:
    rows = change_rules.from_json(stored.rows)
    top = work.settings.organisation.code
    return plan(rows, facts.known_units, top, stored.effective_on)


def _require(actor: Actor, change_plan: ImportPlan, facts: Facts) -> None:
    """Every unit that changes and every one that takes something over lies in the actor's scope."""
    paths = {unit.code.casefold(): unit.path for unit in facts.units}
    for change in (*change_plan.new, *change_plan.changed):
        named = (change.code, change.after["parent"], change.after["successor"])
        for code in named:
            if path := paths.get((code or "").casefold()):
                require(actor, Action.CHANGE_UNITS, Subject(path))


async def _allowed(
    session: AsyncSession, actor: Actor, change_id: int, *, lock: bool = False
) -> OrgChange:
    """The change, for who may make it. Raises Refused."""
    require(actor, Action.CHANGE_UNITS)
    stored = await session.get(OrgChange, change_id, with_for_update=lock)
    if stored is None:
        raise Refused(messages.NOT_FOUND)
    for path in await importing.top_paths(session):
        if not actor.may(Action.CHANGE_UNITS, Subject(path)) and (
            stored.created_by != actor.person_id
        ):
            raise Refused(messages.NOT_ALLOWED)
    return stored


async def _facts(session: AsyncSession, context: Context, stored: OrgChange) -> ChangeFacts:
    """With what it would do now, where it is still to be done."""
    person = await session.get(Person, stored.created_by) if stored.created_by else None
    facts = _stored(stored, person.name if person else "", context.now)
    if stored.state not in (OrgChangeState.PROPOSED, OrgChangeState.PLANNED):
        return facts
    unit_facts = await facts_for(session, change_rules.from_json(stored.rows))
    change_plan = _plan(context.work, stored, unit_facts)
    there = touched(change_plan, unit_facts.units)
    return replace(
        facts,
        concerned=await concerned(session, there, unit_facts.units, context.now),
        digest=change_plan.digest(),
        problems=[mistake.words for mistake in change_plan.mistakes],
    )


def _stored(stored: OrgChange, by: str, now: datetime) -> ChangeFacts:
    done = stored.state is OrgChangeState.DONE and stored.before is not None and stored.done_at
    until = stored.done_at + UNDO_WITHIN if stored.done_at else None
    return ChangeFacts(
        change_id=stored.id or 0,
        kind=stored.kind,
        state=stored.state,
        title=stored.title,
        lines=stored.lines,
        more=stored.more,
        day=stored.effective_on,
        by=by,
        done_at=stored.done_at,
        may_undo=bool(done and until and now < until),
        undo_until=until,
        later=stored.effective_on > local(now).date(),
    )


async def _plan_ahead(
    session: AsyncSession, context: Context, reorganisation: Reorganisation
) -> None:
    """Carried out by itself when its day has begun; everybody concerned knows before."""
    stored, facts = reorganisation.change, reorganisation.facts
    stored.state, stored.remind_at = OrgChangeState.PLANNED, at(stored.effective_on, FROM)
    own = await _own(session, context.work, stored, facts)
    card = partial(change_cards.told_planned, _stored(stored, context.actor.name, context.now))
    key = f"org:{stored.id}:planned"
    await outbox.add_all(session, notices(context.work, own, card, key, context.now))


async def _own(
    session: AsyncSession, work: Work, stored: OrgChange, facts: Facts
) -> dict[int, list[str]]:
    """Whom a change that is ahead concerns, and what is said of their own units."""
    change_plan = _plan(work, stored, facts)
    there = touched(change_plan, facts.units)
    people = await audience(session, there, facts.units, stored.created_by)
    return theirs(people, said_of(change_plan, facts.units), facts.units)


async def _own_before(
    session: AsyncSession, before: dict[str, object], all_units: Sequence[Unit], by: int | None
) -> dict[int, list[str]]:
    """Whom a change touched, as it stands now: what was moved or renamed, where it was and is;
    and where their own units lie again."""
    rows = before["changed"].get("unit", [])  # type: ignore[attr-defined]
    structural = {"parent_id", "name", "dissolved_on", "successor_id"}
    changed = {key[0] for key, columns in rows if structural & set(columns)}
    beside = {
        unit
        for key, columns in rows
        if key[0] in changed
        for column in ("parent_id", "successor_id")
        for unit in columns.get(column, ())
        if unit
    }
    there = Touched(within(changed, all_units), frozenset(beside))
    names = {unit.id or 0: unit.name for unit in all_units}
    was = {
        key[0]: names.get(columns["parent_id"][0], "") if "parent_id" in columns else ""
        for key, columns in rows
        if key[0] in changed
    }
    lines = {key: change_cards.back(names[key], place) for key, place in was.items()}
    return theirs(await audience(session, there, all_units, by), lines, all_units)


def _in_the_way(obstacles: Sequence[journal.Obstacle], all_units: Sequence[Unit]) -> list[str]:
    names = {unit.id: unit.name for unit in all_units}
    by_table: dict[str, list[str]] = defaultdict(list)
    for obstacle in obstacles:
        name = names.get(obstacle.key[0], "") if obstacle.table == "unit" else ""
        by_table[obstacle.table].append(name)
    return change_cards.in_the_way(by_table)


async def _due(session: AsyncSession, work: Work, rows: Sequence[OrgChange], now: datetime) -> None:
    """What was planned for today is done; what can no longer be taken back is forgotten, and what
    nobody confirmed."""
    for change_id in [row.id or 0 for row in rows]:
        stored = await session.get_one(OrgChange, change_id)  # the one before forgot it
        if stored.state is OrgChangeState.PROPOSED:
            await session.delete(stored)
        elif stored.state is OrgChangeState.DONE:
            stored.before, stored.rows, stored.remind_at = None, [], None
        else:
            await _carry_out_planned(session, work, stored, now)
    await session.flush()


async def _carry_out_planned(
    session: AsyncSession, work: Work, stored: OrgChange, now: datetime
) -> None:
    facts = await facts_for(session, change_rules.from_json(stored.rows), locked=True)
    change_plan = _plan(work, stored, facts)
    if not change_plan.mistakes:
        await carry_out(session, work, Reorganisation(stored, change_plan, facts), now)
        return
    stored.state, stored.remind_at = OrgChangeState.FAILED, None
    failed = replace(
        _stored(stored, "", now), problems=[mistake.words for mistake in change_plan.mistakes]
    )
    if stored.created_by:
        card, key = change_cards.told_failed(failed), f"org:{stored.id}:failed:{stored.created_by}"
        await outbox.add(session, notice(work.calendar, stored.created_by, card, key, now))


STREAM = Stream("org_changes", OrgChange, org_changes.WAITING, _due, size=1)
