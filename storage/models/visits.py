"""Visits to the grassroots and what was reported from them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, text
from sqlmodel import Field, UniqueConstraint

from storage.enums import (
    Arrears,
    CommendationKind,
    CommendationState,
    FiguresState,
    PromiseState,
    Rating,
    VisitKind,
    VisitOrigin,
    VisitStatus,
)
from storage.models.base import Table, index_where
from storage.types import UtcDateTime, text_of


class WeekPlan(Table, table=True):
    """That a week was planned (or skipped as a holiday week): it is done once."""

    __tablename__ = "week_plan"
    week: date = Field(primary_key=True)  # its Monday
    planned_at: datetime = Field(sa_type=UtcDateTime)
    skipped: bool = False


class Visit(Table, table=True):
    """One visit of one officer to one site in one week.

    `unit_id` is the unit above the site when the visit was planned: old visits keep the tree of
    their date. `made_by_id` is the unit whose people made it, where that is another one (a
    department of the province), `by_leader` whether a leader did; both are known since the report.
    `key` makes planning repeatable. `remind_at` is when the next reminder is due,
    `reminded` which were sent. `late`: reported after its week was over.
    """

    __tablename__ = "visit"
    __table_args__ = (
        Index(None, "officer_id", "week"),
        Index(None, "unit_id", "week"),
        Index(None, "site_id", "status", "week"),
        index_where("ix_visit_made_by", "made_by_id", "made_by_id IS NOT NULL"),
        index_where("ix_visit_excuse_asked", "week", "excuse_asked != ''"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=80)
    week: date = Field(index=True)  # its Monday
    site_id: int = Field(foreign_key="unit.id")
    unit_id: int = Field(foreign_key="unit.id")
    officer_id: int = Field(foreign_key="person.id")
    status: VisitStatus = Field(default=VisitStatus.PLANNED, sa_type=text_of(VisitStatus))
    origin: VisitOrigin = Field(default=VisitOrigin.ASSIGNED, sa_type=text_of(VisitOrigin))
    day: date | None = None
    day_set_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reasons: list[list[Any]] = Field(default_factory=list, sa_type=JSON)  # [[key, value], …]
    excuse: str = Field(default="", max_length=500)
    # None: its officer's own word, from before a leader was asked; 0: the program's
    excused_by: int | None = None
    excuse_asked: str = Field(default="", max_length=500)  # why; empty: no answer is waited for
    swap_asked: str = Field(default="", max_length=500)  # why; empty: no swap is asked for
    wants_next_week: bool = False  # with `swap_asked`: the same site, a week later
    created_at: datetime = Field(sa_type=UtcDateTime)
    reported_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    late: bool = False
    made_by_id: int | None = None  # a unit
    by_leader: bool | None = None
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    reminded: list[str] = Field(default_factory=list, sa_type=JSON)


class VisitEvent(Table, table=True):
    """Who did what to a visit, and when."""

    __tablename__ = "visit_event"
    __table_args__ = (Index(None, "actor_id", "at"),)
    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = Field(default=None, foreign_key="person.id")  # None: the program
    what: str = Field(max_length=40)
    words: str = Field(default="", max_length=500)


class VisitReport(Table, table=True):
    """One version of a report; `latest` marks the one that counts. Money in đồng a month.

    `phone_key`: made at random on the phone that a report was written on without coverage, so that
    it is taken once however often it is sent.
    """

    __tablename__ = "visit_report"
    __table_args__ = (
        UniqueConstraint("visit_id", "version"),
        Index(
            "ix_visit_report_latest",
            "visit_id",
            unique=True,
            sqlite_where=text("latest = 1"),  # PostgreSQL's stands in the migration
        ),
        Index(None, "author_id", "submitted_at"),
        Index(None, "phone_key", unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id")
    version: int = 1
    latest: bool = True
    author_id: int = Field(foreign_key="person.id")
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    visited_on: date = Field(index=True)
    kind: VisitKind = Field(sa_type=text_of(VisitKind))
    workers_met: int | None = None  # None: a report of one message, not counted yet
    situation: str = Field(default="", sa_type=Text)
    met_union: str = Field(default="", max_length=300)
    met_management: str = Field(default="", max_length=300)
    aspirations: str = Field(default="", sa_type=Text)
    help_given: str = Field(default="", sa_type=Text)
    headcount: int | None = None
    women: int | None = None
    members: int | None = None
    new_members: int | None = None
    average_income: int | None = None
    arrears_state: Arrears | None = Field(default=None, sa_type=text_of(Arrears))  # None: not asked
    arrears: str = Field(default="", max_length=500)  # since when, how much; older: free words
    suggested_rating: Rating | None = Field(default=None, sa_type=text_of(Rating))
    commendation: str = Field(default="", sa_type=Text)
    commendation_kind: CommendationKind | None = Field(
        default=None, sa_type=text_of(CommendationKind)
    )
    training_needs: str = Field(default="", sa_type=Text)
    # [{"what": …, "who": …, "until": ISO day or ""}, …]; of older reports plain words
    agreements: list[Any] = Field(default_factory=list, sa_type=JSON)
    # [{"kind": …, "values": {measure: number, ISO day or key}}, …]: bot/visits/rules/results.py
    results: list[Any] = Field(default_factory=list, sa_type=JSON)
    latitude: float | None = None
    longitude: float | None = None
    flags: list[str] = Field(default_factory=list, sa_type=JSON)  # see bot/visits/rules/quality.py
    phone_key: str | None = Field(default=None, max_length=32)


class Promise(Table, table=True):
    """Việc đã hẹn: what a visit's report says that somebody does at a site, by when.

    `who` in words. `until`: the last day, None where none was agreed. `officer_id` is reminded.
    `why` it is not done. `remind_at` is when the next reminder is due, `reminded` which were sent.
    """

    __tablename__ = "promise"
    __table_args__ = (Index(None, "state", "until"),)
    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    site_id: int = Field(foreign_key="unit.id", index=True)
    officer_id: int = Field(foreign_key="person.id", index=True)
    what: str = Field(sa_type=Text)
    who: str = Field(default="", max_length=100)
    until: date | None = None
    state: PromiseState = Field(default=PromiseState.OPEN, sa_type=text_of(PromiseState))
    why: str = Field(default="", max_length=500)
    created_at: datetime = Field(sa_type=UtcDateTime)
    day_set_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    reminded: list[str] = Field(default_factory=list, sa_type=JSON)


class SiteTerm(Table, table=True):
    """What runs out at a site on a day (TƯLĐTT): a visit's report said so. `kind`: of the result.

    `remind_at` is when the next reminder is due, `reminded` which were sent.
    """

    __tablename__ = "site_term"
    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    site_id: int = Field(foreign_key="unit.id", index=True)
    kind: str = Field(max_length=12)
    until: date
    created_at: datetime = Field(sa_type=UtcDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    reminded: list[str] = Field(default_factory=list, sa_type=JSON)


class SuggestedFigures(Table, table=True):
    """Figures of a site as somebody found them; they count once the unit's leader decides so.

    None: nothing is suggested. `rating` is for the `year`. `visit_id` None: not from a visit's
    report. `decided`: what was put into the unit's row, by column ("rating" too).
    """

    __tablename__ = "suggested_figures"
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="unit.id", index=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    suggested_at: datetime = Field(sa_type=UtcDateTime)
    year: int
    workers: int | None = None
    women: int | None = None
    members: int | None = None
    rating: Rating | None = Field(default=None, sa_type=text_of(Rating))
    state: FiguresState = Field(
        default=FiguresState.WAITING, sa_type=text_of(FiguresState), index=True
    )
    decided: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Commendation(Table, table=True):
    """What a visit's report proposes to commend, until a leader has decided.

    `unit_id`: whose leader decides now; it may be passed up. `released_words`: a good practice as
    every unit may read it, in the words of whoever released it; "" where it is not. `site_named`:
    with the name of the site.
    """

    __tablename__ = "commendation"
    __table_args__ = (
        Index(None, "unit_id", "state"),
        index_where("ix_commendation_released", "released_at", "released_at IS NOT NULL"),
    )
    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    site_id: int = Field(foreign_key="unit.id")
    unit_id: int = Field(foreign_key="unit.id")
    kind: CommendationKind | None = Field(default=None, sa_type=text_of(CommendationKind))
    words: str = Field(sa_type=Text)
    proposed_by: int = Field(foreign_key="person.id")
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    state: CommendationState = Field(
        default=CommendationState.WAITING, sa_type=text_of(CommendationState)
    )
    passed_up_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=500)  # why not this time
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_words: str = Field(default="", sa_type=Text)
    released_by: int | None = Field(default=None, foreign_key="person.id")
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    site_named: bool = False


class ReportTopic(Table, table=True):
    """What the checklist said about one topic; a topic "chưa nắm" has no row."""

    __tablename__ = "report_topic"
    report_id: int = Field(primary_key=True, foreign_key="visit_report.id")
    topic: str = Field(primary_key=True, max_length=32)
    trouble: bool
    words: str = Field(default="", sa_type=Text)


class ReportFile(Table, table=True):
    __tablename__ = "report_file"
    report_id: int = Field(primary_key=True, foreign_key="visit_report.id")
    file_id: int = Field(primary_key=True, foreign_key="stored_file.id", index=True)
