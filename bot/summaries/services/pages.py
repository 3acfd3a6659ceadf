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
    OwedLine,
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
        facts = await facts_of(await desk(session, context, obligation_id), with_cases=False)
        paths = set(context.actor.paths_for(Action.FOLLOW_OWN_OBLIGATIONS))
        since = local(context.now).date() - LISTED_FOR
        there = await summaries.owed_at(session, paths, since)
    return replace(facts, several=any(obligation.id != obligation_id for obligation, *_ in there))


async def facts_of(on: Desk, *, with_cases: bool = True) -> SummaryFacts:
    """The same within a transaction; its paper has the table of proposals `with_cases`."""
    session, obligation = on.session, on.obligation
    summary = (await summaries.of(session, [obligation.id or 0])).get(obligation.id or 0)
    key = summary.id or 0 if summary else 0
    written = (await summaries.sections(session, [key]))[key]
    proposed = (await summaries.proposals(session, [key]))[key]
    sent = await summaries.versions(session, key)
    names = await _names(session, written.values(), proposed, sent)
    sections = await _sections(on, written, names, await summaries.spoken(session, key))
    state = summary.state if summary else SummaryState.WRITING
    paper = await _paper(on, state, sent, with_cases=with_cases)
    return SummaryFacts(
        obligation=obligation,
        unit=on.unit.name,
        receiver=on.receiver.name,
        state=state,
        today=local(on.now).date(),
        paper=paper,
        sections=sections,
        missing=missing(
            [s.section for s in sections], {s.section.key: Written(s.text) for s in sections}
        ),
        takes_proposals=contents.takes_proposals(on.work, obligation),
        proposals=await _proposals(session, proposed, names),
        versions=[_version(version, names) for version in sent],
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
        names = await people.named(session, {edit.author_id for edit in edits})
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
        wanted = waiting or {file for edit in edits for file in edit.files}
        files = await summaries.voices(session, wanted)
    if not files:
        raise Refused(says.NO_VOICES)
    return files


async def owed(context: Context) -> list[OwedLine]:
    """What the units owe where the person's own role sits, the nearest deadline first."""
    today = local(context.now).date()
    paths = set(context.actor.paths_for(Action.FOLLOW_OWN_OBLIGATIONS))
    async with context.work.read() as session:
        rows = await summaries.owed_at(session, paths, today - LISTED_FOR)
        keys = [summary.id or 0 for _, _, summary in rows if summary]
        written = await summaries.sections(session, keys)
        sent = await summaries.last_versions(session, keys)
        requests = await summaries.requests(
            session, {o.request_id for o, *_ in rows if o.request_id}
        )
    facts = []
    for obligation, unit, summary in rows:
        key = summary.id or 0 if summary else 0
        done, needed = _progress(context.work, obligation, requests, written.get(key, {}))
        state = summary.state if summary else SummaryState.WRITING
        late = sent[key].late if key in sent else False
        facts.append(OwedLine(obligation, unit.name, state, today, done, needed, late))
    return facts


def _progress(
    work: Work,
    obligation: Obligation,
    requests: Mapping[int, ReportRequest],
    written: Mapping[str, SummarySection],
) -> tuple[int, int]:
    request = requests.get(obligation.request_id or 0)
    sections = contents.sections_for(work, obligation, request)
    needed = sum(1 for section in sections if section.required)
    there = {key: Written(written_section.text) for key, written_section in written.items()}
    return needed - len(missing(sections, there)), needed


async def _names(
    session: AsyncSession,
    written: Collection[SummarySection],
    proposed: Sequence[SummaryProposal],
    sent: Sequence[SummaryVersion],
) -> dict[int, str]:
    ids = {section.author_id for section in written} | {proposal.author_id for proposal in proposed}
    ids |= {version.sent_by for version in sent}
    ids |= {version.decided_by for version in sent if version.decided_by}
    return {key: person.name for key, person in (await people.named(session, ids)).items()}


async def _sections(
    on: Desk,
    written: Mapping[str, SummarySection],
    names: Mapping[int, str],
    spoken_keys: Collection[str],
) -> list[SectionFacts]:
    request_id = on.obligation.request_id
    request = (
        (await summaries.requests(on.session, [request_id])).get(request_id) if request_id else None
    )
    questions = {q["key"]: q["kind"] for q in request.questions} if request else {}
    facts = []
    for section in contents.sections_for(on.work, on.obligation, request):
        written_section, kind = written.get(section.key), questions.get(section.key, "")
        if written_section is None:
            facts.append(SectionFacts(section, question=kind))
            continue
        facts.append(
            SectionFacts(
                section,
                written_section.text,
                names.get(written_section.author_id, ""),
                written_section.at,
                written_section.revision,
                tuple(written_section.files),
                kind,
                section.key in spoken_keys,
            )
        )
    return facts


async def _paper(
    on: Desk, state: SummaryState, sent: Sequence[SummaryVersion], *, with_cases: bool
) -> Paper:
    """What was sent stays as it was; what is being written follows the data."""
    if state not in EDITABLE and sent:
        return contents.from_json(sent[0].content)
    return await contents.paper_of(
        on.session, on.work, on.obligation, on.now, with_cases=with_cases
    )


async def _proposals(
    session: AsyncSession, proposed: Sequence[SummaryProposal], names: Mapping[int, str]
) -> list[ProposalFacts]:
    codes = await summaries.case_codes(
        session, {proposal.case_id for proposal in proposed if proposal.case_id}
    )
    return [
        ProposalFacts(
            proposal.id or 0,
            proposal.addressee,
            proposal.text,
            names.get(proposal.author_id, ""),
            proposal.at,
            codes.get(proposal.case_id or 0, ""),
        )
        for proposal in proposed
    ]


def _version(version: SummaryVersion, names: Mapping[int, str]) -> VersionFacts:
    return VersionFacts(
        version.number,
        version.sent_at,
        names.get(version.sent_by, ""),
        version.late,
        version.due_before,
        version.outcome,
        version.decided_at,
        names.get(version.decided_by or 0, ""),
        version.remarks,
    )


def _doubts(paper: Paper) -> list[str]:
    before = paper.before.values if paper.before else None
    return [doubt.sentence for doubt in doubts(paper.values, paper.numbers.values, before)]
