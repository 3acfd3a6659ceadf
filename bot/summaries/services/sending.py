"""Sending a summary, and what the receiver decides about it. Versions and times stay for good."""

from collections.abc import Collection

from bot.cases.rules.classify import suggest
from bot.cases.services.creation import NewCase, bear
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rendering import moment
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action
from bot.summaries.cards import messages as says
from bot.summaries.cards import notices
from bot.summaries.rules.papers import Paper
from bot.summaries.rules.summaries import addressees
from bot.summaries.services import contents, obligations
from bot.summaries.services.obligation_access import Desk, desk, name_of
from bot.summaries.services.pages import facts_of
from storage import outbox, summaries
from storage.enums import EDITABLE, CaseKind, Outcome, SummaryState
from storage.models import Summary, SummaryVersion

STATE_AFTER = {
    Outcome.ACCEPTED: SummaryState.ACCEPTED,
    Outcome.RETURNED: SummaryState.RETURNED,
}


async def send(context: Context, obligation_id: int, number: int = 0) -> int:
    """Keep the report as it stands as a version and hand it to the receiver; its number.

    Raises Refused where required parts are missing (naming them) and where a colleague was
    faster (saying who and when); a second tap of the same person changes nothing. Late is judged
    by the deadline in force now, in Vietnam's days. `number`: the version that the pressed card
    was about, 0: whichever is next; a card from before a return is refused.
    """
    async with context.work.write() as session:
        on = await desk(session, context, obligation_id, lock=True)
        on.require(Action.SEND_SUMMARY)
        summary = await summaries.locked(session, on.obligation, context.now)
        if summary.state not in EDITABLE:
            return await _sent_already(on, summary)
        if number not in (0, summary.version + 1):
            raise Refused(says.CARD_TOO_OLD)
        version = await _keep(on, summary, await _complete(on))
        await _bear_proposals(on, summary)
        on.obligation.remind_at = None
        await outbox.cancel(session, _subject(on), outbox.REMINDERS)
        card = notices.arrived(on.obligation, on.unit.name, context.actor.name, version)
        await _tell(on, await _receivers(on), card, f"sent:{version.number}")
        return version.number


async def accept(context: Context, obligation_id: int, number: int) -> None:
    """The receiver takes the version. A second tap of the same person changes nothing.

    Raises Refused for a version that does not wait any more.
    """
    async with context.work.write() as session:
        on = await desk(session, context, obligation_id, lock=True)
        summary, version = await _waiting(on, number, Outcome.ACCEPTED)
        if version is None:
            return
        _decide(on, summary, version, Outcome.ACCEPTED)
        obligations.plan_next(context.work, on.obligation, context.now, SummaryState.ACCEPTED)
        card = notices.accepted(on.obligation, on.receiver.name, context.actor.name, version)
        await _tell(on, await _unit_people(on, summary), card, f"accepted:{number}")


async def give_back(context: Context, obligation_id: int, number: int, remarks: str) -> None:
    """The receiver asks for changes: the unit can write again, and is prompted again.

    Raises Refused for a version that does not wait any more.
    """
    async with context.work.write() as session:
        on = await desk(session, context, obligation_id, lock=True)
        summary, version = await _waiting(on, number, Outcome.RETURNED)
        if version is None:
            return
        version.remarks = remarks.strip()
        _decide(on, summary, version, Outcome.RETURNED)
        obligations.plan_next(context.work, on.obligation, context.now, SummaryState.RETURNED)
        card = notices.given_back(on.obligation, on.receiver.name, context.actor.name, version)
        await _tell(on, await _unit_people(on, summary), card, f"returned:{number}")


async def _sent_already(on: Desk, summary: Summary) -> int:
    sent = await summaries.version(on.session, summary.id or 0, summary.version)
    if sent is not None and sent.sent_by != on.actor.person_id:
        name = await name_of(on.session, sent.sent_by)
        raise Refused(says.SENT_JUST_NOW.format(name=name, when=moment(sent.sent_at)))
    return summary.version


async def _complete(on: Desk) -> Paper:
    """The report as it stands. Raises Refused where required parts are missing."""
    facts = await facts_of(on)
    if facts.missing:
        parts = ", ".join(section.short for section in facts.missing)
        raise Refused(says.STILL_MISSING.format(parts=parts))
    return facts.paper


async def _keep(on: Desk, summary: Summary, paper: Paper) -> SummaryVersion:
    due_before = on.obligation.due_before
    summary.version += 1
    summary.state, summary.updated_at = SummaryState.SENT, on.now
    version = SummaryVersion(
        summary_id=summary.id or 0,
        number=summary.version,
        sent_at=on.now,
        sent_by=on.actor.person_id,
        due_before=due_before,
        late=local(on.now).date() >= due_before,
        content=contents.to_json(paper),
    )
    on.session.add(version)
    await on.session.flush()
    return version


async def _bear_proposals(on: Desk, summary: Summary) -> None:
    """Each proposal becomes a case of the receiver's, once, however often the report is sent."""
    if not contents.takes_proposals(on.work, on.obligation):
        return
    key = summary.id or 0
    for proposal in (await summaries.proposals(on.session, [key]))[key]:
        if proposal.case_id is not None:
            continue
        to = addressees()[proposal.addressee]
        new = NewCase(
            text=proposal.text,
            site=None,
            root=on.receiver,
            kind=CaseKind.PROPOSAL,
            category=suggest(proposal.text).category,
            author_id=proposal.author_id,
            site_words=f"{on.unit.name} (đề xuất gửi {to})",
            weighed=False,
        )
        proposal.case_id = (await bear(on.session, on.work, new, on.now)).id


async def _waiting(on: Desk, number: int, wanted: Outcome) -> tuple[Summary, SummaryVersion | None]:
    """The version to decide about; None where the same person decided so already."""
    on.require_receiver()
    summary = await summaries.locked(on.session, on.obligation, on.now)
    version = await summaries.version(on.session, summary.id or 0, min(number, summaries.MAX_ID))
    if version is None:
        raise Refused(says.NOT_WAITING)
    if version.outcome:
        if (version.outcome, version.decided_by) == (wanted, on.actor.person_id):
            return summary, None
        name = await name_of(on.session, version.decided_by or 0)
        when = moment(version.decided_at) if version.decided_at else ""
        raise Refused(says.DECIDED_ALREADY.format(name=name, when=when))
    if summary.state != SummaryState.SENT or version.number != summary.version:
        raise Refused(says.NOT_WAITING)
    return summary, version


def _decide(on: Desk, summary: Summary, version: SummaryVersion, outcome: Outcome) -> None:
    version.outcome, version.decided_by = outcome, on.actor.person_id
    version.decided_at = on.now
    summary.state, summary.updated_at = STATE_AFTER[outcome], on.now


async def _receivers(on: Desk) -> set[int]:
    """Who leads the receiver, and the unit that chases for it; and whoever decides there."""
    chaser = await obligations.chasing_unit(on.session, on.work, on.receiver)
    ids = {on.receiver.id or 0, *([chaser.id or 0] if chaser else [])}
    leaders = await obligations.leaders_of(on.session, ids)
    deciding = await obligations.holding_at(on.session, on.receiver, Action.RECEIVE_SUMMARY)
    return {*deciding, *(person for people in leaders.values() for person in people)}


async def _unit_people(on: Desk, summary: Summary) -> set[int]:
    """The unit's leaders, whoever wrote, and whoever sent."""
    unit = on.unit.id or 0
    leaders = (await obligations.leaders_of(on.session, [unit])).get(unit, [])
    senders = {version.sent_by for version in await summaries.versions(on.session, summary.id or 0)}
    return {*leaders, *senders, *await summaries.writers(on.session, summary.id or 0)}


async def _tell(on: Desk, people: Collection[int], card: Card, key: str) -> None:
    messages = [
        notice(
            on.work.calendar,
            person,
            card,
            f"summary:{on.obligation.id}:{key}:{person}",
            on.now,
            subject=_subject(on),
        )
        for person in sorted({*people} - {on.actor.person_id})
    ]
    await outbox.add_all(on.session, messages)


def _subject(on: Desk) -> str:
    return f"obligation:{on.obligation.id}"
