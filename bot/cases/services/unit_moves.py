"""Open cases follow a dissolved unit to the unit it was merged into, else to the one above; those
of a site that moves follow the site."""

from typing import Any

from bot.cases.services.access import follow, place_of
from bot.cases.services.clocks import plan_next
from bot.cases.services.duty import follow_moved, let_go
from bot.units.services.dissolutions import Dissolution
from storage import merging
from storage.models import CaseEvent


async def follow_units(ended: Dissolution) -> None:
    """Called within the import's transaction."""
    open_cases = await merging.open_cases(ended.session, ended.dissolved) if ended.dissolved else ()
    for case in open_cases:
        before, home = case.unit_id, case.home_id
        if case.site_id in ended.dissolved and (site := ended.successor(case.site_id or 0)):
            case.site_id = site.id
        case.unit_id = ended.heir(case.unit_id)
        case.home_id = ended.heir(case.home_id)
        place = await place_of(ended.session, case)
        follow(case, place)
        data: dict[str, Any] = {"to": case.unit_id, "unit": before, "home": home}
        if case.unit_id != ended.heir(before):
            data |= let_go(case, ended.now)
        ended.session.add(
            CaseEvent(case_id=case.id or 0, at=ended.now, what="moved", internal=True, data=data)
        )
        plan_next(ended.work, case, ended.now, top=place.top)
    await ended.session.flush()
    await follow_moved(ended.session, ended.work, ended.now)
