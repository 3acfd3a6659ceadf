"""What a grassroots committee (BCH CĐCS) asks for: a visit, help, a concern of its workers.

Each is a cadre's proposal with a clock, told to the officer in charge and to the unit's leaders.
Plan `sat-co-so`, IV.2.3: the committee keeps in touch with the union above to be guided.

A committee sees what it asked for itself. Of what workers of its site bring it learns how many,
and of few not even that: a worker may complain about the very chairman who would read it.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import site_requests as cards
from bot.cases.facts.site_requests import (
    AskedFor,
    OwnRequest,
    OwnStanding,
    SentRequest,
    SiteRequest,
    WorkersVoice,
)
from bot.cases.rules.cases import CONFIDENTIAL, CaseAction, allowed_actions, may_act
from bot.cases.rules.classify import Suggestion, suggest
from bot.cases.services.access import follow, place_of, relation_to, step
from bot.cases.services.concern_notices import but_those_alerted, owe, those_to_tell
from bot.cases.services.creation import NewCase, bear
from bot.cases.services.handling import doing, settled
from bot.cases.services.notifications import CaseNotice
from bot.cases.services.sight import HIDDEN, is_quiet
from bot.cases.services.staff import supervisors_from
from bot.cases.services.view import read_by_author
from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import at, local
from bot.core.rules.permissions import HANDLING_CASES, Action, Actor, Subject
from storage import cases, files, people, units
from storage import site_requests as stored
from storage.enums import OPEN_CASES, CaseKind, Category, EventAuthor
from storage.folding import fold
from storage.models import Case, CaseEvent, CaseFile, Unit

LATEST = 10


async def own_sites(context: Context) -> Sequence[Unit]:
    """The sites that one may ask for, by name. Raises Refused for whoever represents none."""
    require(context.actor, Action.ASK_FOR_SITE)
    async with context.work.read() as session:
        return await people.places_at(session, context.actor.paths_for(Action.ASK_FOR_SITE))


async def send(context: Context, request: SiteRequest) -> SentRequest:
    """Make a case of it and tell the officer in charge and the leaders. Raises Refused."""
    async with context.work.write() as session:
        site = await session.get(Unit, request.site_id)
        if site is None:
            raise Refused(messages.NOT_FOUND)
        require(context.actor, Action.ASK_FOR_SITE, Subject(site.path))
        case = await bear(
            session, context.work, await _new_case(session, context, request, site), context.now
        )
        place = await place_of(session, case)
        receivers = [
            *await those_to_tell(session, case),
            *await supervisors_from(session, place, place.unit_id),
        ]
        notified = [
            person for person in dict.fromkeys(receivers) if person != context.actor.person_id
        ]
        card = cards.new(case, site.name, context.actor.name)
        case_notice = CaseNotice(case, card, f"new:{case.id}")
        unalerted = await but_those_alerted(session, case, notified)
        await owe(session, context.work, case_notice, unalerted, context.now)
        names = await people.named(session, notified)
        unit = await session.get_one(Unit, place.unit_id)
        return SentRequest(
            case,
            site.name,
            unit.name,
            [names[person].name for person in notified if person in names],
            await files.given_up(session, request.files),
        )


async def _new_case(
    session: AsyncSession, context: Context, request: SiteRequest, site: Unit
) -> NewCase:
    suggested = suggest(request.words)
    return NewCase(
        text=cards.text_of(request),
        site=site,
        root=await units.root_of(session, site),
        kind=CaseKind.PROPOSAL,
        category=_category(request, suggested),
        severity=suggested.severity,
        author_id=context.actor.person_id,
        affected=request.affected,
        files=request.files,
    )


def _category(request: SiteRequest, suggested: Suggestion) -> Category:
    """An invitation is about no trouble, whatever its words touch; but what they have confidential
    stays so."""
    if request.about == "visit" and suggested.category not in CONFIDENTIAL:
        return Category.KHAC
    return suggested.category


async def mine(context: Context) -> Sequence[OwnStanding]:
    """One's own requests and proposals, the newest first."""
    _require_author(context)
    async with context.work.read() as session:
        own = await stored.written_by(session, context.actor.person_id, LATEST)
        leads = await cases.by_ids(session, {case.merged_into for case in own if case.merged_into})
        levels = await units.by_ids(session, {case.unit_id for case in own})
    return [
        OwnStanding(
            case, _standing(case, leads.get(case.merged_into or 0)), levels[case.unit_id].name
        )
        for case in own
    ]


def _standing(case: Case, lead: Case | None) -> Case:
    """The case it was folded into, where that is not to be kept from its author."""
    return case if lead is None or is_quiet(lead) else lead


async def look(context: Context, case_id: int) -> OwnRequest:
    """One's own request: where it is, what was asked and answered. Raises Refused."""
    async with context.work.read() as session:
        case = await _own(session, context, case_id)
        lead = await session.get(Case, case.merged_into) if case.merged_into else None
        facts = await read_by_author(session, case)
    events = [event.what for event in facts.events if event.what in ("ask", "answer")]
    return OwnRequest(
        case=case,
        standing=_standing(case, lead),
        site=facts.site,
        unit=facts.unit,
        assignee=facts.assignee,
        happened=facts.happened,
        question_open=events[-1:] == ["ask"],
        open=CaseAction.ADD in allowed_actions(case.status),
    )


async def answer(context: Context, case_id: int, words: str, file_ids: Sequence[int] = ()) -> Case:
    """An answer to the union's question, or something to add; whoever has it is told."""
    async with context.work.write() as session:
        case = await _own(session, context, case_id, lock=True)
        if CaseAction.ADD not in allowed_actions(case.status):
            raise Refused(messages.CASE_MOVED_ON)
        follow(case, await place_of(session, case))
        event = CaseEvent(
            case_id=case_id,
            at=context.now,
            by=EventAuthor.PERSON,
            actor_id=context.actor.person_id,
            what="answer",
            words=words,
            data={"files": len(file_ids)} if file_ids else {},
        )
        session.add(event)
        session.add_all(CaseFile(case_id=case_id, file_id=file) for file in file_ids)
        case.folded = f"{case.folded} {fold(words)}".strip()
        await session.flush()
        card = cards.answered(case, context.actor.name, words)
        receivers = await those_to_tell(session, case)
        case_notice = CaseNotice(case, card, f"from:{event.id}")
        await owe(session, context.work, case_notice, receivers, context.now)
        return case


async def to_answer_by_coming(
    session: AsyncSession, context: Context, site_id: int, day: date
) -> Sequence[AskedFor]:
    """What the committee of a site asked for until this day and the actor's visit may have been the
    answer to: a visit or help, in nobody else's hands and theirs to settle. The oldest first."""
    return [
        AskedFor(case, author)
        for case, author in await stored.open_at(session, site_id)
        if _comes_for(context.actor, case, day) and await _may_take(session, context, case)
    ]


def _comes_for(actor: Actor, case: Case, day: date) -> bool:
    asked_before = local(case.created_at).date() <= day
    free = case.assignee_id in (None, actor.person_id) and case.author_id != actor.person_id
    return asked_before and free and bool(cards.by_coming(case, actor.name, day))


async def _may_take(session: AsyncSession, context: Context, case: Case) -> bool:
    relation = await relation_to(session, context.work, context.actor, case)
    return may_act(relation, CaseAction.TAKE, case.category, case.kind)


async def answer_by_coming(context: Context, case_id: int, day: date) -> None:
    """The visit of this day was the answer: the request is settled and whoever asked is told.

    Raises Refused where it is not the actor's to settle, or is over.
    """
    async with doing(context, case_id, CaseAction.TAKE) as on:
        if not _comes_for(context.actor, on.case, day):
            raise Refused(messages.CASE_MOVED_ON)
        on.case.assignee_id, on.case.taken_at = context.actor.person_id, context.now
        step(on.case, CaseAction.SETTLE)
        await settled(on, cards.by_coming(on.case, context.actor.name, day))


async def workers_voice(session: AsyncSession, site_id: int, now: datetime) -> WorkersVoice:
    """What a committee may know of its workers' concerns this year: numbers, without those that
    are confidential or about the union's own people."""
    since = at(date(local(now).year, 1, 1), time.min)
    return WorkersVoice(*await stored.counts_at(session, site_id, since, HIDDEN))


async def own_open(session: AsyncSession, context: Context) -> int:
    """How many of one's own requests wait."""
    written = await stored.written_by(session, context.actor.person_id, LATEST)
    return sum(case.status in OPEN_CASES for case in written)


def _require_author(context: Context) -> None:
    """Whose role has ended reads nothing, also of what they wrote."""
    if not context.actor.may_any(Action.ASK_FOR_SITE, *HANDLING_CASES):
        raise Refused(messages.NOT_ALLOWED)


async def _own(
    session: AsyncSession, context: Context, case_id: int, *, lock: bool = False
) -> Case:
    """The case, if the actor wrote it. What is not there and what is not theirs read the same."""
    _require_author(context)
    case = (
        (await cases.get_locked(session, case_id) if lock else await session.get(Case, case_id))
        if case_id < 2**31
        else None
    )
    mine_ = case is not None and case.author_id == context.actor.person_id
    if case is None or not mine_ or case.about_id == context.actor.person_id:
        raise Refused(messages.NOT_FOUND)
    return case
