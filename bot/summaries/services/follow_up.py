"""What the receiving unit does about reports it waits for: remind, excuse, move the deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages as says
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rendering import day, moment
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from bot.summaries.cards import obligations as obligation_cards
from bot.summaries.facts.obligations import MovedFacts, PromptedObligation
from bot.summaries.rules.obligations import over_by
from bot.summaries.services.obligations import (
    leaders_of,
    may_as_receiver,
    plan_next,
    require_receiver,
)
from bot.summaries.services.prompts import owed_facts
from storage import obligations, outbox, units
from storage.enums import Lane, SummaryState
from storage.models import Obligation, OutboxMessage, Summary, Unit

AGAIN = timedelta(hours=1)
LONGEST = timedelta(days=366)
_CHASED = "chased:"  # in `Obligation.reminded`, with the moment; only the last one is kept


@dataclass(frozen=True)
class ObligationNotice:
    """What a unit is to read of a report that it owes; `key`: so that it is owed once."""

    obligation: Obligation
    card: Card
    key: str


async def remind(context: Context, group: str, unit_id: int | None) -> int:
    """Ask those that have not answered, or one of them; returns how many units were told.

    At most once per unit and hour. Raises Refused where nobody is left to tell.
    """
    async with context.work.write() as session:
        mine = await _remindable(session, context.work, context.actor, group)
        waiting = await _waiting(session, mine)
        if unit_id is not None:
            waiting = [obligation for obligation in waiting if obligation.unit_id == unit_id]
        leaders = await leaders_of(session, {obligation.unit_id for obligation in waiting})
        reminded = _may_be_told(waiting, leaders, context.now)
        facts = await owed_facts(session, context.work, reminded, local(context.now).date())
        messages: list[OutboxMessage] = []
        for obligation in reminded:
            tags = [tag for tag in obligation.reminded if not tag.startswith(_CHASED)]
            obligation.reminded = [*tags, f"{_CHASED}{context.now.isoformat()}"]
            card = obligation_cards.chased(facts[obligation.id or 0], context.actor.name)
            key = f"chase:{obligation.id}:{context.now:%Y%m%d%H%M%S}"
            receivers = leaders[obligation.unit_id]
            reminder = ObligationNotice(obligation, card, key)
            messages += _notices(context, reminder, receivers, lane=Lane.REMINDER)
        await outbox.add_all(session, messages)
    return len(reminded)


async def excuse(context: Context, obligation_id: int, why: str) -> PromptedObligation:
    """The unit need not send this report; it is told why and prompted no more."""
    async with context.work.write() as session:
        obligation = await obligation_for(session, context.work, context.actor, obligation_id)
        _require_unanswered(obligation, (await obligations.summaries_of(session, [obligation_id])))
        obligation.excused_at, obligation.excuse = context.now, why[:500]
        obligation.excused_by = context.actor.person_id
        obligation.remind_at = None
        await outbox.cancel(session, f"obligation:{obligation.id}", outbox.REMINDERS)
        facts = (await owed_facts(session, context.work, [obligation], local(context.now).date()))[
            obligation_id
        ]
        leaders = await leaders_of(session, [obligation.unit_id])
        card = obligation_cards.told_excused(facts, context.actor.name)
        key = f"excused:{obligation.id}:{context.now:%Y%m%d%H%M%S}"
        receivers = leaders.get(obligation.unit_id, [])
        unit_notice = ObligationNotice(obligation, card, key)
        await outbox.add_all(session, _notices(context, unit_notice, receivers))
    return facts


async def owe_again(context: Context, obligation_id: int) -> PromptedObligation:
    """Take an excuse back: the unit is told, and prompted from the next time on."""
    async with context.work.write() as session:
        obligation = await obligation_for(session, context.work, context.actor, obligation_id)
        if obligation.excused_at is None:
            raise Refused(says.NOT_EXCUSED)
        if obligation.excused_by is None:
            raise Refused(says.EXCUSED_AS_GONE)
        obligation.excused_at, obligation.excused_by, obligation.excuse = None, None, ""
        over = over_by(
            obligation.due_before,
            context.now,
            context.work.settings.summaries.prompts,
            context.work.calendar,
        )
        obligation.reminded = [*obligation.reminded, *sorted(over - set(obligation.reminded))]
        summaries = await obligations.summaries_of(session, [obligation_id])
        plan_next(context.work, obligation, context.now, _state(summaries.get(obligation_id)))
        facts = (await owed_facts(session, context.work, [obligation], local(context.now).date()))[
            obligation_id
        ]
        receivers = (await leaders_of(session, [obligation.unit_id])).get(obligation.unit_id, [])
        card = obligation_cards.told_owed_again(facts, context.actor.name)
        key = f"owe-again:{obligation.id}:{context.now:%Y%m%d%H%M%S}"
        unit_notice = ObligationNotice(obligation, card, key)
        await outbox.add_all(session, _notices(context, unit_notice, receivers))
    return facts


async def move_deadline(context: Context, group: str, due_before: date) -> int:
    """Another first late day for everybody of the group; returns for how many units.

    What was sent late stays late: each version keeps the deadline it was judged by. Prompts begin
    anew; whoever still owes is told at once. An excused unit has it for when the excuse is taken
    back.
    """
    async with context.work.write() as session:
        mine, receivers = await _group(session, context.work, context.actor, group)
        owing = [obligation for obligation in mine if obligation.excused_at is None]
        _check_day(due_before, owing, local(context.now).date())
        before = {obligation.id or 0: obligation.due_before for obligation in owing}
        summaries = await obligations.summaries_of(session, list(before))
        over = over_by(
            due_before, context.now, context.work.settings.summaries.prompts, context.work.calendar
        )
        for obligation in mine:
            obligation.due_before = due_before
        for obligation in owing:
            obligation.reminded = [*obligation.reminded, *sorted(over - set(obligation.reminded))]
            plan_next(
                context.work, obligation, context.now, _state(summaries.get(obligation.id or 0))
            )
        subjects = [f"obligation:{obligation.id}" for obligation in owing]
        await outbox.cancel_all(session, subjects, outbox.REMINDERS)
        waiting = [obligation for obligation in owing if _owes(obligation, summaries)]
        facts = await owed_facts(session, context.work, waiting, local(context.now).date())
        leaders = await leaders_of(session, {obligation.unit_id for obligation in waiting})
        messages: list[OutboxMessage] = []
        for obligation in waiting:
            moved = MovedFacts(
                obligation, receivers[obligation.to_unit_id], before[obligation.id or 0]
            )
            card = obligation_cards.told_moved(facts[obligation.id or 0], moved)
            key = f"moved:{obligation.id}:{due_before}:{context.now:%Y%m%d%H%M%S}"
            unit_notice = ObligationNotice(obligation, card, key)
            messages += _notices(context, unit_notice, leaders.get(obligation.unit_id, ()))
        await outbox.add_all(session, messages)
    return len(owing)


async def obligation_for(
    session: AsyncSession, work: Work, actor: Actor, obligation_id: int
) -> Obligation:
    """The obligation, locked, for whoever decides about it. Raises Refused."""
    obligation = await obligations.get_locked(session, obligation_id)
    if obligation is None:
        raise Refused(says.NOT_FOUND)
    receiver = await session.get_one(Unit, obligation.to_unit_id)
    await require_receiver(session, work, actor, Action.RECEIVE_SUMMARY, receiver)
    return obligation


async def look(context: Context, obligation_id: int) -> PromptedObligation:
    """An obligation as whoever decides about it sees it, before they are asked anything."""
    async with context.work.read() as session:
        obligation = await obligation_for(session, context.work, context.actor, obligation_id)
        return (await owed_facts(session, context.work, [obligation], local(context.now).date()))[
            obligation_id
        ]


async def look_to_remind(context: Context, obligation_id: int) -> PromptedObligation:
    """The same for whoever may remind of it. Raises Refused."""
    async with context.work.read() as session:
        obligation = await obligations.get_locked(session, obligation_id)
        if obligation is None:
            raise Refused(says.NOT_FOUND)
        facts = (await owed_facts(session, context.work, [obligation], local(context.now).date()))[
            obligation_id
        ]
        reminds = await may_as_receiver(
            session, context.work, context.actor, Action.REMIND_UNITS, facts.receiver
        )
        if not (reminds or context.actor.may(Action.FOLLOW_UNITS, Subject(facts.unit.path))):
            raise Refused(says.NOT_ALLOWED)
    return facts


async def _remindable(
    session: AsyncSession, work: Work, actor: Actor, group: str
) -> list[Obligation]:
    """The obligations of the group that the actor may remind of, locked: those of a receiver, or
    of the units of a cluster. Raises Refused where there are none.
    """
    owed_reports = await obligations.of_groups(session, [group], locked=True)
    places = await units.by_ids(
        session, {i for o in owed_reports for i in (o.unit_id, o.to_unit_id)}
    )
    receivers = {
        key
        for key in {obligation.to_unit_id for obligation in owed_reports}  # hardly ever several
        if await may_as_receiver(session, work, actor, Action.REMIND_UNITS, places[key])
    }
    mine = [
        obligation
        for obligation in owed_reports
        if obligation.to_unit_id in receivers
        or actor.may(Action.FOLLOW_UNITS, Subject(places[obligation.unit_id].path))
    ]
    if not mine:
        raise Refused(says.NOT_ALLOWED if owed_reports else says.NOT_FOUND)
    return mine


async def _group(
    session: AsyncSession, work: Work, actor: Actor, group: str
) -> tuple[list[Obligation], dict[int, Unit]]:
    """The obligations of the group that the actor decides about, locked, and who receives them."""
    owed_reports = await obligations.of_groups(session, [group], locked=True)
    receivers = await units.by_ids(session, {obligation.to_unit_id for obligation in owed_reports})
    if not owed_reports:
        raise Refused(says.NOT_FOUND)
    mine = {
        key: unit
        for key, unit in receivers.items()
        if await may_as_receiver(session, work, actor, Action.RECEIVE_SUMMARY, unit)
    }
    if not mine:
        raise Refused(says.NOT_ALLOWED)
    return [obligation for obligation in owed_reports if obligation.to_unit_id in mine], mine


async def _waiting(session: AsyncSession, owed_reports: Sequence[Obligation]) -> list[Obligation]:
    summaries = await obligations.summaries_of(
        session, [obligation.id or 0 for obligation in owed_reports]
    )
    return [obligation for obligation in owed_reports if _owes(obligation, summaries)]


def _owes(obligation: Obligation, summaries: dict[int, Summary]) -> bool:
    """Nothing was sent that stands, and it was not excused."""
    answered = _state(summaries.get(obligation.id or 0)) in (
        SummaryState.SENT,
        SummaryState.ACCEPTED,
    )
    return obligation.excused_at is None and not answered


def _may_be_told(
    waiting: Sequence[Obligation], leaders: dict[int, list[int]], now: datetime
) -> list[Obligation]:
    if not waiting:
        raise Refused(says.NOBODY_TO_REMIND)
    heard = [obligation for obligation in waiting if leaders.get(obligation.unit_id)]
    if not heard:
        raise Refused(says.NOBODY_RECEIVES)
    remindable = [
        obligation
        for obligation in heard
        if (last := _last(obligation)) is None or now - last >= AGAIN
    ]
    if not remindable:
        newest = max(last for obligation in heard if (last := _last(obligation)))
        raise Refused(says.REMINDED_ALREADY.format(at=moment(newest)))
    return remindable


def _last(obligation: Obligation) -> datetime | None:
    """When somebody last asked for it."""
    times = [tag.removeprefix(_CHASED) for tag in obligation.reminded if tag.startswith(_CHASED)]
    return datetime.fromisoformat(times[-1]) if times else None


def _require_unanswered(obligation: Obligation, summaries: dict[int, Summary]) -> None:
    if obligation.excused_at is not None:
        raise Refused(says.EXCUSED_ALREADY)
    if not _owes(obligation, summaries):
        raise Refused(says.SENT_NOT_EXCUSED)


def _check_day(due_before: date, owing: Sequence[Obligation], today: date) -> None:
    if not owing:
        raise Refused(says.NOBODY_TO_REMIND)
    if due_before <= today or due_before > today + LONGEST:
        raise Refused(says.DEADLINE_OUT_OF_RANGE.format(day=day(due_before)))
    if all(obligation.due_before == due_before for obligation in owing):
        raise Refused(says.DEADLINE_IS_SO.format(day=day(due_before)))


def _state(summary: Summary | None) -> SummaryState:
    return summary.state if summary else SummaryState.WRITING


def _notices(
    context: Context,
    unit_notice: ObligationNotice,
    receivers: Sequence[int],
    *,
    lane: Lane = Lane.NOTICE,
) -> list[OutboxMessage]:
    return [
        notice(
            context.work.calendar,
            person,
            unit_notice.card,
            f"{unit_notice.key}:{person}",
            context.now,
            lane=lane,
            subject=f"obligation:{unit_notice.obligation.id}",
        )
        for person in receivers
    ]
