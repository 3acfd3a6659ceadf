"""One case as the one who opens it may see it; and who raised it, where they agreed to be named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards.labels import ANONYMOUS, EVENTS, PROGRAM, REASONS, WORKER
from bot.cases.facts.cases import CaseFacts, Happened, Named, Sheet
from bot.cases.rules.cases import CaseAction, Relation, actions_for, is_only_guided, may_act
from bot.cases.rules.deadlines import calendar_of
from bot.cases.rules.legal_dates import from_stored, legal_terms, procedures_of
from bot.cases.services.access import (
    HANDLERS,
    CasePlace,
    case_to_handle,
    is_nameless,
    place_of,
)
from bot.cases.services.merging import likely
from bot.cases.services.sight import openable
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Calendar, local
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from bot.units.services.letterheads import heads_of
from storage import cases, people, reporters, units
from storage.enums import OPEN_CASES, OVER_CASES, CaseKind, EventAuthor
from storage.models import Case, CaseEvent, IdentityView, Reporter, StoredFile, Unit

FOLLOWED = frozenset(
    {"received", "take", "escalate", "moved", "refer", "guide", "settle", "close", "reopen"}
)
"""What a unit that passed a case up reads of what happened to it."""


async def look(context: Context, case_id: int) -> CaseFacts:
    """The card. Raises Refused as if it were not there where the actor may not see it."""
    async with context.work.read() as session:
        case, relation = await case_to_handle(
            session, context.work, context.actor, case_id, CaseAction.SEE
        )
        place = await place_of(session, case)
        events = await cases.events_of(session, case_id)
        names = await _names(session, case, events, place.unit_id)
        reporter = await session.get(Reporter, case.reporter_id) if case.reporter_id else None
        if relation is Relation.FORMER:
            return _passed_up(context, case, names, events, place)
        open_ = case.status in OPEN_CASES
        alike = await likely(session, context.work, context.actor, case) if open_ else []
        others = await _others(session, context.actor, case, events)
        procedures = _procedures(case)
        site = await session.get(Unit, case.site_id) if case.site_id else None
        reads_site = context.actor.may(Action.READ_SITE, Subject(site.path)) if site else False
        lead = await session.get(Case, case.merged_into) if case.merged_into in others else None
        return CaseFacts(
            case=case,
            site=names.site,
            unit=names.units.get(place.unit_id, ""),
            assignee=names.people.get(case.assignee_id or 0, ""),
            raised_by=_raised_by(case, names),
            relation=relation,
            actions=actions_for(
                case.status, relation, case.category, case.kind, nameless=is_nameless(case)
            ),
            days_late=days_late(case, context.now, context.work.calendar),
            happened=[_happened(event, names, others) for event in events],
            files=len(await cases.files_of(session, case_id)),
            alike=[other for other, _ in alike],
            together=1 + len(await cases.merged_into(session, case_id)),
            lead=lead,
            named=relation in HANDLERS and _is_named(case),
            unreachable=bool(reporter and reporter.unreachable),
            procedures=procedures,
            legal=legal_terms(
                procedures,
                from_stored(case.law),
                context.work.calendar,
                local(context.now).date(),
            ),
            at_top=place.unit_id == place.top,
            sheet=relation in HANDLERS and _is_passed_on(case),
            site_opens=reads_site,
            nameless=is_nameless(case),
        )


def _passed_up(
    context: Context, case: Case, names: "_Names", events: Sequence[CaseEvent], place: CasePlace
) -> CaseFacts:
    """The card for the unit that passed it up: where it is and what came of it, and of what was
    said since then nothing, neither by whoever raised it nor among those who have it now."""
    followed = [_happened(event, names, set()) for event in events if event.what in FOLLOWED]
    return CaseFacts(
        case=case,
        site=names.site,
        unit=names.units.get(place.unit_id, ""),
        assignee=names.people.get(case.assignee_id or 0, ""),
        raised_by=_raised_by(case, names),
        relation=Relation.FORMER,
        actions=(),
        days_late=days_late(case, context.now, context.work.calendar),
        happened=[event if event.exact else replace(event, words="") for event in followed],
        at_top=place.unit_id == place.top,
    )


@dataclass(frozen=True)
class AuthorsView:
    """What whoever wrote a case reads of it: where it is, what was asked of them and answered."""

    site: str
    unit: str
    assignee: str
    events: Sequence[CaseEvent]
    happened: Sequence[Happened]


async def read_by_author(session: AsyncSession, case: Case) -> AuthorsView:
    """The case for its author, who need not handle cases; permission is the caller's to ask."""
    place = await place_of(session, case)
    events = [event for event in await cases.events_of(session, case.id or 0) if _authors(event)]
    names = await _names(session, case, events, place.unit_id)
    return AuthorsView(
        names.site,
        names.units.get(place.unit_id, ""),
        names.people.get(case.assignee_id or 0, ""),
        events,
        [_happened(event, names, set()) for event in events],
    )


def _authors(event: CaseEvent) -> bool:
    return not event.internal and event.what in FOLLOWED | {"ask", "answer", "born_settled"}


async def to_do(context: Context, case_id: int, action: str) -> CaseFacts:
    """The card, if this may be done now: before anything is asked for it. Raises Refused."""
    facts = await look(context, case_id)
    case = facts.case
    if not may_act(facts.relation, CaseAction(action), case.category, case.kind):
        raise Refused(messages.NOT_ALLOWED)
    if action == "refer" and is_only_guided(case.kind, nameless=facts.nameless):
        raise Refused(messages.CASE_ONLY_GUIDED)
    if CaseAction(action) not in facts.actions:
        raise Refused(messages.CASE_MOVED_ON)
    if action == "escalate" and facts.at_top:
        raise Refused(messages.CASE_TOP_LEVEL)
    return facts


async def files(work: Work, actor: Actor, case_id: int) -> tuple[Case, Sequence[StoredFile]]:
    """What was sent along with a case."""
    async with work.read() as session:
        case, relation = await case_to_handle(session, work, actor, case_id, CaseAction.SEE)
        if relation is Relation.FORMER:
            raise Refused(messages.NOT_ALLOWED)
        return case, await cases.files_of(session, case_id)


async def identity(context: Context, case_id: int) -> Named:
    """Who the reporter is, for those handling the case; each look is written down.

    Raises Refused: the reporter is anonymous, has withdrawn, or this is not one's to know.
    """
    async with context.work.write() as session:
        case, relation = await case_to_handle(
            session, context.work, context.actor, case_id, CaseAction.SEE
        )
        if relation not in HANDLERS:
            raise Refused(messages.NOT_ALLOWED)
        reporter = await session.get(Reporter, case.reporter_id) if case.reporter_id else None
        if reporter is None or not _is_named(case):
            raise Refused(messages.CASE_NOBODY_NAMED)
        session.add(
            IdentityView(case_id=case_id, person_id=context.actor.person_id, at=context.now)
        )
        contact = reporters.opened(context.work.vault, reporter)
    return Named(case, str(contact.get("name") or ""), str(contact.get("phone") or ""))


async def sheet(context: Context, case_id: int) -> Sheet:
    """The hand-over sheet of a tố cáo; without the reporter. A khiếu nại is guided, not passed on,
    and what nobody puts a name to is information."""
    facts = await look(context, case_id)
    if not facts.sheet:
        raise Refused(messages.NOT_ALLOWED)
    async with context.work.read() as session:
        place = await place_of(session, facts.case)
        unit = await session.get_one(Unit, place.unit_id)
        head = (await heads_of(session, context.work, [unit]))[place.unit_id]
    return Sheet(
        case=facts.case,
        site=facts.site,
        head=head,
        raised_by=facts.raised_by if facts.case.author_id else "",
        printed_on=local(context.now).date(),
    )


def days_late(case: Case, now: datetime, calendar: Calendar) -> int | None:
    """Days since the deadline of an open case, working days where it is not urgent; 0 on the day
    itself, None in time.
    """
    if case.settle_by is None or case.settle_by > now or case.status not in OPEN_CASES:
        return None
    days = calendar_of(case.severity, calendar)
    return days.working_days(local(case.settle_by).date(), local(now).date()) - 1


def _is_passed_on(case: Case) -> bool:
    return case.kind is CaseKind.DENUNCIATION and not is_nameless(case)


def _procedures(case: Case) -> tuple[str, ...]:
    """The procedures of the law that concern a case; none when it is over."""
    if case.status in OVER_CASES:
        return ()
    facts, nameless = from_stored(case.law), is_nameless(case)
    return procedures_of(case.kind, case.category, facts, nameless=nameless)


def _is_named(case: Case) -> bool:
    return case.reporter_id is not None and not case.anonymous


async def _others(
    session: AsyncSession, actor: Actor, case: Case, events: Sequence[CaseEvent]
) -> set[int | None]:
    """Cases that this one was linked to or folded into, as far as the actor may see them: of the
    others not even the code is said."""
    ids = {case.merged_into, *(event.data.get("case") for event in events)}
    return {*await openable(session, actor, {key for key in ids if isinstance(key, int)})}


class _Names:
    """The names that a card needs, each asked for once."""

    def __init__(self, site: str, units: dict[int, str], people: dict[int, str]) -> None:
        self.site, self.units, self.people = site, units, people


async def _names(
    session: AsyncSession, case: Case, events: Sequence[CaseEvent], unit_id: int
) -> _Names:
    mentioned = [event.data.get(key) for event in events for key in ("to", "before")]
    unit_ids = {unit_id, *(id_ for id_ in mentioned if isinstance(id_, int))}
    units_by_id = await units.by_ids(session, unit_ids)
    ids = {case.assignee_id, case.author_id, *(event.actor_id for event in events)}
    ids |= {event.data.get("after") for event in events if event.what == "pass"}
    people_by_id = await people.named(session, {id_ for id_ in ids if isinstance(id_, int)})
    site = await session.get(Unit, case.site_id) if case.site_id else None
    return _Names(
        site.name if site else case.site_words,
        {key: unit.name for key, unit in units_by_id.items()},
        {key: person.name for key, person in people_by_id.items()},
    )


def _raised_by(case: Case, names: _Names) -> str:
    if case.author_id is not None:
        return f"Đồng chí {names.people.get(case.author_id, '')}".strip()
    return ANONYMOUS if case.anonymous else WORKER


def _happened(event: CaseEvent, names: _Names, others: set[int | None]) -> Happened:
    data = event.data
    hidden = "case" in data and data["case"] not in others
    what = EVENTS.get(event.what, event.what).format(
        code="khác" if hidden else data.get("code", ""),
        person=names.people.get(data.get("after") or 0, ""),
        unit=names.units.get(data.get("to") or 0, "cấp trên"),
        reason=REASONS.get(data.get("reason", ""), ""),
        agency=data.get("agency", ""),
    )
    by = {EventAuthor.PROGRAM: PROGRAM, EventAuthor.REPORTER: WORKER}
    who = by.get(event.by) or names.people.get(event.actor_id or 0, "")
    exact = event.by is not EventAuthor.REPORTER and event.what != "unreachable"
    return Happened(event.at, who, what, event.words, event.internal, exact)
