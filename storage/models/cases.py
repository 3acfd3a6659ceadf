"""Concerns of workers and proposals of officers: cases, and who raised them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field

from storage.enums import AlertLevel, CaseKind, CaseStatus, Category, EventAuthor, Severity
from storage.models.base import Table, index_where
from storage.types import UtcDateTime, text_of


class VaultKey(Table, table=True):
    """Keys that something in this database is sealed with; `check` proves that we have the key."""

    __tablename__ = "vault_key"
    key_id: str = Field(primary_key=True, max_length=16)
    check: bytes
    since: datetime = Field(sa_type=UtcDateTime)


class Reporter(Table, table=True):
    """Whoever raised one case; another case of theirs has another row, so that two of them cannot
    be joined. Who they are is sealed; `id` is random and tells nothing.

    `identity` is JSON: {"channel": …, "chat": id there, "name": …, "phone": …}; name and phone only
    where the reporter agreed to be named. Without a channel it is from before there was another
    than Telegram. `unreachable`: our last message about it was refused.
    `created_at`: the day.
    """

    __tablename__ = "reporter"
    id: str = Field(primary_key=True, max_length=32)
    identity: bytes
    unreachable: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class ReporterAccount(Table, table=True):
    """The account behind reporters, found by its keyed hash. `sealed` is JSON: channel and chat,
    the ids of its reporters, to what it agreed and when; nothing here refers to a case.

    `unsealed`: what migration 0004, which has no key, left to be sealed at the next start.
    """

    __tablename__ = "reporter_account"
    look: str = Field(primary_key=True, max_length=64)
    sealed: bytes | None = None
    unsealed: str = Field(default="", sa_type=Text)


class BarredReporter(Table, table=True):
    """The block list: keyed hashes only. `why` and who decided are for the log."""

    __tablename__ = "barred_reporter"
    look: str = Field(primary_key=True, max_length=64)
    why: str = Field(default="", max_length=300)
    by: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Tally(Table, table=True):
    """How often the account behind a keyed hash did something in one hour; against spam."""

    __tablename__ = "tally"
    look: str = Field(primary_key=True, max_length=72)
    what: str = Field(primary_key=True, max_length=16)
    since: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    count: int = 0


class Case(Table, table=True):
    """Phản ánh, kiến nghị, khiếu nại, tố cáo: somebody owns it and a clock runs.

    `unit_id` is the level that has it now, `home_id` the upper union over the site. A proposal
    from a visit has `report_id` and `author_id`; a worker's concern has `reporter_id`. `folded`
    is what is searched. The clocks count from `clock_from` (brought, or reopened) and, for the
    level that has it now, from `level_since` (None: it was never escalated). `passed_up_by`: the
    lowest level that had it and escalated it. `merged_into` points to the case that a duplicate
    was folded into.
    """

    __tablename__ = "case"
    __table_args__ = (
        Index(None, "home_id", "created_at"),
        Index(None, "home_id", "settle_by"),
        Index(None, "assignee_id", "status"),
        Index(None, "site_id", "created_at"),
        index_where("ix_case_not_emptied", "created_at", "emptied_at IS NULL"),
    )
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    kind: CaseKind = Field(default=CaseKind.CONCERN, sa_type=text_of(CaseKind, 16))
    category: Category = Field(default=Category.KHAC, sa_type=text_of(Category, 16), index=True)
    severity: Severity = Field(default=Severity.NORMAL, sa_type=text_of(Severity, 16))
    status: CaseStatus = Field(
        default=CaseStatus.RECEIVED, sa_type=text_of(CaseStatus, 16), index=True
    )
    site_id: int | None = Field(default=None, foreign_key="unit.id")
    site_words: str = Field(default="", max_length=200)  # where the site is not in the list
    unit_id: int = Field(foreign_key="unit.id", index=True)
    home_id: int = Field(foreign_key="unit.id")
    passed_up_by: int | None = Field(default=None, foreign_key="unit.id", index=True)
    assignee_id: int | None = Field(default=None, foreign_key="person.id")
    about_id: int | None = Field(default=None, foreign_key="person.id")  # must not handle it
    report_id: int | None = Field(default=None, foreign_key="visit_report.id", index=True)
    author_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reporter_id: str | None = Field(default=None, foreign_key="reporter.id", index=True)
    anonymous: bool = True
    door: str = Field(  # the channel that a worker's concern came by, where it is written down
        default="", max_length=16, sa_column_kwargs={"server_default": ""}
    )
    affected: int | None = None
    affected_group: str = Field(  # what a worker pressed; `affected` then is our guess at it
        default="", max_length=8, sa_column_kwargs={"server_default": ""}
    )
    text: str = Field(sa_type=Text)
    folded: str = Field(default="", sa_type=Text)
    result: str = Field(default="", sa_type=Text)
    agency: str = Field(default="", max_length=200)
    agency_on: date | None = None
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settle_by: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    reminded: list[str] = Field(default_factory=list, sa_type=JSON)
    clock_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    level_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    satisfied: bool | None = None
    merged_into: int | None = Field(default=None, foreign_key="case.id", index=True)
    emptied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # words gone
    law: dict[str, str] = Field(  # what the law counts from
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )


class CaseEvent(Table, table=True):
    """Everything that happened to a case.

    `internal`: the reporter never sees it. `data` holds what the words do not: old and new
    category, the level it went to, the agency.
    """

    __tablename__ = "case_event"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    by: EventAuthor = Field(default=EventAuthor.PROGRAM, sa_type=text_of(EventAuthor, 16))
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    what: str = Field(max_length=24)
    words: str = Field(default="", sa_type=Text)
    internal: bool = False
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class CaseFile(Table, table=True):
    __tablename__ = "case_file"
    case_id: int = Field(primary_key=True, foreign_key="case.id")
    file_id: int = Field(primary_key=True, foreign_key="stored_file.id", index=True)


class IdentityView(Table, table=True):
    """Each time somebody was shown who a named reporter is."""

    __tablename__ = "identity_view"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Alert(Table, table=True):
    """An early warning that went out: once an event, again only when it grows.

    Raised by a case, by the words of a report (`report_id`), or by a person who says so in
    `words`; `raised_by`: who reported or said it. `home_id`: the upper union over the site.
    `remind_at`: when its leaders are reminded of the short report; None: they need not be.
    `wrong_at`: when somebody said that it was none.
    """

    __tablename__ = "alert"
    __table_args__ = (
        index_where("ix_alert_not_over", "at", "over_at IS NULL"),
        index_where("ix_alert_judged_wrong", "at", "wrong_at IS NOT NULL"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=80, index=True)  # where and what: the cluster it belongs to
    unit_id: int = Field(foreign_key="unit.id", index=True)
    site_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    home_id: int = Field(foreign_key="unit.id")
    report_id: int | None = Field(default=None, foreign_key="visit_report.id")
    raised_by: int | None = Field(default=None, foreign_key="person.id")
    words: str = Field(default="", sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    size: int = 1
    level: AlertLevel = Field(sa_type=text_of(AlertLevel, 16))
    signs: list[str] = Field(default_factory=list, sa_type=JSON)  # "kind" or "kind:the words"
    seen_by: list[int] = Field(default_factory=list, sa_type=JSON)  # who said that they know
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    wrong_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    wrong_by: int | None = Field(default=None, foreign_key="person.id")


class QuickReport(Table, table=True):
    """Báo cáo nhanh on a stoppage: one row each time it is updated, until work resumes."""

    __tablename__ = "quick_report"
    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    enterprise: str = Field(default="", max_length=200)
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taking_part: int | None = None
    workers: int | None = None
    demands: str = Field(default="", sa_type=Text)
    employer: str = Field(default="", sa_type=Text)
    authorities: str = Field(default="", sa_type=Text)
    next_step: str = Field(default="", sa_type=Text)
    cause: str = Field(default="", sa_type=Text)
    ownership: str = Field(
        default="", max_length=16
    )  # see OWNERSHIPS in the cards; empty: not said
    has_union: bool | None = None
    resumed: bool = False
