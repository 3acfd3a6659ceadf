"""What a summary says: computed numbers, the unit's corrections, its own words, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.labels import TOPICS
from bot.core.rules.calendar import local
from bot.core.rules.letterhead import Head
from bot.core.rules.programmes import Programme, ReportDue
from bot.core.work import Work
from bot.programmes.cards import years_of
from bot.summaries.facts.summaries import subject_of
from bot.summaries.rules.figures import Numbers
from bot.summaries.rules.papers import CaseRow, Corrected, Paper, Part, TargetRow
from bot.summaries.rules.summaries import Section, sections_of
from bot.summaries.services import numbers, obligations
from bot.summaries.services.unit_scope import ground_of
from bot.units.services import letterheads
from storage import people, summaries, units
from storage.models import (
    Obligation,
    ReportRequest,
    SummaryCorrection,
    SummaryProposal,
    SummarySection,
    Unit,
)

_PAPER = TypeAdapter(Paper)
_DEFAULT = ReportDue("", "", (1, 1), "")
_ANSWERS = ReportDue("", "", (1, 1), "", outline="short", figures=(), sections=())


def to_json(paper: Paper) -> dict[str, Any]:
    """As it is kept with a version that was sent."""
    kept: dict[str, Any] = _PAPER.dump_python(paper, mode="json")
    return kept


def from_json(kept: Mapping[str, Any]) -> Paper:
    """The paper of a version, equal to what `to_json` was given."""
    return _PAPER.validate_python(dict(kept))


def outline_of(work: Work, obligation: Obligation) -> ReportDue:
    """What the report holds: as its plan says, the full outline where the plan is no longer
    active, and only the answers where it was asked for on the spot.
    """
    if obligation.request_id is not None:
        return _ANSWERS
    return obligations.due_report(work, obligation) or _DEFAULT


def sections_for(
    work: Work, obligation: Obligation, request: ReportRequest | None
) -> tuple[Section, ...]:
    """The parts that the unit writes, section VI apart."""
    return sections_of(outline_of(work, obligation).sections, request.questions if request else ())


def takes_proposals(work: Work, obligation: Obligation) -> bool:
    return "VI" in outline_of(work, obligation).sections


async def paper_of(
    session: AsyncSession, work: Work, obligation: Obligation, now: datetime
) -> Paper:
    """One unit's report as it stands now, whatever was sent before."""
    return (await _as_they_stand(session, work, [obligation], now))[obligation.id or 0]


async def papers_of(
    session: AsyncSession, work: Work, owed: Sequence[Obligation], now: datetime
) -> dict[int, Paper]:
    """By obligation id: the version sent last, where there is one, else as it stands now.

    How many queries it takes does not depend on how many obligations there are.
    """
    begun = await summaries.of(session, [one.id or 0 for one in owed])
    sent = await summaries.last_versions(session, [s.id or 0 for s in begun.values()])
    kept = {
        owed_id: from_json(sent[summary.id or 0].content)
        for owed_id, summary in begun.items()
        if (summary.id or 0) in sent
    }
    rest = [one for one in owed if one.id not in kept]
    return {**kept, **await _as_they_stand(session, work, rest, now)}


@dataclass(frozen=True)
class _Found:
    """All that papers are made of, read for many obligations at once."""

    units: Mapping[int, Unit]
    heads: Mapping[int, Head]
    requests: Mapping[int, ReportRequest]
    summaries: Mapping[int, int]  # obligation -> summary
    sections: Mapping[int, Mapping[str, SummarySection]]
    proposals: Mapping[int, Sequence[SummaryProposal]]
    corrections: Mapping[int, Mapping[str, SummaryCorrection]]
    names: Mapping[int, str]
    numbers: Mapping[int, Numbers]
    before: Mapping[int, Numbers | None]
    cases: Mapping[int, tuple[CaseRow, ...]]
    merged: Mapping[int, Sequence[int]]  # unit -> those that were merged into it


async def _as_they_stand(
    session: AsyncSession, work: Work, owed: Sequence[Obligation], now: datetime
) -> dict[int, Paper]:
    if not owed:
        return {}
    today = local(now).date()
    found = await _read(session, work, owed, today)
    return {one.id or 0: _paper(work, one, found, today) for one in owed}


async def _read(
    session: AsyncSession, work: Work, owed: Sequence[Obligation], today: date
) -> _Found:
    places = await units.by_ids(session, {one.unit_id for one in owed})
    begun = await summaries.of(session, [one.id or 0 for one in owed])
    keys = [one.id or 0 for one in begun.values()]
    corrections = await summaries.corrections(session, keys)
    authors = {one.author_id for found in corrections.values() for one in found.values()}
    counted = [one for one in owed if one.request_id is None]  # answers count nothing
    ground = await ground_of(session, counted) if counted else None
    merged = ground.merged if ground else await obligations.predecessors(session, list(places))
    return _Found(
        units=places,
        heads=await letterheads.heads_of(session, work, list(places.values())),
        requests=await summaries.requests(session, {o.request_id for o in owed if o.request_id}),
        summaries={key: one.id or 0 for key, one in begun.items()},
        sections=await summaries.sections(session, keys),
        proposals=await summaries.proposals(session, keys),
        corrections=corrections,
        names={k: one.name for k, one in (await people.named(session, authors)).items()},
        numbers=await numbers.numbers_of(session, work, ground, counted, today) if ground else {},
        before=await numbers.before_of(session, work, ground, counted, today) if ground else {},
        cases=await numbers.case_rows(session, ground, counted, today) if ground else {},
        merged=merged,
    )


def _paper(work: Work, owed: Obligation, found: _Found, today: date) -> Paper:
    key, due = owed.id or 0, outline_of(work, owed)
    summary = found.summaries.get(key, 0)
    request = found.requests.get(owed.request_id or 0)
    plan = next((p for p in work.programmes if p.key == owed.programme), None)
    return Paper(
        unit=found.units[owed.unit_id].name,
        subject=subject_of(owed),
        outline=due.outline,
        first_day=owed.first_day,
        last_day=owed.last_day,
        until=min(owed.last_day, today),
        head=found.heads[owed.unit_id],
        numbers=found.numbers.get(key, Numbers()),
        before=found.before.get(key),
        figures=due.figures,
        corrections=_corrected(found, summary),
        parts=_parts(sections_for(work, owed, request), found.sections.get(summary, {})),
        proposals=_proposals(found.proposals.get(summary, ())),
        cases=found.cases.get(key, ()),
        topics=_topics(work) if due.figures else {},
        targets=targets_of(plan, owed.last_day.year) if plan else (),
        takes_proposals=takes_proposals(work, owed),
        speaks_for=(owed.unit_id, *found.merged.get(owed.unit_id, ())),
    )


def _corrected(found: _Found, summary: int) -> dict[str, Corrected]:
    return {
        key: Corrected(
            computed=one.computed,
            value=one.value,
            reason=one.reason,
            author=found.names.get(one.author_id, ""),
        )
        for key, one in found.corrections.get(summary, {}).items()
        if one.value is not None
    }


def _parts(wanted: Sequence[Section], written: Mapping[str, SummarySection]) -> tuple[Part, ...]:
    """Parts without text are there too, so that the outline stays whole."""
    return tuple(
        Part(s.key, s.title, written[s.key].text if s.key in written else "") for s in wanted
    )


def _proposals(found: Sequence[SummaryProposal]) -> dict[str, tuple[str, ...]]:
    return {
        addressee: tuple(one.text for one in found if one.addressee == addressee)
        for addressee in dict.fromkeys(one.addressee for one in found)
    }


def _topics(work: Work) -> dict[str, str]:
    """Key -> words, those of the active plans included."""
    own = {t.key: t.words for plan in work.programmes for t in plan.topics if t.words}
    return {**own, **{key: words for key, (_, words) in TOPICS.items()}}


def targets_of(plan: Programme, year: int) -> tuple[TargetRow, ...]:
    """What the plan asks for in this year."""
    return tuple(
        TargetRow(
            programme=plan.short,
            text=one.text,
            value=one.value,
            measure=one.measure,
            years=years_of(one),
        )
        for one in plan.targets
        if one.asked_in(year)
    )
