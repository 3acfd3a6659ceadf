"""The page of a site: what a cadre wants to know before going there, and a leader of any site.

The words of cases come through `sight` alone. How many statements a page takes does not depend on
how much has happened at the site.
"""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services import alerts, sight
from bot.cases.services.view import days_late
from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Subject, roles_for
from bot.visits.facts.overview import ListedVisit, ListPage
from bot.visits.facts.site_page import (
    ROWS,
    CountedFigures,
    LastVisit,
    SiteCase,
    SiteCasesPage,
    SiteFiguresPage,
    SitePage,
    SiteVisitsPage,
    VisitThere,
)
from bot.visits.rules.promises import is_overdue
from bot.visits.services.meetings import at_site
from bot.visits.services.promises import promises_of_sites
from bot.visits.services.reading import may_read
from bot.visits.services.site_lists import weeks_between
from bot.visits.services.terms import ending_at
from storage import cases, counts, directing, people, recruitments, site_pages, units, visits
from storage.enums import SITE_KINDS, UnitKind
from storage.models import Person, Unit
from storage.site_pages import Reported

SHOWN_YEARS = 5
MAX_ID = 2**31 - 1


async def site_page(context: Context, site_id: int) -> SitePage:
    """Everything about a site at a glance. Raises Refused: not there, or not of one's scope."""
    async with context.work.read() as session:
        site = await allowed_site(session, context, site_id)
        above = await session.get(Unit, site.parent_id) if site.parent_id else None
        in_charge = await session.get(Person, site.officer_id) if site.officer_id else None
        committee = await cases.staff_at(session, [site_id], roles_for(Action.SEE_OWN_SITES))
        ratings = await site_pages.ratings_at(session, site_id, SHOWN_YEARS)
        this = Week.containing(context.now)
        last = await _last(session, site, await site_pages.last_visit_at(session, site_id), this)
        promised = (await promises_of_sites(session, [site_id])).get(site_id, [])
        counted = await sight.counted_at(session, context.actor, [site_id], context.now)
        open_alerts = await alerts.not_over(session, context.work, context.actor, site_id)
        every, done = await site_pages.count_visits(session, site_id)
        recruitment = await recruitments.of_site(session, site_id)
        recruiter_id = recruitment.owner_id if recruitment else None
        return SitePage(
            site=site,
            above=above,
            officer=in_charge,
            committee=[person for _, _, person in committee],
            ratings=list(reversed(ratings)),
            last=last,
            coming=await people.next_visit_at(session, site_id, this.monday),
            promises=len(promised),
            promises_overdue=sum(is_overdue(p.until, context.now) for p in promised),
            cases=counted[site_id],
            visits=every,
            done=done,
            calendar=context.work.calendar,
            topic_words=context.work.topics,
            alerts=len(open_alerts),
            may_warn=context.actor.may(Action.RAISE_ALERT, Subject(site.path)),
            ending=await ending_at(session, site_id, context.now),
            meetings=await at_site(session, context, site),
            may_see_recruitment=site.kind is UnitKind.ENTERPRISE
            and context.actor.may(Action.SEE_RECRUITMENT, Subject(site.path)),
            recruitment=recruitment,
            recruiter=await session.get(Person, recruiter_id) if recruiter_id else None,
            may_set_meetings=site.kind is UnitKind.SITE_UNION
            and context.actor.may(Action.SET_MEETINGS, Subject(site.path)),
        )


async def visits_there(context: Context, site_id: int, page: int) -> SiteVisitsPage:
    """Every visit of a site, the newest first. Raises Refused as `site_page`."""
    async with context.work.read() as session:
        site = await allowed_site(session, context, site_id)
        rows = await site_pages.visits_at(session, site_id, ROWS + 1, page * ROWS)
        excused = await directing.excusers(session, [row[0] for row in rows])
        part = [
            ListedVisit(visit, site, officer, report, excused_by=excused.get(visit.id or 0, ""))
            for visit, officer, report in rows[:ROWS]
        ]
        reports = [row.report.id or 0 for row in part if row.report]
        topics = await visits.topics_of(session, reports)
        above = await units.by_ids(session, {site_id, *(row.visit.unit_id for row in part)})
    words = context.work.topics
    listed = [
        VisitThere(
            row,
            [
                words[t.topic][0]
                for t in topics.get((row.report and row.report.id) or 0, ())
                if t.trouble and t.topic in words
            ],
            may_read(context.actor, row.visit, above),
        )
        for row in part
    ]
    return SiteVisitsPage(site, listed, page_of(page, rows))


async def cases_there(context: Context, site_id: int, page: int) -> SiteCasesPage:
    """The cases of a site whose words one may read. Raises Refused as `site_page`."""
    async with context.work.read() as session:
        site = await allowed_site(session, context, site_id)
        counted = await sight.counted_at(session, context.actor, [site_id], context.now)
        rows = await sight.page_at(session, context.actor, site_id, ROWS + 1, page * ROWS)
        part = rows[:ROWS]
        may_open = await sight.openable(session, context.actor, [case.id or 0 for case in part])
        levels = await units.by_ids(session, {case.unit_id for case in part})
    calendar = context.work.calendar
    listed = [
        SiteCase(
            case,
            days_late(case, context.now, calendar),
            case.id in may_open,
            levels[case.unit_id].name,
        )
        for case in part
    ]
    return SiteCasesPage(
        site, listed, counted[site_id].open - counted[site_id].readable, page_of(page, rows)
    )


async def figures_there(context: Context, site_id: int, page: int) -> SiteFiguresPage:
    """Workers and members of a site over time. Raises Refused as `site_page`."""
    enough = (page + 1) * ROWS + 1
    async with context.work.read() as session:
        site = await allowed_site(session, context, site_id)
        by_reports = await site_pages.counted_by_reports(session, site_id, enough)
        stored_counts = await counts.at_site(session, site_id, enough)
    figures = [CountedFigures(r.on, r.workers, r.women, r.members, r.name) for r in by_reports]
    figures += [
        CountedFigures(row.day, row.workers, row.women, row.members, name or "", row.source)
        for row, name in stored_counts
    ]
    figures.sort(key=lambda row: (row.on, row.source is not None), reverse=True)
    may_set = not site.dissolved_on and context.actor.may(Action.DECIDE_FIGURES, Subject(site.path))
    part = figures[page * ROWS : (page + 1) * ROWS + 1]
    return SiteFiguresPage(site, part[:ROWS], page_of(page, part), may_set)


async def allowed_site(session: AsyncSession, context: Context, site_id: int) -> Unit:
    """The site, for whoever may read its page. Raises Refused."""
    require(context.actor, Action.READ_SITE)
    site = (await units.by_ids(session, [site_id])).get(site_id) if site_id <= MAX_ID else None
    if site is None or site.kind not in SITE_KINDS:
        raise Refused(messages.NOT_FOUND)
    require(context.actor, Action.READ_SITE, Subject(site.path))
    return site


async def _last(
    session: AsyncSession, site: Unit, row: Reported | None, this: Week
) -> LastVisit | None:
    if row is None:
        return None
    visit, officer, report = row
    key = report.id or 0
    topics = (await visits.topics_of(session, [key])).get(key, [])
    return LastVisit(
        ListedVisit(visit, site, officer, report), topics, weeks_between(visit.week, this)
    )


def page_of(number: int, rows: Sequence[object]) -> ListPage:
    """`rows`: one more than a page has, where there is more."""
    return ListPage(number, len(rows) > ROWS)
