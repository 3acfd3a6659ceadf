"""Reports that units owe by a date, and the summaries they write to pay them.

The words for sections are those of `bot/summaries/rules/summaries.py`; they are plain text here.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, Text
from sqlmodel import Field, UniqueConstraint

from storage.enums import Addressee, Outcome, SummaryState
from storage.models.base import Table
from storage.types import UtcDateTime, text_of


class ReportRequest(Table, table=True):
    """A report asked for on the spot, with questions of its own.

    `questions`: [{"key": "q1", "ask": …, "kind": "words" | "number" | "yes_no"}, …].
    """

    __tablename__ = "report_request"
    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=200)
    why: str = Field(default="", max_length=500)
    questions: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    unit_id: int = Field(foreign_key="unit.id", index=True)  # who asks, and receives
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)


class Obligation(Table, table=True):
    """One report that one unit owes for one period.

    `key` ("sat-co-so:year:2026:4", "request:7:4") makes creating it repeatable. `due_before`: the
    first day that is late ("trước ngày 15/12": 15/12). `remind_at` is when the next prompt is due,
    `reminded` which were sent. `group` is the same for all units that owe the same report
    ("sat-co-so:year:2026", "request:7").
    """

    __tablename__ = "obligation"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=120)
    group: str = Field(index=True, max_length=100)
    programme: str = Field(default="", max_length=40)  # empty: a request
    report: str = Field(default="", max_length=40)
    request_id: int | None = Field(default=None, foreign_key="report_request.id", index=True)
    title: str = Field(max_length=200)  # as it was when it was created
    unit_id: int = Field(foreign_key="unit.id", index=True)
    to_unit_id: int = Field(foreign_key="unit.id", index=True)  # who receives it
    first_day: date
    last_day: date
    due_before: date = Field(index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    reminded: list[str] = Field(default_factory=list, sa_type=JSON)
    excused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    excused_by: int | None = Field(default=None, foreign_key="person.id")  # None: the program
    excuse: str = Field(default="", max_length=500)


class Summary(Table, table=True):
    """What a unit writes for one obligation; one draft of the whole unit.

    `version` counts what was sent.
    """

    __tablename__ = "summary"
    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", unique=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    state: SummaryState = Field(
        default=SummaryState.WRITING, sa_type=text_of(SummaryState, 16), index=True
    )
    version: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class SummarySection(Table, table=True):
    """One edit of one section. Earlier edits stay: `latest` marks the one that counts.

    `revision` counts the edits, from 1: whoever edits says which one they have seen. `files`: ids
    of voice messages, to be listened to and written out.
    """

    __tablename__ = "summary_section"
    __table_args__ = (UniqueConstraint("summary_id", "section", "revision"),)
    id: int | None = Field(default=None, primary_key=True)
    summary_id: int = Field(foreign_key="summary.id", index=True)
    section: str = Field(max_length=16)
    revision: int = 1
    latest: bool = True
    text: str = Field(default="", sa_type=Text)
    files: list[int] = Field(default_factory=list, sa_type=JSON)
    author_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class SummaryProposal(Table, table=True):
    """One proposal of section VI. `case_id`: the case it became when the summary was sent."""

    __tablename__ = "summary_proposal"
    id: int | None = Field(default=None, primary_key=True)
    summary_id: int = Field(foreign_key="summary.id", index=True)
    addressee: Addressee = Field(sa_type=text_of(Addressee, 16))
    text: str = Field(sa_type=Text)
    author_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)


MONEY: Any = BigInteger().with_variant(Integer(), "sqlite")


class SummaryCorrection(Table, table=True):
    """A number that the unit put in place of the computed one. `latest`: the one that counts;
    `value` None takes the correction back.
    """

    __tablename__ = "summary_correction"
    id: int | None = Field(default=None, primary_key=True)
    summary_id: int = Field(foreign_key="summary.id", index=True)
    figure: str = Field(max_length=60)
    # what the data said at that time; money is in đồng
    computed: int | None = Field(default=None, sa_type=MONEY)
    value: int | None = Field(default=None, sa_type=MONEY)
    reason: str = Field(default="", max_length=500)
    latest: bool = True
    author_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class SummaryVersion(Table, table=True):
    """One version as it was sent, whole: `content` is what the paper says, for good.

    `late` was judged by the deadline in force at that time, `due_before`. `remarks`: why it was
    returned.
    """

    __tablename__ = "summary_version"
    __table_args__ = (UniqueConstraint("summary_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    summary_id: int = Field(foreign_key="summary.id", index=True)
    number: int
    sent_at: datetime = Field(sa_type=UtcDateTime)
    sent_by: int = Field(foreign_key="person.id")
    due_before: date
    late: bool = False
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    outcome: Outcome = Field(default=Outcome.UNDECIDED, sa_type=text_of(Outcome, 16))
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    remarks: str = Field(default="", sa_type=Text)


class Letterhead(Table, table=True):
    """What a unit's papers carry (Nghị định 30/2020/NĐ-CP). Empty: the default for the unit.

    `issuer` is the unit's full official name, `short_name` the one within sentences and tables.
    `bases`: by plan, what its reports carry out ("Kế hoạch số … ngày … của … về …").
    """

    __tablename__ = "letterhead"
    unit_id: int = Field(primary_key=True, foreign_key="unit.id")
    superior: str = Field(default="", max_length=200)  # the body above, in the left column
    issuer: str = Field(default="", max_length=200)
    short_name: str = Field(default="", max_length=200)
    symbol: str = Field(default="", max_length=40)  # after "Số: …/", such as BC-CĐ
    place: str = Field(default="", max_length=100)
    recipients: list[str] = Field(default_factory=list, sa_type=JSON)  # without "-" and ";"
    authority: str = Field(default="", max_length=100)  # TM. BAN THƯỜNG VỤ
    position: str = Field(default="", max_length=100)  # CHỦ TỊCH
    signatory: str = Field(default="", max_length=100)
    bases: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
