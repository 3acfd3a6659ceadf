"""The list of units: look at what it would change, then take it over, all or nothing."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.access import require
from bot.core.context import Context
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from bot.units.facts.changes import Concerned
from bot.units.papers.units_file import UnitsFile
from bot.units.rules.import_plan import ImportPlan, ImportRow, Mistake
from bot.units.rules.importing import follows, own_top, plan, top_row
from bot.units.services.dissolutions import Following, following
from bot.units.services.import_facts import Facts, facts_now, resolved
from bot.units.services.reorganising import (
    Reorganisation,
    carry_out,
    concerned,
    lines_of,
    touched,
)
from storage import importing
from storage.enums import OrgChangeKind, OrgChangeState
from storage.models import OrgChange

log = structlog.get_logger()


@dataclass(frozen=True)
class Preview:
    """What an import would do. `officers`: id -> name, for showing who takes over; `following`:
    code of a unit that would be dissolved -> what is open there.
    """

    plan: ImportPlan
    officers: dict[int, str]
    following: dict[str, Following] = field(default_factory=dict)
    concerned: Concerned = field(default_factory=Concerned)
    done: bool = False
    sheet: str = ""  # the one that was read, where there are several
    notes: tuple[str, ...] = ()
    change_id: int = 0  # of what was done, to be taken back
    own_top: str = ""  # the code of a row that may be the top unit itself

    @property
    def ready(self) -> bool:
        return not self.plan.mistakes and bool(self.plan.new or self.plan.changed)


async def require_whole_tree(session: AsyncSession, actor: Actor | None) -> None:
    """Raises Refused unless the person may import everywhere; None is the operator."""
    if actor is None:
        return
    for path in await importing.top_paths(session) or ("/",):
        require(actor, Action.IMPORT_UNITS, Subject(path))


async def may_import(work: Work, actor: Actor) -> bool:
    """Whether lists of units from this person are taken."""
    if not actor.may(Action.IMPORT_UNITS):
        return False  # almost everybody: no need to ask the database
    async with work.read() as session:
        paths = await importing.top_paths(session) or ("/",)
        return all(actor.may(Action.IMPORT_UNITS, Subject(path)) for path in paths)


async def preview(work: Work, actor: Actor | None, file: UnitsFile, now: datetime) -> Preview:
    """What would change, or every mistake of the list. Nothing is changed."""
    async with work.read() as session:
        await require_whole_tree(session, actor)
        facts = await facts_now(session, file)
        import_preview = await _checked(work, file, facts, now)
        ids = {unit.code.casefold(): unit.id or 0 for unit in facts.units}
        there = touched(import_preview.plan, facts.units)
        return replace(
            import_preview,
            following=await following(session, import_preview.plan, ids, now),
            concerned=await concerned(session, there, facts.units, now),
        )


async def confirm(
    work: Work, actor: Actor | None, file: UnitsFile, digest: str, now: datetime
) -> Preview:
    """Take the list over if it still does what was seen (`digest` of that plan).

    Otherwise nothing is done, and what it would do now is given back, with `done` False.
    """
    async with work.write() as session:
        await require_whole_tree(session, actor)
        facts = await facts_now(session, file, locked=True)
        import_preview = await _checked(work, file, facts, now)
        if not import_preview.ready or import_preview.plan.digest() != digest:
            return import_preview
        change = _change(import_preview.plan, facts, actor, now)
        session.add(change)
        await session.flush()
        change_id = change.id or 0
        await carry_out(session, work, Reorganisation(change, import_preview.plan, facts), now)
    log.info(
        "units.imported",
        actor=actor.person_id if actor else None,
        new=len(import_preview.plan.new),
        changed=len(import_preview.plan.changed),
    )
    return replace(import_preview, done=True, change_id=change_id)


def _change(import_plan: ImportPlan, facts: Facts, actor: Actor | None, now: datetime) -> OrgChange:
    """The list as a change that can be taken back."""
    names = {unit.code.casefold(): unit.name for unit in facts.units}
    names |= {change.code.casefold(): change.after["name"] for change in import_plan.new}
    lines, more = lines_of(import_plan, names)
    return OrgChange(
        kind=OrgChangeKind.LIST,
        state=OrgChangeState.PROPOSED,
        title=title_of(import_plan),
        lines=lines,
        more=more,
        effective_on=local(now).date(),
        created_by=actor.person_id if actor else None,
        created_at=now,
    )


def title_of(import_plan: ImportPlan) -> str:
    """What is in the list, in short."""
    changed = len(import_plan.changed)
    parts = [f"thêm {len(import_plan.new)} đơn vị"] if import_plan.new else []
    parts += [f"thay đổi {changed} đơn vị"] if changed else []
    return f"Danh sách đơn vị: {', '.join(parts)}"


async def resolved_rows(
    work: Work, actor: Actor, file: UnitsFile
) -> tuple[list[ImportRow], list[Mistake]]:
    """The rows of a list, with people and clusters as what they mean; what is wrong with them."""
    async with work.read() as session:
        await require_whole_tree(session, actor)
        facts = await facts_now(session, file)
    rows, mistakes = resolved(file.rows, facts)
    return rows, [*file.mistakes, *mistakes]


async def _checked(work: Work, file: UnitsFile, facts: Facts, now: datetime) -> Preview:
    """All mistakes at once; none that only follows from a cell that could not be read."""
    rows, mistakes = resolved(file.rows, facts)
    top, today = work.settings.organisation, local(now).date()
    rows = [*top_row(rows, facts.known_units, top.code, top.name), *rows]
    import_plan = await asyncio.to_thread(plan, rows, facts.known_units, top.code, today)
    if mistakes or file.mistakes:
        all_mistakes = (*import_plan.mistakes, *mistakes)
        own = (mistake for mistake in all_mistakes if not follows(mistake, file.unread))
        import_plan = ImportPlan(mistakes=tuple(sorted({*file.mistakes, *own})))
    asked_about = own_top(import_plan, rows, facts.known_units)
    return Preview(
        import_plan,
        facts.officer_names,
        sheet=file.sheet,
        notes=file.notes,
        own_top=asked_about.code if asked_about else "",
    )


async def take_top_code(context: Context, file: UnitsFile) -> Preview:
    """The row that was asked about is the top unit: it has that code from now on. What the list
    would do then; nothing else is done."""
    work, actor, now = context.work, context.actor, context.now
    async with work.write() as session:
        await require_whole_tree(session, actor)
        facts = await facts_now(session, file, locked=True)
        code = (await _checked(work, file, facts, now)).own_top
        top = next((u for u in facts.units if u.parent_id is None and u.dissolved_on is None), None)
        if code and top:
            log.info("units.top_code", actor=actor.person_id)
            top.code = code
    return await preview(work, actor, file, now)
