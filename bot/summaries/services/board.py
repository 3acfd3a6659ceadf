"""The board of a report that several units owe: who has sent, who is writing, who is late."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import SEEING_BOARDS, Action, Actor, Subject
from bot.core.work import Work
from bot.summaries.facts.board import (
    AnswerRow,
    BoardFacts,
    BoardRow,
    GroupLine,
    GroupsFacts,
    UnitAnswers,
)
from bot.summaries.facts.summaries import subject_of
from bot.summaries.rules.board import ORDER, Standing, standing
from bot.summaries.rules.summaries import QuestionKind, Section, Written, missing
from bot.summaries.rules.targets import Pace
from bot.summaries.services import contents, obligations, targets
from bot.summaries.services.consolidated import owed_of
from bot.summaries.services.plausibility import doubts_of
from bot.summaries.services.targets import AsOf
from bot.visits.facts.overview import ListPage
from storage import board as stored
from storage import units
from storage.board import Owing, Sent, Watched, Wrote
from storage.models import Obligation, Unit
from storage.paths import ids_of

PAGE = 10
NEAR = timedelta(days=45)
MOST_AT_HOME = 3


async def groups(context: Context, page: int) -> GroupsFacts:
    """Reports that units owe to the actor's units, open ones first, then the newest."""
    if not context.actor.may_any(*SEEING_BOARDS):
        raise Refused(messages.NOT_ALLOWED)
    today = local(context.now).date()
    async with context.work.read() as session:
        over = await watched(session, context.work, context.actor)
        report_groups = await stored.groups(session, over, today, PAGE + 1, page * PAGE)
        lines = await _lines(session, report_groups[:PAGE])
    whole = context.actor.may_any(Action.SEE_BOARD, Action.CHASE_REPORTS)
    return GroupsFacts(lines, ListPage(page, len(report_groups) > PAGE), today, whole=whole)


async def near(context: Context) -> list[GroupLine]:
    """What is due soon or late, for the home card of whoever receives it; the nearest few."""
    if not context.actor.may_any(*SEEING_BOARDS):
        return []
    today = local(context.now).date()
    async with context.work.read() as session:
        over = await watched(session, context.work, context.actor)
        report_groups = await stored.groups(session, over, today, PAGE)
        soon = [g for g in report_groups if g.open and (g.late or g.due_before <= today + NEAR)]
        return await _lines(session, soon[:MOST_AT_HOME])


async def _lines(
    session: AsyncSession, report_groups: Sequence[stored.ObligationGroup]
) -> list[GroupLine]:
    named = await stored.named(session, [g.obligation_id for g in report_groups])
    return [
        GroupLine(
            obligation_id=g.obligation_id,
            title=subject_of(named[g.obligation_id]),
            due_before=g.due_before,
            units=g.units,
            sent=g.sent,
            late=g.late,
            undecided=g.undecided,
            open=g.open,
        )
        for g in report_groups
    ]


async def watched(session: AsyncSession, work: Work, actor: Actor) -> Watched:
    """Whose boards somebody sees: of every receiver in their units, of those for which their unit
    chases, and of a cluster's units whatever they owe.
    """
    code = work.settings.summaries.chaser
    chaser = await units.by_code(session, code) if code else None
    chases = chaser is not None and actor.may(Action.CHASE_REPORTS, Subject(chaser.path))
    receivers = ids_of(chaser.path) if chaser and chases else []
    followed = actor.paths_for(Action.FOLLOW_UNITS)
    return Watched(actor.paths_for(Action.SEE_BOARD), receivers, followed)


@dataclass(frozen=True)
class GroupFacts:
    """Everything about a group that the board needs, read in a constant number of queries."""

    named: Obligation  # the one the button named
    receiver: Unit
    owing: Sequence[Owing]
    sent: Mapping[int, Sequence[Sent]]  # by summary id, the newest first
    wrote: Mapping[int, Sequence[Wrote]]
    sections: Sequence[Section]
    questions: Sequence[Mapping[str, str]]  # of a request
    receives: bool  # the actor decides and excuses
    reminds: bool
    whole: bool  # all units of the group; else those of the actor's cluster

    def sent_by(self, owing_row: Owing) -> Sequence[Sent]:
        summary = owing_row[2]
        return self.sent.get(summary.id or 0, ()) if summary else ()

    def wrote_by(self, owing_row: Owing) -> Sequence[Wrote]:
        summary = owing_row[2]
        return self.wrote.get(summary.id or 0, ()) if summary else ()


async def board(context: Context, obligation_id: int, page: int | None) -> BoardFacts:
    """The board of the group with this obligation; `page` None: all of it. Raises Refused."""
    async with context.work.read() as session:
        group = await allowed(session, context.work, context.actor, obligation_id)
        rows = sorted(
            (row_of(group, owing_row, context.now) for owing_row in group.owing),
            key=lambda r: ORDER.index(r.standing),
        )
        page_rows = rows if page is None else rows[page * PAGE : (page + 1) * PAGE]
        waiting = {row.obligation_id for row in page_rows if row.standing is Standing.SENT}
        sent_obligations = [owing_row[0] for owing_row in group.owing if owing_row[0].id in waiting]
        doubts = await doubts_of(session, context.work, group.owing, sent_obligations, context.now)
        behind = await _behind(session, context, group, {row.unit_id for row in page_rows})
    counts = Counter(row.standing for row in rows)
    return BoardFacts(
        obligation_id=obligation_id,
        title=subject_of(group.named),
        receiver=group.receiver.name,
        due_before=max(owing_row[0].due_before for owing_row in group.owing),
        today=local(context.now).date(),
        counts=counts,
        rows=[
            replace(
                row,
                doubtful=bool(doubts.get(row.obligation_id)),
                targets_behind=behind.get(row.unit_id, 0),
            )
            for row in page_rows
        ],
        page=ListPage(page or 0, page is not None and len(rows) > (page + 1) * PAGE),
        units=len(rows) - counts[Standing.EXCUSED],
        receives=group.receives,
        reminds=group.reminds,
        whole=group.whole,
        has_questions=group.named.request_id is not None,
        late_ones=sum(row.late for row in rows),
        targets_of=group.named.programme if _targets_shown(context, group) else "",
        receiver_id=group.receiver.id or 0,
        year=group.named.last_day.year,
    )


def _targets_shown(context: Context, group: GroupFacts) -> bool:
    """Whether the plan has targets that the actor may look at for the receiver."""
    plans = [p for p in context.work.programmes if p.key == group.named.programme]
    today = local(context.now).date()
    near = abs(group.named.last_day.year - today.year) <= targets.YEARS_AWAY
    sees = context.actor.may(Action.SEE_TARGETS, Subject(group.receiver.path))
    return near and sees and any(plan.targets for plan in plans)


async def _behind(
    session: AsyncSession, context: Context, group: GroupFacts, unit_ids: set[int]
) -> dict[int, int]:
    """Unit -> how many of the plan's targets it lags behind in."""
    if not _targets_shown(context, group):
        return {}
    last, today = group.named.last_day, local(context.now).date()
    plans = [p for p in context.work.programmes if p.key == group.named.programme]
    places = [unit for _, unit, _ in group.owing if unit.id in unit_ids]
    lines = await targets.lines_of(
        session, context.work, plans, places, AsOf(min(today, last), last.year)
    )
    return {key: sum(line.pace is Pace.BEHIND for line in own) for key, own in lines.items()}


async def answers(context: Context, obligation_id: int) -> UnitAnswers:
    """What the units answered to a request: latest sent, else what is there so far."""
    async with context.work.read() as session:
        group = await allowed(session, context.work, context.actor, obligation_id)
        papers = await contents.papers_of(
            session,
            context.work,
            [owing_row[0] for owing_row in group.owing],
            context.now,
            with_cases=False,
        )
    rows = [row_of(group, owing_row, context.now) for owing_row in group.owing]
    return UnitAnswers(
        title=subject_of(group.named),
        due_before=max(owing_row[0].due_before for owing_row in group.owing),
        questions=[(section.key, section.ask) for section in group.sections],
        rows=[
            AnswerRow(
                row.unit,
                row.standing,
                row.sent_at,
                {part.key: part.text for part in papers[row.obligation_id].parts},
            )
            for row in rows
        ],
        numbers={q["key"] for q in group.questions if q["kind"] == QuestionKind.NUMBER},
    )


async def allowed(
    session: AsyncSession, work: Work, actor: Actor, obligation_id: int
) -> GroupFacts:
    """The group with this obligation, for whoever may see the receiver's board; whoever watches
    over a cluster sees its units of it.
    """
    named = await session.get(Obligation, obligation_id)
    receiver = await session.get(Unit, named.to_unit_id) if named else None
    if named is None or receiver is None:
        raise Refused(messages.NOT_FOUND)
    whole = await obligations.may_as_receiver(session, work, actor, Action.SEE_BOARD, receiver)
    owing = await stored.owing(session, named.group, named.to_unit_id)
    if not whole:
        owing = [row for row in owing if actor.may(Action.FOLLOW_UNITS, Subject(row[1].path))]
    if not owing:
        raise Refused(messages.NOT_ALLOWED)
    keys = [summary.id for _, _, summary in owing if summary and summary.id]
    sent: dict[int, list[Sent]] = defaultdict(list)
    for version in await stored.versions(session, keys):
        sent[version.summary_id].append(version)
    wrote: dict[int, list[Wrote]] = defaultdict(list)
    for written_part in await stored.written(session, keys):
        wrote[written_part.summary_id].append(written_part)
    request = await stored.request_of(session, named)
    sections = contents.sections_for(work, named, request)
    questions = request.questions if request else ()
    receives, reminds = [
        await obligations.may_as_receiver(session, work, actor, action, receiver)
        for action in (Action.RECEIVE_SUMMARY, Action.REMIND_UNITS)
    ]
    return GroupFacts(
        named,
        receiver,
        owing,
        sent,
        wrote,
        sections,
        questions,
        receives=receives,
        reminds=reminds or not whole,
        whole=whole,
    )


def row_of(group: GroupFacts, owing_row: Owing, now: datetime) -> BoardRow:
    obligation, unit, _ = owing_row
    wrote = {
        w.section: Written("x" * min(w.letters, 1), w.voices) for w in group.wrote_by(owing_row)
    }
    required = [section for section in group.sections if section.required]
    newest = next(iter(group.sent_by(owing_row)), None)
    return BoardRow(
        obligation_id=obligation.id or 0,
        unit=unit.name,
        standing=standing(owed_of(owing_row), local(now).date()),
        done=len(required) - len(missing(required, wrote)),
        needed=len(required),
        sent_at=newest.sent_at if newest else None,
        late=newest.late if newest else False,
        version=newest.number if newest else 0,
        unit_id=obligation.unit_id,
    )
