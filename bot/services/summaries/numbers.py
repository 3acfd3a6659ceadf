"""The figures of obligations, last year's beside them, and the table of proposals.

How many queries it takes does not depend on how many obligations there are.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.rules.figures import Numbers
from bot.rules.papers import CaseRow
from bot.services.summaries.counting import count
from bot.services.summaries.ownership import ground_of
from bot.services.work import Work
from storage.figures import Days
from storage.models import Obligation


async def numbers_of(
    session: AsyncSession, work: Work, obligations: Sequence[Obligation], until: date
) -> dict[int, Numbers]:
    """Obligation id -> what the data says of its period up to `until` (a day in Vietnam)."""
    ground = await ground_of(session, obligations)
    found: dict[int, Numbers] = {}
    for days, keys in _by_days(obligations, until).items():
        found |= await count(session, work.calendar, ground, keys, days)
    return found


async def before_of(
    session: AsyncSession, work: Work, obligations: Sequence[Obligation], until: date
) -> dict[int, Numbers | None]:
    """Obligation id -> last year's."""
    return {o.id or 0: None for o in obligations}


async def case_rows(
    session: AsyncSession, work: Work, obligations: Sequence[Obligation], until: date
) -> dict[int, tuple[CaseRow, ...]]:
    """Obligation id -> the table of proposals."""
    return {o.id or 0: () for o in obligations}


def days_of(obligation: Obligation, until: date) -> Days:
    """What is counted: the period, as far as it is over."""
    return Days(obligation.first_day, min(obligation.last_day, until))


def _by_days(obligations: Sequence[Obligation], until: date) -> dict[Days, list[int]]:
    found: dict[Days, list[int]] = defaultdict(list)
    for obligation in obligations:
        found[days_of(obligation, until)].append(obligation.id or 0)
    return found
