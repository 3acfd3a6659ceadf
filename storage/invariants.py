"""What must hold in every database whenever nobody is in the middle of writing.

Answers name invariants and keys of rows, never a word of what the rows say: they may be logged.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    ForeignKey,
    String,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    table,
)
from sqlalchemy import case as when
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.addresses import WEB
from storage.enums import (
    OPEN_CASES,
    OPEN_STATUSES,
    CaseStatus,
    OrgChangeState,
    OutboxState,
    Outcome,
    PromiseState,
    RecruitmentState,
    SummaryState,
    VisitOrigin,
    VisitStatus,
)
from storage.models import (
    Case,
    CaseEvent,
    Draft,
    InboxUpdate,
    Membership,
    Obligation,
    OrgChange,
    OutboxMessage,
    Person,
    PersonAddress,
    Promise,
    Recruitment,
    Reporter,
    Summary,
    SummaryCorrection,
    SummarySection,
    SummaryVersion,
    Unit,
    UnitCount,
    UnitPast,
    Visit,
    VisitEvent,
    VisitReport,
    WebSession,
    WeekPlan,
    metadata,
)
from storage.paths import prefixes

VIETNAM = timezone(timedelta(hours=7))  # no summer time
TUESDAY, FRIDAY = 1, 4
NULL_LETTERS = len("null")  # a column of JSON may hold that word for nothing
FIGURES = ("workers", "women", "members")
HOUR = timedelta(hours=1)  # the inbox keeps no finer moments
LONGEST_MESSAGE = timedelta(days=15)  # a message to a worker is given up after two weeks


@dataclass(frozen=True)
class Broken:
    """An invariant that does not hold, and the keys of the rows ("1/2" where a key has two)."""

    name: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """What is asked. `now` is aware. `handling`: roles that may have a case in hand; `leading`:
    those that lead the handling of cases.

    `patience`: how long something may be due or waiting (the program may be down for a night);
    `sending`: how long a message may be on its way.
    """

    now: datetime
    handling: Collection[str]
    leading: Collection[str]
    patience: timedelta = timedelta(days=1)
    sending: timedelta = timedelta(minutes=10)


Query = Callable[[Terms], Executable]


async def broken(session: AsyncSession, terms: Terms) -> list[Broken]:
    """The invariants that do not hold; [] for a sound database.

    Walks over whole tables: for the operator and for tests, on no path that somebody waits on.
    """
    rows_by_name: dict[str, list[str]] = {}
    connection = await session.connection()
    of_rows = {name: query(terms) for name, query in QUERIES.items()}
    for name, statement in {**_orphans(), **of_rows}.items():
        rows = (await connection.execute(statement)).all()
        rows_by_name[name] = ["/".join(str(part) for part in row) for row in rows]
    rows_by_name["unit.path"] = await _wrong_paths(connection)
    rows_by_name["case.reachable_owner"] = await without_owner(connection, terms)
    return [Broken(name, tuple(rows)) for name, rows in rows_by_name.items() if rows]


# ---- Rows that point to nothing


@cache
def _orphans() -> dict[str, Executable]:
    """Every foreign key of every table: a repaired file may have lost its other end."""
    return {
        f"orphan:{key.parent}": _orphan(key)
        for whole in metadata.sorted_tables
        for key in whole.foreign_keys
    }


def _orphan(key: ForeignKey) -> Executable:
    # The one column alone: an alias of a whole table takes a millisecond to make.
    there = table(key.column.table.name, column(key.column.name, key.column.type)).alias()
    end = there.c[key.column.name]
    rows = select(*key.parent.table.primary_key.columns)
    return rows.where(key.parent.is_not(None), ~exists().where(end == key.parent))


def _draft_owner(_: Terms) -> Executable:
    """A form belongs to a person who is there, or to a keyed hash."""
    owner = col(Draft.owner)
    person = exists().where("p:" + cast(col(Person.id), String) == owner)
    private = and_(owner.startswith("r:"), func.length(owner) > len("r:"))
    return select(col(Draft.id)).where(~person, ~private)


def _reporter_has_case(_: Terms) -> Executable:
    """Whoever is kept sealed is kept for a case, or for what is still on its way to them."""
    case = exists().where(col(Case.reporter_id) == col(Reporter.id))
    message = exists().where(
        col(OutboxMessage.reporter_id) == col(Reporter.id),
        col(OutboxMessage.state).in_((OutboxState.PENDING, OutboxState.SENDING)),
    )
    return select(col(Reporter.id)).where(~case, ~message)


# ---- Visits and their reports


def _visit_week_planned(_: Terms) -> Executable:
    plan = exists().where(col(WeekPlan.week) == col(Visit.week))
    assigned = col(Visit.origin) == VisitOrigin.ASSIGNED
    return select(col(Visit.id)).where(assigned, ~plan)


def _this_week_planned(terms: Terms) -> Executable:
    """From Tuesday on; gives the last planned week. A start on a weekend plans nothing."""
    today = terms.now.astimezone(VIETNAM).date()
    monday = today - timedelta(days=today.weekday())
    last = select(func.max(col(WeekPlan.week)).label("week")).subquery()
    late = literal(TUESDAY <= today.weekday() <= FRIDAY)
    return select(last.c.week).where(late, last.c.week < monday)


def _visit_open_due(_: Terms) -> Executable:
    """An open visit knows when it is reminded of next; the last time closes it."""
    open_visit = col(Visit.status).in_(OPEN_STATUSES)
    return select(col(Visit.id)).where(open_visit, col(Visit.remind_at).is_(None))


def _visit_excuse_answered(_: Terms) -> Executable:
    """Who asked to be excused waits only for a visit that is open, or that was not made."""
    waits = col(Visit.excuse_asked) != ""
    settled = col(Visit.status).not_in((*OPEN_STATUSES, VisitStatus.MISSED))
    return select(col(Visit.id)).where(waits, settled)


def _visit_reported(_: Terms) -> Executable:
    """Reported means: one report counts, and it is known since when."""
    counting = _counting(VisitReport.visit_id, Visit.id, col(VisitReport.latest))
    reported = col(Visit.status) == VisitStatus.REPORTED
    right = or_(
        and_(reported, counting == 1, col(Visit.reported_at).is_not(None)),
        and_(~reported, counting == 0, col(Visit.reported_at).is_(None)),
    )
    return select(col(Visit.id)).where(~right)


def _visit_acknowledged(_: Terms) -> Executable:
    """Each report that was acknowledged, corrections too, is a row."""
    what = col(VisitEvent.what).in_(("reported", "corrected"))
    acknowledged = _counting(VisitEvent.visit_id, Visit.id, what)
    return select(col(Visit.id)).where(acknowledged > _counting(VisitReport.visit_id, Visit.id))


def _report_versions(_: Terms) -> Executable:
    visit, version, latest = (
        col(VisitReport.visit_id),
        col(VisitReport.version),
        col(VisitReport.latest),
    )
    return _numbered(version, latest, visit)


def _promise(_: Terms) -> Executable:
    """What was promised stands in a report; it is closed exactly when that is known."""
    report = exists().where(col(VisitReport.visit_id) == col(Promise.visit_id))
    over = col(Promise.state).in_((PromiseState.DONE, PromiseState.NOT_DONE))
    dated = col(Promise.closed_at).is_not(None)
    return select(col(Promise.id)).where(or_(~report, and_(over, ~dated)))


# ---- Cases


def _open(*more: ColumnElement[bool]) -> Executable:
    return select(col(Case.id)).where(col(Case.status).in_(OPEN_CASES), *more)


def _case_open_due(terms: Terms) -> Executable:
    """An open case has a clock that runs, or stands among the overdue at the last level."""
    unset = or_(col(Case.settle_by).is_(None), col(Case.settle_by) > terms.now)
    return _open(col(Case.remind_at).is_(None), unset)


def _case_open_deadline(_: Terms) -> Executable:
    return _open(col(Case.settle_by).is_(None))


def _case_open_raised(_: Terms) -> Executable:
    """Somebody waits for what becomes of it, and its words are there."""
    nobody = and_(col(Case.reporter_id).is_(None), col(Case.author_id).is_(None))
    return _open(or_(nobody, col(Case.emptied_at).is_not(None)))


def _case_born(_: Terms) -> Executable:
    born = ("received", "born_settled")
    event = exists().where(col(CaseEvent.case_id) == col(Case.id), col(CaseEvent.what).in_(born))
    return select(col(Case.id)).where(~event)


def _case_merged(_: Terms) -> Executable:
    """Merged means: into another one, which is itself no duplicate."""
    into = aliased(Case)
    is_merged = col(Case.status) == CaseStatus.MERGED
    bad_end = exists().where(
        col(into.id) == col(Case.merged_into),
        or_(col(into.id) == col(Case.id), col(into.status) == CaseStatus.MERGED),
    )
    wrong = or_(is_merged != col(Case.merged_into).is_not(None), bad_end)
    return select(col(Case.id)).where(wrong)


# ---- Reports that units owe


def _obligation_open_due(terms: Terms) -> Executable:
    """What is owed and not late yet is prompted for."""
    over = exists().where(
        col(Summary.obligation_id) == col(Obligation.id),
        col(Summary.state).in_((SummaryState.SENT, SummaryState.ACCEPTED)),
    )
    today = terms.now.astimezone(VIETNAM).date()
    return select(col(Obligation.id)).where(
        col(Obligation.excused_at).is_(None),
        ~over,
        col(Obligation.due_before) > today,
        col(Obligation.remind_at).is_(None),
    )


def _summary_unit(_: Terms) -> Executable:
    same = exists().where(
        col(Obligation.id) == col(Summary.obligation_id),
        col(Obligation.unit_id) == col(Summary.unit_id),
    )
    return select(col(Summary.id)).where(~same)


def _summary_version(_: Terms) -> Executable:
    """`version` counts what was sent, and the newest says how it stands."""
    newest = aliased(SummaryVersion)
    outcomes: Mapping[SummaryState, Outcome] = {
        SummaryState.SENT: Outcome.UNDECIDED,
        SummaryState.RETURNED: Outcome.RETURNED,
        SummaryState.ACCEPTED: Outcome.ACCEPTED,
    }
    of_newest = and_(
        col(newest.summary_id) == col(Summary.id), col(newest.number) == col(Summary.version)
    )
    stands = or_(
        and_(col(Summary.state) == SummaryState.WRITING, col(Summary.version) == 0),
        *(
            and_(
                col(Summary.state) == state,
                exists().where(of_newest, col(newest.outcome) == outcome),
            )
            for state, outcome in outcomes.items()
        ),
    )
    versions = _counting(SummaryVersion.summary_id, Summary.id)
    return select(col(Summary.id)).where(or_(col(Summary.version) != versions, ~stands))


def _section_revisions(_: Terms) -> Executable:
    revision, latest = col(SummarySection.revision), col(SummarySection.latest)
    return _numbered(revision, latest, col(SummarySection.summary_id), col(SummarySection.section))


def _correction_latest(_: Terms) -> Executable:
    key = (col(SummaryCorrection.summary_id), col(SummaryCorrection.figure))
    return select(*key).group_by(*key).having(_how_many(col(SummaryCorrection.latest)) != 1)


# ---- People and units


def _membership_place(_: Terms) -> Executable:
    """A role is held at a unit or over a cluster, at exactly one of the two."""
    both = col(Membership.unit_id).is_not(None) == col(Membership.cluster_id).is_not(None)
    return select(col(Membership.id)).where(both)


def _web_session_of_staff(terms: Terms) -> Executable:
    """Whoever may still look at the web pages holds a role, and is known again there."""
    role = exists().where(
        col(Membership.person_id) == col(WebSession.person_id), col(Membership.ended_at).is_(None)
    )
    address = exists().where(
        col(PersonAddress.person_id) == col(WebSession.person_id),
        col(PersonAddress.channel) == WEB,
    )
    still_open = and_(col(WebSession.ended_at).is_(None), col(WebSession.ends_at) > terms.now)
    return select(col(WebSession.id)).where(still_open, or_(~role, ~address))


def _recruitment_founded(_: Terms) -> Executable:
    """Founded means: it is known on which day and when that was noted."""
    founded = col(Recruitment.state) == RecruitmentState.FOUNDED
    dated = and_(col(Recruitment.founded_on).is_not(None), col(Recruitment.founded_at).is_not(None))
    return select(col(Recruitment.id)).where(founded != dated)


def _unit_count(_: Terms) -> Executable:
    """What a unit's row has is what was counted last, where its figures have a history."""
    newest = aliased(UnitCount)
    last = (
        select(func.max(col(newest.id)))
        .where(col(newest.unit_id) == col(Unit.id))
        .scalar_subquery()
    )
    same = and_(*(col(getattr(UnitCount, f)) == col(getattr(Unit, f)) for f in FIGURES))
    return select(col(Unit.id)).join(UnitCount, col(UnitCount.id) == last).where(~same)


def _unit_past(_: Terms) -> Executable:
    """What a unit was ends in its own place in the tree; it was not there yet (an empty path) only
    before everything else that is known of it."""
    older = aliased(UnitPast)
    own = "%/" + cast(col(UnitPast.unit_id), String) + "/"
    earlier = exists().where(
        col(older.unit_id) == col(UnitPast.unit_id), col(older.last_day) < col(UnitPast.last_day)
    )
    misplaced = and_(col(UnitPast.path) != "", ~col(UnitPast.path).like(own))
    return select(col(UnitPast.id)).where(or_(misplaced, and_(col(UnitPast.path) == "", earlier)))


def _org_change(terms: Terms) -> Executable:
    """A change that was done says when, one taken back also when that was, no other either; what
    was before is kept of done ones alone; one that is planned comes up on its day."""
    state = col(OrgChange.state)
    done, undone = col(OrgChange.done_at), col(OrgChange.undone_at)
    was_done = state.in_((OrgChangeState.DONE, OrgChangeState.UNDONE))
    late = terms.now - terms.patience
    due = or_(col(OrgChange.remind_at).is_(None), col(OrgChange.remind_at) < late)
    return select(col(OrgChange.id)).where(
        or_(
            was_done != done.is_not(None),
            (state == OrgChangeState.UNDONE) != undone.is_not(None),
            and_(
                state != OrgChangeState.DONE,
                func.length(cast(OrgChange.before, String)) > NULL_LETTERS,
            ),
            and_(state == OrgChangeState.PLANNED, due),
        )
    )


# ---- What passes between the program and its channels


def _update_handled(terms: Terms) -> Executable:
    """Handled and answered, or set aside."""
    waits = and_(
        col(InboxUpdate.answered_at).is_(None),
        col(InboxUpdate.failure) == "",
        col(InboxUpdate.received_at) < terms.now - terms.patience - HOUR,
    )
    return select(col(InboxUpdate.channel), col(InboxUpdate.update_id)).where(waits)


def _update_erased(_: Terms) -> Executable:
    """Who wrote what is not kept when it is answered."""
    kept_on = or_(col(InboxUpdate.payload).is_not(None), col(InboxUpdate.answer).is_not(None))
    over = col(InboxUpdate.answered_at).is_not(None)
    return select(col(InboxUpdate.channel), col(InboxUpdate.update_id)).where(over, kept_on)


_DUE = func.coalesce(OutboxMessage.retry_at, OutboxMessage.not_before)


def _message_sending(terms: Terms) -> Executable:
    sending = col(OutboxMessage.state) == OutboxState.SENDING
    return select(col(OutboxMessage.id)).where(sending, terms.now - terms.sending >= _DUE)


def _message_pending(terms: Terms) -> Executable:
    """It went out or was given up by then."""
    pending = col(OutboxMessage.state) == OutboxState.PENDING
    old = col(OutboxMessage.not_before) < terms.now - LONGEST_MESSAGE
    return select(col(OutboxMessage.id)).where(pending, old)


def _message_reader(_: Terms) -> Executable:
    both = col(OutboxMessage.person_id).is_not(None) == col(OutboxMessage.reporter_id).is_not(None)
    return select(col(OutboxMessage.id)).where(both)


QUERIES: dict[str, Query] = {
    "draft.owner": _draft_owner,
    "reporter.case": _reporter_has_case,
    "visit.week_planned": _visit_week_planned,
    "week_plan.this_week": _this_week_planned,
    "visit.open_due": _visit_open_due,
    "visit.excuse_answered": _visit_excuse_answered,
    "visit.reported": _visit_reported,
    "visit.acknowledged": _visit_acknowledged,
    "visit_report.versions": _report_versions,
    "promise.closed": _promise,
    "case.open_due": _case_open_due,
    "case.open_deadline": _case_open_deadline,
    "case.open_raised": _case_open_raised,
    "case.born": _case_born,
    "case.merged": _case_merged,
    "obligation.open_due": _obligation_open_due,
    "summary.unit": _summary_unit,
    "summary.version": _summary_version,
    "summary_section.revisions": _section_revisions,
    "summary_correction.latest": _correction_latest,
    "membership.place": _membership_place,
    "unit_past.place": _unit_past,
    "org_change.state": _org_change,
    "web_session.of_staff": _web_session_of_staff,
    "unit.newest_count": _unit_count,
    "recruitment.founded": _recruitment_founded,
    "inbox_update.handled": _update_handled,
    "inbox_update.erased": _update_erased,
    "outbox_message.sending": _message_sending,
    "outbox_message.pending": _message_pending,
    "outbox_message.reader": _message_reader,
}


# ---- What takes more than a query


async def _wrong_paths(connection: AsyncConnection) -> list[str]:
    """A unit's path is that of the unit above it and its own id."""
    rows = (
        await connection.execute(select(col(Unit.id), col(Unit.parent_id), col(Unit.path)))
    ).all()
    paths = {key: path for key, _, path in rows}
    return [
        str(key)
        for key, parent, path in rows
        if path != f"{paths.get(parent, '') if parent else '/'}{key}/"
    ]


async def without_owner(
    connection: AsyncConnection, terms: Terms, *which: ColumnElement[bool]
) -> list[str]:
    """Open cases, or `which` of them, that neither assignee nor a leader can be reached about.

    The leaders are those of the level that has the case and of all above: where none of a level is
    reached, the next one hears. Whoever a case is about is none.
    """
    is_reached = and_(
        col(Person.blocked_at).is_(None),
        exists().where(col(PersonAddress.person_id) == col(Person.id)),
    )
    staff = await connection.execute(
        select(col(Person.id), col(Membership.role), col(Unit.path), is_reached)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .join(Unit, col(Unit.id) == col(Membership.unit_id), isouter=True)
        .where(col(Membership.ended_at).is_(None))
    )
    handlers: set[int | None] = set()
    leaders: dict[str, set[int | None]] = defaultdict(set)  # who are reached
    for person, role, path, reached in staff.all():
        if role in terms.handling and reached:
            handlers.add(person)
        if role in terms.leading and path and reached:
            leaders[path].add(person)
    cases = await connection.execute(
        select(col(Case.id), col(Case.assignee_id), col(Case.about_id), col(Unit.path))
        .join(Unit, col(Unit.id) == col(Case.unit_id))
        .where(col(Case.status).in_(OPEN_CASES), *which)
    )
    return [
        str(key)
        for key, assignee, about, path in cases.all()
        if assignee not in handlers and not _leading(leaders, path) - {about}
    ]


def _leading(leaders: Mapping[str, set[int | None]], path: str) -> set[int | None]:
    """Who can be reached of those who lead a unit or one above it."""
    return {leader for level in prefixes(path) for leader in leaders.get(level, ())}


# ---- Parts of queries


def _counting(column: Any, key: Any, *conditions: Any) -> ColumnElement[int]:
    """How many rows refer to one by this column."""
    counted = select(func.count()).where(col(column) == col(key), *conditions)
    return counted.scalar_subquery()


def _how_many(condition: Any) -> ColumnElement[int]:
    return func.sum(when((condition, 1), else_=0))


def _numbered(number: Any, latest: Any, *group: Any) -> Executable:
    """Groups that are not numbered 1, 2, 3 … with the last one marked, and no other."""
    marked = func.max(when((latest, number), else_=0))
    wrong = or_(
        func.count() != func.max(number),
        _how_many(latest) != 1,
        marked != func.max(number),
    )
    return select(*group).group_by(*group).having(wrong)
