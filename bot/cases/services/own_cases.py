"""What those who raised a concern see of it and do with it; their roles play no part here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import concern_notices, worker_messages
from bot.cases.cards.concerns import OwnCase, OwnEvent, OwnLine
from bot.cases.facts.cases import Waiting
from bot.cases.rules.cases import CaseAction, Relation, allowed_actions
from bot.cases.rules.codes import normalise
from bot.cases.rules.deadlines import settle_by
from bot.cases.services import flood
from bot.cases.services.access import case_for, place_of, step
from bot.cases.services.clocks import plan_next
from bot.cases.services.concern_notices import owe, those_to_tell
from bot.cases.services.concerns import identity_of, site_of
from bot.cases.services.notifications import CaseNotice
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage import cases, concerns, reporters, units
from storage.coarse import hour_of
from storage.enums import CaseStatus, EventAuthor
from storage.files import is_given_up
from storage.folding import fold
from storage.models import Case, CaseEvent, CaseFile, Reporter, StoredFile, Unit

EVENTS_TO_REPORTER = frozenset(worker_messages.EVENTS)
"""What a reporter hears of; whatever else happens is the union's own affair."""
WITH_WORDS = ("ask", "answer", "add", "guide", "settle", "reopen")


@dataclass(frozen=True)
class Addition:
    """What somebody added: words and files."""

    words: str
    files: Sequence[int] = ()


async def mine(work: Work, actor: Actor) -> Sequence[Case]:
    """One's own concerns, the newest first."""
    async with work.read() as session:
        account = await reporters.find(session, work.vault, actor.address)
        return await concerns.of_reporters(session, account.reporters) if account else []


async def listed(work: Work, actor: Actor) -> list[OwnLine]:
    """The same with how far each is."""
    own = await mine(work, actor)
    async with work.read() as session:
        return await lines_of(session, own)


async def lines_of(session: AsyncSession, own: Sequence[Case]) -> list[OwnLine]:
    """Each of these with its status, that of the case it was folded into, and who has that."""
    leads = await cases.by_ids(session, {case.merged_into for case in own if case.merged_into})
    standing = [leads.get(case.merged_into or 0, case) for case in own]
    levels = await units.by_ids(session, {case.unit_id for case in standing})
    return [
        OwnLine(case, stands.status, levels[stands.unit_id].name)
        for case, stands in zip(own, standing, strict=True)
    ]


async def levels_of(session: AsyncSession, events: Sequence[CaseEvent]) -> dict[int, str]:
    """Event -> the unit that a case was passed up to by it."""
    passed = {event.id or 0: event.data.get("to") for event in events if event.what == "escalate"}
    levels = await units.by_ids(session, {to for to in passed.values() if to})
    return {key: levels[to].name for key, to in passed.items() if to in levels}


async def waiting(work: Work, actor: Actor) -> tuple[int, list[Waiting]]:
    """How many concerns one raised, and what the union waits for an answer to, the newest first.

    Read from the cases, not from messages: who blocked the bot finds it when they come back.
    """
    own = [case for case in await mine(work, actor) if case.id is not None]
    if not own:
        return 0, []
    async with work.read() as session:
        questions = await cases.open_questions(session, [case.id or 0 for case in own])
    waits = []
    for case in own:
        actions = allowed_actions(case.status)
        if CaseAction.ANSWER in actions and case.id in questions:
            waits.append(Waiting(case, questions[case.id]))
        elif CaseAction.SATISFIED in actions and case.satisfied is None and case.result:
            waits.append(Waiting(case, case.result, is_result=True))
    return len(own), waits


async def by_code(context: Context, typed: str) -> int:
    """The id of one's own case. Raises Refused in the same words for unknown and for others'."""
    if not await flood.may_try_codes(context):
        raise Refused(worker_messages.TOO_MANY_CODES)
    code = normalise(typed)
    own = {case.code: case.id for case in await mine(context.work, context.actor)}
    if code is None or own.get(code) is None:
        await flood.code_missed(context)
        raise Refused(worker_messages.NOT_FOUND)
    return own[code] or 0


async def look(work: Work, actor: Actor, case_id: int) -> OwnCase:
    """One's own case with what happened to it."""
    async with work.read() as session:
        case = await _own(session, work, actor, case_id, CaseAction.SEE)
        lead = await session.get(Case, case.merged_into) if case.merged_into else None
        [line] = await lines_of(session, [case])
        events = [e for e in await cases.events_of(session, case_id) if _may_see(e)]
        passed_to = await levels_of(session, events)
        site = await site_of(session, case.site_id or 0)
        files = await cases.files_of(session, case_id)
    return OwnCase(
        case=case,
        status=line.status,
        result=lead.result if lead else "",
        site=site.name if site else case.site_words,
        files=len(files),
        files_given_up=sum(is_given_up(file) for file in files),
        happened=[_own_event(event, passed_to.get(event.id or 0, "")) for event in events],
        actions=allowed_actions(case.status),
        level=line.level,
    )


async def sent_files(work: Work, actor: Actor, case_id: int) -> Sequence[StoredFile]:
    """What was sent with one's own case."""
    async with work.read() as session:
        await _own(session, work, actor, case_id, CaseAction.SEE)
        return await cases.files_of(session, case_id)


async def add(context: Context, case_id: int, answer: Addition) -> Case:
    """An answer to the question that is open, else something to add."""
    async with context.work.write() as session:
        question_open = await _is_asked(session, case_id)
        action = CaseAction.ANSWER if question_open else CaseAction.ADD
        case = await _own(session, context.work, context.actor, case_id, action)
        step(case, action)
        stored_ids = {file.id for file in await cases.files_of(session, case_id)}
        new = [file for file in answer.files if file not in stored_ids]
        session.add_all(CaseFile(case_id=case_id, file_id=file) for file in new)
        case.folded = f"{case.folded} {fold(answer.words)}".strip()
        await _happened(session, context, case, action, answer.words, len(new))
        return case


async def give_name(context: Context, case_id: int, contact: str) -> Case:
    """Whoever raised it puts a name to it, to be seen by those who handle it; `contact` as the
    form sealed it. Raises Refused where it has one."""
    async with context.work.write() as session:
        case = await _own(session, context.work, context.actor, case_id, CaseAction.ADD)
        step(case, CaseAction.ADD)
        reporter = await session.get(Reporter, case.reporter_id)
        if reporter is None or not case.anonymous:
            raise Refused(worker_messages.ALREADY_NAMED)
        identity = identity_of(context, contact)
        if not any(identity.values()):
            raise Refused(worker_messages.NO_CONTACT)
        reporters.name(context.work.vault, reporter, **identity)
        case.anonymous = False
        await _happened(session, context, case, "named", "")
        return case


async def satisfied(context: Context, case_id: int) -> Case:
    """The reporter takes the result: the case is over."""
    async with context.work.write() as session:
        case = await _own(session, context.work, context.actor, case_id, CaseAction.SATISFIED)
        again = case.satisfied
        step(case, CaseAction.SATISFIED)
        case.satisfied = True
        if case.status != CaseStatus.MERGED:
            case.closed_at = case.closed_at or hour_of(context.now)
        if not again:
            await _happened(session, context, case, CaseAction.SATISFIED, "")
        return case


async def reopen(context: Context, case_id: int, answer: Addition) -> Case:
    """The reporter does not take it: the case is in hand again and its clock starts anew."""
    async with context.work.write() as session:
        case = await _own(session, context.work, context.actor, case_id, CaseAction.REOPEN)
        step(case, CaseAction.REOPEN)
        case.satisfied, case.settled_at, case.closed_at = False, None, None
        case.merged_into, case.clock_from, case.reminded = None, hour_of(context.now), []
        case.level_since = hour_of(context.now) if case.level_since else None
        clocks = context.work.settings.cases.clocks
        case.settle_by = settle_by(
            hour_of(context.now), case.severity, clocks, context.work.calendar
        )
        session.add_all(CaseFile(case_id=case_id, file_id=file) for file in answer.files)
        await _happened(session, context, case, CaseAction.REOPEN, answer.words)
        return case


async def _own(
    session: AsyncSession, work: Work, actor: Actor, case_id: int, action: CaseAction
) -> Case:
    """The case, if it is the actor's own as a reporter, whatever role they hold besides."""
    reporter = Actor(address=actor.address, look=actor.look)
    case, relation = await case_for(session, work, reporter, case_id, action)
    if relation is not Relation.REPORTER:
        raise Refused(worker_messages.NOT_FOUND)
    return case


async def _is_asked(session: AsyncSession, case_id: int) -> bool:
    """Whether the last word was a question of the union's."""
    events = [e for e in await cases.events_of(session, case_id) if e.what in ("ask", "answer")]
    return bool(events) and events[-1].what == "ask"


async def _happened(
    session: AsyncSession,
    context: Context,
    case: Case,
    action: CaseAction | Literal["named"],
    words: str,
    files: int = 0,
) -> None:
    """The event, the clock, and a notice to whoever has the case."""
    work, now = context.work, context.now
    data = {"files": files} if files else {}
    event = CaseEvent(
        case_id=case.id or 0,
        at=hour_of(context.done_at),
        by=EventAuthor.REPORTER,
        what=str(action),
        words=words,
        data=data,
    )
    session.add(event)
    await session.flush()
    await reporters.set_reachable(session, case.reporter_id or "")
    plan_next(work, case, now, top=(await place_of(session, case)).top)
    site = await session.get(Unit, case.site_id) if case.site_id else None
    where = site.name if site else case.site_words
    card = concern_notices.from_reporter(case, str(action), words, where)
    receivers = await those_to_tell(session, case)
    await owe(session, work, CaseNotice(case, card, f"from:{event.id}"), receivers, now)


def _may_see(event: CaseEvent) -> bool:
    return not event.internal and event.what in EVENTS_TO_REPORTER


def _own_event(event: CaseEvent, level: str) -> OwnEvent:
    words = event.words if event.what in WITH_WORDS else ""
    return OwnEvent(event.at, event.what, words, event.by is EventAuthor.REPORTER, level)
