"""What an officer should know of a visit: site, last report, open cases, what may be done."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.sight import open_at
from bot.core.context import Context
from bot.core.rules.calendar import Week, local
from bot.core.work import Work
from bot.visits.facts.visits import LastReport, VisitFacts
from bot.visits.rules.deferring import may_be_deferred
from bot.visits.rules.promises import is_overdue
from bot.visits.services.promises import promises_of_sites
from storage import directing, visits
from storage.enums import VisitStatus
from storage.models import Unit, Visit

SHOWN_CASES = 3


async def facts_of(
    session: AsyncSession, context: Context, pairs: Sequence[tuple[Visit, Unit]]
) -> list[VisitFacts]:
    """The facts of many visits in five queries, with the cases whose words the actor may read."""
    sites = {visit.site_id for visit, _ in pairs}
    reports = await visits.last_reports(session, sites)
    topics = await visits.topics_of(session, [report.id or 0 for report in reports.values()])
    cases = await open_at(session, context.actor, sites)
    promised = await promises_of_sites(session, sites)
    excused = await directing.excusers(session, [visit for visit, _ in pairs])
    words, this_week = context.work.topics, Week.containing(context.now)
    last = {site: LastReport(r, topics.get(r.id or 0, [])) for site, r in reports.items()}
    return [
        VisitFacts(
            visit=visit,
            site=site,
            week=Week.of(visit.week),
            last=last.get(visit.site_id),
            open_cases=cases.get(visit.site_id, [])[:SHOWN_CASES],
            days=days_left(Week.of(visit.week), context.now),
            reportable=can_report(context.work, visit, context.now),
            correctable=can_correct(context.work, visit, context.now),
            topic_words=words,
            deferrable=may_be_deferred(visit.status, Week.of(visit.week), this_week),
            excused_by=excused.get(visit.id or 0, ""),
            promises=[
                (p, is_overdue(p.until, context.now)) for p in promised.get(visit.site_id, [])
            ],
            calendar=context.work.calendar,
        )
        for visit, site in pairs
    ]


def can_report(work: Work, visit: Visit, now: datetime) -> bool:
    """Work done after the week can still be entered, for so many weeks."""
    last = visit.week + timedelta(weeks=work.settings.visits.late_weeks + 1)
    over = (VisitStatus.REPORTED, VisitStatus.DEFERRED)
    return visit.status not in over and local(now).date() < last


def can_correct(work: Work, visit: Visit, now: datetime) -> bool:
    """A report can be corrected for so many days after it was first sent."""
    if visit.reported_at is None:
        return False
    return now <= visit.reported_at + timedelta(days=work.settings.visits.correction_days)


def days_left(week: Week, now: datetime) -> list[date]:
    """The days of a week that are not over."""
    today = local(now).date()
    return [day for day in week.days if day >= today]
