"""A week at a glance for whoever watches over it: what was due, done and found (`sat-co-so`, IV).

Every figure is counted by the database; how many queries it takes does not depend on how much
there is to count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.facts.cases import Pressing
from bot.cases.services.pressing import pressing_below, pressing_for
from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week, at, local
from bot.core.rules.permissions import SEEING_CASES, Action, Subject, only_leads, roles_for
from bot.core.rules.quotas import in_week
from bot.core.work import Work
from bot.people.services.quotas import roles_and_units
from bot.visits.facts.overview import Gains, View, WeekFacts
from bot.visits.facts.report_fields import DIGESTS
from bot.visits.rules.overview import (
    PRAISED_FROM,
    AlikeVisits,
    Coverage,
    OfficerWeekCount,
    WeekTally,
    outermost,
    streak,
    tally,
)
from bot.visits.services import unreached
from storage import (
    commendations,
    counts,
    excuses,
    overview,
    overview_staff,
    people,
    promises,
    visits,
)
from storage.enums import VisitOrigin
from storage.figures import DaySpan
from storage.models import Leave, Person, Unit
from storage.overview import Scope

LOOKED_BACK = 60  # weeks of a row at most; more are not told apart
COMPARED = 3  # weeks before, beside a week
WRITTEN_TO = roles_for(Action.GO_TO_SITES, Action.RECEIVE_DIGEST)


@dataclass(frozen=True)
class ScopedView:
    """A view with the units it covers."""

    view: View
    scope: Scope
    top: bool = True


async def week(context: Context, monday: date | None, unit_id: int) -> WeekFacts:
    """The week with `monday` (None: this week) of a unit, or (0) of all the actor watches over."""
    async with context.work.read() as session:
        looking = await look(session, context, monday, unit_id)
        facts = await gather(session, context.work, looking, context.now)
        pressing = await _pressing(session, context, looking)
    return replace(
        facts,
        pressing=pressing,
        reminds=context.actor.may(Action.REMIND_OFFICERS),
        recruits=context.actor.may(Action.SEE_RECRUITMENT),
    )


async def _pressing(session: AsyncSession, context: Context, looking: ScopedView) -> Pressing:
    """Of this week: at the top what the actor's own lists have; of a unit on the way down what may
    be told of it to whoever watches over it, each only to whom such a list is open."""
    if looking.view.week != Week.containing(context.now):
        return Pressing()
    if looking.view.is_top:
        return await pressing_for(session, context)
    below = await pressing_below(session, looking.scope.paths, context.now)
    return Pressing(
        below.overdue if context.actor.may_any(*SEEING_CASES) else 0,
        below.alerts if context.actor.may(Action.SEE_ALERTS) else 0,
    )


async def brief(context: Context) -> tuple[View, WeekTally, int]:
    """The few figures of this week for the home card, and how many wait to be excused."""
    async with context.work.read() as session:
        looking = await look(session, context, None, 0)
        rows = await overview.tally_rows(session, looking.scope)
        paths, own = context.actor.paths_for(Action.EXCUSE_VISIT), context.actor.person_id
        requests = await excuses.count_waiting(session, paths, own) if paths else 0
        return looking.view, tally(as_row(row[1:]) for row in rows), requests


async def look(
    session: AsyncSession, context: Context, monday: date | None, unit_id: int
) -> ScopedView:
    """What the actor wants to see, if they may. Raises Refused."""
    wanted = Week.of(monday) if monday else Week.containing(context.now)
    own = outermost(context.actor.paths_for(Action.SEE_OVERVIEW))
    if unit_id:
        unit = await session.get(Unit, unit_id)
        if unit is None:
            raise Refused(messages.NOT_FOUND)
        require(context.actor, Action.SEE_OVERVIEW, Subject(unit.path))
        return await at_unit(session, context, unit, own, wanted)
    require(context.actor, Action.SEE_OVERVIEW)
    return await at_top(session, context.work, own, wanted, context.now)


async def at_unit(
    session: AsyncSession, context: Context, unit: Unit, own: Sequence[str], wanted: Week
) -> ScopedView:
    """One unit on the way down; "up" leads to its parent, or to the top."""
    topmost = len(own) == 1 and unit.path == own[0]
    inside = any(unit.path.startswith(path) and unit.path != path for path in own)
    above = (unit.parent_id or 0) if inside else 0
    topics = context.work.topics
    view = View(wanted, unit.id or 0, unit.name, None if topmost else above, topics)
    return ScopedView(view, await scope_of(session, (unit.path,), wanted, context.now))


async def at_top(
    session: AsyncSession, work: Work, own: Sequence[str], wanted: Week, now: datetime
) -> ScopedView:
    """Everything somebody watches over, named if it is few."""
    top_units = await overview.at_paths(session, own)
    name = (
        ", ".join(unit.name for unit in top_units)
        if len(top_units) <= 2
        else f"{len(top_units)} đơn vị"
    )
    scope = await scope_of(session, own, wanted, now)
    return ScopedView(View(wanted, 0, name, None, work.topics), scope)


async def scope_of(
    session: AsyncSession, paths: Iterable[str], wanted: Week, now: datetime
) -> Scope:
    """A week of these units, with the tree of its Sunday once it is over."""
    over = wanted < Week.containing(now)
    return await overview.scoped(session, Scope(wanted.monday, tuple(paths), as_was=over))


async def gather(
    session: AsyncSession, work: Work, looking: ScopedView, now: datetime
) -> WeekFacts:
    """Everything on the card of a week."""
    scope, view = looking.scope, looking.view
    rows = await overview.tally_rows(session, scope)
    reports = await overview.report_figures(session, scope, tuple(DIGESTS))
    plan = await visits.week_plan(session, scope.week)
    staff = await staff_facts(session, work, scope, now)
    return WeekFacts(
        view=view,
        current=Week.containing(now),
        tally=tally(as_row(row[1:]) for row in rows),
        coverage=await coverage_of(session, begun(scope, now)),
        sums=reports.sums,
        flagged=reports.flagged,
        proposals=await overview.proposals(session, scope),
        troubles=by_topic(await overview.troubles(session, scope)),
        praise=praised(staff) if view.week <= Week.containing(now) else (),
        unreachable=await overview_staff.unreachable(session, scope.paths, WRITTEN_TO),
        undelivered=[
            (row.name, row.messages)
            for row in await unreached.undelivered(session, scope.paths, view.week, now)
        ],
        unopened=[
            (row.name, row.messages)
            for row in await unreached.unopened(session, scope.paths, view.week, now)
        ],
        promises_overdue=(
            await promises.count(session, overdue_promises(scope, now))
            if view.week == Week.containing(now)
            else 0
        ),
        short=await _short(session, staff) if view.week == Week.containing(now) else (),
        planned=plan is not None,
        off=plan.skipped if plan else work.calendar.week_is_off(view.week),
        has_units=bool(await overview.units_to_show(session, scope)),
        before=await _weeks_before(session, scope),
        year_before=await _year_before(session, scope),
        gains=await gains_of(session, scope),
    )


async def gains_of(session: AsyncSession, scope: Scope) -> Gains:
    """What is good in the weeks of a scope, at the sites that lay in it then."""
    days = DaySpan(scope.since or scope.week, scope.sunday)
    midnight = at(days.first, time.min), at(days.last + timedelta(days=1), time.min)
    return Gains(
        await counts.count_founded(session, days, overview.inside(scope)),
        await overview.commendations(session, scope),
        await commendations.count_released_at(session, overview.inside(scope), *midnight),
    )


async def _weeks_before(session: AsyncSession, scope: Scope) -> list[tuple[Week, WeekTally]]:
    last = scope.week - timedelta(weeks=1)
    weeks = replace(scope, week=last, since=last - timedelta(weeks=COMPARED - 1), as_was=True)
    by_week: dict[date, WeekTally] = defaultdict(WeekTally)
    for monday, *row in await overview.weekly_rows(session, await overview.scoped(session, weeks)):
        by_week[monday] += tally([as_row(row)])
    return [(Week(monday), by_week[monday]) for monday in sorted(by_week, reverse=True)]


async def _year_before(session: AsyncSession, scope: Scope) -> WeekTally:
    """The week of the same number; where that year has no such week, the last of it."""
    week = Week(scope.week)
    last = date(week.year - 1, 12, 28).isocalendar().week
    monday = date.fromisocalendar(week.year - 1, min(week.number, last), 1)
    then = await overview.scoped(session, replace(scope, week=monday, as_was=True))
    rows = await overview.weekly_rows(session, then)
    return tally(as_row(row[1:]) for row in rows)


def overdue_promises(scope: Scope, now: datetime) -> ColumnElement[bool]:
    """Promises at the sites of a scope whose last day is over."""
    return promises.overdue_below(scope.paths, local(now).date())


def as_row(row: Sequence[Any]) -> AlikeVisits:
    """A row of storage as the rule takes it."""
    status, late, origin, *counts = row
    unplanned = origin is VisitOrigin.UNPLANNED
    return AlikeVisits(status, late, unplanned, *map(int, counts))


def by_topic(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Sequence[str]]]:
    """(topic, sites), the most sites first."""
    sites: dict[str, list[str]] = defaultdict(list)
    for topic, site in pairs:
        sites[topic].append(site)
    return sorted(sites.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def begun(scope: Scope, now: datetime) -> Scope:
    """The scope, of a week that has not begun with this week in its place: what is counted back
    from a week to come would leave out weeks for others of which nothing is known yet."""
    return replace(scope, week=min(scope.week, Week.containing(now).monday))


async def coverage_of(session: AsyncSession, scope: Scope) -> Coverage:
    year = Week(scope.week).year
    first = date.fromisocalendar(year, 1, 1)
    return Coverage(*await overview.coverage(session, scope, first))


@dataclass(frozen=True)
class OfficerFacts:
    person: Person
    quota: int
    planned: int
    done: int
    quota_met: bool  # all that was asked for in the week is done, and that is something
    streak: int
    leaves: Sequence[Leave]
    away: bool  # on every working day of the week


async def staff_facts(
    session: AsyncSession, work: Work, scope: Scope, now: datetime
) -> list[OfficerFacts]:
    """The officers of a scope in a week, in three queries however many there are."""
    going = roles_for(Action.GO_TO_SITES)
    officers = [p for p in await overview_staff.staff(session, scope, going) if p.id is not None]
    ids = [person.id for person in officers if person.id is not None]
    mondays = [scope.week - timedelta(weeks=back) for back in range(LOOKED_BACK)]
    off = [monday for monday in mondays if work.calendar.week_is_off(Week(monday))]
    history: dict[int, list[OfficerWeekCount]] = defaultdict(list)
    planned: Counter[int] = Counter()
    for officer, monday, due, expected, done in await overview_staff.latest_weeks(
        session, ids, mondays[-1], scope.week, off
    ):
        history[officer].append(OfficerWeekCount(Week(monday), expected, done))
        planned[officer] += due if monday == scope.week else 0
    roles, of_unit = await roles_and_units(session, ids)
    leaves: dict[int, list[Leave]] = defaultdict(list)
    for leave in await people.leaves_between(session, scope.week, scope.sunday, ids):
        leaves[leave.person_id].append(leave)
    quota_of = work.settings.assignment.quota_of
    facts = [
        replace(
            _officer(work, scope, p, history, leaves),
            quota=in_week(
                quota_of(p.weekly_quota, roles[p.id or 0], of_unit.get(p.id or 0)),
                Week(scope.week),
                p.id or 0,
            ),
            planned=planned.get(p.id or 0, 0),
        )
        for p in officers
    ]
    # A leader who is asked for nothing and did nothing owes nothing: they are not listed.
    return [
        officer
        for officer in facts
        if officer.quota
        or officer.planned
        or officer.done
        or not only_leads(roles[officer.person.id or 0])
    ]


def _officer(
    work: Work,
    scope: Scope,
    person: Person,
    history: Mapping[int, Sequence[OfficerWeekCount]],
    leaves: Mapping[int, Sequence[Leave]],
) -> OfficerFacts:
    """Without quota and plan, which are set by the caller."""
    key, this = person.id or 0, Week(scope.week)
    weeks = history.get(key, ())
    own = leaves.get(key, ())
    own_week = next((count for count in weeks if count.week == this), None)
    working = [day for day in this.days if work.calendar.is_working_day(day)]
    free = [d for d in working if any(leave.first_day <= d <= leave.last_day for leave in own)]
    return OfficerFacts(
        person=person,
        quota=0,
        planned=0,
        done=own_week.done if own_week else 0,
        quota_met=own_week is not None and own_week.is_met,
        streak=streak(weeks, this, work.calendar),
        leaves=own,
        away=bool(working) and free == working,
    )


def praised(staff: Iterable[OfficerFacts]) -> list[tuple[str, int]]:
    """Only who met this very week: a row of earlier ones is no praise beside nothing done."""
    streaks = [
        (officer.person.name, officer.streak)
        for officer in staff
        if officer.quota_met and officer.streak >= PRAISED_FROM
    ]
    return sorted(streaks, key=lambda pair: -pair[1])


async def _short(session: AsyncSession, staff: Sequence[OfficerFacts]) -> list[tuple[str, int]]:
    """Officers with fewer sites in their area than visits asked for, and how many are missing."""
    lacking = [officer for officer in staff if officer.planned < officer.quota and not officer.away]
    ids, going = [officer.person.id or 0 for officer in lacking], roles_for(Action.GO_TO_SITES)
    sites = await overview_staff.site_counts(session, ids, going)
    missing = [
        (officer.person.name, officer.quota - sites.get(officer.person.id or 0, 0))
        for officer in lacking
    ]
    return [pair for pair in missing if pair[1] > 0]
