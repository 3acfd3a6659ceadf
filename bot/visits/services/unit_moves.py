"""Visits that are still to come follow a dissolved site to the one it was merged into."""

from bot.core.rules.calendar import Week
from bot.units.cards import importing
from bot.units.services.dissolutions import Dissolution
from bot.visits.services import reminders
from bot.visits.services.supervision import excused, visit_key
from storage import merging, outbox
from storage.enums import SITE_KINDS
from storage.models import Visit, VisitEvent

OVER = "Đơn vị đã giải thể"
MERGED_TWICE = "Đơn vị đã nhập vào cơ sở có lượt đi khác trong tuần"


async def follow_units(ended: Dissolution) -> None:
    """The site that a visit leads to now, and the unit above it; in the import's transaction."""
    week = Week.containing(ended.now).monday
    visits = await merging.open_visits(ended.session, ended.dissolved, week)
    keys = {visit.id: _key(ended, visit) for visit in visits if visit.site_id in ended.dissolved}
    taken_keys = await merging.taken_keys(ended.session, {key for key in keys.values() if key})
    for visit in visits:
        if visit.site_id in ended.dissolved:
            await _redirect(ended, visit, keys[visit.id], taken_keys)
        site = ended.units[visit.site_id]
        visit.unit_id = site.parent_id or visit.unit_id
        reminders.plan_next(ended.work, visit, ended.now)


def _key(ended: Dissolution, visit: Visit) -> str:
    site = ended.successor(visit.site_id)
    if site is None or site.kind not in SITE_KINDS:
        return ""
    return visit_key(Week.of(visit.week), visit.officer_id, site.id or 0)


async def _redirect(ended: Dissolution, visit: Visit, key: str, taken_keys: set[str]) -> None:
    """A visit to a dissolved site goes to its successor, once; else it need not take place."""
    before, site = ended.units[visit.site_id], ended.successor(visit.site_id)
    await outbox.cancel(ended.session, f"visit:{visit.id}", outbox.REMINDERS)
    if key and site and key not in taken_keys:
        taken_keys.add(key)
        visit.key, visit.site_id = key, site.id or 0
        what, words = "moved", f"{before.name} → {site.name}"
    else:
        why = MERGED_TWICE if site else OVER
        excused(visit, 0, why)
        what, words, site = "excused", why, None
    event = VisitEvent(visit_id=visit.id or 0, at=ended.now, what=what, words=words[:500])
    ended.session.add(event)
    card = importing.told_visit(visit, before, site, words)
    ended.owe(visit.officer_id, card, f"merged:visit:{visit.id}:{before.id}")
