"""What is done to a case: one function is one action and one transaction.

Each asks who may, moves the status, writes down who, when and why, plans the clocks anew and tells
those whom it concerns. Statuses and who may do what: `bot/cases/rules/cases.py`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import cases as case_cards
from bot.cases.cards.cases import Climb
from bot.cases.cards.concerns import CaseNews, NotificationKind
from bot.cases.rules.cases import CaseAction, EscalationReason, is_only_guided
from bot.cases.rules.deadlines import settle_by
from bot.cases.rules.escalation import next_level
from bot.cases.rules.legal_dates import LegalFacts, as_stored, is_information
from bot.cases.services.access import CasePlace, case_to_handle, is_nameless, place_of, step
from bot.cases.services.clocks import plan_next
from bot.cases.services.notifications import CaseNotice, tell, tell_those_who_raised
from bot.cases.services.staff import former_handlers, supervisors_from
from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import HANDLING_CASES, Actor, roles_for
from bot.core.work import Work
from storage import cases, outbox
from storage.enums import CaseKind, Category, EventAuthor, Severity
from storage.models import Case, CaseEvent, Person, Unit

BESIDE_THE_CLOCK = (CaseAction.NOTE, CaseAction.LINK, CaseAction.ASK, CaseAction.LAW)
"""Who does one of these is still reminded of the case."""


@dataclass(frozen=True)
class Doing:
    """An action under way: the case is locked, its status moved, nothing is committed yet."""

    session: AsyncSession
    work: Work
    actor: Actor
    case: Case
    place: CasePlace
    now: datetime

    def settled_with(self, words: str) -> None:
        """What came of it. Whether that is enough is asked anew, also of who said once that it was
        not.
        """
        self.case.result, self.case.settled_at, self.case.satisfied = words, self.now, None

    def note(self, what: str, words: str = "", *, internal: bool = False, **data: Any) -> None:
        """One event: who, when, what, in which words."""
        self.session.add(
            CaseEvent(
                case_id=self.case.id or 0,
                at=self.now,
                by=EventAuthor.PERSON,
                actor_id=self.actor.person_id,
                what=what,
                words=words,
                internal=internal,
                data=data,
            )
        )

    async def answer(self, kind: NotificationKind, words: str = "") -> None:
        """Tell everybody who raised it, here or in a case folded into this one."""
        news = CaseNews(kind, words)
        await tell_those_who_raised(self.session, self.work, self.case, news, self.now)

    async def tell_below(self, what: str, words: str = "") -> None:
        """Tell those who had it before it was passed up what came of it."""
        receivers = await former_handlers(self.session, self.case, self.place)
        card = case_cards.told_passed_up(self.case, what, words)
        author = self.case.author_id  # hears as the author
        await self.tell([p for p in receivers if p != author], card, f"below:{what}")

    async def site(self) -> str:
        """Where it is about, by its name."""
        unit = await self.session.get(Unit, self.case.site_id) if self.case.site_id else None
        return unit.name if unit else self.case.site_words

    async def tell(self, person_ids: list[int], card: Card, key: str) -> None:
        """Tell colleagues, but not the one who did it."""
        others = [person_id for person_id in person_ids if person_id != self.actor.person_id]
        case_notice = CaseNotice(self.case, card, key)
        await tell(self.session, self.work, case_notice, others, self.now)


@asynccontextmanager
async def doing(context: Context, case_id: int, action: CaseAction) -> AsyncIterator[Doing]:
    """The frame of every action. Raises Refused in words where it may not or does not fit."""
    async with context.work.write() as session:
        case, _ = await case_to_handle(session, context.work, context.actor, case_id, action)
        step(case, action)
        place = await place_of(session, case)
        yield Doing(session, context.work, context.actor, case, place, context.now)
        plan_next(context.work, case, context.now, top=place.top)
        if action not in BESIDE_THE_CLOCK:
            await outbox.cancel(session, f"case:{case_id}", outbox.REMINDERS)


async def take(context: Context, case_id: int) -> None:
    """The case is mine now; a colleague who had it is told."""
    async with doing(context, case_id, CaseAction.TAKE) as on:
        case, former = on.case, on.case.assignee_id
        case.assignee_id, case.taken_at = context.actor.person_id, context.now
        on.note("take", before=former)
        if former is not None:
            await on.tell([former], case_cards.told_taken_over(case, context.actor.name), "taken")
        await on.answer("taken")


async def ask(context: Context, case_id: int, words: str) -> None:
    """A question to whoever raised this very case."""
    async with doing(context, case_id, CaseAction.ASK) as on:
        if on.case.reporter_id is None and on.case.author_id is None:
            raise Refused(messages.CASE_NO_REPORTER)
        on.note("ask", words)
        await on.answer("asked", words)


async def note(context: Context, case_id: int, words: str) -> None:
    """For colleagues only."""
    async with doing(context, case_id, CaseAction.NOTE) as on:
        on.note("note", words, internal=True)


async def classify(context: Context, case_id: int, what: str, value: str) -> None:
    """Change the category, the severity or the kind. Raises Refused for a word we do not know."""
    async with doing(context, case_id, CaseAction.CLASSIFY) as on:
        case = on.case
        try:
            words = {"category": Category, "severity": Severity, "kind": CaseKind}[what](value)
        except (KeyError, ValueError):
            raise Refused(messages.NOT_FOUND) from None
        before = getattr(case, what)
        if before == words:
            return
        setattr(case, what, words)
        on.note("classify", internal=True, field=what, before=before, after=words)
        if what == "kind" and is_information(case.kind, is_nameless(case)):
            await on.answer("nameless")
        if what == "severity":
            _set_deadline(context.work, case)


async def note_law(context: Context, case_id: int, facts: LegalFacts) -> None:
    """Write down what the law counts from; what is not known is left out."""
    async with doing(context, case_id, CaseAction.LAW) as on:
        stored = as_stored(facts)
        if on.case.law != stored:
            on.case.law = stored
            on.note("law", internal=True)


async def give(context: Context, case_id: int, person_id: int) -> str:
    """Pass the case to a colleague of the unit that has it; returns the colleague's name."""
    async with doing(context, case_id, CaseAction.PASS) as on:
        case, former = on.case, on.case.assignee_id
        person = await _colleague(on, person_id)
        case.assignee_id, case.taken_at = person_id, None
        on.note("pass", internal=True, before=former, after=person_id)
        await on.tell(
            [person_id], case_cards.told_given(case, context.actor.name, await on.site()), "given"
        )
        if former not in (None, person_id):
            card = case_cards.told_given_away(case, context.actor.name, person.name)
            await on.tell([former or 0], card, "given-away")
        return person.name


async def escalate(context: Context, case_id: int, reason: EscalationReason, words: str) -> str:
    """One level up, with the reason; returns the name of the unit there. Raises Refused at the
    province.
    """
    async with doing(context, case_id, CaseAction.ESCALATE) as on:
        case = on.case
        former = await escalate_one_level(on.session, case, on.place, context.now)
        on.note("escalate", words, reason=str(reason), before=on.place.unit_id, to=case.unit_id)
        unit = await on.session.get(Unit, case.unit_id)
        name = unit.name if unit else ""
        above = await supervisors_from(on.session, on.place, case.unit_id)
        leading = await supervisors_from(on.session, on.place, on.place.unit_id)
        climb = Climb(context.actor.name, str(reason), words, name, await on.site())
        await on.tell(above, case_cards.told_escalated(case, climb), "escalated")
        hears_otherwise = (0, case.author_id, *above)
        left = [person for person in (former, *leading) if person not in hears_otherwise]
        await on.tell(left, case_cards.told_escalated_away(case, climb), "escalated-away")
        await on.answer("escalated", name)
        return name


async def escalate_one_level(
    session: AsyncSession, case: Case, place: CasePlace, now: datetime
) -> int:
    """Put the case one level up, in nobody's hands; returns who had it. Refused at the top."""
    above = next_level(place.levels, place.unit_id)
    if above is None:
        raise Refused(messages.CASE_TOP_LEVEL)
    former = case.assignee_id or 0
    case.passed_up_by = case.passed_up_by or place.unit_id
    case.unit_id, case.assignee_id, case.taken_at = above, None, None
    case.level_since = now
    return former


async def refer(context: Context, case_id: int, agency: str, day: date, words: str) -> None:
    """Handed to an agency; the union keeps following it."""
    async with doing(context, case_id, CaseAction.REFER) as on:
        if is_only_guided(on.case.kind, nameless=is_nameless(on.case)):
            raise Refused(messages.CASE_ONLY_GUIDED)
        on.case.agency, on.case.agency_on = agency[:200], day
        on.note("refer", words, agency=agency, day=day.isoformat())
        await on.answer("referred", agency)
        await on.tell_below("referred", agency)


async def guide(context: Context, case_id: int, words: str) -> None:
    """Not for the union to settle: the way is shown in words."""
    async with doing(context, case_id, CaseAction.GUIDE) as on:
        on.settled_with(words)
        on.note("guide", words)
        await on.answer("guided", words)
        await on.tell_below("guided", words)


async def settle(context: Context, case_id: int, words: str) -> None:
    """Settled, with the result; everybody who raised it is answered."""
    async with doing(context, case_id, CaseAction.SETTLE) as on:
        await settled(on, words)


async def settled(on: Doing, words: str) -> None:
    """Write down the result of a case whose step has been made, and tell it."""
    on.settled_with(words)
    on.case.assignee_id = on.case.assignee_id or on.actor.person_id
    on.note("settle", words)
    await on.answer("settled", words)
    await on.tell_below("settled", words)


async def close(context: Context, case_id: int) -> None:
    """Answered: nothing is left to do."""
    async with doing(context, case_id, CaseAction.CLOSE) as on:
        on.case.closed_at = context.now
        on.note("close")
        await on.answer("closed")


async def reopen(context: Context, case_id: int, words: str) -> None:
    """Once more, with all its time; a merged one stands on its own again."""
    async with doing(context, case_id, CaseAction.REOPEN) as on:
        case = on.case
        case.clock_from, case.merged_into, case.satisfied = context.now, None, None
        case.settled_at = case.closed_at = None
        _set_deadline(context.work, case)
        on.note("reopen", words)
        if case.assignee_id:
            card = case_cards.told_reopened(case, context.actor.name, words)
            await on.tell([case.assignee_id], card, "reopened")
        await on.answer("reopened", words)
        await on.tell_below("reopened")


def _set_deadline(work: Work, case: Case) -> None:
    start = case.clock_from or case.created_at
    clocks = work.settings.cases.clocks
    case.settle_by = settle_by(start, case.severity, clocks, work.calendar)


async def _colleague(on: Doing, person_id: int) -> Person:
    for _, _, person in await cases.staff_at(
        on.session, [on.place.unit_id], roles_for(*HANDLING_CASES)
    ):
        if person.id == person_id and person_id != on.case.about_id:
            return person
    raise Refused(messages.CASE_NOT_COLLEAGUE)
