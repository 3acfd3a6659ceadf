"""What was promised on visits (việc đã thống nhất): kept, reminded of, ticked off."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Subject, roles_for
from bot.core.streams import Stream
from bot.core.work import Work
from bot.visits.cards import promises as promise_cards
from bot.visits.facts.agreements import Agreement, agreements_of, naming
from bot.visits.facts.promises import PromiseCounts, PromiseList, SitePromise
from bot.visits.rules.promises import PromisedDay, is_overdue, next_reminder
from storage import outbox, people, promises, units
from storage.enums import Lane, PromiseState
from storage.models import Promise, Unit, Visit, VisitEvent, VisitReport

LOOKING = (Action.TICK_PROMISE, Action.SEE_OVERVIEW)  # whoever may do one of these
PER_PAGE = 10
MOST_ROWS = 20_000  # of a whole list
MAX_ID = 2**31 - 1


async def promises_of_sites(
    session: AsyncSession, site_ids: Collection[int]
) -> dict[int, list[Promise]]:
    """Site -> what is promised there and still open, the earliest day first. For every page that
    shows a site: the visit's card, Monday's message, the page of the site's own committee."""
    return await promises.open_at(session, site_ids)


async def keep(
    session: AsyncSession,
    context: Context,
    visit: Visit,
    report: VisitReport,
    before: VisitReport | None,
) -> None:
    """The promises follow the report: new ones are added, changed ones changed, those that a
    correction names no more are withdrawn. What was ticked off or moved since stays so."""
    agreed = {a.what: a for a in agreements_of(report.agreements)}
    above = await session.get_one(Unit, visit.unit_id)  # reports of earlier versions do not name it
    said_before = naming(before.agreements, above.name) if before else []
    earlier = {a.what: a for a in agreements_of(said_before)}
    of_visit = {p.what: p for p in await promises.of_visit(session, visit.id or 0)}
    for what, promise in of_visit.items():
        if what not in agreed and promise.state is PromiseState.OPEN:
            promise.state = PromiseState.WITHDRAWN
            await _planned(session, context, promise)
    for what, agreement in agreed.items():
        existing = of_visit.get(what)
        if existing is None:
            session.add(_new(context, visit, agreement))
        elif existing.state is PromiseState.WITHDRAWN or agreement != earlier.get(what):
            existing.state = PromiseState.OPEN
            existing.who, existing.until = agreement.who, agreement.until
            existing.day_set_at = context.now
            await _planned(session, context, existing)


def _new(context: Context, visit: Visit, agreement: Agreement) -> Promise:
    promise = Promise(
        visit_id=visit.id or 0,
        site_id=visit.site_id,
        officer_id=visit.officer_id,
        what=agreement.what,
        who=agreement.who,
        until=agreement.until,
        created_at=context.now,
        day_set_at=context.now,
    )
    plan_next(context.work, promise, context.now)
    return promise


def plan_next(work: Work, promise: Promise, now: datetime) -> None:
    """Set `promise.remind_at`; called whenever something about the promise has changed."""
    promised = PromisedDay(promise.until, promise.day_set_at)
    open_ = promise.state is PromiseState.OPEN
    pair = next_reminder(promised, frozenset(promise.reminded), now, work.calendar)
    promise.remind_at = pair[0] if open_ and pair else None


async def _planned(session: AsyncSession, context: Context, promise: Promise) -> None:
    """Reminded of anew from here; what was already owed about it is not sent any more."""
    plan_next(context.work, promise, context.now)
    await outbox.cancel(session, f"promise:{promise.id}", outbox.REMINDERS)


async def look(context: Context, promise_id: int) -> SitePromise:
    """One promise. Raises Refused where it is not there or not within the actor's sites."""
    async with context.work.read() as session:
        promise, site = await _allowed(session, context, promise_id, *LOOKING)
    may_tick = context.actor.may(Action.TICK_PROMISE, Subject(site.path))
    return SitePromise(promise, site, _overdue(promise, context.now), may_tick)


async def open_one(context: Context, promise_id: int) -> SitePromise:
    """The same for a form about it: one that is over is refused."""
    async with context.work.read() as session:
        promise, site = await _allowed(session, context, promise_id)
    _require_open(promise)
    return SitePromise(promise, site, _overdue(promise, context.now))


async def done(context: Context, promise_id: int) -> SitePromise:
    """It was done. Raises Refused: not within the actor's sites, or over already."""
    return await _close(context, promise_id, PromiseState.DONE, "")


async def not_done(context: Context, promise_id: int, why: str) -> SitePromise:
    """It will not be done, and why. Raises Refused as `done`."""
    return await _close(context, promise_id, PromiseState.NOT_DONE, why[:500])


async def later(context: Context, promise_id: int, until: date) -> SitePromise:
    """It has another last day. Raises Refused as `done`."""
    async with context.work.write() as session:
        promise, site = await _allowed(session, context, promise_id)
        _require_open(promise)
        promise.until, promise.day_set_at = until, context.now
        await _planned(session, context, promise)
        _note(session, context, promise, "promise_later", until.isoformat())
        return SitePromise(promise, site, _overdue(promise, context.now))


async def _close(context: Context, promise_id: int, state: PromiseState, why: str) -> SitePromise:
    async with context.work.write() as session:
        promise, site = await _allowed(session, context, promise_id)
        _require_open(promise)
        promise.state, promise.why = state, why
        promise.closed_at, promise.closed_by = context.now, context.actor.person_id
        await _planned(session, context, promise)
        _note(session, context, promise, f"promise_{state}", why)
        return SitePromise(promise, site, overdue=False)


def _note(session: AsyncSession, context: Context, promise: Promise, what: str, words: str) -> None:
    event = VisitEvent(
        visit_id=promise.visit_id,
        at=context.now,
        actor_id=context.actor.person_id,
        what=what,
        words=words,
    )
    session.add(event)


async def _allowed(
    session: AsyncSession,
    context: Context,
    promise_id: int,
    *actions: Action,
) -> tuple[Promise, Unit]:
    """The promise, locked, for whoever may do one of these, or tick it off where none is named."""
    promise = await promises.get_locked(session, promise_id) if promise_id <= MAX_ID else None
    site = await session.get(Unit, promise.site_id) if promise else None
    if promise is None or site is None:
        raise Refused(messages.NOT_FOUND)
    if not _may(context, site, *(actions or (Action.TICK_PROMISE,))):
        raise Refused(messages.NOT_FOUND)
    return promise, site


def _may(context: Context, site: Unit, *actions: Action) -> bool:
    return any(context.actor.may(action, Subject(site.path)) for action in actions)


def _require_open(promise: Promise) -> None:
    if promise.state is not PromiseState.OPEN:
        raise Refused(messages.PROMISE_OVER)


def _overdue(promise: Promise, now: datetime) -> bool:
    return promise.state is PromiseState.OPEN and is_overdue(promise.until, now)


async def own(context: Context, page: int) -> PromiseList:
    """What the actor is reminded of."""
    require(context.actor, Action.TICK_PROMISE)
    condition = col(Promise.officer_id) == context.actor.person_id
    async with context.work.read() as session:
        return await listed(session, condition, page, context.now)


async def at_site(context: Context, site_id: int, page: int) -> PromiseList:
    """What is promised at a site of the actor's. Raises Refused for any other."""
    async with context.work.read() as session:
        site = await session.get(Unit, site_id)
        if site is None or not _may(context, site, *LOOKING):
            raise Refused(messages.NOT_FOUND)
        return await listed(session, col(Promise.site_id) == site_id, page, context.now)


async def listed(
    session: AsyncSession, condition: ColumnElement[bool], page: int | None, now: datetime
) -> PromiseList:
    """A page of open promises with this condition; None: all of them."""
    limit, offset = (MOST_ROWS, 0) if page is None else (PER_PAGE + 1, page * PER_PAGE)
    rows = await promises.listed(session, condition, limit, offset)
    listed = [SitePromise(promise, site, _overdue(promise, now)) for promise, site in rows]
    if page is None:
        return PromiseList(listed, 1, False)
    return PromiseList(listed[:PER_PAGE], page * PER_PAGE + 1, len(listed) > PER_PAGE)


async def counts_of(session: AsyncSession, officer_id: int, now: datetime) -> PromiseCounts:
    """For the officer's home card."""
    return PromiseCounts(*await promises.counts_of(session, officer_id, local(now).date()))


async def _remind(session: AsyncSession, work: Work, due: Sequence[Promise], now: datetime) -> None:
    sites = await units.by_ids(session, {promise.site_id for promise in due})
    ids, going = {promise.officer_id for promise in due}, roles_for(Action.GO_TO_SITES)
    officers: Mapping[int, object] = await people.holding_among(session, ids, going)
    for promise in due:
        promised = PromisedDay(promise.until, promise.day_set_at)
        pair = next_reminder(promised, frozenset(promise.reminded), now, work.calendar)
        if pair and pair[0] <= now:
            tag = pair[1].tag
            promise.reminded = [*promise.reminded, tag]
            if promise.officer_id in officers:  # whose role has ended hears nothing
                facts = SitePromise(promise, sites[promise.site_id], _overdue(promise, now))
                card, key = promise_cards.reminder(facts), f"promise:{promise.id}:{tag}"
                about = f"promise:{promise.id}"
                message = notice(
                    work.calendar,
                    promise.officer_id,
                    card,
                    key,
                    now,
                    lane=Lane.REMINDER,
                    subject=about,
                )
                await outbox.add(session, message)
        plan_next(work, promise, now)
        if promise.remind_at and promise.remind_at <= now:
            promise.remind_at = now + timedelta(minutes=1)


STREAM = Stream("promises", Promise, promises.OPEN, _remind)
