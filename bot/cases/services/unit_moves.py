"""Open cases follow a dissolved unit to the unit it was merged into, else to the one above."""

from datetime import datetime

from bot.cases.services.access import follow, place_of
from bot.cases.services.clocks import plan_next
from bot.units.services.dissolutions import Dissolution
from storage import merging
from storage.enums import CaseStatus
from storage.models import Case, CaseEvent


async def follow_units(ended: Dissolution) -> None:
    """Called within the import's transaction."""
    if not ended.dissolved:
        return
    for case in await merging.open_cases(ended.session, ended.dissolved):
        before = case.unit_id
        if case.site_id in ended.dissolved and (site := ended.successor(case.site_id or 0)):
            case.site_id = site.id
        case.unit_id = ended.heir(case.unit_id)
        case.home_id = ended.heir(case.home_id)
        place = await place_of(ended.session, case)
        follow(case, place)
        if case.unit_id != ended.heir(before):
            _let_go(case, ended.now)  # the people who had it did not come along
        data = {"to": case.unit_id}
        ended.session.add(
            CaseEvent(case_id=case.id or 0, at=ended.now, what="moved", internal=True, data=data)
        )
        plan_next(ended.work, case, ended.now, top=place.top)


def _let_go(case: Case, now: datetime) -> None:
    case.assignee_id, case.taken_at, case.level_since = None, None, now
    if case.status is CaseStatus.IN_PROGRESS:
        case.status = CaseStatus.RECEIVED
