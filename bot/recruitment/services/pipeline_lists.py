"""How many enterprises stand at which step, and which; what lies longest comes first."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import and_, col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week, local
from bot.core.rules.permissions import Action, Subject
from bot.core.rules.unionless import union_owed_from
from bot.recruitment.facts.pipeline import (
    Funnel,
    GrownSite,
    GrownSites,
    RecruitmentList,
    RecruitmentRow,
    RecruitmentUnits,
    UnitRecruitment,
    VisitHint,
)
from bot.recruitment.rules.steps import ORDER, SUGGESTING, days_since, is_still, suggested
from bot.recruitment.services.pipeline import HINT_WEEKS
from bot.units.services.growth import founded_unions, members_by_home, members_by_site
from storage import recruitments, units
from storage.enums import RecruitmentState, RecruitmentStep, UnitKind
from storage.figures import DaySpan
from storage.folding import name_order
from storage.models import Recruitment, Unit

PER_PAGE = 8
MOST = 5_000
"""Rows of a workbook."""
Since = Mapping[RecruitmentStep, datetime]


async def paths_for(session: AsyncSession, context: Context, unit_id: int) -> list[str]:
    """The subtrees of the actor, or that of the unit with this id within them. Raises Refused."""
    require(context.actor, Action.SEE_RECRUITMENT)
    if not unit_id:
        return list(context.actor.paths_for(Action.SEE_RECRUITMENT))
    unit = await session.get(Unit, unit_id) if unit_id < recruitments.MAX_ID else None
    if unit is None or not context.actor.may(Action.SEE_RECRUITMENT, Subject(unit.path)):
        raise Refused(messages.NOT_FOUND)
    return [unit.path]


async def funnel(context: Context, unit_id: int) -> Funnel:
    """The whole scope of the actor (0), or one unit of it. Raises Refused."""
    since, workers = since_of(context), union_from(context)
    year = local(context.now).year
    days = DaySpan(date(year, 1, 1), local(context.now).date())
    async with context.work.read() as session:
        paths = await paths_for(session, context, unit_id)
        pool, not_begun = await recruitments.pool(session, paths, workers)
        rows = await recruitments.at_steps(session, paths, since)
        homes = await recruitments.homes(session, paths)
        ids = {home.id or 0 for home in homes}
        hinted = await _hinted(session, context, paths)
        founded = await founded_unions(session, days, ids)
        members = await members_by_home(session, days, ids)
        own = await recruitments.count_owned(session, context.actor.person_id)
        return Funnel(
            unit=await session.get(Unit, unit_id) if unit_id else None,
            year=year,
            union_from=workers,
            pool=pool,
            not_begun=not_begun,
            at_step={
                step: sum(n for state, s, n, _ in rows if (state, s) == (_OPEN, step))
                for step in ORDER
            },
            still_at={step: sum(int(n) for _, s, _, n in rows if s is step) for step in ORDER},
            stopped=sum(n for state, _, n, _ in rows if state is RecruitmentState.STOPPED),
            hinted=len(hinted),
            own=own,
            founded=len(founded),
            members=members.total(),
            several_units=sum(home.kind is UnitKind.UPPER for home in homes) > 1,
            leads=context.actor.may(Action.LEAD_RECRUITMENT),
        )


_OPEN = RecruitmentState.OPEN


async def grown(context: Context, key: str, unit_id: int, page: int) -> GrownSites:
    """Behind the numbers of the year: unions founded, the newest first; sites with new members, the
    most first. Raises Refused."""
    year = local(context.now).year
    days = DaySpan(date(year, 1, 1), local(context.now).date())
    async with context.work.read() as session:
        paths = await paths_for(session, context, unit_id)
        ids = {home.id or 0 for home in await recruitments.homes(session, paths)}
        if key == "founded":
            founded = await founded_unions(session, days, ids)
            rows = [GrownSite(u.site_id, u.name, u.day) for u in reversed(founded)]
        else:
            rows = await _with_new_members(session, days, ids)
    first = page * PER_PAGE
    part = rows[first : first + PER_PAGE]
    return GrownSites(key, unit_id, year, part, page, len(rows) > first + PER_PAGE)


async def _with_new_members(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> list[GrownSite]:
    by_site = await members_by_site(session, days, homes)
    sites = await units.by_ids(session, set(by_site))
    rows = [
        GrownSite(key, sites[key].name, last, members)
        for key, (members, last) in by_site.items()
        if members
    ]
    return sorted(rows, key=lambda row: (-row.members, name_order(row.name)))


async def listed(context: Context, key: str, unit_id: int, page: int | None) -> RecruitmentList:
    """A page of the enterprises at a step, or of one of the other lists; None: all of them. Raises
    Refused.

    `key`: a step; still, none (nobody has begun), stopped, mine, hint (a visit speaks for a step).
    """
    async with context.work.read() as session:
        paths = await paths_for(session, context, unit_id)
        hints = await _hinted(session, context, paths) if key == "hint" else {}
        condition = _condition(context, key, paths, hints)
        window = (MOST, 0) if page is None else (PER_PAGE + 1, page * PER_PAGE)
        rows = await recruitments.listed(session, condition, *window)
        total = await recruitments.count_listed(session, condition)
        unit = await session.get(Unit, unit_id) if unit_id else None
    days = context.work.settings.recruitment.days
    return RecruitmentList(
        key,
        unit_id,
        [
            RecruitmentRow(
                site,
                stored,
                owner or "",
                days_since(stored.moved_at, context.now) if stored else 0,
                bool(
                    stored
                    and stored.state is _OPEN
                    and is_still(stored.step, stored.moved_at, days, context.now)
                ),
                hints.get(site.id or 0),
            )
            for site, stored, owner in (rows if page is None else rows[:PER_PAGE])
        ],
        total,
        page or 0,
        page is not None and len(rows) > PER_PAGE,
        unit,
    )


async def by_unit(context: Context, page: int | None) -> RecruitmentUnits:
    """The units above enterprises, those where most lie too long first; `page` None: all of them.
    Raises Refused."""
    year = local(context.now).year
    days = DaySpan(date(year, 1, 1), local(context.now).date())
    async with context.work.read() as session:
        paths = await paths_for(session, context, 0)
        homes = await recruitments.homes(session, paths)
        counted = await recruitments.by_unit(session, paths, union_from(context), since_of(context))
        founded = await founded_unions(session, days, {home.id or 0 for home in homes})
    numbers = {
        unit: (int(pool), int(under_way), int(still)) for unit, pool, under_way, still in counted
    }
    rows = [
        UnitRecruitment(
            home,
            *numbers.get(home.id, (0, 0, 0)),
            founded=sum(union.home_id == home.id for union in founded),
        )
        for home in homes
        if home.kind is UnitKind.UPPER or home.id in numbers
    ]
    rows.sort(key=lambda row: (-row.still, -(row.pool - row.under_way)))
    if page is None:
        return RecruitmentUnits(year, rows, 0, more=False)
    first = page * PER_PAGE
    part = rows[first : first + PER_PAGE]
    return RecruitmentUnits(year, part, page, len(rows) > first + PER_PAGE)


async def still_and_own(context: Context) -> tuple[int, int]:
    """(how many lie too long where the actor leads, how many the actor is in charge of)."""
    async with context.work.read() as session:
        led = context.actor.paths_for(Action.LEAD_RECRUITMENT)
        lying = await recruitments.count_still(session, led, since_of(context)) if led else 0
        return lying, await recruitments.count_owned(session, context.actor.person_id)


def since_of(context: Context) -> Since:
    """For each step: whoever moved before this moment lies too long."""
    days = context.work.settings.recruitment.days
    return {step: days.since(step, context.now) for step in ORDER}


def union_from(context: Context) -> int:
    """From how many workers a union is owed this year."""
    configured = context.work.settings.assignment.weights.no_union_from
    return union_owed_from(local(context.now).year, configured)


def _condition(
    context: Context, key: str, paths: list[str], hinted: Collection[int]
) -> ColumnElement[bool]:
    scope = recruitments.in_scope(paths)
    if key == "still":
        return and_(scope, recruitments.still(since_of(context)))
    if key == "none":
        large = col(Unit.workers) >= union_from(context)
        return and_(scope, large, col(Recruitment.id).is_(None))
    if key == "stopped":
        return and_(scope, col(Recruitment.state) == RecruitmentState.STOPPED)
    if key == "mine":
        own = col(Recruitment.owner_id) == context.actor.person_id
        return and_(scope, recruitments.OPEN, own)
    if key == "hint":
        return and_(scope, col(Unit.id).in_(hinted))
    return and_(scope, recruitments.OPEN, col(Recruitment.step) == RecruitmentStep(key))


async def _hinted(
    session: AsyncSession, context: Context, paths: list[str]
) -> dict[int, VisitHint]:
    """The enterprises where a visit speaks for a step that nobody has confirmed, each with the
    newest such visit."""
    first = Week.containing(context.now).monday - HINT_WEEKS
    rows = await recruitments.visits_since(session, recruitments.in_scope(paths), SUGGESTING, first)
    hints: dict[int, VisitHint] = {}
    for site, stored, visit, report, officer in rows:
        if (stored is None or stored.state is _OPEN) and (
            step := suggested(stored.step if stored else None, report.kind)
        ):
            hint = VisitHint(visit.id or 0, report.visited_on, officer, report.kind, step)
            hints.setdefault(site.id or 0, hint)
    return hints
