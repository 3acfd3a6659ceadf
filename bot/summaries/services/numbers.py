"""The figures of obligations, last year's beside them, and the table of proposals.

How many queries it takes does not depend on how many obligations there are. `unit_scope`: what all
of them speak for, read once by the caller.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards.labels import CATEGORIES, status_of
from bot.cases.services.sight import is_quiet, readable_as_reported
from bot.core.rules.calendar import local
from bot.core.rules.official_names import official_name
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.summaries.rules.figures import Numbers, total, without_sites
from bot.summaries.rules.papers import CaseRow
from bot.summaries.services.counting import cases_brought, count, is_overdue
from bot.summaries.services.unit_scope import OWN, UnitScope, own_ground_of
from storage import cases as stored_cases
from storage import figures
from storage.enums import CaseKind, CaseStatus
from storage.figures import DaySpan, UnitNode
from storage.models import Case, Obligation, Summary
from storage.summaries import last_versions

HIDDEN = "Nội dung cần giữ kín"
WORKERS_OWN = "Kiến nghị do người lao động gửi trực tiếp"
OVERDUE = "Quá hạn"
ERASED = "Nội dung đã xóa khi hết thời hạn lưu giữ"
_NUMBERS = TypeAdapter(Numbers)


async def numbers_of(
    session: AsyncSession,
    work: Work,
    unit_scope: UnitScope,
    obligations: Sequence[Obligation],
    until: date,
) -> dict[int, Numbers]:
    """Obligation id -> what the data says of its period up to `until` (a day in Vietnam)."""
    numbers: dict[int, Numbers] = {}
    for days, keys in _by_days(obligations, until).items():
        numbers |= await count(session, work.calendar, unit_scope, keys, days)
    return numbers


async def own_numbers(session: AsyncSession, work: Work, receiver: int, days: DaySpan) -> Numbers:
    """What the people of a receiver did themselves, its departments included, wherever they went;
    and what was brought to it directly."""
    ground = await own_ground_of(session, receiver, days.last)
    return (await count(session, work.calendar, ground, [OWN], days))[OWN]


async def before_of(
    session: AsyncSession,
    work: Work,
    unit_scope: UnitScope,
    obligations: Sequence[Obligation],
    until: date,
) -> dict[int, Numbers | None]:
    """Obligation id -> last year's: as sent then (corrected), with those of merged units.

    Where they were not sent: counted for the same days of last year, without figures of kind
    LEVEL, which nobody knows any more. None where no visit of those days is known.
    """
    last_year: dict[int, Numbers | None] = dict(await _as_sent(session, unit_scope, obligations))
    rest = [o for o in obligations if (o.id or 0) not in last_year]
    for days, keys in _by_days(rest, until).items():
        then = DaySpan(_year_before(days.first), _year_before(days.last))
        counted = await count(session, work.calendar, unit_scope, keys, then, levels=False)
        last_year |= {
            k: numbers if numbers.values["visits"] else None for k, numbers in counted.items()
        }
    return last_year


async def case_rows(
    session: AsyncSession, unit_scope: UnitScope, obligations: Sequence[Obligation], until: date
) -> dict[int, tuple[CaseRow, ...]]:
    """Obligation id -> the table of proposals (kind kiến nghị) of the period, the oldest first.

    Words of workers are left out, those of confidential categories too.
    """
    rows: dict[int, list[CaseRow]] = {o.id or 0: [] for o in obligations}
    for days, keys in _by_days(obligations, until).items():
        brought = await cases_brought(session, days)
        cases = await figures.cases_one_by_one(
            session, brought, unit_scope.units(), CaseKind.PROPOSAL
        )
        nodes = unit_scope.tree_of(keys[0])  # of one day, one tree
        for case, into in cases:
            row = _row(case, into or case, nodes, days.last)
            for key in keys:
                if case.home_id in unit_scope.owned[key].flow:
                    rows[key].append(row)
    return {key: tuple(table) for key, table in rows.items()}


def days_of(obligation: Obligation, until: date) -> DaySpan:
    """What is counted: the period, as far as it is over."""
    return DaySpan(obligation.first_day, min(obligation.last_day, until))


def _by_days(obligations: Iterable[Obligation], until: date) -> dict[DaySpan, list[int]]:
    ids_by_days: dict[DaySpan, list[int]] = defaultdict(list)
    for obligation in obligations:
        ids_by_days[days_of(obligation, until)].append(obligation.id or 0)
    return ids_by_days


def _year_before(day: date) -> date:
    """29 February becomes the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - 1, day=last)


async def _as_sent(
    session: AsyncSession, unit_scope: UnitScope, obligations: Sequence[Obligation]
) -> dict[int, Numbers]:
    """Where the unit and all that was merged into it since sent the same report last year."""
    named = [o for o in obligations if o.programme]
    roots = {root for o in named for root in unit_scope.owned[o.id or 0].roots}
    if not named:
        return {}
    then: dict[tuple[Any, ...], list[tuple[Obligation, Summary | None]]] = defaultdict(list)
    reports = {(o.programme, o.report) for o in named}
    for old, summary in await figures.obligations_of(session, reports, roots):
        then[old.programme, old.report, old.last_day.year, old.unit_id].append((old, summary))
    pairs = {
        o.id or 0: [
            pair
            for root in sorted(unit_scope.owned[o.id or 0].roots)
            for pair in then.get((o.programme, o.report, o.last_day.year - 1, root), ())
        ]
        for o in named
    }
    ids = {s.id or 0 for report_pairs in pairs.values() for _, s in report_pairs if s and s.version}
    sent = {key: version.content for key, version in (await last_versions(session, ids)).items()}
    added = {key: _added(report_pairs, sent) for key, report_pairs in pairs.items()}
    return {key: numbers for key, numbers in added.items() if numbers}


def _added(
    pairs: Sequence[tuple[Obligation, Summary | None]], sent: Mapping[int, Mapping[str, Any]]
) -> Numbers | None:
    """What these reports of last year say together; None where one of them is missing.

    A unit that had been merged by the time its successor sent has its sites in that report. One
    excused by the program is in it altogether.
    """
    papers = {o.unit_id: sent[s.id or 0] for o, s in pairs if s and s.id in sent}
    units_of: dict[int, set[int]] = {
        unit: set(paper.get("speaks_for", ())) for unit, paper in papers.items()
    }
    for obligation, _ in pairs:
        unit = obligation.unit_id
        excused_as_gone = obligation.excused_at is not None and obligation.excused_by is None
        within = any(unit in units or not units for units in units_of.values())
        if unit not in papers and not (excused_as_gone and within):
            return None
    if not papers:
        return None
    over = {other for unit, units in units_of.items() for other in units - {unit}}
    signed = {unit: _signed(paper) for unit, paper in papers.items()}
    return total(
        without_sites(numbers) if unit in over else numbers for unit, numbers in signed.items()
    )


def _signed(content: Mapping[str, Any]) -> Numbers:
    """The numbers of a paper that was sent, with the unit's corrections."""
    numbers = _NUMBERS.validate_python(content.get("numbers", {}))
    corrected = {
        key: correction["value"] for key, correction in content.get("corrections", {}).items()
    }
    values = {**numbers.values, **corrected}
    return Numbers(
        values=values, topics=numbers.topics, categories=numbers.categories, ratings=numbers.ratings
    )


def _row(case: Case, stands: Case, nodes: Mapping[int, UnitNode], until: date) -> CaseRow:
    """`stands`: the case itself, or the one that it was folded into."""
    level = nodes.get(stands.unit_id)
    return CaseRow(
        day=local(case.created_at).date(),
        unit=_place(case, nodes),
        text=_text(case),
        category="" if is_quiet(case) else CATEGORIES[case.category][1],
        level=level.name if level else "",
        due=local(stands.settle_by).date() if stands.settle_by else None,
        result=_result(case, stands, level.name if level else ""),
        note=_note(case, stands, until),
        case=0 if is_quiet(case) else case.id or 0,
    )


async def as_read_by(
    session: AsyncSession, actor: Actor, path: str, rows: Sequence[CaseRow]
) -> tuple[CaseRow, ...]:
    """The rows of a paper of the unit with this path, with words and category of those cases only
    that the actor may read now, whatever they were when the paper was sent. The phrase for the
    others is the same for all, so that it does not say why; of what is to be kept quiet now there
    is no place either."""
    case_ids = {row.case for row in rows if row.case}
    may = await readable_as_reported(session, actor, dict.fromkeys(case_ids, path))
    now = await stored_cases.by_ids(session, case_ids)
    quiet = {key for key, case in now.items() if is_quiet(case)}
    return tuple(
        _placeless(_closed(row))
        if row.case in quiet
        else row
        if _wordless(row) or row.case in may
        else _closed(row)
        for row in rows
    )


def _placeless(row: CaseRow) -> CaseRow:
    """Without the site, and without the agency that it went to: whoever has it stands there."""
    overdue = OVERDUE if row.note.startswith(OVERDUE) else ""
    return replace(row, unit=row.level, note=overdue)


def _wordless(row: CaseRow) -> bool:
    return row.text in (HIDDEN, WORKERS_OWN, ERASED)


def _closed(row: CaseRow) -> CaseRow:
    status = row.result.partition(":")[0]
    return replace(row, text=HIDDEN, category="", result=status)


def _place(case: Case, nodes: Mapping[int, UnitNode]) -> str:
    """The site; of what has to be kept quiet, and where a worker named it, the union above it."""
    site = nodes.get(case.site_id or 0)
    words = site.name if site else "" if case.reporter_id else case.site_words
    return nodes[case.home_id].name if is_quiet(case) or not words else words


def _text(case: Case) -> str:
    if is_quiet(case):
        return HIDDEN
    if case.reporter_id is not None:
        return WORKERS_OWN
    return case.text or ERASED


def _result(case: Case, stands: Case, level: str) -> str:
    """The status, by the unit that has it, named as in papers; what was done only where it was
    written about a cadre's own proposal."""
    status = status_of(stands, official_name(level))
    with_result = not (is_quiet(case) or is_quiet(stands) or case.reporter_id or stands.reporter_id)
    return f"{status}: {stands.result}" if with_result and stands.result else status


def _note(case: Case, stands: Case, until: date) -> str:
    notes = []
    if is_overdue(stands.status, stands.settle_by, until):
        notes.append(OVERDUE.lower())
    if is_quiet(case) or is_quiet(stands):  # whom it went to would say what it is
        return OVERDUE if notes else ""
    if stands.status == CaseStatus.REFERRED and stands.agency:
        on = f" ngày {stands.agency_on:%d/%m/%Y}" if stands.agency_on else ""
        notes.append(f"chuyển {stands.agency}{on}")
    if stands is not case:
        notes.append("giải quyết chung với kiến nghị cùng nội dung")
    words = "; ".join(notes)
    return words[:1].upper() + words[1:]
