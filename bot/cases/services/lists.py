"""`/kiennghi`: the cases somebody may see, the most urgent first, the same concern in one line."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import ColumnElement

from bot.cases.facts.cases import CaseLine, CaseList, Counts
from bot.cases.rules.codes import beginning, normalise
from bot.cases.services.merging import NEAR
from bot.cases.services.sight import sight_of
from bot.cases.services.view import days_late
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.likeness import groups
from bot.core.rules.permissions import SEEING_CASES, Action, Actor
from bot.core.work import Work
from storage import case_lists
from storage.case_lists import Eyes, ListedCase
from storage.enums import CLOSED_STATUSES
from storage.folding import fold

PER_PAGE = 10
WINDOW = 300
"""So many of the most urgent are put in order and into groups; whoever has more, searches."""
KINDS = ("mine", "unit", "over", "urgent", "free", "up")
MOST_WORDS = 6

log = structlog.get_logger()


def eyes_of(actor: Actor) -> Eyes:
    """What somebody may see, as the queries ask it. Raises Refused for whoever sees no cases."""
    if not actor.may_any(*SEEING_CASES):
        raise Refused(messages.NOT_ALLOWED)
    return sight_of(actor)


async def listed(context: Context, kind: str, page: int) -> CaseList:
    """One of the lists of open cases."""
    if kind not in KINDS:
        raise Refused(messages.NOT_FOUND)
    eyes = eyes_of(context.actor)
    return await _list(context, kind, "", case_lists.wanted(kind, eyes, context.now), page)


async def search(context: Context, query: str, page: int) -> CaseList:
    """By code, else by the beginning of one or by words of the text or the site's name; closed
    cases too, by their code only once their words are gone."""
    if code := normalise(query):
        condition = case_lists.with_code(code)
    else:
        words = fold(query).split()[:MOST_WORDS]
        if not words:
            raise Refused(messages.NOTHING_LIKE_IT)
        condition = case_lists.with_words(words, beginning(query))
    case_list = await _list(context, "find", query, condition, page)
    if code and not case_list.rows:
        log.warning("cases.code_not_found", person=context.actor.person_id)
    return case_list


async def counts(context: Context) -> Counts:
    """How many wait, in one query."""
    eyes = eyes_of(context.actor)
    async with context.work.read() as session:
        return Counts(*await case_lists.counts(session, eyes, context.now))


async def _list(
    context: Context, kind: str, query: str, condition: ColumnElement[bool], page: int
) -> CaseList:
    eyes = eyes_of(context.actor)
    async with context.work.read() as session:
        matches = await case_lists.listed(session, eyes, condition, WINDOW + 1)
        counted = Counts(*await case_lists.counts(session, eyes, context.now))
        grouped = _grouped(matches[:WINDOW])
        part = grouped[page * PER_PAGE : (page + 1) * PER_PAGE]
        leads = [group[0][0].id or 0 for group in part]
        merged = await case_lists.merged_counts(session, leads)
    rows = [
        _line(context.work, group, merged.get(group[0][0].id or 0, 0), context.now)
        for group in part
    ]
    more = len(grouped) > (page + 1) * PER_PAGE
    beyond = len(matches) > WINDOW
    leads_ = context.actor.may(Action.LEAD_CASES)
    return CaseList(kind, query, fold(query), rows, page, more, counted, beyond, leads_)


def _line(work: Work, group: Sequence[ListedCase], merged: int, now: datetime) -> CaseLine:
    case, site, assignee, level = group[0]
    late = days_late(case, now, work.calendar)
    return CaseLine(case, site, assignee, late, merged + len(group) - 1, level)


def _grouped(matches: Sequence[ListedCase]) -> list[list[ListedCase]]:
    """The same concern of many in one group, where its most urgent stands. Only open cases of one
    site that came within 14 days."""
    by_site: dict[object, list[ListedCase]] = {}
    for row in matches:
        case = row[0]
        alone = case.site_id is None or case.status in CLOSED_STATUSES
        by_site.setdefault(("case", case.id) if alone else case.site_id, []).append(row)
    together = [group for rows in by_site.values() for group in _alike(rows)]
    order = {row[0].id: n for n, row in enumerate(matches)}
    return sorted(together, key=lambda group: order[group[0][0].id])


def _alike(rows: Sequence[ListedCase]) -> list[list[ListedCase]]:
    if len(rows) == 1:
        return [list(rows)]
    by_id = {row[0].id or 0: row for row in rows}
    grouped = []
    for keys in groups([(key, row[0].text) for key, row in by_id.items()]):
        first = by_id[keys[0]][0].created_at
        near = [by_id[key] for key in keys if abs(by_id[key][0].created_at - first) <= NEAR]
        grouped += [near, *([by_id[key]] for key in keys if by_id[key] not in near)]
    return grouped
