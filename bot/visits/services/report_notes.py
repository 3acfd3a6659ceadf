"""A leader asks about a report or thanks for it; its officer answers there."""

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Actor, Subject
from bot.visits.cards import report_notes as note_cards
from bot.visits.facts.supervision import Decided
from bot.visits.services.supervision import is_reached, locked, noted, tell
from storage import report_notes
from storage.enums import Remark, VisitStatus
from storage.models import Person


def may_remark(actor: Actor, decided: Decided) -> bool:
    """Whether the actor may ask or thank: there is a report, and it is not their own."""
    subject = Subject(decided.site.path, decided.visit.officer_id)
    return (
        decided.visit.status is VisitStatus.REPORTED
        and decided.visit.officer_id != actor.person_id
        and actor.may(Action.REMARK_ON_REPORT, subject)
    )


async def look(context: Context, visit_id: int) -> Decided:
    """The visit whose report a leader is about to ask about or to thank for."""
    async with context.work.read() as session:
        decided = await locked(session, context.actor, visit_id, Action.REMARK_ON_REPORT)
    return _remarkable(context.actor, decided)


async def remark(context: Context, visit_id: int, what: Remark, words: str) -> Decided:
    """Ask or thank; the officer is told."""
    async with context.work.write() as session:
        decided = await locked(session, context.actor, visit_id, Action.REMARK_ON_REPORT)
        _remarkable(context.actor, decided)
        event = await noted(session, context, decided.visit, what, words)
        card = note_cards.remark(decided, context.actor.name, words, asks=what is Remark.QUESTION)
        await tell(session, context, decided.visit.officer_id, card, f"remark:{event}")
        return decided


async def look_to_answer(context: Context, visit_id: int) -> Decided:
    """One's own visit, whose report somebody asked about. Raises Refused where nobody did."""
    async with context.work.read() as session:
        decided = await locked(session, context.actor, visit_id, Action.WORK_VISIT)
        if await report_notes.last_leader(session, visit_id) is None:
            raise Refused(messages.NOT_FOUND)
    return decided


async def answer(context: Context, visit_id: int, words: str) -> tuple[Person, bool]:
    """To whoever asked or thanked last, who is returned, and whether messages come to them."""
    async with context.work.write() as session:
        decided = await locked(session, context.actor, visit_id, Action.WORK_VISIT)
        leader = await report_notes.last_leader(session, visit_id)
        if leader is None:
            raise Refused(messages.NOT_FOUND)
        event = await noted(session, context, decided.visit, Remark.ANSWER, words)
        card = note_cards.answered(decided, words)
        await tell(session, context, leader.id or 0, card, f"remark:{event}")
        return leader, await is_reached(session, leader)


def _remarkable(actor: Actor, decided: Decided) -> Decided:
    if not may_remark(actor, decided):
        raise Refused(messages.NO_REPORT_TO_REMARK_ON)
    return decided
