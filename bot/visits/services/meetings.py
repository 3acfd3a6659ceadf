"""When the committee (BCH) of a site meets: kept by it, by officers and leaders; read by the plan.

`sat-co-so`, III.2.1 and IV.2.2: cadres attend the meetings of the grassroots committees.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Subject
from bot.visits.facts.meetings import KnownMeetings, NewMeetings
from bot.visits.rules.meetings import Meetings, next_meeting
from storage import people, site_meetings
from storage.enums import UnitKind
from storage.models import SiteMeeting, Unit


async def set_meetings(context: Context, new: NewMeetings) -> KnownMeetings:
    """Keep them, in place of what was known. Raises Refused: no union there, or not the actor's."""
    async with context.work.write() as session:
        site = await _settable(session, context, new.site_id)
        row = SiteMeeting(
            site_id=new.site_id,
            first_day=new.first_day,
            starts_at=new.starts_at,
            rule=new.rule,
            set_by=context.actor.person_id,
            set_at=context.now,
        )
        await site_meetings.keep(session, row)
        return described(site, row, context)


async def own_sites(context: Context) -> Sequence[Unit]:
    """The sites that one sets them for in person, by name. Raises Refused."""
    require(context.actor, Action.SET_MEETINGS)
    async with context.work.read() as session:
        places = await people.places_at(session, context.actor.paths_for(Action.SET_MEETINGS))
    return [place for place in places if place.kind is UnitKind.SITE_UNION]


async def settable_site(context: Context, site_id: int) -> str:
    """Its name. Raises Refused: no union there, or not the actor's."""
    async with context.work.read() as session:
        return (await _settable(session, context, site_id)).name


async def _settable(session: AsyncSession, context: Context, site_id: int) -> Unit:
    site = await session.get(Unit, site_id)
    if site is None or site.kind is not UnitKind.SITE_UNION:
        raise Refused(messages.NOT_FOUND)
    require(context.actor, Action.SET_MEETINGS, Subject(site.path))
    return site


async def at_site(session: AsyncSession, context: Context, site: Unit) -> KnownMeetings | None:
    """When the site's committee meets; None: nobody said."""
    row = (await site_meetings.of_sites(session, [site.id or 0])).get(site.id or 0)
    return described(site, row, context) if row else None


def described(site: Unit, row: SiteMeeting, context: Context) -> KnownMeetings:
    """The same of a row at hand."""
    now = local(context.now)
    over = timedelta(days=int(now.time() > row.starts_at))  # today's has begun
    coming = next_meeting(meetings_of(row), now.date() + over)
    return KnownMeetings(site, row.rule, row.starts_at, coming)


def meetings_of(row: SiteMeeting) -> Meetings:
    """The row as the rules need it."""
    return Meetings(row.first_day, row.rule, row.starts_at)
