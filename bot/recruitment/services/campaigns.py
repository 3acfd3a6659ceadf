"""The months of the campaign (plan `doan-vien`, II.2): what each day and each unit brought."""

from collections import Counter
from datetime import date

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.recruitment.facts.campaigns import CampaignDay, CampaignPage, CampaignUnit
from bot.recruitment.rules.campaigns import Month, after, before, campaign_at
from bot.recruitment.services.pipeline_lists import paths_for
from bot.units.services.growth import founded_unions, members_by_day, members_by_home
from storage import recruitments
from storage.enums import UnitKind
from storage.figures import DaySpan
from storage.models import Unit

SHOWN_UNITS, SHOWN_NAMES = 15, 10


async def look(context: Context, month: Month | None, unit_id: int) -> CampaignPage:
    """A month of the campaign, None: the one that runs or the last; in the actor's scope (0) or
    one unit of it. Raises Refused: not theirs, or no plan in force has a campaign."""
    today = local(context.now).date()
    months = _months(context, today)
    current = month or campaign_at(today, months)
    if current is None or current.first > today:
        raise Refused(messages.NO_CAMPAIGN)
    days = DaySpan(current.first, min(current.last, today))
    year_before = Month(current.year - 1, current.month)
    earlier = DaySpan(year_before.first, year_before.last)
    async with context.work.read() as session:
        paths = await paths_for(session, context, unit_id)
        unit = await session.get(Unit, unit_id) if unit_id else None
        homes = await recruitments.homes(session, paths)
        ids = {home.id or 0 for home in homes}
        gains = await members_by_day(session, days, ids)
        unions = await founded_unions(session, days, ids)
        gains_before = await members_by_home(session, earlier, ids)
        unions_before = await founded_unions(session, earlier, ids)
    by_day, by_unit = Counter[date](), Counter[int]()
    for (home_id, day), members in gains.items():
        by_day[day] += members
        by_unit[home_id] += members
    unions_on = Counter(union.day for union in unions)
    unions_at = Counter(union.home_id for union in unions)
    rows, total = [], 0
    for day in sorted(by_day.keys() | unions_on.keys()):
        total += by_day[day]
        rows.append(CampaignDay(day, by_day[day], unions_on[day], total))
    reached = [
        CampaignUnit(home.name, by_unit[home.id or 0], unions_at[home.id or 0])
        for home in homes
        if by_unit[home.id or 0] or unions_at[home.id or 0]
    ]
    reached.sort(key=lambda row: (-row.members, -row.unions, row.name))
    upper = sum(home.kind is UnitKind.UPPER for home in homes)
    return CampaignPage(
        month=current,
        unit=unit,
        runs=current.first <= today <= current.last,
        days=rows,
        units=reached[:SHOWN_UNITS],
        without=max(0, upper - len(reached)),
        names=[union.name for union in unions][:SHOWN_NAMES],
        members=total,
        earlier_members=gains_before.total(),
        earlier_unions=len(unions_before),
        before=before(current, months),
        after=after(current, months, today),
    )


def _months(context: Context, today: date) -> frozenset[int]:
    """The months of the plans in force, and those that the office added."""
    own = context.work.settings.assignment.weights.campaign_months
    plans = [plan for plan in context.work.programmes if plan.in_force(today)]
    return frozenset({*own, *(month for plan in plans for month in plan.campaign_months)})
