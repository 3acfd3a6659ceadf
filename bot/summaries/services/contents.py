"""What a summary says: computed numbers, the unit's corrections, its own words, as one value."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.labels import TOPICS
from bot.core.rendering import day
from bot.core.rules.calendar import local
from bot.core.rules.letterhead import Head
from bot.core.rules.programmes import Programme, ReportDue
from bot.core.work import Work
from bot.programmes.cards import years_of
from bot.summaries.cards.target_words import level, own_level, result
from bot.summaries.facts.summaries import subject_of
from bot.summaries.facts.targets import TargetLine
from bot.summaries.rules.figures import Numbers
from bot.summaries.rules.obligations import counts_figures
from bot.summaries.rules.papers import CaseRow, Corrected, Paper, PaperPart, TargetRow
from bot.summaries.rules.summaries import Section, sections_of
from bot.summaries.services import numbers, obligations, targets
from bot.summaries.services.targets import AsOf
from bot.summaries.services.unit_scope import ground_of
from bot.units.services import letterheads
from storage import people, summaries, units
from storage.enums import EDITABLE
from storage.models import (
    Obligation,
    ReportRequest,
    Summary,
    SummaryCorrection,
    SummaryProposal,
    SummarySection,
    Unit,
)

TargetRows = tuple[TargetRow, ...]
_PAPER = TypeAdapter(Paper)
_DEFAULT = ReportDue("", "", (1, 1), "")
_ANSWERS = ReportDue("", "", (1, 1), "", outline="short", figures=(), sections=())


def to_json(paper: Paper) -> dict[str, Any]:
    """As it is kept with a version that was sent."""
    content: dict[str, Any] = _PAPER.dump_python(paper, mode="json")
    return content


def from_json(content: Mapping[str, Any]) -> Paper:
    """The paper of a version, equal to what `to_json` was given."""
    return _PAPER.validate_python(dict(content))


async def paper_sent(session: AsyncSession, summary: Summary | None) -> Paper | None:
    """The paper that lies with the receiver; None while the unit is still writing."""
    if summary is None or summary.state in EDITABLE:
        return None
    version = await summaries.version(session, summary.id or 0, summary.version)
    return from_json(version.content) if version else None


def outline_of(work: Work, obligation: Obligation) -> ReportDue:
    """What the report holds: as its plan says, the full outline where the plan is no longer
    active, and only the answers where it was asked for on the spot.
    """
    if obligation.request_id is not None:
        return _ANSWERS
    return obligations.due_report(work, obligation) or _DEFAULT


def figures_of(work: Work, obligation: Obligation, unit: Unit) -> tuple[str, ...]:
    """The parts of counted figures that the report of this unit holds."""
    return outline_of(work, obligation).figures if counts_figures(unit.kind) else ()


def sections_for(
    work: Work, obligation: Obligation, request: ReportRequest | None
) -> tuple[Section, ...]:
    """The parts that the unit writes, section VI apart."""
    return sections_of(outline_of(work, obligation).sections, request.questions if request else ())


def takes_proposals(work: Work, obligation: Obligation) -> bool:
    return "VI" in outline_of(work, obligation).sections


async def paper_of(
    session: AsyncSession,
    work: Work,
    obligation: Obligation,
    now: datetime,
    *,
    with_cases: bool = True,
) -> Paper:
    """One unit's report as it stands now, whatever was sent before; on a card nobody looks at its
    table of proposals."""
    papers = await _as_they_stand(session, work, [obligation], now, with_cases=with_cases)
    return papers[obligation.id or 0]


async def papers_of(
    session: AsyncSession,
    work: Work,
    owed_reports: Sequence[Obligation],
    now: datetime,
    *,
    with_cases: bool = True,
) -> dict[int, Paper]:
    """By obligation id: the version sent last, where there is one, else as it stands now.
    `with_cases`: what stands now has its table of proposals.

    How many queries it takes does not depend on how many obligations there are.
    """
    summary_of = await summaries.of(session, [obligation.id or 0 for obligation in owed_reports])
    sent = await summaries.last_versions(session, [s.id or 0 for s in summary_of.values()])
    sent_papers = {
        owed_id: from_json(sent[summary.id or 0].content)
        for owed_id, summary in summary_of.items()
        if (summary.id or 0) in sent
    }
    rest = [obligation for obligation in owed_reports if obligation.id not in sent_papers]
    standing = await _as_they_stand(session, work, rest, now, with_cases=with_cases)
    return {**sent_papers, **standing}


@dataclass(frozen=True)
class _Sources:
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
    targets: Mapping[int, Sequence[TargetLine]]
    merged: Mapping[int, Sequence[int]]  # unit -> those that were merged into it


async def _as_they_stand(
    session: AsyncSession,
    work: Work,
    owed_reports: Sequence[Obligation],
    now: datetime,
    *,
    with_cases: bool,
) -> dict[int, Paper]:
    if not owed_reports:
        return {}
    today = local(now).date()
    sources = await _read(session, work, owed_reports, today, with_cases=with_cases)
    return {
        obligation.id or 0: _paper(work, obligation, sources, today) for obligation in owed_reports
    }


async def _read(
    session: AsyncSession,
    work: Work,
    owed_reports: Sequence[Obligation],
    today: date,
    *,
    with_cases: bool,
) -> _Sources:
    ids = {
        key for obligation in owed_reports for key in (obligation.unit_id, obligation.to_unit_id)
    }
    places = await units.by_ids(session, ids)
    summary_of = await summaries.of(session, [obligation.id or 0 for obligation in owed_reports])
    keys = [summary.id or 0 for summary in summary_of.values()]
    corrections = await summaries.corrections(session, keys)
    authors = {
        correction.author_id
        for by_figure in corrections.values()
        for correction in by_figure.values()
    }
    # Answers count nothing.
    planned = [obligation for obligation in owed_reports if obligation.request_id is None]
    counted = [o for o in planned if counts_figures(places[o.unit_id].kind)]
    unit_scope = await ground_of(session, counted) if counted else None
    merged = (
        unit_scope.merged
        if unit_scope
        else await obligations.predecessors(
            session, [obligation.unit_id for obligation in owed_reports]
        )
    )
    return _Sources(
        units=places,
        heads=await letterheads.heads_of(session, work, list(places.values())),
        requests=await summaries.requests(
            session, {o.request_id for o in owed_reports if o.request_id}
        ),
        summaries={key: summary.id or 0 for key, summary in summary_of.items()},
        sections=await summaries.sections(session, keys),
        proposals=await summaries.proposals(session, keys),
        corrections=corrections,
        names={k: person.name for k, person in (await people.named(session, authors)).items()},
        numbers=await numbers.numbers_of(session, work, unit_scope, counted, today)
        if unit_scope
        else {},
        before=await numbers.before_of(session, work, unit_scope, counted, today)
        if unit_scope
        else {},
        cases=await numbers.case_rows(session, unit_scope, counted, today)
        if unit_scope and with_cases
        else {},
        targets=await target_lines(session, work, planned, places, today),
        merged=merged,
    )


def _paper(work: Work, obligation: Obligation, sources: _Sources, today: date) -> Paper:
    key, due = obligation.id or 0, outline_of(work, obligation)
    summary = sources.summaries.get(key, 0)
    request = sources.requests.get(obligation.request_id or 0)
    unit = sources.units[obligation.unit_id]
    figures = figures_of(work, obligation, unit)
    return Paper(
        unit=unit.name,
        subject=subject_of(obligation),
        outline=due.outline,
        first_day=obligation.first_day,
        last_day=obligation.last_day,
        until=min(obligation.last_day, today),
        head=sources.heads[obligation.unit_id],
        numbers=sources.numbers.get(key, Numbers()),
        before=sources.before.get(key),
        figures=figures,
        corrections=_corrected(sources, summary),
        parts=_parts(sections_for(work, obligation, request), sources.sections.get(summary, {})),
        proposals=_proposals(sources.proposals.get(summary, ())),
        cases=sources.cases.get(key, ()),
        topics=_topics(work) if figures else {},
        targets=target_rows(
            plans_shown(work, obligation), sources.targets.get(key, ()), obligation.last_day.year
        ),
        takes_proposals=takes_proposals(work, obligation),
        speaks_for=(obligation.unit_id, *sources.merged.get(obligation.unit_id, ())),
        basis=_basis(obligation, request, sources),
    )


def _basis(obligation: Obligation, request: ReportRequest | None, sources: _Sources) -> str:
    """The plan that the report carries out, or the request that it answers."""
    if request is None:
        return sources.heads[obligation.unit_id].bases.get(obligation.programme, "")
    asking = sources.heads.get(obligation.to_unit_id)
    whose = f" của {asking.issuer}" if asking else ""
    return f"yêu cầu báo cáo ngày {day(request.asked_at)}{whose}"


def _corrected(sources: _Sources, summary: int) -> dict[str, Corrected]:
    return {
        key: Corrected(
            computed=correction.computed,
            value=correction.value,
            reason=correction.reason,
            author=sources.names.get(correction.author_id, ""),
        )
        for key, correction in sources.corrections.get(summary, {}).items()
        if correction.value is not None
    }


def _parts(
    wanted: Sequence[Section], written: Mapping[str, SummarySection]
) -> tuple[PaperPart, ...]:
    """Parts without text are there too, so that the outline stays whole."""
    return tuple(
        PaperPart(s.key, s.title, written[s.key].text if s.key in written else "") for s in wanted
    )


def _proposals(proposals: Sequence[SummaryProposal]) -> dict[str, tuple[str, ...]]:
    return {
        addressee: tuple(proposal.text for proposal in proposals if proposal.addressee == addressee)
        for addressee in dict.fromkeys(proposal.addressee for proposal in proposals)
    }


def _topics(work: Work) -> dict[str, str]:
    """Key -> words, those of the active plans included."""
    own = {t.key: t.words for plan in work.programmes for t in plan.topics if t.words}
    return {**own, **{key: words for key, (_, words) in TOPICS.items()}}


def plans_shown(work: Work, obligation: Obligation) -> list[Programme]:
    """Whose targets a report has: its own plan's, and in a full report also those of plans in force
    that ask for no report of their own: nothing else would show them."""
    plan = next((p for p in work.programmes if p.key == obligation.programme), None)
    if plan is None:
        return []
    due = obligations.due_report(work, obligation)
    full = due is not None and due.outline == "full"
    day = obligation.last_day
    return [plan, *(p for p in work.programmes if full and not p.reports and p.in_force(day))]


def target_rows(plans: Sequence[Programme], lines: Sequence[TargetLine], year: int) -> TargetRows:
    """What the plans ask for in this year, and what was reached of it."""
    by_target = {(line.plan.key, line.target.key): line for line in lines}
    rows = []
    for plan in plans:
        for target in plan.targets:
            if target.asked_in(year):
                line = by_target.get((plan.key, target.key))
                row = TargetRow(
                    programme=plan.short,
                    text=target.text,
                    value=target.value,
                    measure=target.measure,
                    years=years_of(target),
                )
                if line is not None:
                    row = replace(
                        row,
                        reached=line.reached.value if line.reached else None,
                        result=result(line),
                        level=level(line),
                        own_level=own_level(line),
                    )
                rows.append(row)
    return tuple(rows)


async def target_lines(
    session: AsyncSession,
    work: Work,
    owed_reports: Sequence[Obligation],
    places: Mapping[int, Unit],
    today: date,
) -> dict[int, list[TargetLine]]:
    """Obligation -> its unit's targets as of the day that its figures are counted on."""
    lines: dict[int, list[TargetLine]] = {}
    alike: dict[tuple[date, int], list[Obligation]] = defaultdict(list)
    for obligation in owed_reports:
        day = min(obligation.last_day, today)
        alike[day, obligation.last_day.year].append(obligation)
    for (day, year), rows in alike.items():
        plans = {p.key: p for o in rows for p in plans_shown(work, o)}
        concerned = list({o.unit_id: places[o.unit_id] for o in rows}.values())
        of_unit = await targets.lines_of(
            session, work, list(plans.values()), concerned, AsOf(day, year)
        )
        lines |= {o.id or 0: of_unit[o.unit_id] for o in rows}
    return lines
