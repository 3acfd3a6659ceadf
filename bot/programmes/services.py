"""The plans, for cadres to read; and what those in force ask of a visit and of the week's choice.

A plan that names units concerns everything below them, and whoever took over from them.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action
from bot.core.rules.programmes import Programme, new_topics
from bot.core.work import Work
from bot.programmes.facts import PlanFacts, PlanProgress
from storage import obligations
from storage.models import Unit

EVERYWHERE = "/"
Brought = list[list[str]]
"""Topics that plans bring, each as key, words on a button, words in a sentence."""


Progress = Callable[[AsyncSession, Context, Programme], Awaitable[PlanProgress | None]]
PROGRESS: list[Progress] = []
"""Who knows what was reached of a plan's targets; the wiring fills it, for this area counts
nothing. None: not the reader's to see, or nothing to say."""


async def listed(context: Context) -> list[PlanFacts]:
    """The active plans, those whose time is over among them."""
    require(context.actor, Action.SEE_PROGRAMMES)
    day = local(context.now).date()
    return [
        PlanFacts(plan, plan.in_force(day), (), context.work.topics)
        for plan in context.work.programmes
    ]


async def look(context: Context, key: str) -> PlanFacts:
    """A plan with the names of the units it concerns. Raises Refused: not active any more."""
    require(context.actor, Action.SEE_PROGRAMMES)
    plan = next((plan for plan in context.work.programmes if plan.key == key), None)
    if plan is None:
        raise Refused(messages.NOT_FOUND)
    names: Sequence[str] = ()
    in_force = plan.in_force(local(context.now).date())
    progress = None
    async with context.work.read() as session:
        if plan.units:
            names = [unit.name for unit in concerned(plan, await obligations.upper_units(session))]
        for progress_of in PROGRESS if in_force and plan.targets else ():
            progress = progress or await progress_of(session, context, plan)
    return PlanFacts(
        plan,
        in_force,
        names,
        context.work.topics,
        context.actor.may(Action.RAISE_DIFFICULTY),
        progress,
    )


async def topics_at(work: Work, site: Unit, reported: Collection[str], now: datetime) -> Brought:
    """What plans add to the checklist of a visit to a site; `reported`: what its report speaks of
    already, which stays even if a plan is over.
    """
    planned = {topic.key for topic in new_topics(await _for_all(work, [site.path], now))}
    return _brought(work, planned | set(reported))


async def topics_of_sites(work: Work, sites: Sequence[Unit], now: datetime) -> dict[int, Brought]:
    """Site -> what plans add to the checklist of a visit to it."""
    day = local(now).date()
    plans = [plan for plan in work.programmes if plan.in_force(day) and new_topics([plan])]
    async with work.read() as session:
        reach = await _reach(session, plans)
    return {
        site.id or 0: _brought(
            work,
            {
                topic.key
                for topic in new_topics([p for p in plans if site.path.startswith(reach[p.key])])
            },
        )
        for site in sites
    }


async def topics_of_officer(context: Context) -> Brought:
    """The same before the site is known: what concerns all of the officer's sites."""
    plans = await _for_all(
        context.work, context.actor.paths_for(Action.REPORT_UNPLANNED), context.now
    )
    return _brought(context.work, {topic.key for topic in new_topics(plans)})


async def campaigns(session: AsyncSession, work: Work, day: date) -> tuple[str, ...]:
    """Paths of the units below which the month of `day` is one of a campaign."""
    running = [plan for plan in work.programmes if plan.in_force(day)]
    pressing = [plan for plan in running if day.month in plan.campaign_months]
    reach = await _reach(session, pressing)
    return tuple(dict.fromkeys(path for paths in reach.values() for path in paths))


async def _for_all(work: Work, paths: Collection[str], now: datetime) -> list[Programme]:
    """The plans in force that bring topics and concern every one of these paths."""
    day = local(now).date()
    plans = [plan for plan in work.programmes if plan.in_force(day) and new_topics([plan])]
    if not plans:
        return []
    async with work.read() as session:
        reach = await _reach(session, plans)
    return [p for p in plans if all(path.startswith(reach[p.key]) for path in paths)]


async def _reach(session: AsyncSession, plans: Collection[Programme]) -> dict[str, tuple[str, ...]]:
    """Plan -> the paths it covers; one query, and none where every plan concerns everybody."""
    upper = await obligations.upper_units(session) if any(plan.units for plan in plans) else ()
    return {
        plan.key: tuple(unit.path for unit in concerned(plan, upper))
        if plan.units
        else (EVERYWHERE,)
        for plan in plans
    }


def concerned(plan: Programme, upper: Sequence[Unit]) -> list[Unit]:
    """Of the upper-level unions, those that the plan names and whoever took over from them; all
    where it names none.
    """
    if not plan.units:
        return list(upper)
    codes = {code.casefold() for code in plan.units}
    ids = {unit.id for unit in upper if unit.code.casefold() in codes}
    while more := {u.successor_id for u in upper if u.id in ids and u.successor_id} - ids:
        ids |= more
    return [unit for unit in upper if unit.id in ids]


def _brought(work: Work, keys: Collection[str]) -> Brought:
    return [[t.key, t.short, t.words] for t in new_topics(work.programmes) if t.key in keys]
