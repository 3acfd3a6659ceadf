"""What the pictures of a consolidated report are drawn from: the same for everybody who opens it,
no words of anybody, no case that a figure may not tell of.
"""

from datetime import date, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.services.sight import HIDDEN
from bot.core.rules.calendar import Week, at, local
from bot.core.work import Work
from bot.summaries.facts.drawings import ReportDrawings
from bot.summaries.services import targets
from bot.summaries.services.targets import AsOf
from bot.visits.facts.overview import View
from bot.visits.facts.pictures import WaitsFacts
from bot.visits.rules import pictures as rules
from storage import pictures
from storage.case_lists import Eyes
from storage.models import Unit


async def drawings_of(
    session: AsyncSession, work: Work, receiver: Unit, until: date
) -> ReportDrawings:
    """Up to the end of `until`, a day in Vietnam."""
    return ReportDrawings(
        await _waits(session, receiver, until),
        await targets.members_course(session, work, receiver, AsOf(until, until.year)),
    )


async def _waits(session: AsyncSession, receiver: Unit, until: date) -> WaitsFacts:
    months = rules.months_until(until, rules.MONTHS)
    first = at(date(*months[0], 1), time.min)
    end = at(until + timedelta(days=1), time.min)
    everything = Eyes(0, leads=(receiver.path,))
    settled = await pictures.settled_since(session, everything, HIDDEN, [receiver.path], first)
    waited = [(local(done).date(), (done - came).days) for came, done in settled if done < end]
    rows = rules.by_month(waited, months)
    view = View(Week.of(until))
    return WaitsFacts(view, [(m, *row) for m, row in zip(months, rows, strict=True)])
