"""Prompts from a column: each obligation knows when its next one is due.

On the deadline day whoever chases gets one list of the late units of each group.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.notices import notice
from bot.core.rules.calendar import Calendar, local
from bot.core.rules.permissions import Action, roles_for
from bot.core.rules.programmes import ALL_SECTIONS
from bot.core.streams import Stream
from bot.core.work import Work
from bot.summaries.cards import obligations as obligation_cards
from bot.summaries.facts.obligations import LateFacts, PromptedObligation
from bot.summaries.rules.obligations import Prompt, counts_figures
from bot.summaries.rules.summaries import Written, missing, sections_of
from bot.summaries.services.obligations import (
    asker_of,
    chasers,
    due_report,
    excuse_the_gone,
    leaders_of,
    set_next,
)
from storage import obligations, outbox, units
from storage.enums import Lane, SummaryState
from storage.folding import name_order
from storage.models import Obligation, OutboxMessage, Summary, Unit


async def owed_facts(
    session: AsyncSession, work: Work, owed_reports: Sequence[Obligation], today: date
) -> dict[int, PromptedObligation]:
    """What a card says about each obligation, by its id; six queries however many there are."""
    ids = [obligation.id or 0 for obligation in owed_reports]
    places = await units.by_ids(
        session,
        {i for obligation in owed_reports for i in (obligation.unit_id, obligation.to_unit_id)},
    )
    summaries = await obligations.summaries_of(session, ids)
    requests = await obligations.requests_of(
        session, {o.request_id for o in owed_reports if o.request_id}
    )
    written: dict[int, dict[str, Written]] = {}
    for part in await obligations.parts_of(session, ids):
        text = "…" if part.letters else ""  # that there is some is all that counts here
        written.setdefault(part.obligation_id, {})[part.section] = Written(text, part.voices)
    empty = await _empty_sites(session, [places[o.unit_id] for o in owed_reports])
    facts = {}
    for obligation in owed_reports:
        key = obligation.id or 0
        request, report = requests.get(obligation.request_id or 0), due_report(work, obligation)
        keys = report.sections if report else ALL_SECTIONS
        sections = sections_of(keys, request.questions if request else ())
        done = written.get(key, {})
        facts[key] = PromptedObligation(
            obligation,
            places[obligation.unit_id],
            places[obligation.to_unit_id],
            today,
            missing(sections, done),
            any(part.text or part.voices for part in done.values()),
            _state(summaries.get(key)) is SummaryState.RETURNED,
            _working_until(work.calendar, obligation.due_before),
            nobody_there=obligation.unit_id in empty,
        )
    return facts


async def _empty_sites(session: AsyncSession, owing: Sequence[Unit]) -> set[int]:
    """Those sites of them where nobody has come in who writes."""
    sites = {unit.id or 0 for unit in owing if not counts_figures(unit.kind)}
    if not sites:
        return set()
    roles = roles_for(Action.WRITE_SUMMARY)
    return sites - {unit for unit, *_ in await obligations.staff_at(session, sites, roles)}


def _working_until(calendar: Calendar, due_before: date) -> date | None:
    last = due_before - timedelta(days=1)
    return None if calendar.is_working_day(last) else calendar.last_working_day(last)


async def _prompt(
    session: AsyncSession, work: Work, due: Sequence[Obligation], now: datetime
) -> None:
    await excuse_the_gone(session, local(now).date(), now)  # a merger since the last night
    await session.flush()
    batch = await _batch(session, work, due, now)
    for obligation in due:
        obligation.reminded = [*obligation.reminded, *(p.tag for p in batch.prompts_of(obligation))]
        state = _state(batch.summaries.get(obligation.id or 0))
        _plan_later(work, obligation, now, state)
    await outbox.add_all(session, await _messages(session, work, batch, now))
    await _tell_chasers(session, work, batch.late, now)


@dataclass(frozen=True)
class _Batch:
    """Obligations whose clock has struck, and what is to be said about each."""

    summaries: dict[int, Summary]
    due: dict[int, tuple[Obligation, Prompt]]

    def prompts_of(self, obligation: Obligation) -> list[Prompt]:
        pair = self.due.get(obligation.id or 0)
        return [pair[1]] if pair else []

    @property
    def spoken(self) -> list[tuple[Obligation, Prompt]]:
        """Of what was sent and waits for a decision nothing is said."""
        return [
            (obligation, prompt)
            for key, (obligation, prompt) in self.due.items()
            if _state(self.summaries.get(key)) is not SummaryState.SENT
        ]

    @property
    def late(self) -> set[str]:
        """The groups in which somebody is late."""
        return {obligation.group for obligation, prompt in self.spoken if prompt.kind != "before"}


async def _batch(
    session: AsyncSession, work: Work, due: Sequence[Obligation], now: datetime
) -> _Batch:
    summaries = await obligations.summaries_of(session, [obligation.id or 0 for obligation in due])
    prompts = {}
    for obligation in due:
        state = _state(summaries.get(obligation.id or 0))
        prompt = set_next(work, obligation, now, state)
        if prompt and prompt.at <= now:
            prompts[obligation.id or 0] = (obligation, prompt)
    return _Batch(summaries, prompts)


async def _messages(
    session: AsyncSession, work: Work, batch: _Batch, now: datetime
) -> list[OutboxMessage]:
    pairs = batch.spoken
    owed_reports = [obligation for obligation, _ in pairs]
    facts = await owed_facts(session, work, owed_reports, local(now).date())
    leaders = await leaders_of(session, {obligation.unit_id for obligation in owed_reports})
    return [
        notice(
            work.calendar,
            person,
            obligation_cards.prompt(facts[obligation.id or 0]),
            f"owe:{obligation.id}:{prompt.tag}:{person}",
            now,
            lane=Lane.REMINDER,
            subject=f"obligation:{obligation.id}",
        )
        for obligation, prompt in pairs
        for person in leaders.get(obligation.unit_id, ())
    ]


async def _tell_chasers(
    session: AsyncSession, work: Work, groups: Collection[str], now: datetime
) -> None:
    """One list for each group and receiver; its key keeps it from going out twice."""
    if not groups:
        return
    today = local(now).date()
    all_of_them = await obligations.of_groups(session, groups)
    summaries = await obligations.summaries_of(
        session, [obligation.id or 0 for obligation in all_of_them]
    )
    owing = [obligation for obligation in all_of_them if obligation.excused_at is None]
    late = [
        obligation
        for obligation in owing
        if obligation.due_before <= today and not _ever_sent(summaries.get(obligation.id or 0))
    ]
    places = await units.by_ids(session, {i for o in late for i in (o.unit_id, o.to_unit_id)})
    leaders = await leaders_of(session, {obligation.unit_id for obligation in late})
    mute = frozenset(
        obligation.unit_id for obligation in late if not leaders.get(obligation.unit_id)
    )
    for group, receiver in sorted(
        {(obligation.group, obligation.to_unit_id) for obligation in late}
    ):
        mine = [
            obligation
            for obligation in late
            if (obligation.group, obligation.to_unit_id) == (group, receiver)
        ]
        facts = LateFacts(
            mine[0],
            places[receiver],
            today,
            sorted(
                (places[obligation.unit_id] for obligation in mine),
                key=lambda unit: (name_order(unit.name), unit.id),
            ),
            mute,
            sum(
                (obligation.group, obligation.to_unit_id) == (group, receiver)
                for obligation in owing
            ),
        )
        first = min(
            obligation.id or 0
            for obligation in all_of_them
            if (obligation.group, obligation.to_unit_id) == (group, receiver)
        )
        await _tell(session, work, facts, f"late:{first}:{mine[0].due_before}", now)


async def _tell(
    session: AsyncSession, work: Work, facts: LateFacts, key: str, now: datetime
) -> None:
    card = obligation_cards.late(facts)
    person_ids = dict.fromkeys(await chasers(session, work, facts.receiver))
    person_ids |= dict.fromkeys(await asker_of(session, facts.obligation, facts.receiver))
    messages = [
        notice(work.calendar, person_id, card, f"{key}:{person_id}", now, lane=Lane.REMINDER)
        for person_id in person_ids
    ]
    await outbox.add_all(session, messages)


def _plan_later(work: Work, obligation: Obligation, now: datetime, state: SummaryState) -> None:
    """The one after; never in the past, so that one obligation cannot keep the program busy."""
    set_next(work, obligation, now, state)
    if obligation.remind_at and obligation.remind_at <= now:
        obligation.remind_at = now + timedelta(minutes=1)


def _state(summary: Summary | None) -> SummaryState:
    return summary.state if summary else SummaryState.WRITING


def _ever_sent(summary: Summary | None) -> bool:
    return bool(summary and summary.version)


def mute_units(leaders: dict[int, list[int]], all_units: Sequence[Unit]) -> list[Unit]:
    """Those that nobody can be told for."""
    return [unit for unit in all_units if not leaders.get(unit.id or 0)]


STREAM = Stream("prompts", Obligation, col(Obligation.excused_at).is_(None), _prompt)
