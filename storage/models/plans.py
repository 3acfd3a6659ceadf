"""What units make of the plans (kế hoạch): their tasks, their own plans, when committees meet."""

from datetime import date, datetime, time

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.enums import DeclarationState, MeetingRule, TaskState
from storage.models.base import Table
from storage.types import UtcDateTime, text_of


class PlanTask(Table, table=True):
    """One task of a plan (`plan` and `number` as in its file) at one unit in one year.

    There is a row once somebody took it. `taken_by` leads it, `owner_id` does it (None: nobody was
    named yet). `due`: the last day. `result` in words, or why it is not done; `files`: their ids.
    `remind_at` is when the next reminder is due, `reminded` which were sent.
    """

    __tablename__ = "plan_task"
    __table_args__ = (
        UniqueConstraint("plan", "number", "unit_id", "year"),
        Index(None, "state", "due"),
    )
    id: int | None = Field(default=None, primary_key=True)
    plan: str = Field(max_length=30)
    number: str = Field(max_length=40)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    year: int
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    taken_by: int = Field(foreign_key="person.id")
    due: date
    due_set_at: datetime = Field(sa_type=UtcDateTime)
    state: TaskState = Field(default=TaskState.OPEN, sa_type=text_of(TaskState))
    result: str = Field(default="", sa_type=Text)
    files: list[int] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    updated_by: int = Field(foreign_key="person.id")
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    reminded: list[str] = Field(default_factory=list, sa_type=JSON)


class PlanTaskEvent(Table, table=True):
    """What happened to a task: taken, given, moved, progress, done, dropped, reopened."""

    __tablename__ = "plan_task_event"
    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="plan_task.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int = Field(foreign_key="person.id")
    what: str = Field(max_length=20)
    words: str = Field(default="", sa_type=Text)
    files: list[int] = Field(default_factory=list, sa_type=JSON)


class UnitPlan(Table, table=True):
    """A unit's own plan for carrying out a plan, in one year: its number and day, or what was sent
    of it. The newest counts."""

    __tablename__ = "unit_plan"
    __table_args__ = (UniqueConstraint("unit_id", "plan", "year"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    plan: str = Field(max_length=30)
    year: int
    number: str = Field(default="", max_length=60)
    issued: date
    words: str = Field(default="", sa_type=Text)
    files: list[int] = Field(default_factory=list, sa_type=JSON)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class UnitTarget(Table, table=True):
    """A target of a plan (`plan` and `target` as in its file) as it was set for a unit and a year.

    Rows are only added: the newest counts, the others say who had set what when. `value` in the
    target's measure. `by_split`: it came from sharing out the number of the unit above.
    """

    __tablename__ = "unit_target"
    __table_args__ = (Index(None, "plan", "year"),)
    id: int | None = Field(default=None, primary_key=True)
    plan: str = Field(max_length=30)
    target: str = Field(max_length=30)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    value: int
    by_split: bool = False
    set_by: int = Field(foreign_key="person.id")
    set_at: datetime = Field(sa_type=UtcDateTime)


class Declaration(Table, table=True):
    """What a unit's leader declared about a target in a year: `value`, of `of_total` where it is a
    share, words and files that show it. The newest that the level above accepted counts.
    """

    __tablename__ = "declaration"
    __table_args__ = (Index(None, "plan", "year"),)
    id: int | None = Field(default=None, primary_key=True)
    plan: str = Field(max_length=30)
    target: str = Field(max_length=30)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    value: int
    of_total: int | None = None
    words: str = Field(default="", sa_type=Text)
    files: list[int] = Field(default_factory=list, sa_type=JSON)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    state: DeclarationState = Field(
        default=DeclarationState.WAITING, sa_type=text_of(DeclarationState)
    )
    reason: str = Field(default="", sa_type=Text)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SiteMeeting(Table, table=True):
    """When the committee (BCH) of a site meets: from `first_day` on, by the rule."""

    __tablename__ = "site_meeting"
    site_id: int = Field(primary_key=True, foreign_key="unit.id")
    first_day: date
    starts_at: time
    rule: MeetingRule = Field(sa_type=text_of(MeetingRule))
    set_by: int = Field(foreign_key="person.id")
    set_at: datetime = Field(sa_type=UtcDateTime)
