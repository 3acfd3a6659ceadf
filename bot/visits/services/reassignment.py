"""Giving an open visit to another officer, and deciding about an officer's wish for another site.

Two supervisors may decide at once: the visit is locked, and the second is told what was decided.
"""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action, Actor, given_visits, person_owner
from bot.core.work import Work
from bot.visits.cards import supervision
from bot.visits.facts.supervision import Candidate, Decided, Handing, VisitOnCard
from bot.visits.services import reminders
from bot.visits.services.assignment import next_site_for
from bot.visits.services.supervision import (
    ANY_VISIT,
    VisitChanged,
    is_reached,
    keep_unique,
    led_officer,
    led_officers,
    locked,
    noted,
    refuse_twice,
    require_shown,
    tell,
    visit_key,
)
from storage import directing, drafts, outbox, people
from storage.enums import OPEN_STATUSES, VisitStatus
from storage.folding import person_order
from storage.models import Unit, Visit

PER_PAGE = 10
DECISIONS = {
    "swapped": "cho đổi cơ sở khác",
    "swap_refused": "đề nghị giữ nguyên",
    "swap_withdrawn": "đã rút đề nghị đổi",
    "reassigned": "giao cho cán bộ khác",
    "excused": "cho phép không đi",
    "deferred": "cho chuyển sang tuần sau",
    "excuse_refused": "đề nghị vẫn đi",
    "excuse_withdrawn": "đã rút đề nghị không đi",
    "reported": "đã báo cáo",
}


async def candidates(work: Work, actor: Actor, visit_id: int, page: int, at: datetime) -> Handing:
    """Who could take a visit over: first whoever works in the site's area, then who has least;
    who gets no messages comes last."""
    async with work.read() as session:
        now = await _open(session, actor, visit_id, at)
        all_candidates = await _candidates(session, actor, now)
    all_candidates.sort(
        key=lambda candidate: (
            not candidate.reached,
            not candidate.local,
            candidate.on_leave,
            candidate.open,
            person_order(candidate.person.name),
        )
    )
    part = all_candidates[page * PER_PAGE : (page + 1) * PER_PAGE]
    return Handing(now, part, page, len(all_candidates) > (page + 1) * PER_PAGE)


async def proposed(
    context: Context, visit_id: int, officer_id: int, on_card: VisitOnCard
) -> tuple[Decided, Decided]:
    """The visit as it is and as it would be with somebody else, to be asked once."""
    actor = context.actor
    async with context.work.read() as session:
        now = await _open(session, actor, visit_id, context.now)
        require_shown(now, on_card)
        officer = await led_officer(session, actor, Action.REASSIGN_VISIT, officer_id)
        return now, Decided(now.visit, now.site, officer, await is_reached(session, officer))


async def _candidates(session: AsyncSession, actor: Actor, now: Decided) -> list[Candidate]:
    week = now.week
    there = await directing.at_site(session, week.monday, now.visit.site_id)
    going = given_visits()
    led = [
        p
        for p in await led_officers(session, actor, Action.REASSIGN_VISIT)
        if p.id not in there and p.id != now.visit.officer_id
    ]
    ids = [person.id for person in led if person.id]
    counts = await directing.open_counts(session, week.monday, ids)
    fates = await directing.fates(session, week.monday, ids)
    leaves = await people.leaves_between(session, week.monday, week.sunday, ids)
    away = {leave.person_id for leave in leaves}
    local = {
        person
        for person, role, path in await people.roles_with_paths(session, ids)
        if role in going and now.site.path.startswith(path)
    }
    reached = await people.reached(session, ids)
    return [
        Candidate(
            p,
            counts.get(p.id or 0, 0),
            p.id in away,
            p.id in local,
            p.id in reached,
            fates.get(p.id or 0, set()),
        )
        for p in led
    ]


async def reassign(
    context: Context, visit_id: int, officer_id: int, on_card: VisitOnCard, *, swap: bool = False
) -> tuple[Decided, Decided]:
    """Give an open visit to another officer. `swap`: it answers a wish for another site. Also
    returns whose it was."""
    async with context.work.write() as session:
        before = await _open(session, context.actor, visit_id, context.now, swap=swap)
        require_shown(before, on_card)
        visit, former, former_id = before.visit, before.officer, before.visit.officer_id
        officer = await led_officer(session, context.actor, Action.REASSIGN_VISIT, officer_id)
        await refuse_twice(session, before.week, officer, visit.site_id)
        visit.officer_id = officer_id
        visit.reasons = [reason for reason in visit.reasons if reason[0] != "in_charge"]
        _begin_anew(context.work, visit, context.now)
        await keep_unique(session, visit, officer, before.week)
        await outbox.cancel(session, f"visit:{visit_id}", outbox.REMINDERS)
        words = f"{former.name} → {officer.name}"
        event = await noted(session, context, visit, "reassigned", words)
        decided = Decided(visit, before.site, officer, await is_reached(session, officer))
        former_card = supervision.told_taken_over(before, officer.name)
        await tell(session, context, former_id, former_card, f"moved:{event}:{former_id}")
        officer_card = supervision.told_given(decided, former.name)
        await tell(session, context, officer_id, officer_card, f"moved:{event}:{officer_id}")
        return decided, before


async def swap_request(context: Context, visit_id: int) -> Decided:
    """An officer's wish for another site, to be decided."""
    async with context.work.read() as session:
        return await _open(session, context.actor, visit_id, context.now, swap=True)


async def give_other_site(
    context: Context, visit_id: int, on_card: VisitOnCard = ANY_VISIT
) -> tuple[Decided, str]:
    """The wish is granted: the program picks the next best site. Also returns the former one."""
    async with context.work.write() as session:
        before = await _open(session, context.actor, visit_id, context.now, swap=True)
        require_shown(before, on_card)
        visit, former = before.visit, before.site
        choice = await next_site_for(
            session, context, before.officer, before.week, [former.id or 0]
        )
        if choice is None:
            raise Refused(messages.NO_OTHER_SITE)
        site, reasons = choice
        await _forget_report(session, visit)
        _move_to(visit, site)
        visit.reasons = [[reason.key, reason.value] for reason in reasons]
        _begin_anew(context.work, visit, context.now)
        await keep_unique(session, visit, before.officer, before.week)
        await outbox.cancel(session, f"visit:{visit_id}", outbox.REMINDERS)
        words = f"{former.name} → {site.name}"
        event = await noted(session, context, visit, "swapped", words)
        decided = Decided(visit, site, before.officer, before.reached)
        card = supervision.told_swapped(decided, former.name)
        await tell(session, context, visit.officer_id, card, f"swapped:{event}")
        return decided, former.name


async def keep_site(context: Context, visit_id: int, on_card: VisitOnCard = ANY_VISIT) -> Decided:
    """The wish is not granted; the officer is told kindly."""
    async with context.work.write() as session:
        decided = await _open(session, context.actor, visit_id, context.now, swap=True)
        require_shown(decided, on_card)
        decided.visit.swap_asked = ""
        event = await noted(session, context, decided.visit, "swap_refused", "")
        card = supervision.told_kept(decided, context.actor.name)
        await tell(session, context, decided.visit.officer_id, card, f"kept:{event}")
        return decided


async def _open(
    session: AsyncSession, actor: Actor, visit_id: int, now: datetime, *, swap: bool = False
) -> Decided:
    """A visit that can still be moved; with `swap`, one whose wish is still undecided."""
    decided = await locked(session, actor, visit_id, Action.REASSIGN_VISIT)
    if swap and not decided.visit.swap_asked:
        raise VisitChanged(await already_decided(session, visit_id))
    if decided.visit.status not in OPEN_STATUSES and not _still_wanted(decided, now, swap=swap):
        raise Refused(messages.VISIT_CLOSED)
    return decided


def _still_wanted(decided: Decided, now: datetime, *, swap: bool) -> bool:
    """Somebody cannot go, and the week is not over: another may go instead."""
    excused = decided.visit.status is VisitStatus.EXCUSED
    return excused and not swap and decided.week >= Week.containing(now)


async def already_decided(session: AsyncSession, visit_id: int) -> str:
    """What became of a wish, for whoever comes second."""
    decision = await directing.last_decision(session, visit_id, DECISIONS)
    if decision is None:
        return messages.VISIT_CLOSED
    event, name = decision
    return supervision.decided_already(name, DECISIONS[event.what], event.at)


def _move_to(visit: Visit, site: Unit) -> None:
    visit.site_id = site.id or 0
    visit.unit_id = site.parent_id or visit.site_id


def _begin_anew(work: Work, visit: Visit, now: datetime) -> None:
    """Somebody or somewhere else: no day is set, and what was due before is not reminded of."""
    visit.key = visit_key(Week.of(visit.week), visit.officer_id, visit.site_id)
    visit.status, visit.excuse, visit.excused_by = VisitStatus.PLANNED, "", None
    visit.swap_asked = visit.excuse_asked = ""
    visit.day, visit.day_set_at = None, None
    visit.reminded, visit.created_at = [], now
    reminders.plan_next(work, visit, now)


async def _forget_report(session: AsyncSession, visit: Visit) -> None:
    """A report begun about the former site must not be sent as one about the new one."""
    for draft in await drafts.of_owners(session, [person_owner(visit.officer_id)]):
        if draft.about.get("visit_id") == visit.id:
            await session.delete(draft)
