"""The list of units: look at what it would change, then take it over, all or nothing."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.access import require
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from bot.units.papers.units_file import UnitsFile
from bot.units.rules.import_plan import ImportPlan
from bot.units.rules.importing import follows, plan, top_row
from bot.units.services.counts import Origin
from bot.units.services.dissolutions import Following, carry_over, following
from bot.units.services.import_changes import make
from bot.units.services.import_facts import Facts, facts_now, resolved
from storage import importing
from storage.enums import CountSource

log = structlog.get_logger()


@dataclass(frozen=True)
class Preview:
    """What an import would do. `officers`: id -> name, for showing who takes over; `following`:
    code of a unit that would be dissolved -> what is open there.
    """

    plan: ImportPlan
    officers: dict[int, str]
    following: dict[str, Following] = field(default_factory=dict)
    done: bool = False
    sheet: str = ""  # the one that was read, where there are several
    notes: tuple[str, ...] = ()

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
        return replace(
            import_preview, following=await following(session, import_preview.plan, ids, now)
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
        origin = Origin(CountSource.LIST, now, actor.person_id if actor else None)
        await make(session, import_preview.plan, facts, origin)
        await carry_over(session, work, import_preview.plan, now)
    log.info(
        "units.imported",
        actor=actor.person_id if actor else None,
        new=len(import_preview.plan.new),
        changed=len(import_preview.plan.changed),
    )
    return replace(import_preview, done=True)


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
    return Preview(import_plan, facts.officer_names, sheet=file.sheet, notes=file.notes)
