"""Whose words of cases somebody may read: the one source of every text that quotes a case.

Derived from the tables in `bot/cases/rules/cases.py`, as `case_access` is; a test compares the two.
Whoever handles no cases (an administrator, a representative) reads none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.facts.cases import NOT_SHOWN, CasesThere
from bot.cases.rules.cases import CONFIDENTIAL, PAST_OFFICERS, is_confidential
from bot.core.access import grants_of
from bot.core.rules.permissions import HANDLING_CASES, SEEING_CASES, Action, Actor, Subject
from storage import case_lists, cases, overview_lists
from storage.case_lists import Eyes
from storage.enums import CONFIDENTIAL_KINDS, CaseKind
from storage.models import Case, OutboxMessage

HIDDEN = cases.HiddenCases(CONFIDENTIAL, PAST_OFFICERS, CONFIDENTIAL_KINDS)
"""What neither a site's officers nor a figure may tell of."""
_NOBODY = Eyes(0)  # no case is assigned to, written by or about person 0
_OPENS = "case:open:"


def sight_of(actor: Actor) -> Eyes:
    """What somebody may see and read, as the queries ask it."""
    if not actor.may_any(*SEEING_CASES):
        return _NOBODY
    return Eyes(
        actor.person_id,
        leads=actor.paths_for(Action.LEAD_CASES),
        works_at=actor.paths_for(Action.TAKE_CASES),
        watches=actor.paths_for(Action.WATCH_CASES),
        confidential=tuple(CONFIDENTIAL),
        confidential_kinds=tuple(CONFIDENTIAL_KINDS),
        hidden=HIDDEN,
    )


async def readable(
    session: AsyncSession, actor: Actor, case_ids: Collection[int]
) -> dict[int, Case]:
    """Of these cases the ones whose words the actor may read, by id."""
    if not case_ids:
        return {}
    among = col(Case.id).in_(case_ids)
    readable_cases = await case_lists.read_among(session, sight_of(actor), among)
    return {case.id or 0: case for case in readable_cases}


async def readable_as_reported(
    session: AsyncSession, actor: Actor, reported_by: Mapping[int, str]
) -> dict[int, Case]:
    """The same, of cases that a report quotes. `reported_by`: case -> the path of the unit whose
    report it is. Whoever leads or handles cases there goes on reading what its cadres proposed
    where the site has moved since: a report of an earlier day keeps its readers."""
    may_read = await readable(session, actor, reported_by)
    own = [
        case_id
        for case_id, path in reported_by.items()
        if any(actor.may(action, Subject(path)) for action in HANDLING_CASES)
    ]
    quoted = await cases.by_ids(session, [key for key in own if key not in may_read])
    return may_read | {key: case for key, case in quoted.items() if _is_proposal_of_a_cadre(case)}


def _is_proposal_of_a_cadre(case: Case) -> bool:
    return case.kind == CaseKind.PROPOSAL and case.author_id is not None and not is_quiet(case)


async def openable(session: AsyncSession, actor: Actor, case_ids: Collection[int]) -> set[int]:
    """Of these cases the ones that the actor may open."""
    return await case_lists.seen_among(session, sight_of(actor), case_ids) if case_ids else set()


@dataclass(frozen=True)
class Proposals:
    """What a visit's reports brought: the cases whose words may be read, and how many others."""

    read: Sequence[Case]
    others: int

    @property
    def words(self) -> list[str]:
        return [*(case.text for case in self.read), *([NOT_SHOWN] * self.others)]


async def proposals_of(
    session: AsyncSession, actor: Actor, visit_ids: Collection[int]
) -> dict[int, Proposals]:
    """Visit -> its proposals, for the actor."""
    brought = await overview_lists.brought_cases(session, visit_ids)
    made_for = {key: path for paths in brought.values() for key, path in paths.items()}
    may = await readable_as_reported(session, actor, made_for)
    return {
        visit: Proposals([may[key] for key in keys if key in may], sum(k not in may for k in keys))
        for visit, keys in brought.items()
    }


async def open_at(
    session: AsyncSession, actor: Actor, site_ids: Collection[int]
) -> dict[int, list[Case]]:
    """Site -> its cases that are not settled and whose words the actor may read, newest first."""
    there = cases.OPEN & col(Case.site_id).in_(site_ids)
    by_site: dict[int, list[Case]] = {}
    for case in await case_lists.read_among(session, sight_of(actor), there):
        by_site.setdefault(case.site_id or 0, []).append(case)
    return by_site


async def counted_at(
    session: AsyncSession, actor: Actor, site_ids: Collection[int], now: datetime
) -> dict[int, CasesThere]:
    """Site -> what its page says of its cases: what no figure may tell of is left out, except for
    whoever reads it anyway."""
    counts = await case_lists.counts_at(session, sight_of(actor), HIDDEN, site_ids, now)
    return {site: CasesThere(*counts.get(site, (0, 0, 0))) for site in site_ids}


async def page_at(
    session: AsyncSession, actor: Actor, site_id: int, limit: int, offset: int
) -> Sequence[Case]:
    """Cases of a site whose words the actor may read: open ones first, then the newest."""
    eyes = sight_of(actor)
    return await case_lists.read_page(session, eyes, col(Case.site_id) == site_id, limit, offset)


def is_quiet(case: Case) -> bool:
    """Whether no paper quotes it, whoever asks: papers go from hand to hand."""
    return is_confidential(case.category, case.kind) or case.about_id is not None


async def withheld(session: AsyncSession, messages: Sequence[OutboxMessage]) -> set[int]:
    """Ids of messages that open a case which their reader may not see any more: a role has ended,
    the case has been escalated, changed hands or become confidential since the message was owed.

    An alarm goes out even where its case has been escalated since, but not where it has become
    confidential or is about its reader.
    """
    about = {m.id or 0: int(m.subject[5:]) for m in messages if _opens_case(m)}
    if not about:
        return set()
    people = {m.person_id for m in messages if m.id in about and m.person_id}
    grants = await grants_of(session, people)
    may: Mapping[int, set[int]] = {
        person: set(
            await readable(session, Actor(person, grants=grants.get(person, ())), about.values())
        )
        for person in people
    }
    cases_by_id = await cases.by_ids(session, about.values())
    return {
        m.id or 0
        for m in messages
        if m.id in about
        and about[m.id] not in may[m.person_id or 0]
        and not _alarm_stands(m, cases_by_id.get(about[m.id]), grants.get(m.person_id or 0, ()))
    }


def _opens_case(message: OutboxMessage) -> bool:
    """What opens no case says no more than that it is in other hands."""
    buttons = [data for row in message.rows for _, data in row]
    case = message.subject.startswith("case:") and message.person_id is not None
    return case and any(data.startswith(_OPENS) for data in buttons)


def _alarm_stands(message: OutboxMessage, case: Case | None, grants: Sequence[object]) -> bool:
    alarm = message.dedupe_key.startswith("alert:") and bool(grants)
    return alarm and case is not None and not is_quiet(case)
