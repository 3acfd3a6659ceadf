"""Monday: every officer gets the sites of the week (plan `sat-co-so`, IV.2.1 and 2.2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.sight import HIDDEN
from bot.core.access import grants_of
from bot.core.context import Context
from bot.core.notices import notice
from bot.core.rendering import weekday
from bot.core.rules.calendar import Calendar, Week, at, local, weeks_between
from bot.core.rules.permissions import Action, Actor, only_leads, roles_for
from bot.core.rules.quotas import in_week
from bot.core.rules.unionless import union_owed_from
from bot.core.work import Work
from bot.people.services.quotas import roles_and_units
from bot.programmes import services
from bot.visits.cards import visits as visit_cards
from bot.visits.rules.assignment import Assignment, Officer, Reason, Site, plan_week
from bot.visits.rules.meetings import meeting_in
from bot.visits.services import reminders
from bot.visits.services.meetings import meetings_of
from bot.visits.services.visit_facts import facts_of
from storage import outbox, people, promises, site_meetings, units, visits
from storage.enums import OPEN_STATUSES, UnitKind, VisitOrigin, VisitStatus
from storage.models import Person, SiteMeeting, Unit, Visit, WeekPlan
from storage.paths import prefixes

log = structlog.get_logger()

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_START = 4  # a start after Friday leaves the week alone: Monday is near


NewVisits = dict[int, list[tuple[Visit, Unit]]]
"""Officer -> the visits that the plan gives them, each with its site."""


async def ensure_week_assigned(work: Work, now: datetime) -> None:
    """Plan the current week once, from its moment on. A week of holidays (Tết) is skipped."""
    week = Week.containing(now)
    if now < moment_of(work, week) or local(now).weekday() > LAST_START:
        return
    async with work.write() as session:
        if await visits.week_plan(session, week.monday):
            return
        off = work.calendar.week_is_off(week)
        session.add(WeekPlan(week=week.monday, planned_at=now, skipped=off))
        if not off:
            await _assign(session, work, week, now)


def moment_of(work: Work, week: Week) -> datetime:
    """When a week is assigned: Monday 07:00 unless configured otherwise."""
    plan = work.settings.assignment
    return at(week.days[WEEKDAYS.index(plan.day)], plan.time)


async def _assign(session: AsyncSession, work: Work, week: Week, now: datetime) -> None:
    officers = await people.holding(session, roles_for(Action.GO_TO_SITES))
    sites = await units.sites(session, ["/"])
    quotas = await _quotas(session, work, week, officers)
    officers = [officer for officer in officers if officer.id in quotas]
    scopes, scope_of = await _scopes(session, officers, sites)
    away = await _away_all_week(session, work.calendar, week, _ids(officers))
    staff = [
        Officer(officer.id, quotas[officer.id], scope_of[officer.id], officer.id in away)
        for officer in officers
        if officer.id in scope_of
    ]
    existing = await visits.of_week(session, week.monday)
    put_off = [visit for visit in existing if _is_put_off(visit)]
    plan = plan_week(
        await _site_facts(session, work, week, sites, now),
        staff,
        scopes,
        _pairs(existing),
        month=week.monday.month,
        weights=work.settings.assignment.weights,
        on_top=_pairs(put_off),
    )
    sites_by_id = {site.id: site for site in sites if site.id}
    planned = [
        _visit(week, chosen, sites_by_id[chosen.site_id], now) for chosen in plan.assignments
    ]
    for visit in planned:
        reminders.plan_next(work, visit, now)
    new: NewVisits = defaultdict(list)
    for visit in await visits.keep_planned(session, planned, now):
        new[visit.officer_id].append((visit, sites_by_id[visit.site_id]))
    for visit in existing:  # put off from last week, or given then for this one
        if visit.status in OPEN_STATUSES and visit.site_id in sites_by_id:
            new[visit.officer_id].append((visit, sites_by_id[visit.site_id]))
    await _tell(session, work, week, new, now)
    log.info("week.assigned", week=week.key, visits=len(plan.assignments), short=len(plan.short))


def _is_put_off(visit: Visit) -> bool:
    """From an earlier week to this one, or from this one already: not of this week's quota."""
    return visit.origin is VisitOrigin.DEFERRED or visit.status is VisitStatus.DEFERRED


def _pairs(existing: Iterable[Visit]) -> list[tuple[int, int]]:
    return [(visit.officer_id, visit.site_id) for visit in existing]


async def next_site_for(
    session: AsyncSession,
    context: Context,
    officer: Person,
    week: Week,
    excluding: Collection[int],
) -> tuple[Unit, tuple[Reason, ...]] | None:
    """The best site for one more visit of an officer this week, as Monday's plan would choose.

    `excluding`: sites that are not wanted. None when the officer's sites hold nothing more.
    """
    going = roles_for(Action.GO_TO_SITES)
    paths = [
        path
        for _, role, path in await people.roles_with_paths(session, _ids([officer]))
        if role in going
    ]
    sites = [s for s in await units.sites(session, paths) if s.id not in excluding]
    already = {
        (visit.officer_id, visit.site_id)
        for visit in await visits.of_week(session, week.monday)
        if visit.site_id not in excluding
    }
    own = sum(1 for person, _ in already if person == officer.id)
    plan = plan_week(
        await _site_facts(session, context.work, week, sites, context.now),
        [Officer(officer.id or 0, own + 1, "own")],
        {"own": [site.id for site in sites if site.id]},
        already,
        month=week.monday.month,
        weights=context.work.settings.assignment.weights,
    )
    chosen = {site.id: site for site in sites}
    return next(((chosen[a.site_id], a.reasons) for a in plan.assignments), None)


async def _scopes(
    session: AsyncSession, officers: Sequence[Person], sites: Sequence[Unit]
) -> tuple[dict[str, list[int]], dict[int, str]]:
    """Scope key -> its sites, and officer -> scope key. The key is the paths the role covers."""
    going = roles_for(Action.GO_TO_SITES)
    paths: dict[int, set[str]] = defaultdict(set)
    for person, role, path in await people.roles_with_paths(session, _ids(officers)):
        if role in going:
            paths[person].add(path)
    scope_of = {person: " ".join(sorted(person_paths)) for person, person_paths in paths.items()}
    by_prefix: dict[str, list[int]] = defaultdict(list)
    for site in sites:
        for prefix in prefixes(site.path):
            by_prefix[prefix].append(site.id or 0)
    scopes = {
        key: list(dict.fromkeys(s for path in key.split(" ") for s in by_prefix[path]))
        for key in set(scope_of.values())
    }
    return scopes, scope_of


async def _quotas(
    session: AsyncSession, work: Work, week: Week, officers: Sequence[Person]
) -> dict[int, int]:
    """Person -> visits in this week; without the leaders who are asked for none."""
    roles, of_unit = await roles_and_units(session, _ids(officers))
    quota_of = work.settings.assignment.quota_of
    quotas = {
        p.id: in_week(quota_of(p.weekly_quota, roles[p.id], of_unit.get(p.id)), week, p.id)
        for p in officers
        if p.id is not None
    }
    return {key: quota for key, quota in quotas.items() if quota or not only_leads(roles[key])}


async def _away_all_week(
    session: AsyncSession, calendar: Calendar, week: Week, officers: Sequence[int]
) -> set[int]:
    working = {day for day in week.days if calendar.is_working_day(day)}
    free: dict[int, set[date]] = defaultdict(set)
    for leave in await people.leaves_between(session, week.monday, week.sunday, officers):
        free[leave.person_id] |= {d for d in working if leave.first_day <= d <= leave.last_day}
    return {person for person, days in free.items() if days == working}


async def _site_facts(
    session: AsyncSession, work: Work, week: Week, sites: Sequence[Unit], now: datetime
) -> list[Site]:
    last = await visits.last_weeks(session)
    cases = await visits.open_cases(session, HIDDEN, now)
    due = await promises.due_by_site(session, week.sunday)
    ratings = await visits.newest_ratings(session)
    campaigns = await services.campaigns(session, work, week.monday)
    meetings = await site_meetings.of_sites(session)
    configured = work.settings.assignment.weights.no_union_from
    union_from = union_owed_from(week.monday.year, configured)

    def waited(since: date) -> int:
        return _working_weeks(work.calendar, Week.of(since), week)

    return [
        Site(
            id=site.id,
            workers=site.workers,
            owes_union=site.kind is UnitKind.ENTERPRISE and site.workers >= union_from,
            rating=ratings.get(site.id),
            weeks_since_visit=waited(visited) if (visited := last[site.id].visited) else None,
            weeks_since_turn=waited(last[site.id].turn or site.known_since),
            rested_weeks=waited(turn) if (turn := last[site.id].turn) else None,
            promises_due=due.get(site.id, 0),
            open_cases=cases.get(site.id, visits.OpenCases()).total,
            overdue_cases=cases.get(site.id, visits.OpenCases()).overdue,
            sensitive=site.sensitive,
            officer_in_charge=site.officer_id,
            meeting=_meeting_words(meetings.get(site.id), week),
            campaign=site.path.startswith(campaigns),
        )
        for site in sites
        if site.id is not None
    ]


def _meeting_words(row: SiteMeeting | None, week: Week) -> str:
    """thứ Năm 19/11, 14:00: when the committee meets this week; "" where it does not."""
    day = meeting_in(meetings_of(row), week) if row else None
    return f"{weekday(day)}, {row.starts_at:%H:%M}" if row and day else ""


def _working_weeks(calendar: Calendar, since: Week, until: Week) -> int:
    """Weeks from one to the other, holiday weeks left out: nobody waits through Tết."""
    weeks = weeks_between(since, until)
    if weeks > 60:  # more than a year: the few holiday weeks make no difference
        return weeks
    weeks_worked, week = 0, since
    while week < until:
        week = week.next()
        weeks_worked += not calendar.week_is_off(week)
    return weeks_worked


def _visit(week: Week, chosen: Assignment, site: Unit, now: datetime) -> Visit:
    return Visit(
        key=f"{week.key}:{chosen.officer_id}:{chosen.site_id}",
        week=week.monday,
        site_id=chosen.site_id,
        unit_id=site.parent_id or chosen.site_id,
        officer_id=chosen.officer_id,
        reasons=[[reason.key, reason.value] for reason in chosen.reasons],
        created_at=now,
    )


async def _tell(
    session: AsyncSession, work: Work, week: Week, new: NewVisits, now: datetime
) -> None:
    """Monday's card for each officer."""
    names = await people.named(session, new.keys())
    grants = await grants_of(session, new.keys())
    at_once = work.calendar.may_speak(now)  # what waits quotes nothing: it may be closed by then
    cards = {}
    for officer, officer_visits in new.items():
        actor = Actor(officer, grants=grants.get(officer, ()) if at_once else ())
        facts = await facts_of(session, Context(work, actor, now), officer_visits)
        cards[officer] = visit_cards.monday(names[officer].name, week, facts)
    await outbox.add_all(
        session,
        [
            notice(work.calendar, officer, card, f"monday:{week.key}:{officer}", now)
            for officer, card in cards.items()
        ],
    )


def _ids(officers: Sequence[Person]) -> list[int]:
    return [officer.id for officer in officers if officer.id is not None]
