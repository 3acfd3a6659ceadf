"""Units that an import dissolved: what is open there goes where they went.

Cases, visits that are still to come, roles, open invitations and alerts follow; what is over keeps
the unit of its date. Part of the import's transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.messages import import_cards
from bot.rules.calendar import Week
from bot.rules.cases import CaseStatus
from bot.rules.import_plan import Plan
from bot.services import reminders
from bot.services.case_access import follow, place_of
from bot.services.case_clocks import plan_next
from bot.services.notices import notice
from bot.services.supervision import visit_key
from bot.services.work import Work
from storage import importing, merging, outbox
from storage.models import (
    SITE_KINDS,
    Case,
    CaseEvent,
    OutboxMessage,
    Unit,
    Visit,
    VisitEvent,
    VisitStatus,
)

OVER = "Đơn vị đã giải thể"
MERGED_TWICE = "Đơn vị đã nhập vào nơi có lượt đi khác trong tuần"
_DEEPEST = 40  # steps to a living unit


@dataclass(frozen=True)
class Following:
    """What is open at a unit that would be dissolved."""

    units: int
    cases: int
    visits: int
    people: int


@dataclass(frozen=True)
class _Hand:
    session: AsyncSession
    work: Work
    now: datetime
    units: Mapping[int, Unit]
    gone: frozenset[int]
    owed: list[OutboxMessage]

    def successor(self, unit_id: int) -> Unit | None:
        """The living unit that this one was merged into."""
        unit = self.units.get(unit_id)
        for _ in range(_DEEPEST):
            if unit is None or unit.dissolved_on is None:
                break
            unit = self.units.get(unit.successor_id or 0)
        return unit if unit and unit.dissolved_on is None else None

    def heir(self, unit_id: int) -> int:
        """The successor, else the nearest living unit above."""
        for _ in range(_DEEPEST):
            if found := self.successor(unit_id):
                return found.id or 0
            unit_id = self.units[unit_id].parent_id or unit_id
        return unit_id

    def owe(self, person_id: int, card: import_cards.Card, key: str) -> None:
        self.owed.append(notice(self.work.calendar, person_id, card, key, self.now))


async def following(
    session: AsyncSession, plan: Plan, ids: Mapping[str, int], now: datetime
) -> dict[str, Following]:
    """Code -> what goes along, for the units that the plan dissolves. Five queries."""
    ended = {c.code: ids[c.code.casefold()] for c in plan.ends if c.code.casefold() in ids}
    if not ended:
        return {}
    week = Week.containing(now).monday
    cases, visits, people = await merging.counts(session, ended.values(), week)
    along = [change.follows for change in plan.changed]
    return {
        code: Following(along.count(code), cases[unit], visits[unit], people[unit])
        for code, unit in ended.items()
    }


async def carry_over(session: AsyncSession, work: Work, plan: Plan, now: datetime) -> None:
    """Let everything open follow the units as they stand after the import."""
    ids = await importing.ids_by_code(session)
    gone = frozenset(ids[change.code.casefold()] for change in plan.ends)
    await session.flush()
    session.expunge_all()  # the units were changed behind the session's back
    units = {unit.id or 0: unit for unit in await importing.all_units(session)}
    hand = _Hand(session, work, now, units, gone, [])
    await _visits(hand)
    if gone:
        await _cases(hand)
        await _roles(hand)
        for unit_id in sorted(gone):  # a merger is rare; each is three statements
            if successor := hand.successor(unit_id):
                await merging.redirect(session, unit_id, successor.id or 0, now)
    await outbox.add_all(session, hand.owed)


async def _cases(hand: _Hand) -> None:
    for case in await merging.open_cases(hand.session, hand.gone):
        before = case.unit_id
        if case.site_id in hand.gone and (site := hand.successor(case.site_id or 0)):
            case.site_id = site.id
        case.unit_id = hand.heir(case.unit_id)
        case.home_id = hand.heir(case.home_id)
        place = await place_of(hand.session, case)
        follow(case, place)
        if case.unit_id != hand.heir(before):
            _let_go(case, hand.now)  # the people who had it did not come along
        data = {"to": case.unit_id}
        hand.session.add(
            CaseEvent(case_id=case.id or 0, at=hand.now, what="moved", internal=True, data=data)
        )
        plan_next(hand.work, case, hand.now, top=place.top)


def _let_go(case: Case, now: datetime) -> None:
    case.assignee_id, case.taken_at, case.level_since = None, None, now
    if CaseStatus(case.status) is CaseStatus.IN_PROGRESS:
        case.status = CaseStatus.RECEIVED


async def _visits(hand: _Hand) -> None:
    """Visits to come: the site they lead to now, and the unit above it."""
    week = Week.containing(hand.now).monday
    found = await merging.open_visits(hand.session, hand.gone, week)
    keys = {visit.id: _key(hand, visit) for visit in found if visit.site_id in hand.gone}
    taken = await merging.taken_keys(hand.session, {key for key in keys.values() if key})
    for visit in found:
        if visit.site_id in hand.gone:
            await _redirect(hand, visit, keys[visit.id], taken)
        site = hand.units[visit.site_id]
        visit.unit_id = site.parent_id or visit.unit_id
        reminders.plan_next(hand.work, visit, hand.now)


def _key(hand: _Hand, visit: Visit) -> str:
    site = hand.successor(visit.site_id)
    if site is None or site.kind not in SITE_KINDS:
        return ""
    return visit_key(Week.of(visit.week), visit.officer_id, site.id or 0)


async def _redirect(hand: _Hand, visit: Visit, key: str, taken: set[str]) -> None:
    """A visit to a dissolved site goes to its successor, once; else it need not take place."""
    before, site = hand.units[visit.site_id], hand.successor(visit.site_id)
    await outbox.cancel(hand.session, f"visit:{visit.id}", outbox.REMINDERS)
    if key and site and key not in taken:
        taken.add(key)
        visit.key, visit.site_id = key, site.id or 0
        what, words = "moved", f"{before.name} → {site.name}"
    else:
        why = MERGED_TWICE if site else OVER
        visit.status, visit.excuse, visit.swap_asked = VisitStatus.EXCUSED, why, ""
        what, words, site = "excused", why, None
    event = VisitEvent(visit_id=visit.id or 0, at=hand.now, what=what, words=words[:500])
    hand.session.add(event)
    card = import_cards.told_visit(visit, before, site, words)
    hand.owe(visit.officer_id, card, f"merged:visit:{visit.id}:{before.id}")


async def _roles(hand: _Hand) -> None:
    """Roles at a merged unit are roles at its successor; a second one of a kind there ends."""
    found = await merging.roles_at(hand.session, hand.gone)
    into = {one.id: unit for one in found if (unit := hand.successor(one.unit_id or 0))}
    there = await merging.roles_at(hand.session, {unit.id or 0 for unit in into.values()})
    held = {(one.person_id, one.role, one.unit_id) for one in there}
    for one in found:
        unit = into.get(one.id)
        if unit is None:
            continue  # no successor: the preview has said who is left there
        before = hand.units[one.unit_id or 0]
        if (one.person_id, one.role, unit.id) in held:
            one.ended_at = hand.now
            continue
        held.add((one.person_id, one.role, unit.id))
        one.unit_id = unit.id
        card = import_cards.told_merged(before, unit)
        hand.owe(one.person_id, card, f"merged:role:{one.id}:{unit.id}")
