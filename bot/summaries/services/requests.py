"""A report asked for on the spot, with questions of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages as says
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rendering import day
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.search import best
from bot.summaries.cards import obligations as obligation_cards
from bot.summaries.facts.obligations import AskedFacts
from bot.summaries.rules.obligations import over_by
from bot.summaries.rules.summaries import QuestionKind
from bot.summaries.services.obligations import chasers, leaders_of, plan_next
from bot.summaries.services.prompts import mute_units, owed_facts
from storage import obligations, outbox, people
from storage.models import Obligation, ReportRequest, Unit

MOST_QUESTIONS = 12
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Question:
    ask: str
    kind: QuestionKind = QuestionKind.WORDS


@dataclass(frozen=True)
class NewRequest:
    """`unit_ids` empty: every upper-level union below the actor's own unit."""

    title: str
    due_before: date
    questions: tuple[Question, ...]
    why: str = ""
    unit_ids: tuple[int, ...] = ()


async def ask(context: Context, new: NewRequest) -> AskedFacts:
    """Keep the request, let the units owe it, tell their leaders at once. Raises Refused."""
    today = local(context.now).date()
    async with context.work.write() as session:
        receiver, units = await _receiver_and_asked(session, context.actor, new.unit_ids, today)
        _check(new, today)
        request = _request(new, receiver, context.actor, context.now)
        session.add(request)
        await session.flush()
        owed_reports = [_obligation(request, unit, new.due_before, context.now) for unit in units]
        over = over_by(
            new.due_before,
            context.now,
            context.work.settings.summaries.prompts,
            context.work.calendar,
        )
        for obligation in owed_reports:
            obligation.reminded = sorted(over)  # they are told just now
            plan_next(context.work, obligation, context.now)
        session.add_all(owed_reports)
        await session.flush()
        leaders = await leaders_of(session, {unit.id or 0 for unit in units})
        mute = mute_units(leaders, units)
        facts = AskedFacts(
            request, receiver, new.due_before, len(owed_reports), mute, owed_reports[0].id or 0
        )
        await _tell(session, context, owed_reports, facts, leaders)
    return facts


async def askable_units(context: Context) -> Sequence[Unit]:
    """The units this person may ask, by name. Raises Refused where there is none."""
    require(context.actor, Action.ASK_REPORT)
    async with context.work.read() as session:
        units = await _below(session, context.actor, local(context.now).date())
    if not units:
        raise Refused(says.NO_UNITS_TO_ASK)
    return units


async def units_like(context: Context, query: str) -> list[Unit]:
    """Those of them whose names fit; all for an empty query."""
    units = await askable_units(context)
    if not query:
        return list(units)
    by_id = {unit.id or 0: unit for unit in units}
    return [by_id[key] for key in best(query, [(u.id or 0, u.folded) for u in units])]


async def _below(session: AsyncSession, actor: Actor, today: date) -> Sequence[Unit]:
    return await obligations.askable(session, actor.paths_for(Action.ASK_REPORT), today)


async def _receiver_and_asked(
    session: AsyncSession, actor: Actor, unit_ids: Sequence[int], today: date
) -> tuple[Unit, Sequence[Unit]]:
    """Who receives and who is asked: all have to lie below one unit of the actor's own."""
    require(actor, Action.ASK_REPORT)
    may = await _below(session, actor, today)
    chosen = [unit for unit in may if not unit_ids or unit.id in unit_ids]
    if not chosen or len(chosen) < len(set(unit_ids)):
        raise Refused(says.NO_UNITS_TO_ASK if not may else says.UNITS_NOT_YOURS)
    own = actor.paths_for(Action.ASK_REPORT)
    over = [path for path in own if all(_under(path, unit) for unit in chosen)]
    if not over:
        raise Refused(says.UNITS_NOT_TOGETHER)
    receiver = (await people.places_at(session, [max(over, key=len)]))[0]
    require(actor, Action.ASK_REPORT, Subject(receiver.path))
    return receiver, chosen


def _under(path: str, unit: Unit) -> bool:
    return unit.path.startswith(path) and unit.path != path


def _check(new: NewRequest, today: date) -> None:
    if not new.title.strip():
        raise Refused(says.REQUEST_NEEDS_TITLE)
    if not 1 <= len(new.questions) <= MOST_QUESTIONS:
        raise Refused(says.QUESTIONS_OUT_OF_RANGE.format(most=MOST_QUESTIONS))
    if not today < new.due_before <= today + LONGEST:
        raise Refused(says.DEADLINE_OUT_OF_RANGE.format(day=day(new.due_before)))


def _request(new: NewRequest, receiver: Unit, actor: Actor, now: datetime) -> ReportRequest:
    return ReportRequest(
        title=new.title.strip()[:200],
        why=new.why.strip()[:500],
        questions=[
            {"key": f"q{n}", "ask": question.ask, "kind": str(question.kind)}
            for n, question in enumerate(new.questions, 1)
        ],
        unit_id=receiver.id or 0,
        asked_by=actor.person_id,
        asked_at=now,
    )


def _obligation(request: ReportRequest, unit: Unit, due_before: date, now: datetime) -> Obligation:
    """The period: from the beginning of this year to the last day in time."""
    return Obligation(
        key=f"request:{request.id}:{unit.id}",
        group=f"request:{request.id}",
        request_id=request.id,
        title=request.title,
        unit_id=unit.id or 0,
        to_unit_id=request.unit_id,
        first_day=local(now).date().replace(month=1, day=1),
        last_day=due_before - timedelta(days=1),
        due_before=due_before,
        created_at=now,
    )


async def _tell(
    session: AsyncSession,
    context: Context,
    owed_reports: Sequence[Obligation],
    request_facts: AskedFacts,
    leaders: dict[int, list[int]],
) -> None:
    facts = await owed_facts(session, context.work, owed_reports, local(context.now).date())
    messages = [
        notice(
            context.work.calendar,
            person,
            obligation_cards.told_asked(
                facts[obligation.id or 0], request_facts, context.actor.name
            ),
            f"asked:{obligation.id}:{person}",
            context.now,
            subject=f"obligation:{obligation.id}",
        )
        for obligation in owed_reports
        for person in leaders.get(obligation.unit_id, ())
    ]
    card = obligation_cards.told_receiver(request_facts, context.actor.name)
    messages += [
        notice(
            context.work.calendar,
            person,
            card,
            f"asked-for:{request_facts.request.id}:{person}",
            context.now,
        )
        for person in await chasers(session, context.work, request_facts.receiver)
        if person != context.actor.person_id
    ]
    await outbox.add_all(session, messages)
