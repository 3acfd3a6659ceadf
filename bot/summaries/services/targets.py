"""Targets (chỉ tiêu) of units: what is asked, reached and due by today, who lags; setting and
sharing out the numbers.

`doan-vien` II.2 and III.2 ask for targets every year and for the whole time, of the province's
units and of the CĐCS directly under it; II.3 for numbers that a CĐCS's committee works by.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zlib import crc32

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.rules.programmes import Programme, Target
from bot.core.work import Work
from bot.plans.services.places import plan_of
from bot.programmes.facts import PlanProgress
from bot.programmes.services import concerned
from bot.summaries.cards import targets as cards
from bot.summaries.facts.targets import (
    Course,
    Declared,
    Part,
    PlansWithTargets,
    SetValue,
    SplitPreview,
    TargetLine,
    TargetPage,
    UnitsOfTarget,
    UnitTargets,
)
from bot.summaries.rules.targets import (
    SPLIT,
    Pace,
    Reached,
    course,
    due,
    fitting,
    forecast,
    is_asked,
    is_for,
    is_share,
    left_to_win,
    months_ahead,
    pace,
    plan_asks,
    split,
    sum_of_years,
    together,
    whole_goal,
)
from bot.summaries.services.target_values import Values, YearTarget, gains_by_day, values_of
from storage import obligations, outbox, people
from storage import targets as stored
from storage.enums import DeclarationState, UnitKind
from storage.figures import DaySpan
from storage.models import Person, Unit, UnitTarget
from storage.paths import top_of

LOOKING = (
    *(Action.SEE_TARGETS, Action.SET_TARGETS),
    *(Action.DECLARE_RESULT, Action.DECIDE_DECLARATION),
)
"""Whoever may do one of these sees the target that it is about."""
PER_PAGE = 8
YEARS_AWAY = 1
MOST = 10_000_000
ORDER = (Pace.BEHIND, Pace.UNKNOWN, Pace.NOT_SET, Pace.ON, Pace.NOTHING)


@dataclass(frozen=True)
class Meant:
    """Which target of which unit and year a button names. `unit_id` 0: one's own; `year` 0: now."""

    plan: str
    position: int
    unit_id: int = 0
    year: int = 0


async def overview(context: Context) -> PlansWithTargets:
    """The plans in force with the targets of the actor's unit, and how many of them lag."""
    require(context.actor, Action.SEE_TARGETS)
    today = local(context.now).date()
    async with context.work.read() as session:
        unit = await unit_for(session, context, 0)
        others = [other for other in await _own(session, context) if other.id != unit.id]
        plans = [plan for plan in context.work.programmes if plan.in_force(today)]
        lines = (await lines_of(session, context.work, plans, [unit], AsOf.now(context)))[
            unit.id or 0
        ]
    rows = []
    for plan in plans:
        own = [line for line in lines if line.plan is plan]
        if own:
            rows.append((plan, len(own), sum(line.pace is Pace.BEHIND for line in own)))
    return PlansWithTargets(unit, today, rows, others)


async def of_unit(context: Context, key: str, unit_id: int = 0, year: int = 0) -> UnitTargets:
    """A unit's targets of a plan. Raises Refused: not within the actor's units."""
    require(context.actor, Action.SEE_TARGETS)
    plan, today = plan_of(context.work, key), local(context.now).date()
    year = _year(context, year)
    async with context.work.read() as session:
        unit = await unit_for(session, context, unit_id)
        lines = await lines_of(session, context.work, [plan], [unit], AsOf.now(context, year))
        below = await units_below(session, context.actor, plan, unit, today)
    return UnitTargets(plan, unit, year, today.year, lines[unit.id or 0], len(below))


async def list_units(context: Context, meant: Meant, page: int) -> UnitsOfTarget:
    """One target at the units below, those that lag first. Raises Refused as `of_unit`."""
    require(context.actor, Action.SEE_TARGETS)
    plan, today = plan_of(context.work, meant.plan), local(context.now).date()
    year = _year(context, meant.year)
    async with context.work.read() as session:
        unit = await unit_for(session, context, meant.unit_id)
        below = await units_below(session, context.actor, plan, unit, today)
        everybody = list({u.id: u for u in (unit, *below)}.values())
        of_all = await lines_of(
            session, context.work, [_alone(plan, meant)], everybody, AsOf.now(context, year)
        )
        of_all = {key: _as_in(plan, meant, lines) for key, lines in of_all.items()}
        whole = _line_at(of_all[unit.id or 0], meant.position)
        rows = [
            line for u in below for line in of_all[u.id or 0] if line.position == meant.position
        ]
        may_set = _may_set(context.actor, unit.path)
    rows.sort(key=_urgency)
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(page, pages - 1)
    counts = Counter(line.pace for line in rows)
    part = rows[page * PER_PAGE : (page + 1) * PER_PAGE]
    of_cluster = unit.id in {other.id for other in below}
    return UnitsOfTarget(whole, part, dict(counts), page, pages, may_set, of_cluster)


async def look(context: Context, meant: Meant) -> TargetPage:
    """All about one target of one unit. Raises Refused as `of_unit`."""
    require(context.actor, Action.SEE_TARGETS)
    async with context.work.read() as session:
        return await page_of(session, context, meant)


async def course_of(context: Context, meant: Meant) -> Course:
    """What a picture of the target is drawn from. Raises Refused as `of_unit`."""
    require(context.actor, Action.SEE_TARGETS)
    async with context.work.read() as session:
        unit = await unit_for(session, context, meant.unit_id)
        line = await _single_line(session, context, meant, unit)
        if line.target.counts == _GAINED:
            return await _course(session, line)
    return Course(line, [(line.day, line.reached.value)] if line.reached else [])


async def members_course(
    session: AsyncSession, work: Work, unit: Unit, as_of: "AsOf"
) -> Course | None:
    """Members won by a unit against the number that it was set; None: no plan sets one."""
    plans = [plan for plan in work.programmes if plan.in_force(as_of.day)]
    plans = [plan for plan in plans if any(t.counts == _GAINED for t in plan.targets)]
    lines = (await lines_of(session, work, plans, [unit], as_of))[unit.id or 0]
    counted = [line for line in lines if line.target.counts == _GAINED and line.wanted is not None]
    return await _course(session, counted[0]) if counted else None


_GAINED = "members_gained"


async def _course(session: AsyncSession, line: TargetLine) -> Course:
    gains = await gains_by_day(session, line.unit.id or 0, DaySpan(line.frame.first, line.day))
    points = course(gains, line.frame, line.day)
    return Course(line, points, months_ahead(line.frame, line.day))


async def preview_split(context: Context, meant: Meant, total: int) -> SplitPreview:
    """What each unit below would get of a number. Raises Refused: not the actor's to set."""
    async with context.work.read() as session:
        return await _shared_out(session, context, meant, total)


async def give(context: Context, meant: Meant, total: int, stamp: str) -> UnitsOfTarget:
    """Set what was previewed, and tell the units. Raises Refused as `preview_split`, and where the
    numbers would be others than those that were shown."""
    async with context.work.write() as session:
        preview = await _shared_out(session, context, meant, total)
        if preview.stamp != stamp:
            raise Refused(messages.SPLIT_CHANGED)
        shares = [(p.unit, p.value) for p in preview.parts if p.value != p.before]
        if preview.unit.kind is UnitKind.FEDERATION:
            shares.append((preview.unit, total))
        await _set(session, context, preview, shares, by_split=True)
    return await list_units(context, meant, 0)


async def set_value(context: Context, meant: Meant, value: int) -> TargetPage:
    """Set one unit's number, and tell the unit. Raises Refused: not the actor's to set."""
    async with context.work.write() as session:
        plan, unit = plan_of(context.work, meant.plan), await _unit(session, meant.unit_id)
        above = await session.get(Unit, unit.parent_id) if unit.parent_id else unit
        require(context.actor, Action.SET_TARGETS, Subject(above.path if above else ""))
        target = plan.targets[meant.position] if meant.position < len(plan.targets) else None
        year = _year(context, meant.year)
        direct = above is not None and above.kind is UnitKind.FEDERATION
        if target is None or not is_for(target, unit.kind, direct=direct):
            raise Refused(messages.NOT_FOUND)
        if target.measure == "%" and value > 100:
            raise Refused(messages.NOT_OVER_100)
        place = context.work.programmes.index(plan)
        whole = SplitPreview(plan, place, meant.position, target, unit, year, value)
        await _set(session, context, whole, [(unit, value)], by_split=False)
        return await page_of(session, context, replace(meant, year=year))


async def progress_of(
    session: AsyncSession, context: Context, plan: Programme
) -> PlanProgress | None:
    """How the actor's unit stands, for the card of the plan; None: they see no targets."""
    if not context.actor.may(Action.SEE_TARGETS):
        return None
    today = local(context.now).date()
    unit = await unit_for(session, context, 0)
    lines = (await lines_of(session, context.work, [plan], [unit], AsOf.now(context)))[unit.id or 0]
    words = {line.target.key: cards.brief(line) for line in lines}
    return PlanProgress(unit.name, today, words)


async def unit_for(session: AsyncSession, context: Context, unit_id: int) -> Unit:
    """The unit with this id, or 0: the actor's own, the one that they lead before what a cluster
    puts next to it; a department's people look at the province. Raises Refused."""
    if unit_id:
        unit = await _unit(session, unit_id)
        if not _sees(context.actor, unit):
            raise Refused(messages.NOT_FOUND)
        return unit
    if own := await _own(session, context):
        return own[0]
    raise Refused(messages.NOT_ALLOWED)


async def _own(session: AsyncSession, context: Context) -> list[Unit]:
    """Whose targets are the actor's own: first what they lead, and the highest."""
    own = await people.places_at(session, context.actor.paths_for(*LOOKING))
    led = context.actor.paths_for(Action.SET_TARGETS)
    return sorted(
        (unit for unit in own if unit.kind is not UnitKind.ENTERPRISE),
        key=lambda unit: (unit.path not in led, unit.path.count("/"), unit.id),
    )


async def units_below(
    session: AsyncSession, actor: Actor, plan: Programme, unit: Unit, today: date
) -> list[Unit]:
    """Those that answer to a unit for the plan's targets and that the actor sees; for who watches
    over a cluster: its units."""
    own = set(actor.paths_for(*LOOKING))
    led = set(actor.paths_for(Action.SET_TARGETS, Action.DECIDE_DECLARATION))
    if unit.kind is UnitKind.FEDERATION:
        rows = list(await stored.below_province(session, unit, today))
    elif unit.path in own - led and len(own) > 1:
        rows = list(await people.places_at(session, own))
    elif unit.kind is UnitKind.UPPER:
        rows = list(await stored.unions_below(session, unit, today))
    else:
        rows = []
    if plan.units and unit.kind is UnitKind.FEDERATION:
        rows = list(_named(plan, rows))
    return [u for u in rows if _sees(actor, u)]


def _sees(actor: Actor, unit: Unit) -> bool:
    return any(actor.may(action, Subject(unit.path)) for action in LOOKING)


@dataclass(frozen=True)
class AsOf:
    """A year's targets as they stand at the end of a day."""

    day: date
    year: int

    @classmethod
    def now(cls, context: Context, year: int = 0) -> "AsOf":
        """Today, of this year or another one."""
        today = local(context.now).date()
        return cls(today, year or today.year)


async def lines_of(
    session: AsyncSession,
    work: Work,
    plans: Sequence[Programme],
    units: Sequence[Unit],
    as_of: AsOf,
) -> dict[int, list[TargetLine]]:
    """Unit -> the targets of these plans that it has in the year. How many queries it takes does
    not depend on how many units there are."""
    year_targets = [
        YearTarget(plan, target, as_of.year)
        for plan in plans
        for target in plan.targets
        if is_asked(target, plan, as_of.year)
    ]
    if not year_targets or not units:
        return {unit.id or 0: [] for unit in units}
    sources = await _sources(session, work, year_targets, units, as_of.day)
    return {
        unit.id or 0: [
            _line(sources, each, unit, as_of.day)
            for each in year_targets
            if is_for(each.target, unit.kind, direct=unit.id in sources.direct)
        ]
        for unit in units
    }


@dataclass(frozen=True)
class _Sources:
    """All that lines are made of, read for many units at once."""

    values: Values
    settings: Mapping[tuple[str, str, int], UnitTarget]  # (plan, target, unit) -> the newest
    names: Mapping[int, Person]
    below: Mapping[int, Sequence[Unit]]  # of LĐLĐ tỉnh and its departments
    direct: Collection[int | None]  # CĐCS directly under the province


async def _sources(
    session: AsyncSession,
    work: Work,
    year_targets: Sequence[YearTarget],
    units: Sequence[Unit],
    day: date,
) -> _Sources:
    ids = {unit.id or 0 for unit in units}
    below = {
        unit.id or 0: await stored.below_province(session, unit, day)
        for unit in units
        if unit.kind is UnitKind.FEDERATION  # one, or the few departments of a province
    }
    everybody = ids | {u.id or 0 for rows in below.values() for u in rows}
    values = await values_of(session, work, year_targets, sorted(everybody), day)
    plans = {each.plan.key for each in year_targets}
    setters = ids | {top_of(unit.path) for unit in units}
    settings = {
        (row.plan, row.target, row.unit_id): row
        for row in await stored.set_for(session, plans, year_targets[0].year, setters)
    }
    names = await people.named(session, {row.set_by for row in settings.values()})
    return _Sources(values, settings, names, below, await _direct(session, units))


def _named(plan: Programme, units: Sequence[Unit]) -> Sequence[Unit]:
    """Of the units below a province, those that the plan names; all where it names none."""
    if not plan.units:
        return units
    named = {unit.id for unit in concerned(plan, units)}
    return [unit for unit in units if unit.id in named]


def _line(sources: _Sources, each: YearTarget, unit: Unit, today: date) -> TargetLine:
    target, key, values = each.target, unit.id or 0, sources.values
    row = sources.settings.get((*each.key, key))
    if row is None and is_share(target):  # what the province set for all
        row = sources.settings.get((*each.key, top_of(unit.path)))
    by_plan = unit.kind is UnitKind.FEDERATION or is_share(target)
    wanted = row.value if row else plan_asks(target, each.plan, each.year) if by_plan else None
    reached = values.reached[each.key].get(key)
    of_units: list[Reached | None] = []
    if unit.kind is UnitKind.FEDERATION and target.counts in ("visits_kept", "declared"):
        below = _named(each.plan, sources.below.get(key, ()))
        members = [u for u in below if is_for(target, u.kind, direct=True)]
        of_units = [values.reached[each.key].get(u.id or 0) for u in members]
        reached = together(of_units)
    frame, day = each.frame, min(today, each.frame.last)
    newest, accepted = values.declared.get((*each.key, key), (None, None))
    since, standing = values.known_since[key], pace(target, wanted, frame, day, reached)
    needed = whole_goal(target, wanted, reached) if reached and wanted is not None else None
    return TargetLine(
        plan=each.plan,
        position=each.plan.targets.index(target),
        target=target,
        unit=unit,
        year=each.year,
        day=day,
        frame=frame,
        wanted=wanted,
        reached=reached,
        due=_due(each, wanted, reached, day),
        outlook=fitting(forecast(target, reached, frame, since, today), standing, needed)
        if reached
        else None,
        pace=standing,
        set_by=sources.names[row.set_by].name if row and row.set_by in sources.names else "",
        set_at=row.set_at if row else None,
        newest=newest,
        accepted=accepted,
        units=len(of_units),
        units_known=sum(_counts(target, part) for part in of_units),
    )


def _counts(target: Target, part: Reached | None) -> bool:
    """Whether a unit has something to be measured by: one that is new has no week behind it."""
    return part is not None and (target.counts != "visits_kept" or part.of != 0)


def _due(each: YearTarget, wanted: int | None, reached: Reached | None, day: date) -> int | None:
    """Of a share nothing is due where nobody knows of how many."""
    if wanted is None or (reached is None and is_share(each.target)):
        return None
    return due(each.target, wanted, each.frame, day, reached or Reached(0))


async def _direct(session: AsyncSession, units: Sequence[Unit]) -> set[int]:
    """The CĐCS among these that stand directly under the province or a department."""
    sites = [unit for unit in units if unit.kind is UnitKind.SITE_UNION]
    if not sites:
        return set()
    province = {u.id for u in await stored.federations(session)}
    return {unit.id or 0 for unit in sites if unit.parent_id in province}


async def page_of(session: AsyncSession, context: Context, meant: Meant) -> TargetPage:
    """The same as `look`, within a transaction."""
    plan, today = plan_of(context.work, meant.plan), local(context.now).date()
    year = _year(context, meant.year)
    unit = await unit_for(session, context, meant.unit_id)
    line = await _single_line(session, context, meant, unit)
    below = await units_below(session, context.actor, plan, unit, today)
    below_too = [u for u in below if line.target.counts in SPLIT or u.kind is UnitKind.UPPER]
    set_rows = [
        row
        for row in await stored.set_for(session, [plan.key], year, [unit.id or 0])
        if row.target == line.target.key
    ]
    declared = [
        row
        for row in await stored.declared(session, [plan.key], year, [unit.id or 0])
        if row.target == line.target.key
    ]
    ids = {row.set_by for row in set_rows} | {row.person_id for row in declared}
    names = await people.named(session, ids | {row.decided_by or 0 for row in declared} - {0})
    above = await session.get(Unit, unit.parent_id) if unit.parent_id else None
    path_above = above.path if above else ""
    decides = context.actor.may(Action.DECIDE_DECLARATION, Subject(path_above))
    waits = declared and declared[-1].state is DeclarationState.WAITING
    room: int | None = None
    if line.set_at and line.target.counts in SPLIT:
        year_target = YearTarget(plan, line.target, year)
        left = await _left_to_win(session, year_target, unit, [unit])
        room = (line.reached.value if line.reached else 0) + left[unit.id or 0]
    all_years: int | None = None
    if line.target.per == "span" and not is_share(line.target) and unit.parent_id is None:
        chosen = await stored.set_through(session, plan.key, line.target.key, unit.id or 0)
        all_years = sum_of_years(line.target, plan, {row.year: row.value for row in chosen})
    return TargetPage(
        line=line,
        history=[
            SetValue(row.value, names[row.set_by].name, row.set_at, row.by_split)
            for row in reversed(set_rows)
        ],
        declared=[
            Declared(
                row,
                names[row.person_id].name,
                names[row.decided_by].name if row.decided_by in names else "",
            )
            for row in reversed(declared)
        ],
        below=len(below_too),
        may_set=line.target.counts != "visits_kept"
        and _may_set(context.actor, path_above or unit.path),
        may_split=bool(below_too)
        and line.target.counts in SPLIT
        and _may_set(context.actor, unit.path),
        may_declare=may_declare(context, line),
        decides=(declared[-1].id or 0) if decides and waits else 0,
        room=room if room is not None and room < (line.wanted or 0) else None,
        all_years=all_years,
    )


def may_declare(context: Context, line: TargetLine) -> bool:
    """Whether the actor's unit can state now what it has reached: this year's or last year's."""
    today = local(context.now).date()
    return (
        line.target.counts == "declared"
        and line.unit.kind is not UnitKind.FEDERATION
        and line.plan.in_force(line.day)
        and 0 <= today.year - line.year <= YEARS_AWAY
        and context.actor.may(Action.DECLARE_RESULT, Subject(line.unit.path))
    )


def _may_set(actor: Actor, path_above: str) -> bool:
    return actor.may(Action.SET_TARGETS, Subject(path_above))


async def _shared_out(
    session: AsyncSession, context: Context, meant: Meant, total: int
) -> SplitPreview:
    plan, today = plan_of(context.work, meant.plan), local(context.now).date()
    unit = await _unit(session, meant.unit_id)
    require(context.actor, Action.SET_TARGETS, Subject(unit.path))
    year = _year(context, meant.year)
    target = plan.targets[meant.position] if meant.position < len(plan.targets) else None
    if target is None or target.counts not in SPLIT or not 0 <= total <= MOST:
        raise Refused(messages.NOT_FOUND)
    below = [
        u
        for u in await units_below(session, context.actor, plan, unit, today)
        if is_for(target, u.kind, direct=unit.kind is UnitKind.FEDERATION)
    ]
    year_target = YearTarget(plan, target, year)
    weights = await _rooms(session, context, year_target, unit, below)
    values = split(total, weights)
    before = {
        row.unit_id: row.value
        for row in await stored.set_for(session, [plan.key], year, [*weights, unit.id or 0])
        if row.target == target.key
    }
    parts = [Part(u, weights[u.id or 0], values[u.id or 0], before.get(u.id or 0)) for u in below]
    if not parts:
        raise Refused(messages.NOBODY_TO_SPLIT)
    checked = f"{plan.key}:{target.key}:{unit.id}:{year}:{total}:{sorted(values.items())}"
    place = context.work.programmes.index(plan)
    stamp = f"{crc32(checked.encode()):08x}"
    own = None
    if unit.kind is UnitKind.FEDERATION:
        own = before.get(unit.id or 0, plan_asks(target, plan, year))
    return SplitPreview(plan, place, meant.position, target, unit, year, total, parts, stamp, own)


async def _rooms(
    session: AsyncSession, context: Context, of: YearTarget, above: Unit, units: Sequence[Unit]
) -> dict[int, int]:
    """Unit -> how much of a number that is shared out it can reach within the target's time: what
    counts already and what is left to win. All of them lie below `above`, or are it."""
    if not units:
        return {}
    today, ids = local(context.now).date(), [unit.id or 0 for unit in units]
    reached = (await values_of(session, context.work, [of], ids, today)).reached[of.key]
    left = await _left_to_win(session, of, above, units)
    return {key: (got.value if (got := reached[key]) else 0) + left[key] for key in ids}


async def _left_to_win(
    session: AsyncSession, of: YearTarget, above: Unit, units: Sequence[Unit]
) -> dict[int, int]:
    """Unit -> how many could still become members, or enterprises get a union."""
    left = [
        (site.path, left_to_win(of.target, site.kind, site.workers, site.members))
        for site in await stored.open_sites_below(session, above)
    ]
    return {
        unit.id or 0: sum(amount for path, amount in left if path.startswith(unit.path))
        for unit in units
    }


async def _set(
    session: AsyncSession,
    context: Context,
    whole: SplitPreview,
    shares: Sequence[tuple[Unit, int]],
    *,
    by_split: bool,
) -> None:
    """Keep the numbers, and tell whoever leads the units."""
    rows = {
        unit.id or 0: UnitTarget(
            plan=whole.plan.key,
            target=whole.target.key,
            unit_id=unit.id or 0,
            year=whole.year,
            value=value,
            by_split=by_split,
            set_by=context.actor.person_id,
            set_at=context.now,
        )
        for unit, value in shares
    }
    session.add_all(rows.values())
    await session.flush()
    leaders = await obligations.staff_at(session, list(rows), roles_for(Action.DECLARE_RESULT))
    units = {unit.id: unit for unit, _ in shares}
    for unit_id, _, person in leaders:
        if person != context.actor.person_id:
            row, unit = rows[unit_id], units[unit_id]
            card = cards.assigned(whole, unit, row.value, context.actor.name)
            key = f"target:{row.id}:{person}"
            message = notice(context.work.calendar, person, card, key, context.now)
            await outbox.add(session, message)


async def _single_line(
    session: AsyncSession, context: Context, meant: Meant, unit: Unit
) -> TargetLine:
    """The line of one target, the others not counted. Raises Refused: the unit has none such."""
    plan, as_of = plan_of(context.work, meant.plan), AsOf.now(context, _year(context, meant.year))
    lines = await lines_of(session, context.work, [_alone(plan, meant)], [unit], as_of)
    return _line_at(_as_in(plan, meant, lines[unit.id or 0]), meant.position)


def _alone(plan: Programme, meant: Meant) -> Programme:
    """The plan with that target alone."""
    return replace(plan, targets=plan.targets[meant.position : meant.position + 1])


def _as_in(plan: Programme, meant: Meant, lines: Sequence[TargetLine]) -> list[TargetLine]:
    """Lines of the plan with one target, as they stand among all of the plan."""
    return [replace(line, plan=plan, position=meant.position) for line in lines]


def _line_at(lines: Sequence[TargetLine], position: int) -> TargetLine:
    """Raises Refused: the unit has no such target."""
    line = next((line for line in lines if line.position == position), None)
    if line is None:
        raise Refused(messages.NOT_FOUND)
    return line


async def _unit(session: AsyncSession, unit_id: int) -> Unit:
    unit = await session.get(Unit, unit_id) if unit_id < stored.MAX_ID else None
    if unit is None or unit.kind is UnitKind.ENTERPRISE:
        raise Refused(messages.NOT_FOUND)
    return unit


def _year(context: Context, year: int) -> int:
    """Last year's, this year's or next year's. Raises Refused for others."""
    this = local(context.now).year
    if year and abs(year - this) > YEARS_AWAY:
        raise Refused(messages.NOT_FOUND)
    return year or this


def _urgency(line: TargetLine) -> tuple[int, float]:
    """Who lags most comes first: by how much of what is due is there."""
    share = line.reached.value / line.due if line.reached and line.due else 0.0
    return ORDER.index(line.pace), share
