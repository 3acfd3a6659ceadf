"""Which reports are owed: created from the plans, excused where a unit is no more.

Every upper-level union that exists on the last day in time owes; its parent unit receives. Where a
report asks for it, so does every CĐCS directly under the province, which receives.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import grants_of
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.rules.programmes import ReportDue
from bot.core.work import Work
from bot.programmes.services import concerned
from bot.summaries.rules.obligations import (
    ObligationFacts,
    OwedReport,
    Prompt,
    next_prompt,
    over_by,
    owed_between,
)
from storage import marks, obligations, outbox, people, supervision, units
from storage.enums import SummaryState, UnitKind
from storage.models import Obligation, ReportRequest, Unit
from storage.paths import top_of

ENTRY = "obligations"  # in the schedule; its last run says which deadlines passed unseen
AHEAD = timedelta(days=60)
BACK = timedelta(days=60)
LONGEST_MOVE = timedelta(days=2 * 366)  # a deadline that was moved further is looked at no more
_DAY = timedelta(days=1)

log = structlog.get_logger()


async def ensure_obligations(work: Work, now: datetime) -> None:
    """Create what is owed within 60 days or fell due while the program was down; excuse what a
    dissolved unit owes no longer. A deadline that passed before the first start is left alone.
    """
    today = local(now).date()
    async with work.write() as session:
        ran = (await marks.up_to(session, now)).get(ENTRY)
        checked_until = max(local(ran).date(), today - BACK) if ran else today
        due = owed_between(work.programmes, checked_until + _DAY, today + AHEAD)
        moved = await obligations.groups_running(session, today) - {
            owed_report.group for owed_report in due
        }
        due_since = (
            owed_between(work.programmes, today - LONGEST_MOVE, checked_until) if moved else []
        )
        due += [owed_report for owed_report in due_since if owed_report.group in moved]
        if due:
            await _create(session, work, due, now)
        for obligation in await obligations.requests_excused_for_nothing(session, today):
            _look_again(work, obligation, obligation.due_before, now)
        await excuse_the_gone(session, today, now)
        await _excuse_the_moved(session, today, now)
        await warn_of_unknown_chaser(session, work)


def plan_next(
    work: Work, obligation: Obligation, now: datetime, state: SummaryState = SummaryState.WRITING
) -> None:
    """Set `remind_at`; called whenever something about the obligation has changed.

    A unit whose summary was returned is told so with the remarks: what came due before is over.
    """
    if state == SummaryState.RETURNED:
        times = work.settings.summaries.prompts
        over = over_by(obligation.due_before, now, times, work.calendar)
        obligation.reminded = [*obligation.reminded, *sorted(over - set(obligation.reminded))]
    set_next(work, obligation, now, state)


def set_next(
    work: Work, obligation: Obligation, now: datetime, state: SummaryState
) -> Prompt | None:
    """Set `remind_at` to the next prompt, and give it. What was sent keeps its clock, silently: it
    may be returned any day.
    """
    is_open = obligation.excused_at is None and state != SummaryState.ACCEPTED
    facts = ObligationFacts(obligation.due_before, is_open)
    tags = frozenset(obligation.reminded)
    times = work.settings.summaries.prompts
    prompt = next_prompt(facts, tags, now, times, work.calendar)
    obligation.remind_at = prompt.at if prompt else None
    return prompt


async def predecessors(session: AsyncSession, unit_ids: Collection[int]) -> dict[int, list[int]]:
    """The units that were merged into each of these, through chains too; [] for most."""
    into: dict[int, list[int]] = defaultdict(list)
    for old, new in await obligations.mergers(session):
        into[new].append(old)
    return {unit: _gathered(unit, into) for unit in unit_ids}


def _gathered(unit: int, into: Mapping[int, Sequence[int]]) -> list[int]:
    merged: list[int] = []
    ahead = list(into.get(unit, ()))
    while ahead:
        merged_unit = ahead.pop()
        if merged_unit != unit and merged_unit not in merged:  # a ring in the data ends here
            merged.append(merged_unit)
            ahead += into.get(merged_unit, ())
    return sorted(merged)


async def leaders_of(session: AsyncSession, unit_ids: Collection[int]) -> dict[int, list[int]]:
    """Whom each unit is told through: its own people who send its summaries, else those who write
    them, else, of a CĐCS where nobody has come in, who is in charge of it. Nobody: no key.
    """
    sending = roles_for(Action.SEND_SUMMARY)
    roles = sending | roles_for(Action.WRITE_SUMMARY)
    senders: dict[int, list[int]] = defaultdict(list)
    writers: dict[int, list[int]] = defaultdict(list)
    for unit, role, person in await obligations.staff_at(session, unit_ids, roles):
        told_for = senders[unit] if role in sending else writers[unit]
        if person not in told_for:
            told_for.append(person)
    leaders = {**writers, **senders}
    alone = [unit for unit in unit_ids if not leaders.get(unit)]
    in_charge = await obligations.in_charge_of(session, alone) if alone else {}
    return {**{unit: [person] for unit, person in in_charge.items()}, **leaders}


def due_report(work: Work, obligation: Obligation) -> ReportDue | None:
    """What the plan says about this report; None for a request or a plan no longer active."""
    reports = [
        report
        for programme in work.programmes
        if programme.key == obligation.programme
        for report in programme.reports
        if report.key == obligation.report
    ]
    return reports[0] if reports else None


async def chasers(session: AsyncSession, work: Work, receiver: Unit) -> list[int]:
    """Who hears of what is late: those of the configured unit who chase, else who decides at the
    receiver; where it comes to none of them (they blocked the bot or never came in) the next too:
    who decides at the receiver, then the nearest who decide above. Where nobody hears, the log says
    so.
    """
    await warn_of_unknown_chaser(session, work)
    chaser = await chasing_unit(session, work, receiver)
    levels = [await holding_at(session, chaser, Action.CHASE_REPORTS)] if chaser else []
    levels.append(await holding_at(session, receiver, Action.RECEIVE_SUMMARY))
    receivers: dict[int, None] = {}
    for level in levels:
        receivers |= dict.fromkeys(level)
        if await people.reached(session, receivers):
            return list(receivers)
    roles = roles_for(Action.RECEIVE_SUMMARY)
    receivers |= dict.fromkeys(await supervision.to_tell(session, receiver.path, roles))
    if not await people.reached(session, receivers):
        log.warning("summaries.nobody_hears", unit=receiver.code)
    return list(receivers)


async def holding_at(session: AsyncSession, unit: Unit, action: Action) -> list[int]:
    """Those whose role at that very unit allows this."""
    rows = await obligations.staff_at(session, [unit.id or 0], roles_for(action))
    return list(dict.fromkeys(person for _, _, person in rows))


async def warn_of_unknown_chaser(session: AsyncSession, work: Work) -> None:
    """In the log, where the settings name a unit that is not in the list."""
    code = work.settings.summaries.chaser
    if code and await units.by_code(session, code) is None:
        log.warning("summaries.chaser_unknown", code=code)


async def asker_of(session: AsyncSession, obligation: Obligation, receiver: Unit) -> list[int]:
    """Whoever asked for this report on the spot, while a role of theirs still shows them the
    receiver's board; nobody for a report of a plan.
    """
    request = await session.get(ReportRequest, obligation.request_id or 0)
    if request is None:
        return []
    grants = (await grants_of(session, [request.asked_by])).get(request.asked_by, ())
    sees = Actor(request.asked_by, grants=grants).may(Action.SEE_BOARD, Subject(receiver.path))
    return [request.asked_by] if sees else []


async def chasing_unit(session: AsyncSession, work: Work, receiver: Unit) -> Unit | None:
    """The configured unit, where it belongs to the receiver."""
    code = work.settings.summaries.chaser
    unit = await units.by_code(session, code) if code else None
    return unit if unit and unit.path.startswith(receiver.path) else None


async def may_as_receiver(
    session: AsyncSession, work: Work, actor: Actor, action: Action, receiver: Unit
) -> bool:
    """Whether the table allows `action` on the receiver, or at the unit that chases for it."""
    if actor.may(action, Subject(receiver.path)):
        return True
    chaser = await chasing_unit(session, work, receiver)
    decides = action is Action.RECEIVE_SUMMARY
    there = Action.DECIDE_FOR_RECEIVER if decides else Action.CHASE_REPORTS
    return chaser is not None and actor.may(there, Subject(chaser.path))


async def require_receiver(
    session: AsyncSession, work: Work, actor: Actor, action: Action, receiver: Unit
) -> None:
    """Raises Refused unless `may_as_receiver`."""
    if not await may_as_receiver(session, work, actor, action, receiver):
        raise Refused(messages.NOT_ALLOWED)


async def excuse_the_gone(session: AsyncSession, today: date, now: datetime) -> None:
    """A unit dissolved before the deadline owes nothing; its successor does, if there is one. Who
    succeeds to a request that went to chosen units is asked now.
    """
    pairs = await obligations.open_of_the_gone(session, today)
    heirs = await units.by_ids(session, {u.successor_id for _, u in pairs if u.successor_id})
    for obligation, unit in pairs:
        heir = heirs.get(unit.successor_id or 0)
        obligation.excuse = f"Đã nhập vào {heir.name}" if heir else "Đơn vị đã giải thể"
        obligation.excused_at, obligation.remind_at = now, None
    if pairs:
        subjects = [f"obligation:{obligation.id}" for obligation, _ in pairs]
        await outbox.cancel_all(session, subjects, outbox.REMINDERS)
        await _hand_on(
            session, [(obligation, unit.successor_id) for obligation, unit in pairs], now
        )


async def _hand_on(
    session: AsyncSession, pairs: Sequence[tuple[Obligation, int | None]], now: datetime
) -> None:
    """Requests of dissolved units to their successors, which hear of it with the next prompt."""
    request_pairs = [
        (obligation, heir)
        for obligation, heir in pairs
        if obligation.request_id and heir not in (None, obligation.to_unit_id)
    ]
    there = await obligations.of_groups(
        session, {obligation.group for obligation, _ in request_pairs}
    )
    owing = {(obligation.group, obligation.unit_id) for obligation in there}
    for obligation, heir in request_pairs:
        if heir is None or (obligation.group, heir) in owing:
            continue
        owing.add((obligation.group, heir))
        fields = obligation.model_dump(
            include={"group", "request_id", "title", "to_unit_id", "due_before"}
        )
        days = obligation.model_dump(include={"first_day", "last_day"})
        key = f"{obligation.group}:{heir}"
        session.add(
            Obligation(key=key, unit_id=heir, created_at=now, remind_at=now, **fields, **days)
        )


async def _create(
    session: AsyncSession, work: Work, due: Sequence[OwedReport], now: datetime
) -> None:
    there = await obligations.of_groups(session, {owed_report.group for owed_report in due})
    by_key = {obligation.key: obligation for obligation in there}
    moved = {
        (obligation.group, obligation.to_unit_id): obligation.due_before for obligation in there
    }
    owing = await _who_owe(session, due)
    created = 0
    for owed_report in due:
        for unit in _concerned(owed_report, owing):
            # Those that join later owe by the deadline that the others have by now.
            before = moved.get((owed_report.group, receiver_of(unit)), owed_report.due_before)
            if not exists(unit, before - _DAY) or unit.parent_id is None:
                continue
            key = f"{owed_report.group}:{unit.id}"
            if key in by_key:
                _look_again(work, by_key[key], before, now)
                continue
            obligation = _obligation(owed_report, unit, before, now)
            plan_next(work, obligation, now)
            session.add(obligation)
            created += 1
    if created:
        log.info("obligations.created", count=created)


async def _who_owe(session: AsyncSession, due: Sequence[OwedReport]) -> dict[str, Sequence[Unit]]:
    """Level of `ReportDue.levels` -> its units, there are or were."""
    owing = {"upper": await obligations.upper_units(session)}
    if any("direct_site" in owed_report.report.levels for owed_report in due):
        owing["direct_site"] = await obligations.direct_unions(session)
    return owing


def _concerned(owed_report: OwedReport, owing: Mapping[str, Sequence[Unit]]) -> list[Unit]:
    levels = owed_report.report.levels
    return [u for level in levels for u in concerned(owed_report.programme, owing[level])]


def receiver_of(unit: Unit) -> int:
    """The unit above; of a CĐCS directly under the province the province itself, also where it
    stands under one of its departments."""
    if unit.kind is UnitKind.SITE_UNION:
        return top_of(unit.path)
    return unit.parent_id or 0


async def _excuse_the_moved(session: AsyncSession, today: date, now: datetime) -> None:
    """A CĐCS that went under another union before the deadline reports there."""
    moved = await obligations.open_of_the_moved(session, today)
    for obligation in moved:
        obligation.excuse, obligation.excused_at = "Không còn là CĐCS trực thuộc", now
        obligation.remind_at = None
    if moved:
        subjects = [f"obligation:{obligation.id}" for obligation in moved]
        await outbox.cancel_all(session, subjects, outbox.REMINDERS)


def exists(unit: Unit, day: date) -> bool:
    """Whether the unit is known and not dissolved on that day."""
    return unit.known_since <= day and (unit.dissolved_on is None or unit.dissolved_on > day)


def _look_again(work: Work, obligation: Obligation, due_before: date, now: datetime) -> None:
    """What was put right since: the list of units, or the days and hours of prompts."""
    if obligation.excused_at and obligation.excused_by is None:
        obligation.excused_at, obligation.excuse = None, ""
        obligation.due_before = due_before
        plan_next(work, obligation, now)
    elif obligation.remind_at is not None:
        plan_next(work, obligation, now)


def _obligation(owed_report: OwedReport, unit: Unit, due_before: date, now: datetime) -> Obligation:
    return Obligation(
        key=f"{owed_report.group}:{unit.id}",
        group=owed_report.group,
        programme=owed_report.programme.key,
        report=owed_report.report.key,
        title=owed_report.report.title,
        unit_id=unit.id or 0,
        to_unit_id=receiver_of(unit),
        first_day=owed_report.first_day,
        last_day=owed_report.last_day,
        due_before=due_before,
        created_at=now,
    )
