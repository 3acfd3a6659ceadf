"""Looking at summaries: one with everything on it, the history of a part, what a unit owes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action
from bot.core.work import Work
from bot.summaries.cards import messages as says
from bot.summaries.facts.summaries import (
    EditFacts,
    OwedFacts,
    ProposalFacts,
    SectionFacts,
    SummaryFacts,
    VersionFacts,
)
from bot.summaries.rules.papers import Paper
from bot.summaries.rules.plausibility import doubts
from bot.summaries.rules.summaries import Written, missing
from bot.summaries.services import contents
from bot.summaries.services.obligation_access import Desk, desk
from storage import people, summaries
from storage.enums import EDITABLE, SummaryState
from storage.models import (
    Obligation,
    ReportRequest,
    StoredFile,
    SummaryProposal,
    SummarySection,
    SummaryVersion,
)

LISTED_FOR = timedelta(days=120)
"""How long what is accepted or excused stays in the list after its deadline."""


async def page(context: Context, obligation_id: int) -> SummaryFacts:
    """The summary of one obligation as this person sees it. Raises Refused."""
    async with context.work.read() as session:
        facts = await facts_of(await desk(session, context, obligation_id))
        paths = set(context.actor.paths_for(Action.FOLLOW_OWN_OBLIGATIONS))
        since = local(context.now).date() - LISTED_FOR
        there = await summaries.owed_at(session, paths, since)
    return replace(facts, several=any(one.id != obligation_id for one, *_ in there))


async def facts_of(on: Desk) -> SummaryFacts:
    """The same within a transaction."""
    session, owed = on.session, on.obligation
    summary = (await summaries.of(session, [owed.id or 0])).get(owed.id or 0)
    key = summary.id or 0 if summary else 0
    written = (await summaries.sections(session, [key]))[key]
    proposed = (await summaries.proposals(session, [key]))[key]
    sent = await summaries.versions(session, key)
    names = await _names(session, written.values(), proposed, sent)
    sections = await _sections(on, written, names, await summaries.spoken(session, key))
    state = summary.state if summary else SummaryState.WRITING
    paper = await _paper(on, state, sent)
    return SummaryFacts(
        obligation=owed,
        unit=on.unit.name,
        receiver=on.receiver.name,
        state=state,
        today=local(on.now).date(),
        paper=paper,
        sections=sections,
        missing=missing(
            [s.section for s in sections], {s.section.key: Written(s.text) for s in sections}
        ),
        takes_proposals=contents.takes_proposals(on.work, owed),
        proposals=await _proposals(session, proposed, names),
        versions=[_version(one, names) for one in sent],
        doubts=_doubts(paper),
        mine=on.mine,
        may_write=on.may(Action.WRITE_SUMMARY),
        may_send=on.may(Action.SEND_SUMMARY),
        may_receive=on.receives,
    )


async def history(context: Context, obligation_id: int, section: str) -> list[EditFacts]:
    """Every edit of a part, the newest first. Raises Refused."""
    async with context.work.read() as session:
        await desk(session, context, obligation_id)
        summary = (await summaries.of(session, [obligation_id])).get(obligation_id)
        edits = await summaries.history(session, summary.id or 0, section) if summary else []
        names = await people.named(session, {one.author_id for one in edits})
    return [
        EditFacts(e.revision, names[e.author_id].name, e.at, e.text, len(e.files)) for e in edits
    ]


async def voices(context: Context, obligation_id: int, section: str) -> Sequence[StoredFile]:
    """The voice messages of a part: those that wait to be written out, else all there ever were.

    Raises Refused.
    """
    async with context.work.read() as session:
        await desk(session, context, obligation_id)
        summary = (await summaries.of(session, [obligation_id])).get(obligation_id)
        edits = await summaries.history(session, summary.id or 0, section) if summary else []
        waiting = edits[0].files if edits else []
        wanted = waiting or {file for one in edits for file in one.files}
        found = await summaries.voices(session, wanted)
    if not found:
        raise Refused(says.NO_VOICES)
    return found


async def owed(context: Context) -> list[OwedFacts]:
    """What the units owe where the person's own role sits, the nearest deadline first."""
    today = local(context.now).date()
    paths = set(context.actor.paths_for(Action.FOLLOW_OWN_OBLIGATIONS))
    async with context.work.read() as session:
        rows = await summaries.owed_at(session, paths, today - LISTED_FOR)
        keys = [one.id or 0 for _, _, one in rows if one]
        written = await summaries.sections(session, keys)
        sent = await summaries.last_versions(session, keys)
        asked = await summaries.requests(session, {o.request_id for o, *_ in rows if o.request_id})
    found = []
    for obligation, unit, summary in rows:
        key = summary.id or 0 if summary else 0
        done, needed = _progress(context.work, obligation, asked, written.get(key, {}))
        state = summary.state if summary else SummaryState.WRITING
        late = sent[key].late if key in sent else False
        found.append(OwedFacts(obligation, unit.name, state, today, done, needed, late))
    return found


def _progress(
    work: Work,
    obligation: Obligation,
    asked: Mapping[int, ReportRequest],
    written: Mapping[str, SummarySection],
) -> tuple[int, int]:
    request = asked.get(obligation.request_id or 0)
    sections = contents.sections_for(work, obligation, request)
    needed = sum(1 for one in sections if one.required)
    there = {key: Written(one.text) for key, one in written.items()}
    return needed - len(missing(sections, there)), needed


async def _names(
    session: AsyncSession,
    written: Collection[SummarySection],
    proposed: Sequence[SummaryProposal],
    sent: Sequence[SummaryVersion],
) -> dict[int, str]:
    ids = {one.author_id for one in written} | {one.author_id for one in proposed}
    ids |= {one.sent_by for one in sent}
    ids |= {one.decided_by for one in sent if one.decided_by}
    return {key: one.name for key, one in (await people.named(session, ids)).items()}


async def _sections(
    on: Desk,
    written: Mapping[str, SummarySection],
    names: Mapping[int, str],
    spoken: Collection[str],
) -> list[SectionFacts]:
    asked = on.obligation.request_id
    request = (await summaries.requests(on.session, [asked])).get(asked) if asked else None
    questions = {q["key"]: q["kind"] for q in request.questions} if request else {}
    found = []
    for section in contents.sections_for(on.work, on.obligation, request):
        one, kind = written.get(section.key), questions.get(section.key, "")
        if one is None:
            found.append(SectionFacts(section, question=kind))
            continue
        found.append(
            SectionFacts(
                section,
                one.text,
                names.get(one.author_id, ""),
                one.at,
                one.revision,
                tuple(one.files),
                kind,
                section.key in spoken,
            )
        )
    return found


async def _paper(on: Desk, state: SummaryState, sent: Sequence[SummaryVersion]) -> Paper:
    """What was sent stays as it was; what is being written follows the data."""
    if state not in EDITABLE and sent:
        return contents.from_json(sent[0].content)
    return await contents.paper_of(on.session, on.work, on.obligation, on.now)


async def _proposals(
    session: AsyncSession, proposed: Sequence[SummaryProposal], names: Mapping[int, str]
) -> list[ProposalFacts]:
    codes = await summaries.case_codes(session, {one.case_id for one in proposed if one.case_id})
    return [
        ProposalFacts(
            one.id or 0,
            one.addressee,
            one.text,
            names.get(one.author_id, ""),
            one.at,
            codes.get(one.case_id or 0, ""),
        )
        for one in proposed
    ]


def _version(one: SummaryVersion, names: Mapping[int, str]) -> VersionFacts:
    return VersionFacts(
        one.number,
        one.sent_at,
        names.get(one.sent_by, ""),
        one.late,
        one.due_before,
        one.outcome,
        one.decided_at,
        names.get(one.decided_by or 0, ""),
        one.remarks,
    )


def _doubts(paper: Paper) -> list[str]:
    before = paper.before.values if paper.before else None
    return [one.sentence for one in doubts(paper.values, paper.numbers.values, before)]
